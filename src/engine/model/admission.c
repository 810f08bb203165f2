/* Admission: which queued download may run now.
 *
 * Main thread. Limits: downloads at a time, connections to one host, workers. So
 * a task in the pool always finds a worker, and none waits inside libsoup.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
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

  download->queue_place =
      g_sequence_insert_sorted (self->queued, download, by_position, NULL);
}

void
engine_dequeue (Engine *self, EngineDownload *download)
{
  if (download->queue_place != NULL)
    g_sequence_remove (download->queue_place);
  download->queue_place = NULL;
}

static int
count_host (Engine *self, const char *host)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (self->per_host, host));
}

void
engine_leave_host (Engine *self, EngineDownload *download)
{
  int left = count_host (self, download->host) - 1;

  g_hash_table_remove (self->running_downloads, download);
  self->running--;
  if (left > 0)
    g_hash_table_replace (self->per_host, g_strdup (download->host), GINT_TO_POINTER (left));
  else
    g_hash_table_remove (self->per_host, download->host);
}

static void
start (Engine *self, EngineDownload *download)
{
  EngineTransfer *transfer = engine_transfer_new (engine_make_order (self, download),
                                                  self->events,
                                                  engine_pool_get_throttle (self->pool));

  g_hash_table_replace (self->per_host,
                        g_strdup (download->host),
                        GINT_TO_POINTER (count_host (self, download->host) + 1));
  g_hash_table_add (self->running_downloads, download);
  self->running++;
  download->starts_now = FALSE;
  engine_download_begin_run (download, transfer);
  engine_move_to (self, download, ENGINE_STATE_CONNECTING, ENGINE_REASON_NONE, NULL);
  engine_pool_run (self->pool, transfer);
}

static gboolean
may_run (Engine *self, EngineDownload *download)
{
  /* Paused and resumed before its last run has let go: that one's end admits it. */
  if (download->transfer != NULL)
    return FALSE;
  if (self->running >= self->limits.workers)
    return FALSE;
  if (self->network_away && engine_needs_network (download))
    return FALSE;
  if (!download->starts_now && self->running >= self->limits.max_downloads)
    return FALSE;
  return count_host (self, download->host) < self->limits.max_connections_per_host;
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
  while (!g_sequence_iter_is_end (place) && self->running < self->limits.workers)
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
