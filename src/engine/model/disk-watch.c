/* Downloads that wait for the disk: looked at every few seconds, and let go on when they can.
 *
 * Main thread; the looking itself may block and so is done in a thread of GLib's.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/part-file.h"
#include "engine/model/engine-private.h"

#define LOOK_PERIOD_S 3

/* One download to be looked at; in the thread a copy, on the way back the answer. */
typedef struct
{
  gint64 id;
  char *folder;
  char *name;
  EngineFileId file;
  gint64 total;
  GError *error; /* NULL: it can go on */
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->folder);
  g_free (look->name);
  g_clear_error (&look->error);
  g_free (look);
}

static gboolean
waits_for_disk (EngineDownload *download)
{
  return download->in_list && download->state == ENGINE_STATE_WAITING &&
         download->reason == ENGINE_REASON_DISK;
}

static void
look_at_all (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GPtrArray *looks = data;

  for (guint i = 0; i < looks->len; i++)
    {
      Look *look = g_ptr_array_index (looks, i);

      engine_part_file_look (look->folder, look->file.inode != 0 ? look->name : NULL, &look->file,
                             look->total, &look->error);
    }
  g_task_return_boolean (task, TRUE);
}

static void
take_look (Engine *self, Look *look)
{
  EngineDownload *download = g_hash_table_lookup (self->by_id, &look->id);

  if (download == NULL || !waits_for_disk (download))
    return;
  if (look->error == NULL)
    engine_move_to (self, download, ENGINE_STATE_QUEUED, ENGINE_REASON_NONE, NULL);
  else if (download->error == NULL ||
           g_strcmp0 (look->error->message, download->error->message) != 0)
    engine_download_move (download, ENGINE_STATE_WAITING, ENGINE_REASON_DISK,
                          g_steal_pointer (&look->error));
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Engine *self = ENGINE_ENGINE (source);
  GPtrArray *looks = g_task_get_task_data (G_TASK (result));

  self->looking = FALSE;
  if (self->stopping)
    return;
  for (guint i = 0; i < looks->len; i++)
    take_look (self, g_ptr_array_index (looks, i));
  engine_admit (self);
}

static Look *
look_new (EngineDownload *download)
{
  Look *look = g_new0 (Look, 1);

  look->id = download->record->id;
  look->folder = g_strdup (download->record->spec->folder);
  look->name = g_strdup (download->record->name);
  look->file = download->record->file;
  look->total = download->record->total;
  return look;
}

static gboolean
look_cb (gpointer user_data)
{
  Engine *self = user_data;
  g_autoptr (GPtrArray) looks = NULL;
  g_autoptr (GTask) task = NULL;
  GHashTableIter iter;
  gpointer value;

  /* A disk that hangs is asked once, not ever again. */
  if (self->looking)
    return G_SOURCE_CONTINUE;
  looks = g_ptr_array_new_with_free_func (look_free);
  g_hash_table_iter_init (&iter, self->disk_waiters);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    if (waits_for_disk (value))
      g_ptr_array_add (looks, look_new (value));
    else
      g_hash_table_iter_remove (&iter);
  if (looks->len == 0)
    {
      self->disk_source = 0;
      return G_SOURCE_REMOVE;
    }
  self->looking = TRUE;
  task = g_task_new (self, NULL, looked_cb, NULL);
  g_task_set_task_data (task, g_steal_pointer (&looks), (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, look_at_all);
  return G_SOURCE_CONTINUE;
}

void
engine_watch_disk (Engine *self, EngineDownload *download)
{
  g_hash_table_add (self->disk_waiters, g_object_ref (download));
  if (self->disk_source == 0)
    self->disk_source = g_timeout_add_seconds (LOOK_PERIOD_S, look_cb, self);
}
