/* An exploration's states as a picture. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/explore-graph.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ui/lab/state-words.h"
#include "ui/lab/words.h"

typedef struct
{
  const LabExploration *exploration;
  LabGraph *graph;
  LabProgram *program;
  GArray *nodes; /* (element-type UiGraphNode) */
  GArray *edges; /* (element-type UiGraphEdge) */
  double *paths; /* of each state: schedules that lead to it; NAN: not counted */
  double *ways;  /* of each state: schedules on from it */
  int failed;    /* the node of all steps that fail; -1: none */
  int bottom;    /* the layer of bad ends; good ones lie below */
} Picture;

static double
to_number (const char *decimal)
{
  return g_ascii_strtod (decimal, NULL);
}

static UiGraphNode *
get_node (const Picture *picture, int i)
{
  return &g_array_index (picture->nodes, UiGraphNode, i);
}

static guint
get_edges (const Picture *picture, guint state, guint *first)
{
  return lab_graph_get_edges (picture->graph, state, first);
}

/* How many schedules lead to each state. The states are few: as often as the longest way is long.
 */
static void
count_paths (Picture *picture)
{
  guint n = lab_graph_get_n_states (picture->graph);
  g_autofree guint *into = g_new0 (guint, n);
  g_autofree guint *order = g_new (guint, n);
  guint ready = 0;

  for (guint i = 0; i < n; i++)
    {
      guint first;
      guint edges = get_edges (picture, i, &first);

      for (guint e = first; e < first + edges; e++)
        {
          guint target;

          lab_graph_get_edge (picture->graph, e, &target);
          if (target != LAB_GRAPH_FAILED)
            into[target]++;
        }
    }
  picture->paths[0] = 1;
  if (into[0] == 0)
    order[ready++] = 0;
  for (guint done = 0; done < ready; done++)
    {
      guint first;
      guint edges = get_edges (picture, order[done], &first);

      for (guint e = first; e < first + edges; e++)
        {
          guint target;

          lab_graph_get_edge (picture->graph, e, &target);
          if (target == LAB_GRAPH_FAILED)
            continue;
          picture->paths[target] += picture->paths[order[done]];
          if (--into[target] == 0)
            order[ready++] = target;
        }
    }
}

static char *
dup_end_text (const Picture *picture, guint state_index, gboolean bad)
{
  g_auto (LabState) state = { 0 };
  g_autofree gint64 *values = g_new0 (gint64, picture->program->n_shown + 1);
  g_autofree char *text = NULL;

  lab_graph_get_state (picture->graph, state_index, &state);
  if (lab_machine_get_status (picture->program, &state) == LAB_STATUS_DEADLOCK)
    /* Translators: an end at which nobody can go on */
    return g_strdup (_ ("✕ stuck"));
  for (int i = 0; i < picture->program->n_shown; i++)
    {
      const LabShown *one = &picture->program->shown[i];

      values[i] = one->thread < 0
                      ? lab_state_get_shared (&state, picture->program, one->index)
                      : lab_state_get_own (&state, picture->program, one->thread, one->index);
    }
  text = ui_state_dup_shown (picture->program, values);
  return g_strconcat (bad ? "✕ " : "✓ ", text, NULL);
}

static char *
dup_under (double schedules)
{
  g_autofree char *decimal = NULL;
  g_autofree char *count = NULL;

  if (isnan (schedules) || schedules > 1e15)
    return NULL;
  decimal = g_strdup_printf ("%.0f", schedules);
  count = ui_words_dup_count (decimal);
  return g_strdup_printf (ngettext ("%s schedule", "%s schedules", (gulong) schedules), count);
}

static void
add_end (Picture *picture, guint state)
{
  gboolean bad = lab_graph_is_bad (picture->graph, state);
  UiGraphNode node = {
    .text = dup_end_text (picture, state, bad),
    .under = dup_under (picture->ways[0] > 0 ? picture->paths[state] : NAN),
    .share = bad,
    .tone = bad ? UI_GRAPH_BAD : UI_GRAPH_GOOD,
    .end = TRUE,
  };

  g_array_append_val (picture->nodes, node);
}

static void
add_state (Picture *picture, guint state)
{
  UiGraphNode node = { .layer = (int) lab_graph_get_depth (picture->graph, state) };
  LabWays ways = { NULL, NULL };

  if (lab_graph_get_ways (picture->graph, state, &ways))
    {
      g_autofree char *text = ui_words_dup_ways_short (ways.bad, ways.all);

      node.share = ui_words_get_ratio (ways.bad, ways.all);
      node.tone = strcmp (ways.bad, "0") == 0        ? UI_GRAPH_GOOD
                  : strcmp (ways.bad, ways.all) == 0 ? UI_GRAPH_BAD
                                                     : UI_GRAPH_OPEN;
      node.text = g_strconcat (node.tone == UI_GRAPH_GOOD  ? "✓ "
                               : node.tone == UI_GRAPH_BAD ? "✕ "
                                                           : "",
                               text, NULL);
      picture->ways[state] = to_number (ways.all);
      lab_ways_clear (&ways);
    }
  else
    node.text = g_strdup ("");
  g_array_append_val (picture->nodes, node);
}

