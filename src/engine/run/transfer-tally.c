/* Following a transfer's file with the checksum that will be wanted. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/checksum.h"
#include "engine/run/transfer.h"

gint64
engine_transfer_get_reach (gpointer transfer)
{
  EngineTransfer *self = transfer;
  g_autoptr (GArray) done = NULL;
  gboolean cancelled;
  const EngineRange *first;

  pthread_mutex_lock (&self->lock);
  cancelled = self->cancelled;
  done = engine_segments_dup_done (self->segments);
  pthread_mutex_unlock (&self->lock);
  if (cancelled)
    return -1;
  first = done->len > 0 ? &g_array_index (done, EngineRange, 0) : NULL;
  return first != NULL && first->start == 0 ? first->end : 0;
}

void
engine_transfer_begin_tally (EngineTransfer *self)
{
  const EngineSpec *spec = self->order->spec;
  GChecksumType kind = G_CHECKSUM_SHA256;
  g_autofree char *wanted = NULL;
  gboolean running;

  pthread_mutex_lock (&self->lock);
  wanted = g_strdup (spec->checksum != NULL ? spec->checksum : self->digest);
  running = self->tally != NULL;
  pthread_mutex_unlock (&self->lock);
  if (running || (wanted == NULL && !spec->find_checksum))
    return;
  if (wanted != NULL)
    {
      g_autofree char *digest = engine_checksum_parse (wanted, &kind);

      if (digest == NULL)
        return;
    }
  EngineTally *tally = engine_tally_begin (self->part, kind, engine_transfer_get_reach, self);
  pthread_mutex_lock (&self->lock);
  self->tally = tally;
  pthread_mutex_unlock (&self->lock);
}

EngineTally *
engine_transfer_steal_tally (EngineTransfer *self)
{
  EngineTally *tally;

  pthread_mutex_lock (&self->lock);
  tally = g_steal_pointer (&self->tally);
  pthread_mutex_unlock (&self->lock);
  return tally;
}
