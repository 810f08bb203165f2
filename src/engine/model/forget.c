/* What is removed for good: the part files of downloads that nobody brings back.
 *
 * Asked for on the main thread, done in a thread of GLib's. A file goes only if it
 * is still the one that the download wrote, by its identity, and nobody writes it.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/thread.h"
#include "engine/disk/part-file.h"
#include "engine/model/engine-private.h"

typedef struct
{
  char *folder;
  char *name;
  EngineFileId file;
} Leftover;

static void
leftover_free (gpointer data)
{
  Leftover *leftover = data;

  g_free (leftover->folder);
  g_free (leftover->name);
  g_free (leftover);
}

static void
delete_one (const Leftover *leftover)
{
  g_autoptr (EnginePartFile) part = NULL;

  if (!engine_part_file_is_taken (leftover->folder, leftover->name, TRUE))
    return;
  /* In use or out of reach: then it stays, which loses nothing. */
  part = engine_part_file_open (leftover->folder, leftover->name, ENGINE_PART_RESUME, NULL);
  if (part != NULL && engine_file_id_equal (engine_part_file_get_id (part), &leftover->file))
    engine_part_file_discard (part);
}

static void
delete_all (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GPtrArray *leftovers = data;

  for (guint i = 0; i < leftovers->len; i++)
    delete_one (g_ptr_array_index (leftovers, i));
  g_task_return_boolean (task, TRUE);
}

/* Added again meanwhile, it may have been given the same file. */
static gboolean
is_listed (Engine *self, EngineDownload *gone)
{
  EngineDownload *there = g_hash_table_lookup (self->by_address, gone->record->spec->address);

  return there != NULL && engine_file_id_equal (&there->record->file, &gone->record->file);
}

void
engine_forget (Engine *self, GPtrArray *downloads)
{
  GPtrArray *leftovers = g_ptr_array_new_with_free_func (leftover_free);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  BASE_ASSERT_MAIN ();
  for (guint i = 0; i < downloads->len; i++)
    {
      EngineDownload *download = g_ptr_array_index (downloads, i);
      EngineRecord *record = download->record;
      Leftover *leftover;

      if (download->in_list || download->state == ENGINE_STATE_COMPLETED ||
          record->file.inode == 0 || record->name == NULL || is_listed (self, download))
        continue;
      /* Its last run has yet to let go: that one's end asks again. */
      download->forgotten = TRUE;
      if (download->transfer != NULL)
        continue;
      leftover = g_new0 (Leftover, 1);
      leftover->folder = g_strdup (record->spec->folder);
      leftover->name = g_strdup (record->name);
      leftover->file = record->file;
      g_ptr_array_add (leftovers, leftover);
    }
  g_task_set_task_data (task, leftovers, (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, delete_all);
}
