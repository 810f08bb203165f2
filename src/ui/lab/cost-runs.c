/* What one run of each variant costs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/cost-runs.h"

/* What one thread gave to the other; see lab/real/hand-over.h. */
typedef struct
{
  const LabScenario *scenario;
  LabHandOver answered;
} Asked;

static gboolean
run_variant (const LabScenario *scenario,
             const LabVariant *variant,
             GArray *costs,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree char *id = g_strconcat (scenario->id, "/", variant->id, NULL);
  LabRunOptions options = { .variant = id, .runs = UI_COST_RUNS, .nudge = LAB_NUDGE_OFF };
  g_autoptr (LabProblem) problem = NULL;
  g_autoptr (LabProgram) own = NULL;
  g_autoptr (LabRunResult) result = NULL;
  UiCostRun cost;

  /* A person's own has no place in the catalogue. */
  if (lab_find_variant (id, NULL) == NULL)
    options.program = own = lab_program_new (variant->program, -1, &problem);
  result = lab_run (&options, cancellable, error);
  if (result == NULL)
    return FALSE;
  cost = (UiCostRun){ variant, result->median_us, result->p10_us, result->p90_us };
  g_array_append_val (costs, cost);
  return TRUE;
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Asked *asked = data;
  g_autoptr (GArray) costs = g_array_new (FALSE, FALSE, sizeof (UiCostRun));
  GError *error = NULL;

  for (int i = 0; i < asked->scenario->n_variants; i++)
    if (!run_variant (asked->scenario, &asked->scenario->variants[i], costs, cancellable, &error))
      {
        g_task_return_error (task, error);
        return;
      }
  lab_hand_over_give (&asked->answered);
  g_task_return_pointer (task, g_steal_pointer (&costs), (GDestroyNotify) g_array_unref);
}

void
ui_cost_runs_async (const LabScenario *scenario,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Asked *asked = g_new0 (Asked, 1);

  asked->scenario = scenario;
  g_task_set_source_tag (task, ui_cost_runs_async);
  g_task_set_task_data (task, asked, g_free);
  g_task_run_in_thread (task, run_in_thread);
}

GArray *
ui_cost_runs_finish (GAsyncResult *result, GError **error)
{
  Asked *asked = g_task_get_task_data (G_TASK (result));

  lab_hand_over_take (&asked->answered);
  return g_task_propagate_pointer (G_TASK (result), error);
}
