/* The disk in which not everything is sure. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disk-model.h"

#include <glib/gstdio.h>
#include <string.h>

#define SECTOR 512

struct _Disk
{
  GRand *dice;        /* not owned */
  GHashTable *files;  /* owned; inode to File */
  GHashTable *names;  /* owned; path to inode; sure */
  GPtrArray *renamed; /* owned; of Op, borrowed: what happened to names and is not sure */
};

/* A file on the disk. */
typedef struct
{
  GByteArray *sure;
  GPtrArray *unsure; /* of Op, borrowed */
} File;

static File *
find_file (Disk *disk, guint64 inode)
{
  File *file = g_hash_table_lookup (disk->files, &inode);

  if (file == NULL)
    {
      file = g_new0 (File, 1);
      file->sure = g_byte_array_new ();
      file->unsure = g_ptr_array_new ();
      g_hash_table_insert (disk->files, g_memdup2 (&inode, sizeof inode), file);
    }
  return file;
}

static void
file_free (gpointer data)
{
  File *file = data;

  g_byte_array_unref (file->sure);
  g_ptr_array_unref (file->unsure);
  g_free (file);
}

Disk *
disk_new (GRand *dice)
{
  Disk *disk = g_new0 (Disk, 1);

  disk->dice = dice;
  disk->files = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, file_free);
  disk->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  disk->renamed = g_ptr_array_new ();
  return disk;
}

void
disk_free (Disk *disk)
{
  g_hash_table_unref (disk->files);
  g_hash_table_unref (disk->names);
  g_ptr_array_unref (disk->renamed);
  g_free (disk);
}

static void
resize (GByteArray *bytes, gsize size)
{
  gsize old = bytes->len;

  g_byte_array_set_size (bytes, size);
  if (size > old)
    memset (bytes->data + old, 0, size - old);
}

/* @from, @to: the piece of what was written that reaches the disk. */
static void
apply_write (GByteArray *bytes, const Op *op, gsize from, gsize to)
{
  gsize end = op->head.offset + to;

  if (from >= to)
    return;
  if (bytes->len < end)
    resize (bytes, end);
  memcpy (bytes->data + op->head.offset + from, op->data + from, to - from);
}

static void
apply (GByteArray *bytes, const Op *op)
{
  switch (op->head.kind)
    {
    case RECORD_WRITE:
      apply_write (bytes, op, 0, op->head.data_length);
      break;
    case RECORD_RESIZE:
      resize (bytes, op->head.offset);
      break;
    case RECORD_RESERVE:
    default:
      if (bytes->len < op->head.offset)
        resize (bytes, op->head.offset);
    }
}

static void
apply_name (GHashTable *names, const Op *op)
{
  g_autofree char *to = NULL;
  gpointer inode;

  switch (op->head.kind)
    {
    case RECORD_CREATE:
      g_hash_table_replace (names, g_strdup (op->path),
                            g_memdup2 (&op->head.inode, sizeof op->head.inode));
      break;
    case RECORD_UNLINK:
      g_hash_table_remove (names, op->path);
      break;
    case RECORD_RENAME:
    default:
      to = g_strndup ((const char *) op->data, op->head.data_length);
      inode = g_hash_table_lookup (names, op->path);
      g_assert_nonnull (inode);
      g_hash_table_replace (names, g_steal_pointer (&to), g_memdup2 (inode, sizeof (guint64)));
      g_hash_table_remove (names, op->path);
    }
}

static gboolean
is_in_folder (const Op *op, const char *folder)
{
  g_autofree char *parent = g_path_get_dirname (op->path);

  return strcmp (parent, folder) == 0;
}

static void
make_names_sure (Disk *disk, const char *folder)
{
  for (guint i = 0; i < disk->renamed->len;)
    {
      const Op *op = g_ptr_array_index (disk->renamed, i);

      if (!is_in_folder (op, folder))
        {
          i++;
          continue;
        }
      apply_name (disk->names, op);
      g_ptr_array_remove_index (disk->renamed, i);
    }
}

