/* The graph, to be looked at. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/explore/graph.h"

#include "lab/explore/graph-private.h"

LabGraph *
lab_graph_ref (LabGraph *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

static void
free_ways (mpz_t *ways, guint n)
{
  for (guint i = 0; ways != NULL && i < n; i++)
    mpz_clear (ways[i]);
  g_free (ways);
}

void
lab_graph_unref (LabGraph *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  free_ways (self->ways_all, self->n_expanded);
  free_ways (self->ways_bad, self->n_expanded);
  g_free (self->depths);
  g_free (self->first_edges);
  g_free (self->targets);
  g_free (self->labels);
  for (guint i = 0; i < self->verdicts->len; i++)
    g_free (g_array_index (self->verdicts, LabVerdict, i).values);
  g_array_unref (self->verdicts);
  g_hash_table_unref (self->verdict_numbers);
  g_array_unref (self->terminals);
  lab_store_clear (&self->store);
  lab_program_unref (self->program);
  g_free (self);
}

LabProgram *
lab_graph_get_program (const LabGraph *self)
{
  return self->program;
}

guint
lab_graph_get_n_states (const LabGraph *self)
{
  return self->store.n;
}

guint
lab_graph_get_n_expanded (const LabGraph *self)
{
  return self->n_expanded;
}

guint64
lab_graph_get_n_edges (const LabGraph *self)
{
  return self->n_edges;
}

void
lab_graph_get_state (const LabGraph *self, guint index, LabState *state)
{
  lab_store_get (&self->store, index, state);
}

gint64
lab_graph_find (LabGraph *self, const LabState *state)
{
  g_auto (LabState) copy = { 0 };
  guint found;

  lab_state_copy (&copy, state);
  for (int t = 0; t < self->program->n_threads; t++)
    lab_state_drop_dead (&copy, self->program, t);
  found = lab_store_find (&self->store, &copy);
  return found == LAB_STORE_NONE ? -1 : (gint64) found;
}

guint
lab_graph_get_edges (const LabGraph *self, guint index, guint *first)
{
  *first = 0;
  if (index >= self->n_expanded)
    return 0;
  *first = self->first_edges[index];
  return self->first_edges[index + 1] - *first;
}

LabMove
lab_label_to_move (guint16 label)
{
  return (LabMove){ .thread = label & 63, .choice = label >> 6 & 3, .woken = label >> 8 };
}

LabMove
lab_graph_get_edge (const LabGraph *self, guint edge, guint *target)
{
  *target = self->targets[edge];
  return lab_label_to_move (self->labels[edge]);
}

const LabVerdict *
lab_graph_find_verdict (const LabGraph *self, guint state)
{
  guint low = 0;
  guint high = self->terminals->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      const LabTerminal *terminal = &g_array_index (self->terminals, LabTerminal, middle);

      if (terminal->state == state)
        return &g_array_index (self->verdicts, LabVerdict, terminal->verdict);
      if (terminal->state < state)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

gboolean
lab_graph_is_bad (const LabGraph *self, guint index)
{
  const LabVerdict *verdict = lab_graph_find_verdict (self, index);

  return verdict != NULL && verdict->bad;
}

void
lab_graph_add_depths (LabGraph *self)
{
  self->depths = g_new0 (guint32, self->store.n);
  /* Numbers follow the distance, so the first edge that leads to a state is on a shortest way. */
  for (guint s = 0; s < self->n_expanded; s++)
    for (guint e = self->first_edges[s]; e < self->first_edges[s + 1]; e++)
      {
        guint target = self->targets[e];

        if (target != LAB_GRAPH_FAILED && target != 0 && self->depths[target] == 0)
          self->depths[target] = self->depths[s] + 1;
      }
}

guint
lab_graph_get_depth (const LabGraph *self, guint index)
{
  return self->depths != NULL ? self->depths[index] : 0;
}

static void
reverse (GArray *moves)
{
  for (guint i = 0; i < moves->len / 2; i++)
    {
      LabMove *a = &g_array_index (moves, LabMove, i);
      LabMove *b = &g_array_index (moves, LabMove, moves->len - 1 - i);
      LabMove kept = *a;

      *a = *b;
      *b = kept;
    }
}

GArray *
lab_graph_find_path (const LabGraph *self, guint state)
{
  GArray *moves = g_array_new (FALSE, FALSE, sizeof (LabMove));
  g_autofree guint32 *from = g_new (guint32, self->store.n);
  g_autofree guint16 *by = g_new (guint16, self->store.n);

  for (guint s = 0; s < self->store.n; s++)
    from[s] = G_MAXUINT32;
  for (guint s = 0; s < self->n_expanded; s++)
    for (guint e = self->first_edges[s]; e < self->first_edges[s + 1]; e++)
      {
        guint target = self->targets[e];

        if (target != LAB_GRAPH_FAILED && target != 0 && from[target] == G_MAXUINT32)
          {
            from[target] = s;
            by[target] = self->labels[e];
          }
      }
  for (; state != 0; state = from[state])
    {
      LabMove move = lab_label_to_move (by[state]);

      g_array_append_val (moves, move);
    }
  reverse (moves);
  return moves;
}

void
lab_ways_clear (LabWays *ways)
{
  g_clear_pointer (&ways->all, g_free);
  g_clear_pointer (&ways->bad, g_free);
}

static char *
to_decimal (const mpz_t number)
{
  g_autofree char *text = g_malloc (mpz_sizeinbase (number, 10) + 2);

  return g_strdup (mpz_get_str (text, 10, number));
}

gboolean
lab_graph_get_ways (const LabGraph *self, guint index, LabWays *ways)
{
  *ways = (LabWays){ NULL, NULL };
  if (self->ways_all == NULL)
    return FALSE;
  ways->all = to_decimal (self->ways_all[index]);
  ways->bad = to_decimal (self->ways_bad[index]);
  return TRUE;
}

gboolean
lab_graph_get_edge_ways (const LabGraph *self, guint edge, LabWays *ways)
{
  *ways = (LabWays){ NULL, NULL };
  if (self->ways_all == NULL)
    return FALSE;
  if (self->targets[edge] != LAB_GRAPH_FAILED)
    return lab_graph_get_ways (self, self->targets[edge], ways);
  /* The step fails: one way, and a bad one. */
  ways->all = g_strdup ("1");
  ways->bad = g_strdup ("1");
  return TRUE;
}
