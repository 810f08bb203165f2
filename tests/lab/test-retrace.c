/* Recorded runs of every variant, told again as an order of the model's steps. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/lab.h"

#define RUNS 40

/* Follows the walk in the model. Returns: how it went; *@state is where it ended. */
static LabFailure
follow (LabProgram *program, const LabWalk *walk, LabState *state)
{
  LabFailure failure = LAB_FAILURE_NONE;
  g_autofree LabMove *moves = g_new (LabMove, LAB_MOST_MOVES);

  lab_state_init (state, program);
  for (guint i = 0; i < walk->moves->len; i++)
    {
      LabMove move = g_array_index (walk->moves, LabMove, i);
      int n = lab_machine_list (program, state, moves);
      gboolean enabled = FALSE;

      for (int m = 0; m < n; m++)
        enabled |= moves[m].thread == move.thread && moves[m].choice == move.choice &&
                   moves[m].woken == move.woken;
      g_assert_true (enabled);
      g_assert_cmpint (failure, ==, LAB_FAILURE_NONE);
      failure = lab_machine_apply (program, state, move, NULL);
    }
  return failure;
}

static gboolean
has_outcome (const LabRunResult *result, LabEndingKind kind, const LabState *state, gboolean bad)
{
  for (guint i = 0; i < result->outcomes->len; i++)
    {
      const LabOutcome *outcome = &g_array_index (result->outcomes, LabOutcome, i);
      gboolean same = outcome->kind == kind && outcome->bad == bad;

      for (int v = 0; same && kind == LAB_ENDING_END && v < result->program->n_shown; v++)
        {
          const LabShown *shown = &result->program->shown[v];

          same = outcome->values[v] ==
                 (shown->thread < 0
                      ? lab_state_get_shared (state, result->program, shown->index)
                      : lab_state_get_own (state, result->program, shown->thread, shown->index));
        }
      if (same)
        return TRUE;
    }
  return FALSE;
}

/* What the walk says is what the runs say. */
static void
check_walk (const LabRunResult *result, const LabWalk *walk)
{
  g_auto (LabState) state = { 0 };
  LabFailure failure = follow (result->program, walk, &state);

  if (walk->is_part)
    return;
  if (failure != LAB_FAILURE_NONE)
    g_assert_true (has_outcome (result, LAB_ENDING_FAILED, NULL, TRUE));
  else if (lab_machine_get_status (result->program, &state) == LAB_STATUS_DEADLOCK)
    g_assert_true (has_outcome (result, LAB_ENDING_DEADLOCK, NULL, TRUE));
  else if (lab_machine_get_status (result->program, &state) == LAB_STATUS_END)
    {
      gboolean good = lab_machine_is_good_end (result->program, &state);

      g_assert_cmpint (walk->bad, ==, !good);
      g_assert_true (has_outcome (result, LAB_ENDING_END, &state, !good));
    }
  else
    g_assert_cmpint (result->unfinished_runs, >, 0);
}

static void
test_variant (gconstpointer data)
{
  const char *id = data;
  const LabVariant *variant = lab_find_variant (id, NULL);
  LabProblem *problem = NULL;
  g_autoptr (LabProgram) program = lab_program_new (variant->program, -1, &problem);
  g_autoptr (GError) error = NULL;
  g_autoptr (LabRunResult) result = NULL;
  LabRunOptions options = {
    .variant = id, .program = program, .runs = RUNS, .nudge = 2, .keep = RUNS
  };

  result = lab_run (&options, NULL, &error);
  g_assert_no_error (error);
  /* No recorded run is left unexplained: what happened is an order of the model's steps. */
  g_assert_cmpuint (result->walks->len, ==, RUNS);
  for (guint i = 0; i < result->walks->len; i++)
    check_walk (result, g_ptr_array_index (result->walks, i));
}

int
main (int argc, char **argv)
{
  int n;
  const LabScenario *scenarios;

  g_test_init (&argc, &argv, NULL);
  scenarios = lab_get_scenarios (&n);
  for (int s = 0; s < n; s++)
    for (int v = 0; v < scenarios[s].n_variants; v++)
      {
        char *id = g_strdup_printf ("%s/%s", scenarios[s].id, scenarios[s].variants[v].id);
        g_autofree char *path =
            g_strdup_printf ("/retrace/%s-runs-are-told-again-as-the-model-takes-them", id);

        g_test_add_data_func_full (path, id, test_variant, g_free);
      }
  return g_test_run ();
}
