/* Random walks from the first state to an end. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/explore/sample.h"

#include <math.h>

/* Looks at a thread, in all walks together. */
#define MOST_LOOKS 20000000

#define ASK_EVERY 256

typedef enum
{
  WALK_GOOD,
  WALK_BAD,
  WALK_UNFINISHED,
  WALK_STOPPED,
} Walk;

typedef struct
{
  const LabProgram *program;
  GCancellable *cancellable;
  guint64 random;
  gint64 looks; /* left */
} Walker;

/* SplitMix64: the same numbers each time, so that an answer can be asked for again. */
static guint64
draw (Walker *self)
{
  guint64 z = self->random += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ z >> 31;
}

static Walk
walk (Walker *self, LabState *state)
{
  LabMove moves[LAB_MOST_MOVES];

  for (int step = 0; step < LAB_SAMPLE_MOST_STEPS; step++)
    {
      int n = lab_machine_list (self->program, state, moves);

      if (n == 0)
        return lab_machine_get_status (self->program, state) == LAB_STATUS_END &&
                       lab_machine_is_good_end (self->program, state)
                   ? WALK_GOOD
                   : WALK_BAD;
      if (lab_machine_apply (self->program, state, moves[draw (self) % n], NULL) !=
          LAB_FAILURE_NONE)
        return WALK_BAD;
      /* A state that has grown is dearer to look at. */
      self->looks -= self->program->n_threads + state->n_words / 64;
      if (step % ASK_EVERY == 0 &&
          (self->looks < 0 || g_cancellable_is_cancelled (self->cancellable)))
        return WALK_STOPPED;
    }
  return WALK_UNFINISHED;
}

/* Wilson's interval. */
static double
get_bound (double hits, double n, double side)
{
  const double z = 1.959964;
  double p = hits / n;
  double middle = p + z * z / (2 * n);
  double width = z * sqrt (p * (1 - p) / n + z * z / (4 * n * n));

  return CLAMP ((middle + side * width) / (1 + z * z / n), 0, 1);
}

LabSample
lab_sample (const LabProgram *program, GCancellable *cancellable)
{
  Walker walker = { program, cancellable, 1, MOST_LOOKS };
  LabSample sample = { 0 };
  Walk ended = WALK_GOOD;

  while (sample.walks < LAB_SAMPLE_MOST_WALKS && ended != WALK_STOPPED)
    {
      g_auto (LabState) state = { 0 };

      lab_state_init (&state, program);
      ended = walk (&walker, &state);
      sample.walks += ended != WALK_STOPPED;
      sample.bad += ended == WALK_BAD;
      sample.unfinished += ended == WALK_UNFINISHED;
    }
  if (sample.walks == 0)
    return sample;
  sample.low = get_bound (sample.bad, sample.walks, -1);
  sample.high = get_bound (sample.bad + sample.unfinished, sample.walks, 1);
  return sample;
}
