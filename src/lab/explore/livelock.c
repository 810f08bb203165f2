/* The livelock's cycle is sought as fair cycles are: in a component where somebody is enabled who
 * cannot move within it, no such cycle passes the states where they are enabled. So these are left
 * out, and what falls apart then is looked at again. Where all who are enabled move, a walk along
 * every edge is the cycle. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/explore/livelock.h"

/* Threads in one set, store buffers in the other. */
typedef struct
{
  guint64 threads;
  guint64 buffers;
} Movers;

static void
add_move (Movers *movers, LabMove move)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << move.thread;

  if (move.choice == LAB_CHOICE_DRAIN)
    movers->buffers |= bit;
  else
    movers->threads |= bit;
}

static gboolean
has_any (Movers movers)
{
  return (movers.threads | movers.buffers) != 0;
}

static Movers
without (Movers a, Movers b)
{
  return (Movers){ a.threads & ~b.threads, a.buffers & ~b.buffers };
}

static Movers
both (Movers a, Movers b)
{
  return (Movers){ a.threads & b.threads, a.buffers & b.buffers };
}

static gboolean
is_within (const LabGraph *graph, const LabComponents *components, guint edge, guint component)
{
  guint target = graph->targets[edge];

  return target < graph->n_expanded && components->of[target] == component;
}

static Movers
get_enabled (const LabGraph *graph, guint state)
{
  Movers enabled = { 0, 0 };

  for (guint e = graph->first_edges[state]; e < graph->first_edges[state + 1]; e++)
    add_move (&enabled, lab_label_to_move (graph->labels[e]));
  return enabled;
}

/* Who is enabled in a component and never moves within it. */
static Movers
get_held_up (const LabGraph *graph, const LabComponents *components, guint component)
{
  Movers enabled = { 0, 0 };
  Movers moves = { 0, 0 };

  for (guint i = components->starts[component]; i < components->starts[component + 1]; i++)
    {
      guint state = components->members[i];

      for (guint e = graph->first_edges[state]; e < graph->first_edges[state + 1]; e++)
        {
          add_move (&enabled, lab_label_to_move (graph->labels[e]));
          if (is_within (graph, components, e, component))
            add_move (&moves, lab_label_to_move (graph->labels[e]));
        }
    }
  return without (enabled, moves);
}

/* One round: looks at each component, and says in @groups what is left to look at. Returns the
 * lowest livelock's state, or LAB_COMPONENT_NONE. */
static guint
look_at (const LabGraph *graph, const LabComponents *components, guint32 *groups, gboolean *more)
{
  guint found = LAB_COMPONENT_NONE;

  *more = FALSE;
  for (guint c = 0; c < components->n; c++)
    {
      gboolean cycle = lab_components_is_cycle (components, graph, c);
      Movers held_up = { 0, 0 };

      if (cycle)
        held_up = get_held_up (graph, components, c);
      if (cycle && !has_any (held_up))
        found = MIN (found, components->members[components->starts[c]]);
      for (guint i = components->starts[c]; i < components->starts[c + 1]; i++)
        {
          guint state = components->members[i];
          gboolean left_out =
              !cycle || !has_any (held_up) || has_any (both (get_enabled (graph, state), held_up));

          groups[state] = left_out ? LAB_COMPONENT_NONE : c;
          *more |= !left_out;
        }
    }
  return found;
}

typedef struct
{
  const LabGraph *graph;
  const LabComponents *components;
  guint component;
  GHashTable *from; /* state to its edge of coming + 1 */
  GArray *cycle;
} Walker;

static void
append_way (Walker *self, guint start, guint end)
{
  g_autoptr (GArray) back = g_array_new (FALSE, FALSE, sizeof (LabMove));

  while (end != start)
    {
      guint64 *come = g_hash_table_lookup (self->from, GUINT_TO_POINTER (end));
      LabMove move = lab_label_to_move (self->graph->labels[(guint32) *come]);

      g_array_append_val (back, move);
      end = *come >> 32;
    }
  for (guint i = back->len; i-- > 0;)
    g_array_append_val (self->cycle, g_array_index (back, LabMove, i));
}

/* Walks within the component the shortest way to an edge of one of @wanted, and along it; with none
 * wanted, to @goal. */
static guint
walk (Walker *self, guint start, Movers wanted, guint goal)
{
  const LabGraph *graph = self->graph;
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (guint));

  self->from = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_array_append_val (seen, start);
  for (guint i = 0; i < seen->len; i++)
    {
      guint state = g_array_index (seen, guint, i);

      for (guint e = graph->first_edges[state]; e < graph->first_edges[state + 1]; e++)
        {
          LabMove move = lab_label_to_move (graph->labels[e]);
          Movers moves = { 0, 0 };
          guint target = graph->targets[e];

          if (!is_within (graph, self->components, e, self->component))
            continue;
          add_move (&moves, move);
          if (has_any (wanted) ? has_any (both (moves, wanted)) : target == goal)
            {
              append_way (self, start, state);
              g_array_append_val (self->cycle, move);
              g_hash_table_unref (self->from);
              return target;
            }
          if (target != start && !g_hash_table_contains (self->from, GUINT_TO_POINTER (target)))
            {
              guint64 come = (guint64) state << 32 | e;

              g_hash_table_insert (self->from, GUINT_TO_POINTER (target),
                                   g_memdup2 (&come, sizeof come));
              g_array_append_val (seen, target);
            }
        }
    }
  g_assert_not_reached ();
}

/* From @start round the component until everybody who moves in it has moved, and back. */
static GArray *
find_cycle (const LabGraph *graph, const LabComponents *components, guint start)
{
  Walker walker = { graph, components, components->of[start], NULL, NULL };
  Movers wanted = { 0, 0 };
  guint at = start;
  guint done = 0;

  walker.cycle = g_array_new (FALSE, FALSE, sizeof (LabMove));
  for (guint i = components->starts[walker.component]; i < components->starts[walker.component + 1];
       i++)
    {
      Movers enabled = get_enabled (graph, components->members[i]);

      wanted.threads |= enabled.threads;
      wanted.buffers |= enabled.buffers;
    }
  while (has_any (wanted))
    {
      Movers moved = { 0, 0 };

      at = walk (&walker, at, wanted, at);
      for (; done < walker.cycle->len; done++)
        add_move (&moved, g_array_index (walker.cycle, LabMove, done));
      wanted = without (wanted, moved);
    }
  if (at != start)
    walk (&walker, at, wanted, start);
  return walker.cycle;
}

gboolean
lab_livelock_find (const LabGraph *graph,
                   const LabComponents *components,
                   GCancellable *cancellable,
                   LabLivelock *livelock)
{
  g_autofree guint32 *groups = g_new (guint32, graph->n_expanded + 1);
  LabComponents parts = *components;
  gboolean more;
  guint found = look_at (graph, components, groups, &more);

  *livelock = (LabLivelock){ FALSE, NULL, NULL };
  while (found == LAB_COMPONENT_NONE && more)
    {
      if (parts.of != components->of)
        lab_components_clear (&parts);
      if (!lab_components_find (graph, groups, cancellable, &parts))
        return FALSE;
      found = look_at (graph, &parts, groups, &more);
    }
  if (found != LAB_COMPONENT_NONE)
    {
      livelock->found = TRUE;
      livelock->path = lab_graph_find_path (graph, found);
      livelock->cycle = find_cycle (graph, &parts, found);
    }
  if (parts.of != components->of)
    lab_components_clear (&parts);
  return TRUE;
}
