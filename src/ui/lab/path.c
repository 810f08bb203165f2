/* A walk by hand through a race program. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/path.h"

#include <math.h>

#include "ui/lab/words.h"

/* What was known at one place. */
typedef struct
{
  guint64 blocked; /* bit by thread */
  double odds;
} Point;

struct _UiPath
{
  LabStepper *stepper; /* owned */
  LabGraph *graph;     /* owned, nullable */
  GArray *points;      /* (element-type Point) owned; one more than there are steps */
};

static gboolean
get_ways_of (UiPath *self, const LabState *state, LabWays *ways)
{
  gint64 index = self->graph != NULL ? lab_graph_find (self->graph, state) : -1;

  return index >= 0 && lab_graph_get_ways (self->graph, (guint) index, ways);
}

static Point
look (UiPath *self, const LabState *state, LabFailure failure)
{
  LabProgram *program = lab_stepper_get_program (self->stepper);
  Point point = { 0, NAN };
  LabWays ways = { NULL, NULL };

  if (failure != LAB_FAILURE_NONE)
    {
      point.odds = self->graph != NULL ? 1 : NAN;
      return point;
    }
  for (int i = 0; i < program->n_threads; i++)
    if (lab_machine_get_block (program, state, i).kind != LAB_BLOCK_NONE)
      point.blocked |= G_GUINT64_CONSTANT (1) << i;
  if (get_ways_of (self, state, &ways))
    {
      point.odds = ui_words_get_ratio (ways.bad, ways.all);
      lab_ways_clear (&ways);
    }
  return point;
}

/* All along the path, without moving on it. */
static void
look_again (UiPath *self)
{
  LabProgram *program = lab_stepper_get_program (self->stepper);
  g_auto (LabState) state = { 0 };
  LabFailure failure = LAB_FAILURE_NONE;
  guint n = lab_stepper_get_length (self->stepper);

  g_array_set_size (self->points, 0);
  lab_state_init (&state, program);
  for (guint i = 0;; i++)
    {
      Point point = look (self, &state, failure);

      g_array_append_val (self->points, point);
      if (i == n)
        break;
      failure = lab_machine_apply (program, &state, lab_stepper_get_step (self->stepper, i), NULL);
    }
}

UiPath *
ui_path_new (LabProgram *program)
{
  UiPath *self = g_new0 (UiPath, 1);

  self->stepper = lab_stepper_new (program);
  self->points = g_array_new (FALSE, FALSE, sizeof (Point));
  look_again (self);
  return self;
}

void
ui_path_free (UiPath *self)
{
  lab_stepper_free (self->stepper);
  g_clear_pointer (&self->graph, lab_graph_unref);
  g_array_unref (self->points);
  g_free (self);
}

LabStepper *
ui_path_get_stepper (UiPath *self)
{
  return self->stepper;
}

gboolean
ui_path_take (UiPath *self, LabMove move)
{
  Point point;

  if (!lab_stepper_take (self->stepper, move))
    return FALSE;
  point =
      look (self, lab_stepper_get_state (self->stepper), lab_stepper_get_failure (self->stepper));
  /* What was undone is forgotten. */
  g_array_set_size (self->points, lab_stepper_get_position (self->stepper));
  g_array_append_val (self->points, point);
  return TRUE;
}

gsize
ui_path_load (UiPath *self, const LabMove *moves, gsize n)
{
  gsize taken = lab_stepper_load (self->stepper, moves, n);

  look_again (self);
  return taken;
}

void
ui_path_set_graph (UiPath *self, LabGraph *graph)
{
  g_clear_pointer (&self->graph, lab_graph_unref);
  self->graph = graph != NULL ? lab_graph_ref (graph) : NULL;
  look_again (self);
}

gboolean
ui_path_is_blocked (UiPath *self, guint position, int thread)
{
  return (g_array_index (self->points, Point, position).blocked >> thread) & 1;
}

gboolean
ui_path_is_stuck (UiPath *self)
{
  return lab_stepper_get_failure (self->stepper) == LAB_FAILURE_NONE &&
         lab_machine_get_status (lab_stepper_get_program (self->stepper),
                                 lab_stepper_get_state (self->stepper)) == LAB_STATUS_DEADLOCK;
}

double
ui_path_get_odds (UiPath *self, guint position)
{
  return g_array_index (self->points, Point, position).odds;
}

gboolean
ui_path_get_ways (UiPath *self, LabWays *ways)
{
  if (lab_stepper_get_failure (self->stepper) != LAB_FAILURE_NONE)
    return FALSE;
  return get_ways_of (self, lab_stepper_get_state (self->stepper), ways);
}

gboolean
ui_path_get_move_ways (UiPath *self, LabMove move, LabWays *ways)
{
  gint64 index = self->graph != NULL
                     ? lab_graph_find (self->graph, lab_stepper_get_state (self->stepper))
                     : -1;
  guint first = 0;
  guint n = index >= 0 ? lab_graph_get_edges (self->graph, (guint) index, &first) : 0;

  for (guint edge = first; n > 0 && edge < first + n; edge++)
    {
      guint target;
      LabMove other = lab_graph_get_edge (self->graph, edge, &target);

      if (other.thread == move.thread && other.choice == move.choice && other.woken == move.woken)
        return lab_graph_get_edge_ways (self->graph, edge, ways);
    }
  return FALSE;
}
