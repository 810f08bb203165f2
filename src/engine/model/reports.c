/* What workers report, turned into what the downloads show.
 *
 * Main thread: the handler of the events' mailbox.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "base/thread.h"
#include "engine/model/engine-private.h"
#include "engine/plan/retry.h"

static gboolean
is_unfinished (EngineState state)
{
  return !engine_state_is_ended (state) && state != ENGINE_STATE_PAUSED;
}

void
engine_move_to (
    Engine *self, EngineDownload *download, EngineState state, EngineReason reason, GError *error)
{
  EngineState old = download->state;
  gboolean was = is_unfinished (old);

  if (download->state == ENGINE_STATE_QUEUED)
    engine_dequeue (self, download);
  g_clear_handle_id (&download->retry_source, g_source_remove);
  self->unfinished += is_unfinished (state) - was;
  engine_download_move (download, state, reason, error);
  if (state == ENGINE_STATE_QUEUED)
    engine_enqueue (self, download);
  if (download->in_list && old != state)
    g_signal_emit_by_name (self, "moved", download, old);
}

static void
take_facts (EngineDownload *download, EngineEvent *event)
{
  EngineRecord *record = download->record;

  engine_download_take_snapshot (download, &event->snapshot);
  engine_download_take_name (download, g_steal_pointer (&event->name));
  if (event->final_address != NULL)
    {
      g_free (record->final_address);
      record->final_address = g_steal_pointer (&event->final_address);
    }
  engine_validator_clear (&record->validator);
  engine_validator_copy (&record->validator, &event->validator);
  record->file = event->file;
  g_clear_pointer (&record->synced, g_array_unref);
  record->synced = g_steal_pointer (&event->synced);
  record->http_status = event->http_status;
  record->length_unproven = event->length_unproven;
  download->resumed_from = event->resumed_from;
  download->home = event->home;
  g_clear_pointer (&download->brought, g_array_unref);
  download->brought = g_steal_pointer (&event->brought);
}

/* Whether the run may still speak for its download. */
static gboolean
is_wanted (EngineDownload *download)
{
  return download->wanted == ENGINE_STATE_ACTIVE;
}

static void
handle_reply (Engine *self, EngineDownload *download, EngineEvent *event)
{
  take_facts (download, event);
  engine_accept_address (download);
  if (is_wanted (download) && download->state == ENGINE_STATE_CONNECTING)
    engine_move_to (self, download, ENGINE_STATE_ACTIVE, ENGINE_REASON_NONE, NULL);
  /* The part file's name and number at once: without them its bytes are nobody's. */
  engine_keep (self, download);
  engine_keep_soon (self);
}

static void
handle_synced (Engine *self, EngineDownload *download, EngineEvent *event)
{
  download->syncing = FALSE;
  download->synced_us = base_clock_now_us ();
  if (event->error != NULL)
    {
      /* The disk has gone, or somebody has removed the file: no use to go on writing. */
      g_clear_error (&download->sync_error);
      download->sync_error = g_steal_pointer (&event->error);
      engine_transfer_cancel (download->transfer);
      return;
    }
  take_facts (download, event);
  engine_keep (self, download);
}

static gboolean
retry_cb (gpointer user_data)
{
  EngineDownload *download = user_data;
  Engine *self = g_object_get_data (G_OBJECT (download), "engine");

  download->retry_source = 0;
  download->retry_at_us = 0;
  engine_move_to (self, download, ENGINE_STATE_QUEUED, ENGINE_REASON_NONE, NULL);
  engine_admit (self);
  return G_SOURCE_REMOVE;
}

void
engine_wait_for_retry (Engine *self, EngineDownload *download, EngineEvent *event)
{
  gint64 delay_ms = engine_retry_delay_ms (download->attempt, self->limits.retry_wait_ms,
                                           event->retry_after_s, g_random_double ());

  engine_download_log (download, ENGINE_LOG_RETRY, delay_ms, event->error->message);
  engine_move_to (self, download, ENGINE_STATE_WAITING, ENGINE_REASON_RETRY,
                  g_steal_pointer (&event->error));
  download->retry_at_us = base_clock_now_us () + delay_ms * BASE_MILLISECOND_US;
  download->retry_source = g_timeout_add (delay_ms, retry_cb, download);
}

/* Whoever hears of the end may stop the engine at once: the journal knows first. */
static void
announce_end (Engine *self, EngineDownload *download)
{
  /* Before anyone hears of it: who does may stop the engine, and with it the journal. */
  engine_keep_end (self, download);
  g_signal_emit_by_name (self, "finished", download);
}

/* The window waits for the disk; a command ends with the reason, and goes on when it is given
 * again. */
static gboolean
waits_for_disk (Engine *self, const GError *error)
{
  return !self->limits.hold_loaded &&
         (g_error_matches (error, ENGINE_ERROR, ENGINE_ERROR_DISK_FULL) ||
          g_error_matches (error, ENGINE_ERROR, ENGINE_ERROR_DISK_AWAY));
}

