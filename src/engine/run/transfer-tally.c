/* Following a transfer's file with the checksum that will be wanted. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/checksum.h"
#include "engine/run/transfer.h"

/* A piece is worth a request if it takes this long, in seconds. */
#define WORTH 4

#define SHORTEST (G_GINT64_CONSTANT (4) << 20)
#define LONGEST (G_GINT64_CONSTANT (32) << 20)

gint64
engine_transfer_get_window (EngineTransfer *self, double rate)
{
  if (self->tally == NULL)
    return 0;
  return rate < 0 ? SHORTEST : CLAMP ((gint64) (rate * WORTH), SHORTEST, LONGEST);
}

gint64
engine_transfer_get_reach (gpointer transfer)
{
  EngineTransfer *self = transfer;
  gint64 reach;

  pthread_mutex_lock (&self->lock);
  reach = self->cancelled ? -1 : engine_segments_get_contiguous (self->segments);
  pthread_mutex_unlock (&self->lock);
  return reach;
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
