/* Backwards from the endings, component by component; a component with a cycle is a system of
 * equations. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/explore/odds.h"

#include "lab/explore/solve.h"

#define ASK_EVERY 1024

typedef struct
{
  const LabGraph *graph;
  const LabComponents *components;
  GCancellable *cancellable;
  double *odds; /* of each state */
} Finder;

static double
get_odds (const Finder *self, guint target)
{
  return target == LAB_GRAPH_FAILED ? 1 : self->odds[target];
}

static guint
count_edges (const Finder *self, guint state)
{
  return self->graph->first_edges[state + 1] - self->graph->first_edges[state];
}

/* A state that leads to others, or to itself and others. */
static void
find_alone (Finder *self, guint state)
{
  const LabGraph *graph = self->graph;
  double sum = 0;
  guint leave = 0;

  for (guint e = graph->first_edges[state]; e < graph->first_edges[state + 1]; e++)
    if (graph->targets[e] != state)
      {
        sum += get_odds (self, graph->targets[e]);
        leave++;
      }
  if (leave > 0)
    self->odds[state] = sum / leave;
  else if (count_edges (self, state) > 0)
    /* It goes round for ever. */
    self->odds[state] = 1;
}

static gboolean
is_left (const Finder *self, guint component)
{
  const LabComponents *components = self->components;

  for (guint i = components->starts[component]; i < components->starts[component + 1]; i++)
    {
      guint state = components->members[i];

      for (guint e = self->graph->first_edges[state]; e < self->graph->first_edges[state + 1]; e++)
        {
          guint target = self->graph->targets[e];

          if (target == LAB_GRAPH_FAILED || components->of[target] != component)
            return TRUE;
        }
    }
  return FALSE;
}

/* The component's states as unknowns: each is the mean over its edges. */
static void
add_equations (Finder *self, guint component, const guint32 *places, LabSystem *system)
{
  const LabComponents *components = self->components;
  guint first = components->starts[component];

  for (guint i = first; i < components->starts[component + 1]; i++)
    {
      guint state = components->members[i];
      double share = 1.0 / count_edges (self, state);
      double constant = 0;

      for (guint e = self->graph->first_edges[state]; e < self->graph->first_edges[state + 1]; e++)
        {
          guint target = self->graph->targets[e];

          if (target != LAB_GRAPH_FAILED && components->of[target] == component)
            lab_system_add (system, places[target], share);
          else
            constant += share * get_odds (self, target);
        }
      lab_system_end_row (system, constant);
    }
}

static gboolean
find_together (Finder *self, guint component, guint32 *places)
{
  const LabComponents *components = self->components;
  guint first = components->starts[component];
  guint n = components->starts[component + 1] - first;
  g_autofree double *solution = NULL;
  LabSystem system;

  if (!is_left (self, component))
    {
      for (guint i = first; i < first + n; i++)
        self->odds[components->members[i]] = 1;
      return TRUE;
    }
  for (guint i = 0; i < n; i++)
    places[components->members[first + i]] = i;
  lab_system_init (&system, n);
  add_equations (self, component, places, &system);
  solution = lab_system_solve (&system, self->cancellable);
  lab_system_clear (&system);
  for (guint i = 0; solution != NULL && i < n; i++)
    self->odds[components->members[first + i]] = CLAMP (solution[i], 0, 1);
  return solution != NULL;
}

gboolean
lab_odds_find (const LabGraph *graph,
               const LabComponents *components,
               GCancellable *cancellable,
               double *probability)
{
  g_autofree double *odds = g_new0 (double, graph->n_expanded + 1);
  g_autofree guint32 *places = components->cyclic ? g_new0 (guint32, graph->n_expanded + 1) : NULL;
  Finder self = { graph, components, cancellable, odds };

  for (guint i = 0; i < graph->terminals->len; i++)
    {
      const LabTerminal *terminal = &g_array_index (graph->terminals, LabTerminal, i);

      odds[terminal->state] = g_array_index (graph->verdicts, LabVerdict, terminal->verdict).bad;
    }
  for (guint c = 0; c < components->n; c++)
    {
      if (c % ASK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      if (components->starts[c + 1] - components->starts[c] == 1)
        find_alone (&self, components->members[components->starts[c]]);
      else if (!find_together (&self, c, places))
        return FALSE;
    }
  *probability = odds[0];
  return TRUE;
}