static void
handle_failure (Engine *self, EngineDownload *download, EngineEvent *event)
{
  gboolean may_pass = engine_retry_may_pass (event->error);
  gboolean crowded;

  if (engine_download_has_mirrors (download) && engine_turn_to_mirror (self, download, event))
    return;
  crowded = engine_note_refusal (self, download, event);
  if (download->record->received - download->attempt_received >= ENGINE_RETRY_PROGRESS)
    download->attempt = 0;
  download->attempt_received = download->record->received;
  /* That others of ours are being served says why it was not: that is no failed try. */
  if (!crowded)
    download->attempt++;
  download->max_attempts = self->limits.max_retries + 1;
  if (waits_for_disk (self, event->error))
    {
      download->attempt = 0;
      engine_move_to (self, download, ENGINE_STATE_WAITING, ENGINE_REASON_DISK,
                      g_steal_pointer (&event->error));
      engine_watch_disk (self, download);
    }
  else if (may_pass && download->attempt < download->max_attempts)
    engine_wait_for_retry (self, download, event);
  else
    {
      engine_refuse_address (self, download);
      engine_download_log (download, ENGINE_LOG_FAILED, 0, event->error->message);
      engine_move_to (self, download, ENGINE_STATE_FAILED, ENGINE_REASON_NONE,
                      g_steal_pointer (&event->error));
      announce_end (self, download);
    }
}

static void
handle_success (Engine *self, EngineDownload *download, EngineEvent *event)
{
  if (download->log != NULL && event->ending == ENGINE_ENDED_COMPLETED)
    engine_download_log (download, ENGINE_LOG_COMPLETED, 0, download->name);
  download->skipped = event->ending == ENGINE_ENDED_SKIPPED;
  /* One that was over in a moment was never seen to have a connection. */
  if (event->http_status != 0 && event->ending == ENGINE_ENDED_COMPLETED)
    download->most_connections = MAX (download->most_connections, 1);
  download->attempt = 0;
  download->record->finished_us = base_clock_wall_us ();
  engine_move_to (self, download, ENGINE_STATE_COMPLETED, ENGINE_REASON_NONE, NULL);
  announce_end (self, download);
}

static void
handle_end (Engine *self, EngineDownload *download, EngineEvent *event)
{
  EngineState wanted = download->wanted;

  take_facts (download, event);
  if (download->sync_error != NULL && event->ending == ENGINE_ENDED_ERROR)
    {
      g_clear_error (&event->error);
      event->error = g_steal_pointer (&download->sync_error);
    }
  engine_end_run (self, download);
  engine_download_end_run (download);
  engine_settle_address (self, download, event->ending == ENGINE_ENDED_ERROR ? event->error : NULL);
  if (event->ending == ENGINE_ENDED_LISTED && download->in_list)
    {
      engine_take_listing (self, download, event->files);
      if (wanted == ENGINE_STATE_ACTIVE && !self->stopping)
        engine_move_to (self, download, ENGINE_STATE_QUEUED, ENGINE_REASON_NONE, NULL);
    }
  else if (event->ending != ENGINE_ENDED_ERROR && download->in_list)
    {
      /* It was whole before the pause, the cancel or the end of the network came: so it is whole.
       */
      if (download->state == ENGINE_STATE_PAUSED || download->state == ENGINE_STATE_CANCELLED ||
          download->state == ENGINE_STATE_WAITING)
        engine_move_to (self, download, ENGINE_STATE_QUEUED, ENGINE_REASON_NONE, NULL);
      if (download->state == ENGINE_STATE_QUEUED)
        engine_move_to (self, download, ENGINE_STATE_CONNECTING, ENGINE_REASON_NONE, NULL);
      handle_success (self, download, event);
    }
  else if (wanted == ENGINE_STATE_ACTIVE && !self->stopping && download->in_list)
    handle_failure (self, download, event);
  if (download->dirty)
    engine_keep_end (self, download);
  engine_forget_if_due (self, download);
}

static void
check_idle (Engine *self)
{
  if (self->unfinished == 0 && self->running == 0)
    g_signal_emit_by_name (self, "idle");
}

void
engine_event_cb (gpointer message, gpointer user_data)
{
  g_autoptr (EngineEvent) event = message;
  Engine *self = user_data;
  gint64 id = engine_transfer_get_id (event->transfer);
  EngineDownload *known = g_hash_table_lookup (self->by_id, &id);
  g_autoptr (EngineDownload) download = NULL;

  BASE_ASSERT_MAIN ();
  /* Two connections that leave at once may be told of after the end, which the later of them said:
   * that run is over, and its download may be gone or run anew. */
  if (known == NULL || known->transfer != event->transfer)
    return;
  download = g_object_ref (known);
  switch (event->kind)
    {
    case ENGINE_EVENT_REPLY:
      handle_reply (self, download, event);
      break;
    case ENGINE_EVENT_PROGRESS:
      engine_transfer_rearm_progress (event->transfer);
      engine_download_take_snapshot (download, &event->snapshot);
      break;
    case ENGINE_EVENT_SYNCED:
      handle_synced (self, download, event);
      break;
    case ENGINE_EVENT_LEFT:
      engine_handle_left (self, download, event);
      break;
    case ENGINE_EVENT_VERIFYING:
      take_facts (download, event);
      engine_release_workers (self, download);
      if (is_wanted (download) && download->state != ENGINE_STATE_VERIFYING)
        engine_move_to (self, download, ENGINE_STATE_VERIFYING, ENGINE_REASON_NONE, NULL);
      engine_admit (self);
      break;
    case ENGINE_EVENT_ENDED:
    default:
      handle_end (self, download, event);
      if (!download->in_list)
        g_hash_table_remove (self->by_id, &id);
      engine_admit (self);
      check_idle (self);
      engine_check_stopped (self);
      break;
    }
}
