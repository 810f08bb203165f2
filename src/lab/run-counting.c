/* Many real runs of threads that count, by bodies written for it: tagged words tell who read what.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "base/clock.h"
#include "lab/real/calibrate.h"
#include "lab/run-private.h"

/* Above so many increments in a run, they are only counted. */
#define MOST_RECORDED 20000

#define UNASSISTED_RUNS 100

static LabTrace *
get_trace (LabRunResult *result, guint i)
{
  return g_ptr_array_index (result->traces, i);
}

/* The first is kept, and of the others those that lost most. */
static void
keep_trace (LabRunResult *result, const LabRun *run, int number, int keep)
{
  gint64 got = lab_word_get_value (run->last);
  guint most = 0;

  if (run->steps == NULL || keep < 1)
    return;
  if ((int) result->traces->len < keep)
    {
      g_ptr_array_add (result->traces, lab_trace_new (run, number));
      return;
    }
  for (guint i = 1; i < result->traces->len; i++)
    if (most == 0 || get_trace (result, i)->got > get_trace (result, most)->got)
      most = i;
  if (most == 0 || get_trace (result, most)->got <= got)
    return;
  g_ptr_array_remove_index (result->traces, most);
  g_ptr_array_add (result->traces, lab_trace_new (run, number));
}

static gboolean
run_once (LabRunResult *result, LabPlan *plan, int number, int keep, GError **error)
{
  g_autoptr (LabRun) run = NULL;
  gint64 got;

  plan->seed = g_random_int ();
  run = lab_runner_run (plan);
  if (run == NULL)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_SYSTEM, _ ("the system gives no more threads"));
      return FALSE;
    }
  got = lab_word_get_value (run->last);
  lab_run_result_count (result, LAB_ENDING_END, &got, got != result->expected);
  result->last = got;
  result->bad_runs += got != result->expected || run->stuck;
  lab_run_result_time (result, run->end_ns - run->begin_ns);
  result->runs++;
  keep_trace (result, run, number, keep);
  return TRUE;
}

/* The rate that no nudge has helped, measured beside the one that it has. */
static void
measure_unassisted (LabRunResult *result, LabPlan plan, int runs, GCancellable *cancellable)
{
  plan.nudge = 0;
  plan.record = FALSE;
  for (int i = 0; i < runs && !g_cancellable_is_cancelled (cancellable); i++)
    {
      g_autoptr (LabRun) run = lab_runner_run (&plan);

      if (run == NULL)
        return;
      result->unassisted_runs++;
      result->unassisted_bad_runs += lab_word_get_value (run->last) != result->expected;
    }
}

gboolean
lab_run_counting (LabRunResult *result,
                  LabMechanism mechanism,
                  const LabRunOptions *options,
                  GCancellable *cancellable,
                  GError **error)
{
  gint64 total = (gint64) result->threads * result->increments;
  gint64 begin_us;
  LabPlan plan;

  result->counts = TRUE;
  result->expected = total;
  result->nudge = options->nudge == LAB_NUDGE_AUTO
                      ? lab_calibrate_nudge (result->threads, result->increments)
                      : options->nudge;
  plan = (LabPlan){ .mechanism = mechanism,
                    .threads = result->threads,
                    .increments = result->increments,
                    .nudge = result->nudge,
                    .record = options->keep > 0 && total <= MOST_RECORDED };
  begin_us = base_clock_now_us ();
  for (int i = 0; i < options->runs; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !run_once (result, &plan, i + 1, options->keep, error))
      return FALSE;
  result->seconds = (double) (base_clock_now_us () - begin_us) / BASE_SECOND_US;
  if (result->nudge > 0)
    measure_unassisted (result, plan, MIN (options->runs, UNASSISTED_RUNS), cancellable);
  return TRUE;
}
