/* What a walk through a graph of states is like. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/survey.h"

#include <math.h>

#include "base/clock.h"

/* Beyond so many states walks are sampled. */
#define MOST_STATES 200000

#define SAMPLED_WALKS 2000
#define SAMPLED_US (G_GINT64_CONSTANT (1500000))
#define MOST_STEPS 100000

void
ui_survey_free (UiSurvey *survey)
{
  g_array_unref (survey->ends);
  g_free (survey->heat);
  g_free (survey);
}

static UiSurvey *
survey_alloc (void)
{
  UiSurvey *survey = g_new0 (UiSurvey, 1);

  survey->ends = g_array_new (FALSE, FALSE, sizeof (UiSurveyEnd));
  return survey;
}

static int
by_value (gconstpointer a, gconstpointer b)
{
  const UiSurveyEnd *left = a;
  const UiSurveyEnd *right = b;

  return left->value < right->value ? -1 : left->value > right->value;
}

static void
add_end (UiSurvey *survey, gint64 value, double share)
{
  for (guint i = 0; i < survey->ends->len; i++)
    {
      UiSurveyEnd *end = &g_array_index (survey->ends, UiSurveyEnd, i);

      if (end->value == value)
        {
          end->share += share;
          return;
        }
    }
  UiSurveyEnd end = { value, share, 0, 0 };
  g_array_append_val (survey->ends, end);
}

/* Ends count where the program shows one value; all others can not be laid along a line. */
static void
add_last_state (UiSurvey *survey, const LabProgram *program, const LabState *state, double share)
{
  const LabShown *shown = program->shown;

  if (lab_machine_get_status (program, state) != LAB_STATUS_END)
    survey->other += share;
  else if (program->n_shown == 1)
    add_end (survey,
             shown->thread < 0 ? lab_state_get_shared (state, program, shown->index)
                               : lab_state_get_own (state, program, shown->thread, shown->index),
             share);
}

/* States so that each comes after all that lead to it; NULL where they go round. */
static guint *
new_order (const LabGraph *graph)
{
  guint n = lab_graph_get_n_states (graph);
  g_autofree guint *order = g_new (guint, n);
  g_autofree guint *into = g_new0 (guint, n);
  guint done = 0, ready = 0;

  for (guint i = 0; i < n; i++)
    {
      guint first;
      guint edges = lab_graph_get_edges (graph, i, &first);

      for (guint e = first; e < first + edges; e++)
        {
          guint target;

          lab_graph_get_edge (graph, e, &target);
          if (target != LAB_GRAPH_FAILED)
            into[target]++;
        }
    }
  for (guint i = 0; i < n; i++)
    if (into[i] == 0)
      order[ready++] = i;
  for (; done < ready; done++)
    {
      guint first;
      guint edges = lab_graph_get_edges (graph, order[done], &first);

      for (guint e = first; e < first + edges; e++)
        {
          guint target;

          lab_graph_get_edge (graph, e, &target);
          if (target != LAB_GRAPH_FAILED && --into[target] == 0)
            order[ready++] = target;
        }
    }
  return ready == n ? g_steal_pointer (&order) : NULL;
}

/* Forwards: how likely each state is met. */
static void
walk_forwards (UiSurvey *survey, const LabGraph *graph, const guint *order)
{
  LabProgram *program = lab_graph_get_program (graph);
  guint n = lab_graph_get_n_states (graph);
  g_autofree double *met = g_new0 (double, n);
  g_auto (LabState) state = { 0 };

  met[0] = 1;
  for (guint i = 0; i < n; i++)
    {
      guint at = order[i];
      guint first;
      guint edges = lab_graph_get_edges (graph, at, &first);

      if (edges == 0)
        {
          lab_graph_get_state (graph, at, &state);
          add_last_state (survey, program, &state, met[at]);
        }
      for (guint e = first; e < first + edges; e++)
        {
          guint target;

          lab_graph_get_edge (graph, e, &target);
          if (target == LAB_GRAPH_FAILED)
            survey->other += met[at] / edges;
          else
            met[target] += met[at] / edges;
        }
    }
}

