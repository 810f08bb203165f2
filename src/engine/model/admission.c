/* Admission: which queued download may run now.
 *
 * Main thread. Limits: downloads at a time, connections to one host, workers. So
 * a task in the pool always finds a worker, and none waits inside libsoup.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "engine/model/engine-private.h"

/* Rows near the head whose place in line is shown anew when it moves. */
#define SHOWN_PLACES 64

static int
by_position (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const EngineDownload *left = a;
  const EngineDownload *right = b;

  if (left->starts_now != right->starts_now)
    return left->starts_now ? -1 : 1;
  return left->record->position < right->record->position   ? -1
         : left->record->position > right->record->position ? 1
                                                            : 0;
}

void
engine_enqueue (Engine *self, EngineDownload *download)
{
  g_assert (download->queue_place == NULL);

  download->queue_place = g_sequence_insert_sorted (self->queued, download, by_position, NULL);
}

void
engine_dequeue (Engine *self, EngineDownload *download)
{
  if (download->queue_place != NULL)
    g_sequence_remove (download->queue_place);
  download->queue_place = NULL;
}

static gboolean
has_place (const char *host, gpointer user_data)
{
  Engine *self = user_data;

  return engine_hosts_count_free (self->hosts, host, self->limits.max_connections_per_host,
                                  base_clock_now_us (), base_clock_wall_us ()) > 0;
}

/* Which of its addresses the next connection goes to, -1: none has a place. */
static int
choose_source (Engine *self, EngineDownload *download, gboolean may_check)
{
  EngineSources *sources = engine_download_get_sources (download);

  if (download->members == 0)
    return engine_sources_choose_first (sources, base_clock_now_us (), has_place, self);
  return engine_sources_choose (sources, may_check, base_clock_now_us (), has_place, self);
}

gboolean
engine_add_worker (Engine *self, EngineDownload *download, gboolean may_check)
{
  EngineSource *source;
  int i;

  if (self->busy >= self->limits.workers)
    return FALSE;
  i = choose_source (self, download, may_check);
  if (i < 0 || !engine_pool_run (self->pool, download->transfer, i))
    return FALSE;
  source = engine_sources_get (download->sources, i);
  source->members++;
  self->busy++;
  download->members++;
  engine_hosts_enter (self->hosts, source->host);
  return TRUE;
}

void
engine_release_worker (Engine *self, EngineDownload *download, int i)
{
  EngineSource *source = engine_sources_get (download->sources, i);

  g_assert (source->members > 0);
  source->members--;
  self->busy--;
  download->members--;
  engine_hosts_leave (self->hosts, source->host);
}

void
engine_release_workers (Engine *self, EngineDownload *download)
{
  for (int i = 0; download->members > 0 && i < engine_sources_get_count (download->sources); i++)
    while (engine_sources_get (download->sources, i)->members > 0)
      engine_release_worker (self, download, i);
}

void
engine_end_run (Engine *self, EngineDownload *download)
{
  engine_release_workers (self, download);
  g_hash_table_remove (self->running_downloads, download);
  self->running--;
}

static void
start (Engine *self, EngineDownload *download)
{
  EngineTransfer *transfer = engine_transfer_new (engine_make_order (self, download), self->events,
                                                  engine_pool_get_throttle (self->pool));

  engine_sources_begin_run (download->sources);
  g_hash_table_add (self->running_downloads, download);
  self->running++;
  download->starts_now = FALSE;
  engine_download_begin_run (download, transfer);
  engine_move_to (self, download, ENGINE_STATE_CONNECTING, ENGINE_REASON_NONE, NULL);
  /* It has been looked at that there is a worker and a place at the host. */
  if (!engine_add_worker (self, download, FALSE))
    g_assert_not_reached ();
  engine_tick_begin (self);
}

static void
wake_at (Engine *self, gint64 until_us)
{
  if (until_us <= 0 || (self->wake_us != 0 && until_us >= self->wake_us))
    return;
  self->wake_us = until_us;
  engine_tick_begin (self);
}

/* Whether a host of its has a place; where all want to be left alone, when that is over. */
static gboolean
has_turn (Engine *self, EngineDownload *download)
{
  const EngineSpec *spec = download->record->spec;
  gint64 now_us = base_clock_now_us ();
  EngineSources *sources;

  /* A long queue for one host: nothing is made for who only waits. */
  if (spec->mirrors == NULL && !has_place (download->host, self))
    {
      wake_at (self, engine_hosts_get_blocked_until (self->hosts, download->host, now_us));
      return FALSE;
    }
  if (choose_source (self, download, FALSE) >= 0)
    return TRUE;
  sources = download->sources;
  for (int i = 0; i < engine_sources_get_count (sources); i++)
    {
      const EngineSource *source = engine_sources_get (sources, i);

      if (source->state != ENGINE_SOURCE_ASIDE)
        wake_at (self, MAX (source->not_before_us > now_us ? source->not_before_us : 0,
                            engine_hosts_get_blocked_until (self->hosts, source->host, now_us)));
    }
  return FALSE;
}

static gboolean
may_run (Engine *self, EngineDownload *download)
{
  /* Paused and resumed before its last run has let go: that one's end admits it. */
  if (download->transfer != NULL)
    return FALSE;
  if (self->network_away && engine_needs_network (download))
    return FALSE;
  if (!download->starts_now && self->running >= self->limits.max_downloads)
    return FALSE;
  return has_turn (self, download);
}

static void
touch_line (Engine *self)
{
  GSequenceIter *place = g_sequence_get_begin_iter (self->queued);

  for (int i = 0; i < SHOWN_PLACES && !g_sequence_iter_is_end (place); i++)
    {
      engine_download_touch (g_sequence_get (place));
      place = g_sequence_iter_next (place);
    }
}

void
engine_admit (Engine *self)
{
  GSequenceIter *place = g_sequence_get_begin_iter (self->queued);
  gboolean any = FALSE;

  if (self->stopping || !self->loaded)
    return;
  self->wake_us = 0;
  while (!g_sequence_iter_is_end (place) && self->busy < self->limits.workers)
    {
      EngineDownload *download = g_sequence_get (place);

      place = g_sequence_iter_next (place);
      if (!download->starts_now && self->running >= self->limits.max_downloads)
        break;
      if (!may_run (self, download))
        continue;
      start (self, download);
      any = TRUE;
    }
  if (any)
    touch_line (self);
}