void
disk_do (Disk *disk, const Op *op)
{
  File *file;

  switch (op->head.kind)
    {
    case RECORD_CREATE:
    case RECORD_RENAME:
    case RECORD_UNLINK:
      g_ptr_array_add (disk->renamed, (gpointer) op);
      break;
    case RECORD_SYNC:
      file = find_file (disk, op->head.inode);
      for (guint i = 0; i < file->unsure->len; i++)
        apply (file->sure, g_ptr_array_index (file->unsure, i));
      g_ptr_array_set_size (file->unsure, 0);
      break;
    case RECORD_SYNC_FOLDER:
      make_names_sure (disk, op->path);
      break;
    default:
      g_ptr_array_add (find_file (disk, op->head.inode)->unsure, (gpointer) op);
    }
}

static void
shuffle (GRand *dice, GPtrArray *ops)
{
  for (guint i = ops->len; i > 1; i--)
    {
      guint k = g_rand_int_range (dice, 0, i);
      gpointer swapped = ops->pdata[i - 1];

      ops->pdata[i - 1] = ops->pdata[k];
      ops->pdata[k] = swapped;
    }
}

static void
apply_in_part (GRand *dice, GByteArray *bytes, const Op *op)
{
  gsize sectors = (op->head.data_length + SECTOR - 1) / SECTOR;
  gsize from;
  gsize to;

  if (op->head.kind != RECORD_WRITE || g_rand_boolean (dice))
    {
      apply (bytes, op);
      return;
    }
  from = g_rand_int_range (dice, 0, sectors + 1) * SECTOR;
  to = g_rand_int_range (dice, 0, sectors + 1) * SECTOR;
  apply_write (bytes, op, MIN (from, to), MIN (MAX (from, to), op->head.data_length));
}

static GByteArray *
find_content (Disk *disk, File *file, Kindness kindness)
{
  GByteArray *bytes = g_byte_array_sized_new (file->sure->len);
  g_autoptr (GPtrArray) unsure = g_ptr_array_copy (file->unsure, NULL, NULL);

  if (kindness == KIND_MIXED)
    kindness = g_rand_int_range (disk->dice, KIND_ALL, KIND_MIXED);
  g_byte_array_append (bytes, file->sure->data, file->sure->len);
  if (kindness == KIND_SOME_SHUFFLED)
    shuffle (disk->dice, unsure);
  for (guint i = 0; i < unsure->len && kindness != KIND_NONE; i++)
    if (kindness == KIND_ALL)
      apply (bytes, g_ptr_array_index (unsure, i));
    else if (g_rand_boolean (disk->dice))
      apply_in_part (disk->dice, bytes, g_ptr_array_index (unsure, i));
  return bytes;
}

static GHashTable *
find_names (Disk *disk, Kindness kindness)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint n = 0;
  GHashTableIter iter;
  gpointer path, inode;

  g_hash_table_iter_init (&iter, disk->names);
  while (g_hash_table_iter_next (&iter, &path, &inode))
    g_hash_table_insert (names, g_strdup (path), g_memdup2 (inode, sizeof (guint64)));
  if (kindness == KIND_ALL)
    n = disk->renamed->len;
  else if (kindness != KIND_NONE)
    n = g_rand_int_range (disk->dice, 0, disk->renamed->len + 1);
  for (guint i = 0; i < n; i++)
    apply_name (names, g_ptr_array_index (disk->renamed, i));
  return names;
}

void
disk_put_together (Disk *disk, Kindness kindness, const char *root)
{
  g_autoptr (GHashTable) names = find_names (disk, kindness);
  GHashTableIter iter;
  gpointer path, inode;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &path, &inode))
    {
      g_autoptr (GByteArray) bytes =
          find_content (disk, find_file (disk, *(guint64 *) inode), kindness);
      g_autofree char *place = g_build_filename (root, path, NULL);
      FILE *file = g_fopen (place, "wb");

      g_assert_nonnull (file);
      g_assert_cmpint (fwrite (bytes->data, 1, bytes->len, file), ==, bytes->len);
      fclose (file);
    }
}
