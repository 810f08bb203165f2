/* Many real runs of any race program. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "base/clock.h"
#include "lab/run-private.h"

/* So many, and at most so long: a deadlock takes its time. */
#define UNASSISTED_RUNS 100
#define UNASSISTED_US (BASE_SECOND_US / 2)

/* Of all threads of a recorded run together; and of each at least. */
#define MOST_RECORDED 3000
#define LEAST_RECORDED 50

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

/* A recorded run, to be looked at when all have run. */
typedef struct
{
  LabPlay *play; /* owned */
  int number;
  gboolean bad;
} Kept;

static void
kept_clear (gpointer data)
{
  lab_play_free (((Kept *) data)->play);
}

/* The first is kept, and bad ones rather than good ones. Takes the play over. */
static void
keep_play (GArray *kept, LabPlay *play, int number, gboolean bad, int most)
{
  Kept one = { play, number, bad };

  for (guint i = 1; bad && (int) kept->len == most && i < kept->len; i++)
    if (!g_array_index (kept, Kept, i).bad)
      {
        g_array_remove_index (kept, i);
        break;
      }
  if ((int) kept->len < most)
    g_array_append_val (kept, one);
  else
    lab_play_free (play);
}

static void
retrace_all (LabRunResult *result, const GArray *kept, int record, GCancellable *cancellable)
{
  for (guint i = 0; i < kept->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const Kept *one = &g_array_index (kept, Kept, i);
      LabWalk *walk = lab_walk_new (result->program, one->play, record);

      if (walk == NULL)
        continue;
      walk->number = one->number;
      walk->bad = one->bad;
      g_ptr_array_add (result->walks, walk);
    }
}

static gboolean
run_once (LabRunResult *result, LabPlayPlan *plan, GArray *kept, int keep, GError **error)
{
  g_autoptr (LabPlay) play = NULL;
  gboolean bad;

  plan->seed = g_random_int ();
  play = lab_play_run (result->program, plan);
  if (play == NULL)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_SYSTEM, _ ("the system gives no more threads"));
      return FALSE;
    }
  bad = lab_run_result_count_play (result, play);
  if (keep > 0)
    keep_play (kept, g_steal_pointer (&play), result->runs, bad, keep);
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
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (Kept));
  gint64 begin_us;

  plan.nudge = options->nudge == LAB_NUDGE_AUTO ? calibrate (result->program, plan, cancellable)
                                                : options->nudge;
  result->nudge = plan.nudge;
  g_array_set_clear_func (kept, kept_clear);
  if (options->keep > 0)
    plan.record = MAX (LEAST_RECORDED, MOST_RECORDED / result->program->n_threads);
  begin_us = base_clock_now_us ();
  for (int i = 0; i < options->runs; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !run_once (result, &plan, kept, options->keep, error))
      return FALSE;
  result->seconds = (double) (base_clock_now_us () - begin_us) / BASE_SECOND_US;
  retrace_all (result, kept, plan.record, cancellable);
  if (result->nudge > 0)
    measure_unassisted (result, plan, MIN (options->runs, UNASSISTED_RUNS), cancellable);
  return TRUE;
}
