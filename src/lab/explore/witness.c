/* Dijkstra's algorithm over pairs of a state and the thread that moved last; costs are compared
 * preemptions first, then switches, then steps. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/explore/witness.h"

#include "lab/explore/graph-private.h"
#include "lab/machine/schedule.h"

#define ASK_EVERY 1024

/* The thread that moved last before the first step. */
#define NOBODY 64

typedef struct
{
  guint32 preemptions;
  guint32 switches;
  guint32 steps;
} Cost;

/* A pair that has been met. */
typedef struct
{
  Cost cost;     /* the least known */
  guint32 state; /* or LAB_GRAPH_FAILED: the end of a schedule */
  guint32 from;  /* the node before */
  guint16 label; /* how it was left */
  guint8 last;
  guint8 done;
} Node;

typedef struct
{
  Cost cost;
  guint32 node;
} Entry;

typedef struct
{
  const LabGraph *graph;
  GArray *nodes;  /* (element-type Node) */
  GArray *heap;   /* (element-type Entry) */
  guint32 *table; /* open addressing: a node's number + 1 */
  guint table_bits;
} Search;

void
lab_witness_free (LabWitness *witness)
{
  g_array_unref (witness->steps);
  g_free (witness->schedule);
  g_free (witness);
}

static gboolean
is_less (Cost a, Cost b)
{
  if (a.preemptions != b.preemptions)
    return a.preemptions < b.preemptions;
  if (a.switches != b.switches)
    return a.switches < b.switches;
  return a.steps < b.steps;
}

/* Of equal costs the pair that was met first, so that the answer is always the same. */
static gboolean
comes_before (const Entry *a, const Entry *b)
{
  return is_less (a->cost, b->cost) || (!is_less (b->cost, a->cost) && a->node < b->node);
}

static Node *
get_node (Search *self, guint node)
{
  return &g_array_index (self->nodes, Node, node);
}

static Entry *
get_entry (Search *self, guint i)
{
  return &g_array_index (self->heap, Entry, i);
}

static void
push (Search *self, Cost cost, guint node)
{
  Entry entry = { cost, node };
  guint i = self->heap->len;

  g_array_append_val (self->heap, entry);
  for (; i > 0 && comes_before (&entry, get_entry (self, (i - 1) / 2)); i = (i - 1) / 2)
    *get_entry (self, i) = *get_entry (self, (i - 1) / 2);
  *get_entry (self, i) = entry;
}

static Entry
pop (Search *self)
{
  Entry top = *get_entry (self, 0);
  Entry last = *get_entry (self, self->heap->len - 1);
  guint n = self->heap->len - 1;
  guint i = 0;

  g_array_set_size (self->heap, n);
  while (2 * i + 1 < n)
    {
      guint child = 2 * i + 1;

      if (child + 1 < n && comes_before (get_entry (self, child + 1), get_entry (self, child)))
        child++;
      if (!comes_before (get_entry (self, child), &last))
        break;
      *get_entry (self, i) = *get_entry (self, child);
      i = child;
    }
  if (n > 0)
    *get_entry (self, i) = last;
  return top;
}

static gsize
find_place (Search *self, guint32 state, guint8 last)
{
  gsize mask = ((gsize) 1 << self->table_bits) - 1;
  guint64 key = ((guint64) state << 7 | last) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  gsize place = key >> (64 - self->table_bits);

  while (self->table[place] != 0)
    {
      const Node *node = get_node (self, self->table[place] - 1);

      if (node->state == state && node->last == last)
        break;
      place = (place + 1) & mask;
    }
  return place;
}

static void
grow (Search *self)
{
  g_free (self->table);
  self->table = g_new0 (guint32, (gsize) 1 << ++self->table_bits);
  for (guint i = 0; i < self->nodes->len; i++)
    self->table[find_place (self, get_node (self, i)->state, get_node (self, i)->last)] = i + 1;
}

