/* What is removed for good: its part file goes too.
 *
 * Main thread; files are removed in a thread of GLib's, or at the end in that which joins.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/thread.h"
#include "engine/disk/part-file.h"
#include "engine/model/engine-private.h"

void
engine_discard_parts (GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      const EngineRecord *record = g_ptr_array_index (records, i);

      engine_part_file_remove (record->spec->folder, record->name, &record->file);
    }
}

static void
discard_in_thread (GTask *task, gpointer source, gpointer records, GCancellable *cancellable)
{
  engine_discard_parts (records);
  g_task_return_boolean (task, TRUE);
}

/* Added again meanwhile, it may have been given the same file. */
static gboolean
is_listed (Engine *self, EngineDownload *gone)
{
  EngineDownload *there = g_hash_table_lookup (self->by_address, gone->record->spec->address);

  return there != NULL && engine_file_id_equal (&there->record->file, &gone->record->file);
}

static gboolean
has_part (Engine *self, EngineDownload *download)
{
  return download->state != ENGINE_STATE_COMPLETED && download->record->name != NULL &&
         download->record->file.inode != 0 && !is_listed (self, download);
}

/* Once its last run has let go of the file. */
static void
forget_now (Engine *self, GPtrArray *downloads)
{
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) engine_record_free);
  g_autoptr (GTask) task = NULL;

  for (guint i = 0; i < downloads->len; i++)
    {
      EngineDownload *download = g_ptr_array_index (downloads, i);

      if (has_part (self, download))
        g_ptr_array_add (records, engine_record_copy (download->record));
      g_hash_table_remove (self->removed, download);
    }
  if (records->len == 0)
    return;
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_task_data (task, g_steal_pointer (&records), (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, discard_in_thread);
}

void
engine_forget (Engine *self, GPtrArray *downloads)
{
  g_autoptr (GPtrArray) ready = g_ptr_array_new_with_free_func (g_object_unref);

  BASE_ASSERT_MAIN ();
  for (guint i = 0; i < downloads->len; i++)
    {
      EngineDownload *download = g_ptr_array_index (downloads, i);

      if (download->in_list)
        continue;
      if (download->transfer != NULL)
        download->forgotten = TRUE;
      else
        g_ptr_array_add (ready, g_object_ref (download));
    }
  forget_now (self, ready);
}

void
engine_forget_if_due (Engine *self, EngineDownload *download)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new_with_free_func (g_object_unref);

  if (download->in_list || !download->forgotten || download->transfer != NULL)
    return;
  g_ptr_array_add (one, g_object_ref (download));
  forget_now (self, one);
}

GPtrArray *
engine_take_removed (Engine *self)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_record_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->removed);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    {
      if (has_part (self, value))
        g_ptr_array_add (records, engine_record_copy (((EngineDownload *) value)->record));
      g_hash_table_iter_remove (&iter);
    }
  return records;
}
