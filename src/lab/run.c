/* Many real runs of one variant or program. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "lab/catalogue.h"
#include "lab/real/hand-over.h"
#include "lab/run-private.h"

G_DEFINE_QUARK (lab_error, lab_error)

#define MOST_INCREMENTS 1000000
#define MOST_RUNS 100000
#define MOST_NUDGE 1000000
#define MOST_TIMEOUT_MS 3600000

static gboolean
is_between (int number, int least, int most)
{
  return number >= least && number <= most;
}

static gboolean
check_runs (const LabRunOptions *options, GError **error)
{
  if (is_between (options->runs, 1, MOST_RUNS) &&
      is_between (options->nudge, LAB_NUDGE_AUTO, MOST_NUDGE) &&
      is_between (options->timeout_ms, 0, MOST_TIMEOUT_MS))
    return TRUE;
  g_set_error (error, LAB_ERROR, LAB_ERROR_OPTIONS,
               _ ("1 to 100,000 runs, a nudge of 1 in 1 to 1,000,000 and a time-out of 1 to "
                  "3,600,000 milliseconds "
                  "are possible"));
  return FALSE;
}

static gboolean
check_numbers (int threads, int increments, LabMechanism mechanism, GError **error)
{
  /* A queue's owner is a thread too. */
  int most = LAB_MOST_THREADS - (mechanism == LAB_MECHANISM_QUEUE);

  if (is_between (threads, 1, most) && is_between (increments, 1, MOST_INCREMENTS))
    return TRUE;
  g_set_error (error, LAB_ERROR, LAB_ERROR_OPTIONS,
               _ ("1 to %d threads and 1 to 1,000,000 increments are possible"), most);
  return FALSE;
}

/* The built-in programs are tried by the tests: each is right. */
static LabRunResult *
new_result (const char *id, const LabVariant *variant, int threads, int increments)
{
  g_autofree char *text = lab_dup_program (variant, threads, increments);
  g_autoptr (LabProblem) problem = NULL;
  g_autoptr (LabProgram) program = lab_program_new (text, -1, &problem);
  LabRunResult *result;

  g_assert (program != NULL);
  result = lab_run_result_new (id, program);
  result->threads = threads;
  result->increments = increments;
  return result;
}

static LabRunResult *
run_variant (const LabRunOptions *options, GCancellable *cancellable, GError **error)
{
  const LabScenario *scenario = NULL;
  const LabVariant *variant = lab_find_variant (options->variant, &scenario);
  int threads = options->threads != 0 ? options->threads : LAB_DEFAULT_THREADS;
  int increments = options->increments != 0 ? options->increments : LAB_DEFAULT_INCREMENTS;
  g_autoptr (LabRunResult) result = NULL;
  g_autofree char *id = NULL;
  LabMechanism mechanism;
  gboolean ok;

  if (variant == NULL)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_UNKNOWN, _ ("there is no scenario %s"),
                   options->variant);
      return NULL;
    }
  id = g_strdup_printf ("%s/%s", scenario->id, variant->id);
  if (lab_catalogue_get_mechanism (id, &mechanism))
    {
      if (!check_numbers (threads, increments, mechanism, error))
        return NULL;
      result = new_result (id, variant, threads, increments);
      ok = lab_run_counting (result, mechanism, options, cancellable, error);
    }
  else
    {
      result = new_result (id, variant, 0, 0);
      ok = lab_run_program (result, options, cancellable, error);
    }
  return ok ? g_steal_pointer (&result) : NULL;
}

LabRunResult *
lab_run (const LabRunOptions *options, GCancellable *cancellable, GError **error)
{
  g_autoptr (LabRunResult) result = NULL;

  if (!check_runs (options, error))
    return NULL;
  if (options->program == NULL)
    result = run_variant (options, cancellable, error);
  else
    {
      result = lab_run_result_new (options->variant, options->program);
      if (!lab_run_program (result, options, cancellable, error))
        return NULL;
    }
  if (result != NULL)
    lab_run_result_finish (result);
  return g_steal_pointer (&result);
}

/* Options outlive the caller's. */
typedef struct
{
  LabRunOptions options;
  char *variant;       /* owned */
  LabProgram *program; /* owned reference, nullable */
  LabHandOver asked;
} AsyncRun;

static void
async_run_free (gpointer data)
{
  AsyncRun *run = data;

  g_free (run->variant);
  g_clear_pointer (&run->program, lab_program_unref);
  g_free (run);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AsyncRun *run = data;
  GError *error = NULL;
  LabRunResult *result;

  lab_hand_over_take (&run->asked);
  result = lab_run (&run->options, cancellable, &error);
  if (result != NULL)
    lab_hand_over_give (&result->handed_over);
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
  if (options->program != NULL)
    run->program = lab_program_ref (options->program);
  lab_hand_over_give (&run->asked);
  g_task_set_task_data (task, run, async_run_free);
  g_task_run_in_thread (task, run_in_thread);
}

LabRunResult *
lab_run_finish (GAsyncResult *result, GError **error)
{
  LabRunResult *ran = g_task_propagate_pointer (G_TASK (result), error);

  if (ran != NULL)
    lab_hand_over_take (&ran->handed_over);
  return ran;
}
