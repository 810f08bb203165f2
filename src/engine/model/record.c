/* What the engine tells the journal, and what a new run is told.
 *
 * Main thread; nothing here waits: the journal's thread does the work.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "base/thread.h"
#include "engine/model/engine-private.h"

/* A kill may cost a second of traffic: half of it is for what is written but not yet told. */
#define JOURNAL_PERIOD_MS 500

/* A power cut may cost so much. */
#define SYNC_PERIOD_US (10 * BASE_SECOND_US)

/* A download that runs, or will run by itself, is found queued by the next start. */
static EngineState
stored_state (EngineState state)
{
  switch (state)
    {
    case ENGINE_STATE_CONNECTING:
    case ENGINE_STATE_ACTIVE:
    case ENGINE_STATE_WAITING:
    case ENGINE_STATE_VERIFYING:
      return ENGINE_STATE_QUEUED;
    default:
      return state;
    }
}

/* Returns: (transfer full) (nullable): what the journal is to have */
static EngineRecord *
make_row (Engine *self, EngineDownload *download)
{
  EngineRecord *record = download->record;

  BASE_ASSERT_MAIN ();
  if (self->journal == NULL || !download->in_list)
    return NULL;
  record->state = stored_state (download->state);
  g_clear_pointer (&record->error_nick, g_free);
  g_clear_pointer (&record->error_message, g_free);
  if (download->error != NULL && record->state == ENGINE_STATE_FAILED)
    {
      record->error_nick = g_strdup (engine_error_get_nick (download->error->code));
      record->error_message = g_strdup (download->error->message);
    }
  download->dirty = FALSE;
  return engine_record_copy (record);
}

void
engine_keep (Engine *self, EngineDownload *download)
{
  EngineRecord *row = make_row (self, download);

  if (row != NULL)
    engine_journal_update (self->journal, row);
}

void
engine_keep_end (Engine *self, EngineDownload *download)
{
  EngineRecord *row = make_row (self, download);

  /* A finished file is known again by itself, so its row may wait for others' (small-file.h). */
  if (row != NULL && row->state == ENGINE_STATE_COMPLETED)
    engine_journal_update_soon (self->journal, row);
  else if (row != NULL)
    engine_journal_update (self->journal, row);
}

static void
sync_if_due (Engine *self, EngineDownload *download)
{
  gint64 now_us = base_clock_now_us ();

  if (download->state != ENGINE_STATE_ACTIVE || download->syncing ||
      now_us - MAX (download->synced_us, download->started_us) < SYNC_PERIOD_US)
    return;
  download->syncing = TRUE;
  engine_pool_sync (self->pool, download->transfer);
}

static gboolean
keep_moved_cb (gpointer user_data)
{
  Engine *self = user_data;
  GHashTableIter iter;
  gpointer value;

  if (self->running == 0)
    {
      self->journal_source = 0;
      return G_SOURCE_REMOVE;
    }
  /* Only what runs moves, and that is few: the cost grows with bytes, not with rows. */
  g_hash_table_iter_init (&iter, self->running_downloads);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    if (((EngineDownload *) value)->dirty)
      {
        engine_keep (self, value);
        sync_if_due (self, value);
      }
  return G_SOURCE_CONTINUE;
}

void
engine_keep_soon (Engine *self)
{
  if (self->journal_source == 0)
    self->journal_source = g_timeout_add (JOURNAL_PERIOD_MS, keep_moved_cb, self);
}

/* Which addresses there are, and which are not to be asked. */
static void
add_addresses (EngineOrder *order, EngineDownload *download)
{
  EngineSources *sources = engine_download_get_sources (download);
  int alone = engine_sources_get_alone (sources);

  order->addresses = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; i < engine_sources_get_count (sources); i++)
    {
      const EngineSource *source = engine_sources_get (sources, i);

      g_ptr_array_add (order->addresses, g_strdup (source->address));
      if (source->state == ENGINE_SOURCE_ASIDE || (alone >= 0 && alone != i))
        order->aside |= G_GUINT64_CONSTANT (1) << i;
    }
  order->home = download->home;
  order->may_list = order->spec->mirrors == NULL && order->spec->size < 0;
  order->must_list = order->spec->via_metalink && order->spec->mirrors == NULL;
  order->brought = download->brought != NULL ? g_array_copy (download->brought) : NULL;
}

EngineOrder *
engine_make_order (Engine *self, EngineDownload *download)
{
  const EngineRecord *record = download->record;
  EngineOrder *order = g_new0 (EngineOrder, 1);

  order->id = record->id;
  order->spec = engine_spec_copy (record->spec);
  order->name = g_strdup (record->name);
  engine_validator_copy (&order->validator, &record->validator);
  order->total = record->total;
  order->file = record->file;
  order->done = record->done != NULL ? g_array_copy (record->done) : NULL;
  order->synced = g_array_copy (record->synced);
  order->journal = self->journal;
  order->timeout_s = self->limits.timeout_s;
  order->min_segment = self->limits.min_segment;
  order->max_connections =
      engine_download_get_allowed_connections (download, self->limits.max_connections);
  order->max_rate = self->limits.max_rate_each;
  order->moved = download->moved_from != NULL || download->old_address != NULL;
  order->insecure = self->limits.insecure;
  add_addresses (order, download);
  return order;
}
