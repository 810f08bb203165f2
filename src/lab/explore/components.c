/* Tarjan's algorithm, with a stack of its own: paths have millions of steps. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/explore/components.h"

#define ASK_EVERY 4096

typedef struct
{
  guint32 state;
  guint32 edge; /* the next to be looked at */
} Frame;

typedef struct
{
  const LabGraph *graph;
  const guint32 *groups;
  GCancellable *cancellable;
  LabComponents *result;
  guint32 *low;  /* 0: not seen; else the number of coming, lowered */
  guint32 *open; /* states not yet in a component */
  guint n_open;
  GArray *frames; /* (element-type Frame) */
  guint32 coming;
  guint asked;
} Finder;

static void
enter (Finder *self, guint state)
{
  Frame frame = { state, self->graph->first_edges[state] };

  self->low[state] = ++self->coming;
  self->open[self->n_open++] = state;
  g_array_append_val (self->frames, frame);
}

static gboolean
leads_on (const Finder *self, guint from, guint to)
{
  return to < self->graph->n_expanded &&
         (self->groups == NULL || self->groups[to] == self->groups[from]);
}

/* A state whose number nothing has lowered closes a component. */
static void
leave (Finder *self, guint state, guint32 number)
{
  guint32 last;

  if (self->low[state] != number)
    return;
  do
    {
      last = self->open[--self->n_open];
      self->result->of[last] = self->result->n;
    }
  while (last != state);
  self->result->n++;
}

static gboolean
search_from (Finder *self, guint root, guint32 *numbers)
{
  enter (self, root);
  numbers[root] = self->coming;
  while (self->frames->len > 0)
    {
      Frame *frame = &g_array_index (self->frames, Frame, self->frames->len - 1);
      guint state = frame->state;

      if (++self->asked % ASK_EVERY == 0 && g_cancellable_is_cancelled (self->cancellable))
        return FALSE;
      if (frame->edge < self->graph->first_edges[state + 1])
        {
          guint target = self->graph->targets[frame->edge++];

          if (!leads_on (self, state, target))
            continue;
          if (self->low[target] == 0)
            {
              enter (self, target);
              numbers[target] = self->coming;
            }
          else if (self->result->of[target] == LAB_COMPONENT_NONE)
            self->low[state] = MIN (self->low[state], numbers[target]);
          continue;
        }
      g_array_set_size (self->frames, self->frames->len - 1);
      leave (self, state, numbers[state]);
      if (self->frames->len > 0)
        {
          guint parent = g_array_index (self->frames, Frame, self->frames->len - 1).state;

          if (self->result->of[state] == LAB_COMPONENT_NONE)
            self->low[parent] = MIN (self->low[parent], self->low[state]);
        }
    }
  return TRUE;
}

static void
sort_members (LabComponents *self, guint n_states)
{
  self->starts = g_new0 (guint32, self->n + 2);
  self->members = g_new (guint32, n_states + 1);
  for (guint s = 0; s < n_states; s++)
    if (self->of[s] != LAB_COMPONENT_NONE)
      self->starts[self->of[s] + 2]++;
  for (guint c = 2; c < self->n + 2; c++)
    self->starts[c] += self->starts[c - 1];
  for (guint s = 0; s < n_states; s++)
    if (self->of[s] != LAB_COMPONENT_NONE)
      self->members[self->starts[self->of[s] + 1]++] = s;
}

gboolean
lab_components_is_cycle (const LabComponents *self, const LabGraph *graph, guint component)
{
  guint state = self->members[self->starts[component]];

  if (self->starts[component + 1] - self->starts[component] > 1)
    return TRUE;
  for (guint e = graph->first_edges[state]; e < graph->first_edges[state + 1]; e++)
    if (graph->targets[e] == state)
      return TRUE;
  return FALSE;
}

gboolean
lab_components_find (const LabGraph *graph,
                     const guint32 *groups,
                     GCancellable *cancellable,
                     LabComponents *components)
{
  guint n = graph->n_expanded;
  g_autofree guint32 *low = g_new0 (guint32, n + 1);
  g_autofree guint32 *open = g_new (guint32, n + 1);
  g_autofree guint32 *numbers = g_new (guint32, n + 1);
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  Finder finder = { graph, groups, cancellable, components, low, open, 0, frames, 0, 0 };

  *components = (LabComponents){ .of = g_new (guint32, n + 1) };
  for (guint s = 0; s < n; s++)
    components->of[s] = LAB_COMPONENT_NONE;
  for (guint s = 0; s < n; s++)
    if (low[s] == 0 && (groups == NULL || groups[s] != LAB_COMPONENT_NONE) &&
        !search_from (&finder, s, numbers))
      {
        lab_components_clear (components);
        return FALSE;
      }
  sort_members (components, n);
  for (guint c = 0; c < components->n && !components->cyclic; c++)
    components->cyclic = lab_components_is_cycle (components, graph, c);
  return TRUE;
}

void
lab_components_clear (LabComponents *self)
{
  g_clear_pointer (&self->of, g_free);
  g_clear_pointer (&self->members, g_free);
  g_clear_pointer (&self->starts, g_free);
}
