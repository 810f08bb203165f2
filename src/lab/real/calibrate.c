/* Finding the nudge. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/real/calibrate.h"

#include "base/clock.h"

#define TRIALS 40
#define LONGEST_US (BASE_SECOND_US / 2)

static gboolean
loses (int threads, int increments, int nudge)
{
  LabPlan plan = {
    .mechanism = LAB_MECHANISM_RACY,
    .threads = threads,
    .increments = increments,
    .nudge = nudge,
    .seed = g_random_int (),
  };
  g_autoptr (LabRun) run = lab_runner_run (&plan);

  return run != NULL && lab_word_get_value (run->last) < (gint64) threads * increments;
}

int
lab_calibrate_nudge (int threads, int increments)
{
  /* From 30 on down: yields that are too frequent make the threads take turns in step. */
  static const int candidates[] = { 30, 20, 12, 8, 5, 4, 3, 2 };
  gint64 until_us = base_clock_now_us () + LONGEST_US;
  int best = 2;
  int best_losses = -1;

  for (gsize i = 0; i < G_N_ELEMENTS (candidates) && base_clock_now_us () < until_us; i++)
    {
      int losses = 0;

      /* A nudge that hardly ever comes is none. */
      if (candidates[i] > increments / 2 && candidates[i] > 2)
        continue;
      for (int n = 0; n < TRIALS && base_clock_now_us () < until_us; n++)
        losses += loses (threads, increments, candidates[i]);
      if (losses == TRIALS)
        return candidates[i];
      if (losses > best_losses)
        {
          best_losses = losses;
          best = candidates[i];
        }
    }
  return best;
}