/* A way to a pair: kept where it is new or better than what is known. */
static void
reach (Search *self, Node way)
{
  gsize place = find_place (self, way.state, way.last);
  Node *known;

  if (self->table[place] == 0)
    {
      g_array_append_val (self->nodes, way);
      self->table[place] = self->nodes->len;
      push (self, way.cost, self->nodes->len - 1);
      if (self->nodes->len > ((gsize) 1 << self->table_bits) / 2)
        grow (self);
      return;
    }
  known = get_node (self, self->table[place] - 1);
  if (known->done || !is_less (way.cost, known->cost))
    return;
  *known = way;
  push (self, way.cost, self->table[place] - 1);
}

static gboolean
can_go_on (const LabGraph *graph, guint state, guint thread)
{
  for (guint e = graph->first_edges[state]; e < graph->first_edges[state + 1]; e++)
    if (lab_label_to_move (graph->labels[e]).thread == thread)
      return TRUE;
  return FALSE;
}

static void
reach_neighbours (Search *self, guint number)
{
  const LabGraph *graph = self->graph;
  const Node node = *get_node (self, number);
  gboolean goes_on;

  if (node.state >= graph->n_expanded)
    return;
  goes_on = can_go_on (graph, node.state, node.last);
  for (guint e = graph->first_edges[node.state]; e < graph->first_edges[node.state + 1]; e++)
    {
      Node way = {
        .cost = node.cost, .state = graph->targets[e], .from = number, .label = graph->labels[e]
      };

      way.last = lab_label_to_move (graph->labels[e]).thread;
      way.cost.steps++;
      if (node.last != NOBODY && node.last != way.last)
        {
          way.cost.switches++;
          way.cost.preemptions += goes_on;
        }
      reach (self, way);
    }
}

static LabWitness *
make_witness (Search *self, guint number)
{
  LabWitness *witness = g_new0 (LabWitness, 1);
  Cost cost = get_node (self, number)->cost;

  witness->preemptions = cost.preemptions;
  witness->switches = cost.switches;
  witness->steps = g_array_new (FALSE, FALSE, sizeof (LabMove));
  g_array_set_size (witness->steps, cost.steps);
  for (guint i = cost.steps; i-- > 0; number = get_node (self, number)->from)
    g_array_index (witness->steps, LabMove, i) = lab_label_to_move (get_node (self, number)->label);
  witness->schedule = lab_schedule_format ((const LabMove *) witness->steps->data, cost.steps);
  return witness;
}

static gboolean
has_bad (const LabGraph *graph)
{
  for (guint i = 0; i < graph->verdicts->len; i++)
    if (g_array_index (graph->verdicts, LabVerdict, i).bad)
      return TRUE;
  return FALSE;
}

/* Returns FALSE where it was cancelled. */
static gboolean
search (Search *self, GCancellable *cancellable, LabWitness **witness)
{
  Node start = { .state = 0, .last = NOBODY };

  reach (self, start);
  for (guint asked = 0; self->heap->len > 0; asked++)
    {
      Entry entry = pop (self);
      Node *node = get_node (self, entry.node);

      if (asked % ASK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      if (node->done)
        continue;
      node->done = TRUE;
      if (node->state == LAB_GRAPH_FAILED || lab_graph_is_bad (self->graph, node->state))
        {
          *witness = make_witness (self, entry.node);
          return TRUE;
        }
      reach_neighbours (self, entry.node);
    }
  return TRUE;
}

gboolean
lab_witness_find (const LabGraph *graph, GCancellable *cancellable, LabWitness **witness)
{
  Search self = { .graph = graph, .table_bits = 10 };
  gboolean done;

  *witness = NULL;
  if (!has_bad (graph))
    return TRUE;
  self.nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  self.heap = g_array_new (FALSE, FALSE, sizeof (Entry));
  self.table = g_new0 (guint32, (gsize) 1 << self.table_bits);
  done = search (&self, cancellable, witness);
  g_array_unref (self.nodes);
  g_array_unref (self.heap);
  g_free (self.table);
  return done;
}
