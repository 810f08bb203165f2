/* The engine: the list, what is loaded into it, and what it is set to.
 *
 * Main thread. What is added is in adding.c, orders are in orders.c, what workers report in
 * reports.c, who may run in admission.c, what the journal is told in record.c, the end in stop.c.
 *
 * Invariants:
 * 1. A download is in the list only after it is in the journal.
 * 2. `by_id` holds each download in the list, and each that was removed while its last run ends.
 * 3. `queued` holds exactly the downloads in the list whose state is queued.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/engine.h"

#include <glib/gi18n.h>

#include "base/clock.h"
#include "base/thread.h"
#include "engine/http/race.h"
#include "engine/http/tls.h"
#include "engine/model/engine-private.h"

G_DEFINE_TYPE (Engine, engine, G_TYPE_OBJECT)

void
engine_limits_init (EngineLimits *limits)
{
  *limits = (EngineLimits){
    .max_downloads = 5,
    .max_connections = 8,
    .max_connections_per_host = 16,
    .workers = 16,
    .timeout_s = 10,
    .max_retries = 5,
    .retry_wait_ms = 1000,
    .min_segment = 1024 * 1024,
  };
}

void
engine_prepare_process (void)
{
  engine_tls_prepare_process ();
  engine_race_prepare_process ();
}

/* The command line starts what it was told to, and the window nothing that it was not. */
static gboolean
is_held (Engine *self, const EngineRecord *record)
{
  return record->state == ENGINE_STATE_QUEUED && (self->limits.hold_loaded || record->for_command);
}

static void
take_records (Engine *self, GPtrArray *records)
{
  g_autoptr (GPtrArray) downloads = g_ptr_array_new_full (records->len, g_object_unref);

  for (guint i = 0; i < records->len; i++)
    {
      EngineRecord *record = g_steal_pointer (&g_ptr_array_index (records, i));

      /* The journal was found to be damaged halfway and read again. */
      if (g_hash_table_contains (self->by_id, &record->id))
        {
          engine_record_free (record);
          continue;
        }
      if (is_held (self, record))
        record->state = ENGINE_STATE_PAUSED;
      self->last_position = MAX (self->last_position, record->position);
      g_ptr_array_add (downloads, engine_download_new (record));
    }
  engine_adding_list (self, downloads);
}

static void
handle_loaded (Engine *self, EngineAnswer *answer)
{
  EngineAnswer *early;

  take_records (self, answer->records);
  if (!answer->last)
    return;
  self->loaded = TRUE;
  if (answer->error != NULL)
    g_signal_emit_by_name (self, "trouble", answer->error);
  g_signal_emit_by_name (self, "loaded", answer->notice);
  while ((early = g_queue_pop_head (&self->early)) != NULL)
    engine_adding_begin (self, early);
  engine_admit (self);
}

static void
answer_cb (gpointer message, gpointer user_data)
{
  EngineAnswer *answer = message;

  BASE_ASSERT_MAIN ();
  switch (answer->kind)
    {
    case ENGINE_ANSWER_LOADED:
      handle_loaded (user_data, answer);
      break;
    case ENGINE_ANSWER_LISTED:
      engine_adding_list (user_data, answer->downloads);
      break;
    case ENGINE_ANSWER_ADDED:
      engine_adding_end (user_data, answer);
      break;
    case ENGINE_ANSWER_TROUBLE:
    default:
      /* That it is over needs no words. */
      if (answer->error != NULL)
        g_signal_emit_by_name (user_data, "trouble", answer->error);
    }
  engine_answer_free (answer);
}

/* In the journal's thread; the mailbox outlives it. */
static void
loaded_cb (
    GPtrArray *records, gboolean last, const char *notice, const GError *error, gpointer user_data)
{
  EngineAnswer *answer = engine_answer_new (user_data, ENGINE_ANSWER_LOADED);

  answer->records = records;
  answer->last = last;
  answer->notice = g_strdup (notice);
  answer->error = error != NULL ? g_error_copy (error) : NULL;
  engine_answer_post (answer);
}

/* In the journal's thread. */
static void
trouble_cb (const GError *error, gpointer user_data)
{
  EngineAnswer *answer = engine_answer_new (user_data, ENGINE_ANSWER_TROUBLE);

  answer->error = error != NULL ? g_error_copy (error) : NULL;
  engine_answer_post (answer);
}

static void
set_own_rates (Engine *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->running_downloads);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    engine_transfer_set_rate (((EngineDownload *) value)->transfer, self->limits.max_rate_each);
}

void
engine_set_limits (Engine *self, const EngineLimits *limits)
{
  BASE_ASSERT_MAIN ();
  self->limits = *limits;
  if (self->pool == NULL)
    return;
  engine_pool_set_workers (self->pool, limits->workers);
  engine_throttle_set_rate (engine_pool_get_throttle (self->pool), limits->max_rate);
  set_own_rates (self);
  engine_admit (self);
}

int
engine_get_workers (Engine *self, EngineWorkerView *views, int n)
{
  BASE_ASSERT_MAIN ();
  return self->pool != NULL ? engine_desks_view (engine_pool_get_desks (self->pool), views, n) : 0;
}

