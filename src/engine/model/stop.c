/* The end: admission stops, runs are cancelled, the journal gets the last word, threads are joined.
 *
 * Main thread, but for the joining, which may wait and so has a thread of its own.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/thread.h"
#include "engine/model/engine-private.h"

/* What is left to join. */
typedef struct
{
  EnginePool *pool;
  EngineJournal *journal;
  char *host_memory;  /* where it is kept */
  char *hosts;        /* what is kept there */
  GPtrArray *removed; /* (element-type EngineRecord) */
} Threads;

static void
threads_free (gpointer data)
{
  Threads *threads = data;

  g_ptr_array_unref (threads->removed);
  g_free (threads->host_memory);
  g_free (threads->hosts);
  g_free (threads);
}

static void
join (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Threads *threads = data;

  engine_pool_free (threads->pool);
  engine_discard_parts (threads->removed);
  engine_journal_close (threads->journal);
  engine_host_memory_write (threads->host_memory, threads->hosts);
  g_task_return_boolean (task, TRUE);
}

void
engine_check_stopped (Engine *self)
{
  g_autoptr (GTask) task = NULL;
  Threads *threads;

  if (self->stop_task == NULL || self->running > 0 || self->pool == NULL)
    return;
  task = g_steal_pointer (&self->stop_task);
  threads = g_new0 (Threads, 1);
  threads->pool = g_steal_pointer (&self->pool);
  threads->journal = g_steal_pointer (&self->journal);
  threads->removed = engine_take_removed (self);
  threads->host_memory = g_strdup (self->host_memory);
  threads->hosts = engine_host_memory_dup (self);
  base_mailbox_close (self->answers);
  g_clear_handle_id (&self->journal_source, g_source_remove);
  g_clear_handle_id (&self->disk_source, g_source_remove);
  g_hash_table_remove_all (self->disk_waiters);
  g_task_set_task_data (task, threads, threads_free);
  g_task_run_in_thread (task, join);
}

void
engine_stop_async (Engine *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GHashTableIter iter;
  gpointer value;

  BASE_ASSERT_MAIN ();
  g_return_if_fail (!self->stopping);

  self->stopping = TRUE;
  self->stop_task = g_task_new (self, NULL, callback, user_data);
  g_hash_table_iter_init (&iter, self->running_downloads);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    engine_transfer_cancel (((EngineDownload *) value)->transfer);
  engine_check_stopped (self);
}

gboolean
engine_stop_finish (Engine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
