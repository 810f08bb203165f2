/* What many runs came to. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lab/run-private.h"

static void
outcome_clear (gpointer data)
{
  LabOutcome *outcome = data;

  g_clear_pointer (&outcome->values, g_free);
}

LabRunResult *
lab_run_result_new (const char *variant, LabProgram *program)
{
  LabRunResult *result = g_new0 (LabRunResult, 1);

  result->variant = g_strdup (variant);
  result->program = lab_program_ref (program);
  result->outcomes = g_array_new (FALSE, FALSE, sizeof (LabOutcome));
  g_array_set_clear_func (result->outcomes, outcome_clear);
  result->run_us = g_array_new (FALSE, FALSE, sizeof (double));
  result->traces = g_ptr_array_new_with_free_func ((GDestroyNotify) lab_trace_free);
  result->walks = g_ptr_array_new_with_free_func ((GDestroyNotify) lab_walk_free);
  return result;
}

void
lab_run_result_free (LabRunResult *result)
{
  g_free (result->variant);
  lab_program_unref (result->program);
  g_array_unref (result->outcomes);
  g_array_unref (result->run_us);
  g_ptr_array_unref (result->traces);
  g_ptr_array_unref (result->walks);
  g_free (result->example);
  g_free (result);
}

static int
compare (const LabOutcome *outcome, LabEndingKind kind, const gint64 *values, gboolean bad, int n)
{
  if (outcome->kind != kind)
    return outcome->kind < kind ? -1 : 1;
  for (int i = 0; kind == LAB_ENDING_END && i < n; i++)
    if (outcome->values[i] != values[i])
      return outcome->values[i] < values[i] ? -1 : 1;
  return outcome->bad - bad;
}

void
lab_run_result_count (LabRunResult *result, LabEndingKind kind, const gint64 *values, gboolean bad)
{
  int n = result->program->n_shown;
  LabOutcome outcome = { .kind = kind, .count = 1, .bad = bad };

  for (guint i = 0; i < result->outcomes->len; i++)
    {
      LabOutcome *known = &g_array_index (result->outcomes, LabOutcome, i);

      if (compare (known, kind, values, bad, n) == 0)
        {
          known->count++;
          return;
        }
    }
  if (kind == LAB_ENDING_END)
    {
      outcome.values = g_memdup2 (values, n * sizeof (gint64));
      outcome.value = n > 0 ? values[0] : 0;
    }
  g_array_append_val (result->outcomes, outcome);
}

static int
by_value (gconstpointer a, gconstpointer b, gpointer n)
{
  const LabOutcome *right = b;

  return compare (a, right->kind, right->values, right->bad, GPOINTER_TO_INT (n));
}

static int
by_time (gconstpointer a, gconstpointer b)
{
  const double *left = a;
  const double *right = b;

  return *left < *right ? -1 : *left > *right;
}

void
lab_run_result_time (LabRunResult *result, gint64 took_ns)
{
  double took_us = took_ns / 1e3;

  g_array_append_val (result->run_us, took_us);
  result->longest_run_ms = MAX (result->longest_run_ms, took_ns / 1e6);
}

void
lab_run_result_finish (LabRunResult *result)
{
  guint n = result->run_us->len;

  g_array_sort_with_data (result->outcomes, by_value, GINT_TO_POINTER (result->program->n_shown));
  g_array_sort (result->run_us, by_time);
  if (n == 0)
    return;
  result->median_us = g_array_index (result->run_us, double, n / 2);
  result->p10_us = g_array_index (result->run_us, double, n / 10);
  result->p90_us = g_array_index (result->run_us, double, n - 1 - n / 10);
}

gboolean
lab_play_is_bad (const LabProgram *program, const LabPlay *play)
{
  return play->kind != LAB_PLAY_END || !lab_machine_is_good_end (program, &play->state);
}

static void
count_end (LabRunResult *result, const LabState *state, gboolean bad)
{
  const LabProgram *program = result->program;
  g_autofree gint64 *values = g_new0 (gint64, program->n_shown);

  for (int i = 0; i < program->n_shown; i++)
    {
      const LabShown *shown = &program->shown[i];

      values[i] = shown->thread < 0
                      ? lab_state_get_shared (state, program, shown->index)
                      : lab_state_get_own (state, program, shown->thread, shown->index);
    }
  lab_run_result_count (result, LAB_ENDING_END, values, bad);
}

gboolean
lab_run_result_count_play (LabRunResult *result, const LabPlay *play)
{
  /* A schedule may stop wherever it likes. */
  gboolean bad = lab_play_is_bad (result->program, play) &&
                 !(result->forced && play->kind == LAB_PLAY_UNFINISHED);

  switch (play->kind)
    {
    case LAB_PLAY_END:
      count_end (result, &play->state, bad);
      break;
    case LAB_PLAY_DEADLOCK:
      lab_run_result_count (result, LAB_ENDING_DEADLOCK, NULL, TRUE);
      break;
    case LAB_PLAY_FAILED:
      lab_run_result_count (result, LAB_ENDING_FAILED, NULL, TRUE);
      break;
    case LAB_PLAY_UNFINISHED:
    default:
      result->unfinished_runs++;
      break;
    }
  result->runs++;
  result->bad_runs += bad;
  lab_run_result_time (result, play->end_ns - play->begin_ns);
  if (bad && result->example == NULL)
    result->example = lab_dup_play_verdict (result->program, play);
  return bad;
}