const EngineLimits *
engine_get_limits (Engine *self)
{
  return &self->limits;
}

gboolean
engine_is_loaded (Engine *self)
{
  return self->loaded;
}

GListModel *
engine_get_list (Engine *self)
{
  return G_LIST_MODEL (self->list);
}

void
engine_get_traffic (Engine *self, int *depth, guint64 *handled)
{
  BASE_ASSERT_MAIN ();
  *depth = base_mailbox_get_depth (self->events);
  *handled = base_mailbox_get_handled (self->events);
}

EngineDownload *
engine_find_id (Engine *self, gint64 id)
{
  EngineDownload *download = g_hash_table_lookup (self->by_id, &id);

  return download != NULL && download->in_list ? download : NULL;
}

EngineDownload *
engine_find_address (Engine *self, const char *address)
{
  g_autofree char *normal = engine_address_normalize (address, NULL);
  g_autofree char *shown = normal != NULL ? engine_address_dup_shown (normal) : NULL;

  return shown != NULL ? g_hash_table_lookup (self->by_address, shown) : NULL;
}

void
engine_get_totals (Engine *self, EngineTotals *totals)
{
  GHashTableIter iter;
  gpointer value;
  gint64 left = 0;
  gboolean known = TRUE;

  BASE_ASSERT_MAIN ();
  *totals =
      (EngineTotals){ .active = self->running, .queued = g_sequence_get_length (self->queued) };
  g_hash_table_iter_init (&iter, self->running_downloads);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    {
      EngineDownload *download = value;

      totals->rate += engine_download_get_rate (download);
      known = known && download->record->total >= 0;
      left += download->record->total - download->record->received;
      totals->received += download->record->received;
      totals->total += download->record->total;
    }
  if (!known)
    totals->total = -1;
  totals->waiting = MAX (0, self->unfinished - totals->active - totals->queued);
  totals->seconds_left = known && totals->rate >= 1 ? (gint64) (left / totals->rate + 0.999) : -1;
}

Engine *
engine_new (const char *state_dir, const char *user_agent, const EngineLimits *limits)
{
  const EngineJournalListener listener = { loaded_cb, trouble_cb };
  Engine *self = g_object_new (ENGINE_TYPE_ENGINE, NULL);
  g_autofree char *standard = g_build_filename (g_get_user_state_dir (), "bobbin", NULL);

  BASE_ASSERT_MAIN ();
  self->limits = *limits;
  self->user_agent = g_strdup (user_agent != NULL ? user_agent : "Bobbin/" BOBBIN_VERSION);
  self->pool = engine_pool_new (limits->workers, self->user_agent);
  engine_throttle_set_rate (engine_pool_get_throttle (self->pool), limits->max_rate);
  engine_host_memory_load (self, state_dir != NULL ? state_dir : standard);
  self->journal = engine_journal_open (state_dir != NULL ? state_dir : standard,
                                       limits->hold_loaded, &listener, self->answers);
  return self;
}

static void
engine_finalize (GObject *object)
{
  Engine *self = ENGINE_ENGINE (object);
  EngineAnswer *early;

  g_assert (self->pool == NULL); /* engine_stop_async() comes first */
  while ((early = g_queue_pop_head (&self->early)) != NULL)
    engine_answer_free (early);
  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_sequence_free (self->queued);
  g_hash_table_unref (self->running_downloads);
  g_hash_table_unref (self->removed);
  g_hash_table_unref (self->disk_waiters);
  engine_hosts_free (self->hosts);
  g_free (self->host_memory);
  g_hash_table_unref (self->by_address);
  g_hash_table_unref (self->by_id);
  g_object_unref (self->list);
  base_mailbox_unref (self->events);
  base_mailbox_unref (self->answers);
  g_free (self->user_agent);
  G_OBJECT_CLASS (engine_parent_class)->finalize (object);
}

static void
engine_class_init (EngineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = engine_finalize;
  g_signal_new ("loaded", ENGINE_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                1, G_TYPE_STRING);
  g_signal_new ("finished", ENGINE_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                1, ENGINE_TYPE_DOWNLOAD);
  g_signal_new ("moved", ENGINE_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                ENGINE_TYPE_DOWNLOAD, G_TYPE_INT);
  g_signal_new ("idle", ENGINE_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("listed", ENGINE_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0,
                g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 2,
                ENGINE_TYPE_DOWNLOAD, G_TYPE_PTR_ARRAY);
  g_signal_new ("trouble", ENGINE_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                1, G_TYPE_ERROR);
}

static void
engine_init (Engine *self)
{
  self->list = g_list_store_new (ENGINE_TYPE_DOWNLOAD);
  self->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_object_unref);
  self->by_address = g_hash_table_new (g_str_hash, g_str_equal);
  self->queued = g_sequence_new (NULL);
  self->running_downloads = g_hash_table_new (NULL, NULL);
  self->removed = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->disk_waiters = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->hosts = engine_hosts_new ();
  self->events = base_mailbox_new (NULL, engine_event_cb, self, (GDestroyNotify) engine_event_free);
  self->answers = base_mailbox_new (NULL, answer_cb, self, engine_answer_free);
  g_queue_init (&self->early);
}
