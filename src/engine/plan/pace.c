/* Pace. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/pace.h"

/* Bytes are gathered for so long before they change the rate: reads come in lumps. */
#define STEP_US 100000

#define CONSTANT_US 1000000

void
engine_pace_begin (EnginePace *self, double rate, gint64 now_us)
{
  self->rate = rate;
  self->mark_us = now_us;
  self->bytes = 0;
  self->begun = FALSE;
}

/* The rate with what came since the mark taken in. */
static double
blend (const EnginePace *self, gint64 now_us)
{
  gint64 us = now_us - self->mark_us;
  double fresh = self->bytes * 1e6 / us;

  if (self->rate < 0)
    return fresh;
  return self->rate + (fresh - self->rate) * us / (us + CONSTANT_US);
}

void
engine_pace_add (EnginePace *self, gint64 bytes, gint64 now_us)
{
  /* The first bytes say when it began, not how fast it is. */
  if (self->rate < 0 && !self->begun)
    {
      self->begun = TRUE;
      self->mark_us = now_us;
      return;
    }
  self->bytes += bytes;
  if (now_us - self->mark_us < STEP_US)
    return;
  self->rate = blend (self, now_us);
  self->mark_us = now_us;
  self->bytes = 0;
}

double
engine_pace_get (const EnginePace *self, gint64 now_us)
{
  if (now_us - self->mark_us < STEP_US || (self->rate < 0 && !self->begun))
    return self->rate;
  return blend (self, now_us);
}