/* Ends go below all others, and the good ones lowest, so that their edges stay outside. */
static void
place_ends (Picture *picture)
{
  gboolean bad = FALSE;

  for (guint i = 0; i < picture->nodes->len; i++)
    if (!get_node (picture, (int) i)->end)
      picture->bottom = MAX (picture->bottom, get_node (picture, (int) i)->layer + 1);
  for (guint i = 0; i < picture->nodes->len; i++)
    bad |= get_node (picture, (int) i)->end && get_node (picture, (int) i)->tone == UI_GRAPH_BAD;
  for (guint i = 0; i < picture->nodes->len; i++)
    {
      UiGraphNode *node = get_node (picture, (int) i);

      if (node->end)
        node->layer = picture->bottom + (node->tone == UI_GRAPH_GOOD && bad);
    }
}

static void
add_failed (Picture *picture)
{
  UiGraphNode node = {
    .text = g_strdup (_ ("✕ failed")),
    .share = 1,
    .tone = UI_GRAPH_BAD,
    .end = TRUE,
  };

  if (picture->failed >= 0)
    return;
  picture->failed = (int) picture->nodes->len;
  g_array_append_val (picture->nodes, node);
}

static void
add_edge (Picture *picture, guint from, guint number)
{
  guint target;
  LabWays ways = { NULL, NULL };
  UiGraphEdge edge = { .from = (int) from, .thread = -1 };

  lab_graph_get_edge (picture->graph, number, &target);
  if (target == LAB_GRAPH_FAILED)
    add_failed (picture);
  edge.to = target == LAB_GRAPH_FAILED ? picture->failed : (int) target;
  edge.tone = UI_GRAPH_OPEN;
  if (lab_graph_get_edge_ways (picture->graph, number, &ways))
    {
      edge.weight = picture->paths[from] * to_number (ways.all) / picture->ways[0];
      edge.tone = strcmp (ways.bad, "0") == 0        ? UI_GRAPH_GOOD
                  : strcmp (ways.bad, ways.all) == 0 ? UI_GRAPH_BAD
                                                     : UI_GRAPH_OPEN;
      lab_ways_clear (&ways);
    }
  g_array_append_val (picture->edges, edge);
}

static void
mark_edge (Picture *picture, gint64 from, int to, int thread)
{
  for (guint i = 0; i < picture->edges->len; i++)
    {
      UiGraphEdge *edge = &g_array_index (picture->edges, UiGraphEdge, i);

      if (edge->from == from && edge->to == to && edge->thread < 0)
        {
          edge->thread = thread;
          break;
        }
    }
  if (to >= 0)
    get_node (picture, to)->on_way = TRUE;
}

static void
mark_witness (Picture *picture)
{
  const LabWitness *witness = picture->exploration->witness;
  g_auto (LabState) state = { 0 };
  gint64 at = 0;

  if (witness == NULL)
    return;
  get_node (picture, 0)->on_way = TRUE;
  lab_state_init (&state, picture->program);
  for (guint i = 0; i < witness->steps->len && at >= 0; i++)
    {
      LabMove move = g_array_index (witness->steps, LabMove, i);
      LabFailure failure = lab_machine_apply (picture->program, &state, move, NULL);
      gint64 next =
          failure != LAB_FAILURE_NONE ? picture->failed : lab_graph_find (picture->graph, &state);

      mark_edge (picture, at, (int) next, move.thread);
      at = failure != LAB_FAILURE_NONE ? -1 : next;
    }
}

void
ui_explore_graph_show (UiGraph *view, const LabExploration *exploration)
{
  guint n = lab_graph_get_n_states (exploration->graph);
  g_autofree double *paths = g_new0 (double, n + 1);
  g_autofree double *ways = g_new0 (double, n + 1);
  Picture picture = {
    .exploration = exploration,
    .graph = exploration->graph,
    .program = lab_graph_get_program (exploration->graph),
    .nodes = ui_graph_new_nodes (),
    .edges = g_array_new (FALSE, FALSE, sizeof (UiGraphEdge)),
    .paths = paths,
    .ways = ways,
    .failed = -1,
  };

  count_paths (&picture);
  for (guint i = 0; i < n; i++)
    {
      guint first;

      if (get_edges (&picture, i, &first) > 0 || i == 0)
        add_state (&picture, i);
      else
        add_end (&picture, i);
    }
  for (guint i = 0; i < n; i++)
    {
      guint first;
      guint edges = get_edges (&picture, i, &first);

      for (guint e = first; e < first + edges; e++)
        add_edge (&picture, i, e);
    }
  place_ends (&picture);
  mark_witness (&picture);
  ui_graph_take (view, picture.nodes, picture.edges);
}
