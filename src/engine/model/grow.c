/* More connections for what runs, and fewer where they are too many.
 *
 * Main thread. Admission comes first, always: a new download comes before another connection for
 * a running one, and takes one away from it where all workers are busy.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "base/thread.h"
#include "engine/model/engine-private.h"
#include "engine/plan/retry.h"

#define TICK_MS 50

/* Its connections that end with errors while others go on are begun again so often. */
#define MOST_LEFT_FAILURES 10

static gboolean
is_refusal (const GError *error)
{
  int status = engine_error_get_http_status (error);

  return status == 429 || status == 503 ||
         g_error_matches (error, ENGINE_ERROR, ENGINE_ERROR_CONNECT);
}

/* How many connections to @host are known to be answered. */
static int
count_served (Engine *self, const char *host)
{
  GHashTableIter iter;
  gpointer value;
  int n = 0;

  g_hash_table_iter_init (&iter, self->running_downloads);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    {
      EngineDownload *download = value;

      for (guint i = 0; i < download->lanes->len; i++)
        {
          const EngineLaneView *lane = &g_array_index (download->lanes, EngineLaneView, i);

          n += lane->activity != ENGINE_ACTIVITY_CONNECTING &&
               strcmp (engine_sources_get (download->sources, lane->source)->host, host) == 0;
        }
    }
  return n;
}

gboolean
engine_note_refusal (Engine *self, EngineDownload *download, const EngineEvent *event)
{
  EngineSources *sources = engine_download_get_sources (download);
  const char *host = engine_sources_get (sources, event->source)->host;
  int others = engine_hosts_count (self->hosts, host);

  if (!is_refusal (event->error))
    return FALSE;
  engine_hosts_refuse (self->hosts, host, event->opened_us,
                       MAX (event->serving, count_served (self, host)), event->retry_after_s,
                       base_clock_now_us (), base_clock_wall_us ());
  return others > 0;
}

/* When another connection may be tried after one has ended with an error. */
static void
put_off (Engine *self, EngineDownload *download, EngineEvent *event)
{
  gint64 delay_ms;

  if (download->record->received - download->left_received >= ENGINE_RETRY_PROGRESS)
    download->left_failures = 0;
  download->left_received = download->record->received;
  download->left_failures++;
  delay_ms = engine_retry_delay_ms (download->left_failures, self->limits.retry_wait_ms,
                                    event->retry_after_s, g_random_double ());
  download->next_join_us = base_clock_now_us () + delay_ms * BASE_MILLISECOND_US;
}

void
engine_handle_left (Engine *self, EngineDownload *download, EngineEvent *event)
{
  /* The last to leave may be heard before one that left earlier: then all were counted out. */
  if (download == NULL || download->transfer != event->transfer || download->members == 0)
    return;
  engine_download_take_snapshot (download, &event->snapshot);
  if (event->error != NULL && !g_error_matches (event->error, ENGINE_ERROR, ENGINE_ERROR_CANCELLED))
    {
      if (is_refusal (event->error))
        engine_note_refusal (self, download, event);
      if (engine_download_has_mirrors (download))
        engine_fail_source (self, download, event);
      else
        {
          put_off (self, download, event);
          if (!engine_retry_may_pass (event->error) || download->left_failures > MOST_LEFT_FAILURES)
            engine_ramp_settle (&download->ramp, download->members - 1);
        }
    }
  engine_release_worker (self, download, event->source);
  engine_admit (self);
}

static void
grow (Engine *self, EngineDownload *download, gint64 now_us)
{
  EngineSurvey survey;
  EngineRampView view;
  int most = engine_download_get_allowed_connections (download, self->limits.max_connections);
  int level;

  engine_transfer_survey (download->transfer, now_us, &survey, download->sources);
  engine_relieve_late (self, download, &survey);
  view = (EngineRampView){
    .now_us = now_us,
    .received = survey.received,
    .left = survey.left,
    .answer_us = survey.answer_us,
    .connections = survey.receiving,
    .preparing = survey.preparing,
    .most = most,
  };
  level = engine_ramp_look (&download->ramp, &view);
  if (download->members > level + survey.stragglers)
    engine_transfer_dismiss (download->transfer);
  /* All stragglers are relieved at once, whatever the ramp has found. */
  level = MIN (most, level + survey.stragglers);
  for (int n = download->members; n < level && survey.wants_more; n++)
    if (now_us < download->next_join_us || !engine_add_worker (self, download, survey.may_check))
      return;
}

/* Whether a queued download waits for nothing but a worker. */
static gboolean
somebody_waits (Engine *self)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->queued);

  return !g_sequence_iter_is_end (first) && self->running < self->limits.max_downloads &&
         self->busy >= self->limits.workers;
}

/* The one with most connections gives one up. */
static void
make_room (Engine *self)
{
  EngineDownload *richest = NULL;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->running_downloads);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    {
      EngineDownload *download = value;

      if (download->members > 1 && (richest == NULL || download->members > richest->members))
        richest = download;
    }
  if (richest == NULL)
    return;
  engine_ramp_settle (&richest->ramp, richest->members - 1);
  engine_transfer_dismiss (richest->transfer);
}

static gboolean
tick_cb (gpointer user_data)
{
  Engine *self = user_data;
  gint64 now_us = base_clock_now_us ();
  GHashTableIter iter;
  gpointer value;

  BASE_ASSERT_MAIN ();
  if (self->stopping || (self->running == 0 && self->wake_us == 0))
    {
      self->tick_source = 0;
      return G_SOURCE_REMOVE;
    }
  if (self->wake_us != 0 && now_us >= self->wake_us)
    engine_admit (self);
  if (somebody_waits (self))
    make_room (self);
  g_hash_table_iter_init (&iter, self->running_downloads);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    if (((EngineDownload *) value)->members > 0)
      grow (self, value, now_us);
  return G_SOURCE_CONTINUE;
}

void
engine_tick_begin (Engine *self)
{
  if (self->tick_source == 0 && !self->stopping)
    self->tick_source = g_timeout_add (TICK_MS, tick_cb, self);
}
