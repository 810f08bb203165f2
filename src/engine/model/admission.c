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

static int
count_free (Engine *self, EngineDownload *download)
{
  return engine_hosts_count_free (self->hosts, download->host,
                                  self->limits.max_connections_per_host, base_clock_now_us (),
                                  base_clock_wall_us ());
}

gboolean
engine_add_worker (Engine *self, EngineDownload *download)
{
  if (self->busy >= self->limits.workers || count_free (self, download) == 0 ||
      !engine_pool_run (self->pool, download->transfer))
    return FALSE;
  self->busy++;
  download->members++;
  engine_hosts_enter (self->hosts, download->host);
  return TRUE;
}

void
engine_release_workers (Engine *self, EngineDownload *download, int n)
{
  self->busy -= n;
  download->members -= n;
  for (int i = 0; i < n; i++)
    engine_hosts_leave (self->hosts, download->host);
}

void
engine_end_run (Engine *self, EngineDownload *download)
{
  engine_release_workers (self, download, download->members);
  g_hash_table_remove (self->running_downloads, download);
  self->running--;
}

static void
start (Engine *self, EngineDownload *download)
{
  EngineTransfer *transfer = engine_transfer_new (engine_make_order (self, download), self->events,
                                                  engine_pool_get_throttle (self->pool));

  g_hash_table_add (self->running_downloads, download);
  self->running++;
  download->starts_now = FALSE;
  engine_download_begin_run (download, transfer);
  engine_move_to (self, download, ENGINE_STATE_CONNECTING, ENGINE_REASON_NONE, NULL);
  /* It has been looked at that there is a worker and a place at the host. */
  if (!engine_add_worker (self, download))
    g_assert_not_reached ();
  engine_tick_begin (self);
}

/* Whether the host has a place; where it wants to be left alone, when that is over. */
static gboolean
has_turn (Engine *self, EngineDownload *download)
{
  gint64 until_us;

  if (count_free (self, download) > 0)
    return TRUE;
  until_us = engine_hosts_get_blocked_until (self->hosts, download->host, base_clock_now_us ());
  if (until_us > 0 && (self->wake_us == 0 || until_us < self->wake_us))
    {
      self->wake_us = until_us;
      engine_tick_begin (self);
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