/* Backwards: how likely each state's walks end badly; counted by depth. */
static void
walk_backwards (UiSurvey *survey, const LabGraph *graph, const guint *order)
{
  guint n = lab_graph_get_n_states (graph);
  g_autofree double *bad = g_new0 (double, n);

  for (guint i = 0; i < n; i++)
    survey->n_depths = MAX (survey->n_depths, lab_graph_get_depth (graph, i) + 1);
  survey->heat = g_new0 (guint, (gsize) survey->n_depths * UI_SURVEY_BANDS);
  for (guint i = n; i-- > 0;)
    {
      guint at = order[i];
      guint first;
      guint edges = lab_graph_get_edges (graph, at, &first);
      guint band;

      bad[at] = edges == 0 && lab_graph_is_bad (graph, at);
      for (guint e = first; e < first + edges; e++)
        {
          guint target;

          lab_graph_get_edge (graph, e, &target);
          bad[at] += (target == LAB_GRAPH_FAILED ? 1 : bad[target]) / edges;
        }
      band = (guint) CLAMP (bad[at] * UI_SURVEY_BANDS, 0, UI_SURVEY_BANDS - 1);
      survey->heat[lab_graph_get_depth (graph, at) * UI_SURVEY_BANDS + band]++;
    }
}

/* Wilson's interval at 95 %; it holds for few and for all. */
static void
set_interval (UiSurveyEnd *end, int walks)
{
  double z = 1.96, n = walks, p = end->share;
  double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
  double half = z / (1 + z * z / n) * sqrt (p * (1 - p) / n + z * z / (4 * n * n));

  end->low = MAX (0, middle - half);
  end->high = MIN (1, middle + half);
}

static void
finish_ends (UiSurvey *survey)
{
  for (guint i = 0; i < survey->ends->len; i++)
    {
      UiSurveyEnd *end = &g_array_index (survey->ends, UiSurveyEnd, i);

      end->low = end->high = end->share;
      if (survey->walks > 0)
        set_interval (end, survey->walks);
    }
  g_array_sort (survey->ends, by_value);
}

UiSurvey *
ui_survey_new (const LabGraph *graph)
{
  g_autofree guint *order = new_order (graph);
  UiSurvey *survey;

  if (order == NULL || lab_graph_get_n_expanded (graph) < lab_graph_get_n_states (graph))
    return NULL;
  survey = survey_alloc ();
  walk_forwards (survey, graph, order);
  walk_backwards (survey, graph, order);
  finish_ends (survey);
  return survey;
}

static void
walk_once (UiSurvey *survey, LabProgram *program, GRand *rand, LabMove *moves)
{
  g_auto (LabState) state = { 0 };
  LabFailure failure = LAB_FAILURE_NONE;
  int n;

  lab_state_init (&state, program);
  for (int step = 0; step < MOST_STEPS && failure == LAB_FAILURE_NONE &&
                     (n = lab_machine_list (program, &state, moves)) > 0;
       step++)
    failure = lab_machine_apply (program, &state, moves[g_rand_int_range (rand, 0, n)], NULL);
  if (failure == LAB_FAILURE_NONE)
    add_last_state (survey, program, &state, 1);
  else
    survey->other++;
}

UiSurvey *
ui_survey_sample (LabProgram *program, int walks, gint64 most_us, GCancellable *cancellable)
{
  UiSurvey *survey = survey_alloc ();
  g_autoptr (GRand) rand = g_rand_new ();
  g_autofree LabMove *moves = g_new (LabMove, LAB_MOST_MOVES);
  gint64 end_us = base_clock_now_us () + most_us;

  while (survey->walks < walks && base_clock_now_us () < end_us &&
         !g_cancellable_is_cancelled (cancellable))
    {
      walk_once (survey, program, rand, moves);
      survey->walks++;
    }
  for (guint i = 0; i < survey->ends->len; i++)
    g_array_index (survey->ends, UiSurveyEnd, i).share /= survey->walks;
  survey->other /= MAX (1, survey->walks);
  finish_ends (survey);
  return survey;
}

static void
survey_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  LabProgram *program = data;
  LabExploreOptions options = { .most_states = MOST_STATES, .keep_graph = TRUE, .no_sample = TRUE };
  g_autoptr (LabExploration) exploration = lab_explore (program, &options, cancellable);
  UiSurvey *survey = NULL;

  if (exploration->complete && exploration->graph != NULL)
    survey = ui_survey_new (exploration->graph);
  else if (!g_cancellable_is_cancelled (cancellable))
    survey = ui_survey_sample (program, SAMPLED_WALKS, SAMPLED_US, cancellable);
  g_task_return_pointer (task, survey, (GDestroyNotify) ui_survey_free);
}

void
ui_survey_async (LabProgram *program,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, lab_program_ref (program), (GDestroyNotify) lab_program_unref);
  g_task_run_in_thread (task, survey_in_thread);
}

static void
survey_graph_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, ui_survey_new (data), (GDestroyNotify) ui_survey_free);
}

void
ui_survey_graph_async (LabGraph *graph,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, lab_graph_ref (graph), (GDestroyNotify) lab_graph_unref);
  g_task_run_in_thread (task, survey_graph_in_thread);
}

UiSurvey *
ui_survey_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
