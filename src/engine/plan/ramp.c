/* The ramp. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/ramp.h"

#define GAIN 1.05

/* A step lasts as many answers of the server as this: then a new connection has found its speed. */
#define ANSWERS 10

/* In a step shorter than half a second, what a server sends ahead hides what the step brings. So
 * many connections are then taken on trust, and only a plain fall counts as one. */
#define TRUSTED 4
#define PLAIN_FALL 0.7

void
engine_ramp_begin (EngineRamp *self)
{
  *self = (EngineRamp){ .level = 1, .last_level = 1, .last_rate = -1 };
}

void
engine_ramp_settle (EngineRamp *self, int connections)
{
  self->level = MAX (1, MIN (self->level, connections));
  self->most = G_MAXINT;
}

static void
step (EngineRamp *self, const EngineRampView *view, double rate)
{
  self->last_rate = rate;
  self->last_level = self->level;
  self->level = MIN (self->level * 2, view->most);
  self->step_us = view->now_us;
  self->step_bytes = view->received;
}

/* A step has been measured: is another one worth it, or was this one too much? */
static void
decide (EngineRamp *self, const EngineRampView *view, double rate, gboolean is_short)
{
  gboolean first = self->last_rate < 0;
  gboolean gained = first || rate > self->last_rate * GAIN ||
                    (is_short && self->level < TRUSTED && rate > self->last_rate * PLAIN_FALL);
  gboolean fell = !first && rate < self->last_rate * (is_short ? PLAIN_FALL : 1 / GAIN);

  if (gained && self->level < view->most)
    {
      step (self, view, rate);
      return;
    }
  if (fell)
    self->level = self->last_level;
  self->most = view->most;
}

int
engine_ramp_look (EngineRamp *self, const EngineRampView *view)
{
  gint64 wait_us = CLAMP (view->answer_us * ANSWERS, ENGINE_RAMP_SHORTEST_US, ENGINE_RAMP_STEP_US);
  gint64 us = view->now_us - self->step_us;
  double rate;

  self->level = MAX (1, MIN (self->level, view->most));
  if (self->step_us == 0 || view->preparing)
    {
      /* What a connection that has not begun yet brings cannot be measured. */
      self->step_us = view->now_us;
      self->step_bytes = view->received;
    }
  else if (us >= wait_us && self->most < view->most &&
           (view->connections >= self->level || us >= ENGINE_RAMP_STEP_US))
    {
      rate = (view->received - self->step_bytes) * 1e6 / us;
      /* What is done before a step has paid is not worth one. */
      if (rate > 0 && view->left / rate > 2 * wait_us / 1e6)
        decide (self, view, rate, wait_us < ENGINE_RAMP_STEP_US);
    }
  return self->level;
}
