/* Looking at where a download goes, without writing anything. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/part-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/human.h"
#include "engine/disk/part-file-private.h"
#include "engine/plan/error.h"
#include "engine/plan/file-name.h"

/* Numbers up to this are looked for after a crash; a name that was taken is rare. */
#define MOST_NUMBERS 100

/* So much room is enough to go on with a file whose length nobody knows. */
#define SOME_ROOM (1024 * 1024)

/* The crash may have come before the mark was taken off. */
static void
remove_mark (int folder, const char *name)
{
  int fd = openat (folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);

  if (fd < 0)
    return;
  fremovexattr (fd, ENGINE_PART_MARK);
  close (fd);
}

char *
engine_part_file_find_finished (
    const char *folder, const char *name, const EngineFileId *id, gint64 total, gint64 *size)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_autofree char *found = NULL;
  gboolean there = fd >= 0;

  for (int n = 0; there && found == NULL && n < MOST_NUMBERS; n++)
    {
      g_autofree char *candidate =
          n == 0 ? g_strdup (name) : engine_file_name_with_number (name, n);
      EngineFileId seen;
      struct stat facts;

      there = fstatat (fd, candidate, &facts, AT_SYMLINK_NOFOLLOW) == 0;
      /* Without its time of birth a number may be another file's that came after. */
      if (there && (total < 0 || facts.st_size == total) &&
          engine_file_id_read_at (fd, candidate, &seen) && seen.born_ns != 0 &&
          engine_file_id_equal (&seen, id))
        {
          found = g_steal_pointer (&candidate);
          *size = facts.st_size;
        }
    }
  if (found != NULL)
    {
      g_autofree char *part = g_strconcat (name, ".part", NULL);
      EngineFileId seen;

      remove_mark (fd, found);
      /* A file system without exclusive renaming: the link was made, the old name not yet removed.
       */
      if (engine_file_id_read_at (fd, part, &seen) && engine_file_id_equal (&seen, id))
        unlinkat (fd, part, 0);
    }
  if (fd >= 0)
    close (fd);
  return g_steal_pointer (&found);
}

static gboolean
fail (GError **error, int errno_, const char *what)
{
  g_propagate_error (error, engine_disk_error (errno_, what));
  return FALSE;
}

/* Whether this still is the disk that the part file was on; what is mounted may have gone. */
static gboolean
is_other_volume (const char *folder, const EngineFileId *id)
{
  struct statfs facts;
  guint64 volume;

  if (id->volume == 0 || statfs (folder, &facts) != 0)
    return FALSE;
  memcpy (&volume, &facts.f_fsid, sizeof volume);
  return volume != id->volume;
}

static gboolean
look_for_room (const char *folder, gint64 needed, GError **error)
{
  gint64 room = engine_disk_get_free (folder);
  g_autofree char *size = NULL;
  g_autofree char *shown = NULL;

  if (needed < 0)
    needed = SOME_ROOM;
  if (room < 0 || room >= needed)
    return TRUE;
  size = base_human_size (needed - room);
  shown = g_filename_display_basename (folder);
  g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_DISK_FULL,
               /* Translators: a size, and the name of a folder */
               _ ("the disk is full: %s more is needed in %s"), size, shown);
  return FALSE;
}

/* The folder, or where it would be made: the nearest parent that is there. */
static char *
find_ground (const char *folder)
{
  char *path = g_strdup (folder);

  while (access (path, F_OK) != 0 && errno == ENOENT && strcmp (path, "/") != 0)
    {
      char *parent = g_path_get_dirname (path);

      g_free (path);
      path = parent;
    }
  return path;
}

gboolean
engine_part_file_look (
    const char *folder, const char *name, const EngineFileId *id, gint64 total, GError **error)
{
  g_autofree char *ground = name != NULL ? g_strdup (folder) : find_ground (folder);
  g_autofree char *part = name != NULL ? g_strconcat (folder, "/", name, ".part", NULL) : NULL;
  struct stat facts;
  gint64 held = 0;

  if (access (ground, F_OK) != 0)
    return fail (error, errno, ground);
  if (part != NULL && lstat (part, &facts) == 0)
    held = facts.st_blocks * 512;
  else if (part != NULL && is_other_volume (folder, id))
    {
      g_autofree char *shown = g_filename_display_basename (folder);

      g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_DISK_AWAY,
                   _ ("the disk that %s was on is not there"), shown);
      return FALSE;
    }
  if (faccessat (AT_FDCWD, ground, W_OK | X_OK, AT_EACCESS) != 0)
    return fail (error, errno, ground);
  return look_for_room (ground, total >= 0 ? MAX (0, total - held) : -1, error);
}
