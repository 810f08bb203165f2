/* Many real runs of any race program. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "base/clock.h"
#include "lab/run-private.h"

/* So many, and at most so long: a deadlock takes its time. */
#define UNASSISTED_RUNS 100
#define UNASSISTED_US (BASE_SECOND_US / 2)

/* Of each thread of a recorded run. */
#define MOST_RECORDED 1000

/* Calibration: so many runs with each nudge, and at most so long. */
#define TRIALS 30
#define LONGEST_US (BASE_SECOND_US / 2)

/* Returns: %FALSE where there are no threads to be had. */
static gboolean
is_bad_run (LabProgram *program, const LabPlayPlan *plan, gboolean *bad)
{
  LabPlayPlan again = *plan;
  g_autoptr (LabPlay) play = NULL;

  again.seed = g_random_int ();
  again.record = 0;
  play = lab_play_run (program, &again);
  if (play == NULL)
    return FALSE;
  *bad = lab_play_is_bad (program, play);
  return TRUE;
}

/* The nudge with which most runs go wrong; where none does, the middle one. */
static int
calibrate (LabProgram *program, LabPlayPlan plan, GCancellable *cancellable)
{
  static const int candidates[] = { 4, 2, 3, 8, 1, 16 };
  gint64 until_us = base_clock_now_us () + LONGEST_US;
  int best = candidates[0];
  int most = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      int n = 0;

      plan.nudge = candidates[i];
      for (int trial = 0; trial < TRIALS && base_clock_now_us () < until_us; trial++)
        {
          gboolean bad;

          if (g_cancellable_is_cancelled (cancellable) || !is_bad_run (program, &plan, &bad))
            return best;
          n += bad;
        }
      if (n > most)
        {
          most = n;
          best = candidates[i];
        }
    }
  return best;
}

/* The rate that no nudge has helped, measured beside the one that it has. */
static void
measure_unassisted (LabRunResult *result, LabPlayPlan plan, int runs, GCancellable *cancellable)
{
  gint64 until_us = base_clock_now_us () + UNASSISTED_US;
  gboolean bad;

  plan.nudge = 0;
  for (int i = 0;
       i < runs && base_clock_now_us () < until_us && !g_cancellable_is_cancelled (cancellable);
       i++)
    {
      if (!is_bad_run (result->program, &plan, &bad))
        return;
      result->unassisted_runs++;
      result->unassisted_bad_runs += bad;
    }
}

static gboolean
run_once (LabRunResult *result, LabPlayPlan *plan, GError **error)
{
  g_autoptr (LabPlay) play = NULL;

  plan->seed = g_random_int ();
  play = lab_play_run (result->program, plan);
  if (play == NULL)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_SYSTEM, _ ("the system gives no more threads"));
      return FALSE;
    }
  lab_run_result_count_play (result, play);
  return TRUE;
}

gboolean
lab_run_program (LabRunResult *result,
                 const LabRunOptions *options,
                 GCancellable *cancellable,
                 GError **error)
{
  LabPlayPlan plan = { .timeout_ms =
                           options->timeout_ms > 0 ? options->timeout_ms : LAB_RUN_TIMEOUT_MS };
  gint64 begin_us;

  plan.nudge = options->nudge == LAB_NUDGE_AUTO ? calibrate (result->program, plan, cancellable)
                                                : options->nudge;
  result->nudge = plan.nudge;
  begin_us = base_clock_now_us ();
  for (int i = 0; i < options->runs; i++)
    {
      plan.record = i < options->keep ? MOST_RECORDED : 0;
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !run_once (result, &plan, error))
        return FALSE;
    }
  result->seconds = (double) (base_clock_now_us () - begin_us) / BASE_SECOND_US;
  if (result->nudge > 0)
    measure_unassisted (result, plan, MIN (options->runs, UNASSISTED_RUNS), cancellable);
  return TRUE;
}
