/* The bucket: a virtual schedule (the generic cell rate algorithm, ITU-T I.371). */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/bucket.h"

/* So much may come at once after a quiet moment, in microseconds of the rate. */
#define BURST_US 50000

/* One turn takes at most so long, in microseconds of the rate. */
#define PORTION_US 10000
#define SMALLEST_PORTION 512

void
engine_bucket_set_rate (EngineBucket *self, gint64 rate, gint64 now_us)
{
  if (self->rate == rate)
    return;
  /* Nobody waits for what was due under a much lower rate. */
  self->due_us = now_us;
  self->rate = rate;
}

gint64
engine_bucket_get_portion (const EngineBucket *self)
{
  if (self->rate == 0)
    return G_MAXINT64;
  return MAX (SMALLEST_PORTION, self->rate / (1000000 / PORTION_US));
}

gint64
engine_bucket_reserve (EngineBucket *self, gint64 bytes, gint64 now_us)
{
  gint64 start_us;

  if (self->rate == 0)
    return now_us;
  self->due_us = MAX (self->due_us, (double) now_us - BURST_US);
  start_us = self->due_us;
  self->due_us += bytes * 1e6 / self->rate;
  return start_us;
}

void
engine_bucket_give_back (EngineBucket *self, gint64 bytes)
{
  if (self->rate > 0)
    self->due_us -= bytes * 1e6 / self->rate;
}
