/* Many real runs of one variant. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "base/clock.h"
#include "lab/catalogue.h"
#include "lab/lab.h"
#include "lab/real/calibrate.h"

G_DEFINE_QUARK (lab_error, lab_error)

/* Above so many increments in a run, they are only counted. */
#define MOST_RECORDED 20000

#define UNASSISTED_RUNS 100

void
lab_run_result_free (LabRunResult *result)
{
  g_free (result->variant);
  g_array_unref (result->outcomes);
  g_ptr_array_unref (result->traces);
  g_free (result);
}

static gboolean
check_options (const LabRunOptions *options, const LabVariant *variant, GError **error)
{
  if (variant == NULL)
    {
      g_set_error (
          error, LAB_ERROR, LAB_ERROR_UNKNOWN, _ ("there is no scenario %s"), options->variant);
      return FALSE;
    }
  if (options->threads < 1 || options->threads > LAB_MOST_THREADS || options->increments < 1 ||
      options->increments > 1000000 || options->runs < 1 || options->runs > 100000 ||
      options->nudge < LAB_NUDGE_AUTO || options->nudge > 1000000)
    {
      g_set_error (error,
                   LAB_ERROR,
                   LAB_ERROR_OPTIONS,
                   _ ("1 to 64 threads, 1 to 1,000,000 increments and 1 to 100,000 runs are possible"));
      return FALSE;
    }
  return TRUE;
}

static int
by_value (gconstpointer a, gconstpointer b)
{
  const LabOutcome *left = a;
  const LabOutcome *right = b;

  return left->value < right->value ? -1 : left->value > right->value;
}

static void
count_outcome (LabRunResult *result, gint64 value)
{
  for (guint i = 0; i < result->outcomes->len; i++)
    {
      LabOutcome *outcome = &g_array_index (result->outcomes, LabOutcome, i);

      if (outcome->value == value)
        {
          outcome->count++;
          return;
        }
    }
  LabOutcome outcome = { .value = value, .count = 1, .bad = value != result->expected };
  g_array_append_val (result->outcomes, outcome);
}

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
  count_outcome (result, got);
  result->last = got;
  result->bad_runs += got != result->expected || run->stuck;
  result->longest_run_ms = MAX (result->longest_run_ms, (run->end_ns - run->begin_ns) / 1e6);
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

LabRunResult *
lab_run (const LabRunOptions *options, GCancellable *cancellable, GError **error)
{
  const LabScenario *scenario = NULL;
  const LabVariant *variant = lab_find_variant (options->variant, &scenario);
  g_autoptr (LabRunResult) result = NULL;
  gint64 total = (gint64) options->threads * options->increments;
  gint64 begin_us;
  LabPlan plan;

  if (!check_options (options, variant, error))
    return NULL;
  result = g_new0 (LabRunResult, 1);
  result->variant = g_strdup_printf ("%s/%s", scenario->id, variant->id);
  result->threads = options->threads;
  result->increments = options->increments;
  result->expected = total;
  result->outcomes = g_array_new (FALSE, FALSE, sizeof (LabOutcome));
  result->traces = g_ptr_array_new_with_free_func ((GDestroyNotify) lab_trace_free);
  result->nudge = options->nudge == LAB_NUDGE_AUTO
                      ? lab_calibrate_nudge (options->threads, options->increments)
                      : options->nudge;
  plan = (LabPlan){ .mechanism = lab_catalogue_get_mechanism (variant),
                    .threads = options->threads,
                    .increments = options->increments,
                    .nudge = result->nudge,
                    .record = options->keep > 0 && total <= MOST_RECORDED };
  begin_us = base_clock_now_us ();
  for (int i = 0; i < options->runs; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !run_once (result, &plan, i + 1, options->keep, error))
      return NULL;
  result->seconds = (double) (base_clock_now_us () - begin_us) / BASE_SECOND_US;
  if (result->nudge > 0)
    measure_unassisted (result, plan, MIN (options->runs, UNASSISTED_RUNS), cancellable);
  g_array_sort (result->outcomes, by_value);
  return g_steal_pointer (&result);
}

/* Options outlive the caller's. */
typedef struct
{
  LabRunOptions options;
  char *variant; /* owned */
} AsyncRun;

static void
async_run_free (gpointer data)
{
  AsyncRun *run = data;

  g_free (run->variant);
  g_free (run);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AsyncRun *run = data;
  GError *error = NULL;
  LabRunResult *result = lab_run (&run->options, cancellable, &error);

  if (result != NULL)
    g_task_return_pointer (task, result, (GDestroyNotify) lab_run_result_free);
  else
    g_task_return_error (task, error);
}

void
lab_run_async (const LabRunOptions *options,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  AsyncRun *run = g_new0 (AsyncRun, 1);

  run->options = *options;
  run->variant = g_strdup (options->variant);
  run->options.variant = run->variant;
  g_task_set_task_data (task, run, async_run_free);
  g_task_run_in_thread (task, run_in_thread);
}

LabRunResult *
lab_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
