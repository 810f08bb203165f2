/* Finding all reachable states, nearest first. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lab/explore/graph-private.h"

/* What the counting behind needs for each state, roughly; it stands within the same bound. */
#define BYTES_BEHIND 48

#define TELL_EVERY 8192

/* States whose steps are looked up together. */
#define MOST_AT_ONCE 32
#define MOST_BYTES_AT_ONCE 65536

LabGraph *
lab_graph_new (LabProgram *program)
{
  LabGraph *self = g_new0 (LabGraph, 1);
  g_autoptr (GByteArray) buffer = g_byte_array_new ();
  g_auto (LabState) state = { 0 };
  LabPacked packed;

  self->ref_count = 1;
  self->program = lab_program_ref (program);
  self->verdicts = g_array_new (FALSE, FALSE, sizeof (LabVerdict));
  self->verdict_numbers =
      g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  self->terminals = g_array_new (FALSE, FALSE, sizeof (LabTerminal));
  lab_store_init (&self->store);
  lab_state_init (&state, program);
  packed = lab_store_pack (&state, buffer);
  lab_store_add (&self->store, &packed, buffer->data, 1);
  return self;
}

static guint16
to_label (LabMove move)
{
  return move.thread | move.choice << 6 | move.woken << 8;
}

static void
reserve (LabGraph *self, guint n_edges)
{
  if (self->n_expanded + 2 > self->n_first_allocated)
    {
      self->n_first_allocated = self->n_first_allocated * 3 / 2 + 1024;
      self->first_edges = g_renew (guint32, self->first_edges, self->n_first_allocated);
    }
  if ((gsize) self->n_edges + n_edges > self->n_edges_allocated)
    {
      self->n_edges_allocated =
          MAX (self->n_edges_allocated * 3 / 2 + 1024, (gsize) self->n_edges + n_edges);
      self->targets = g_renew (guint32, self->targets, self->n_edges_allocated);
      self->labels = g_renew (guint16, self->labels, self->n_edges_allocated);
    }
}

/* The number of what a schedule's end says. */
static guint
get_verdict (LabGraph *self, LabEndingKind kind, gboolean bad, const gint64 *values)
{
  gsize n = values != NULL ? self->program->n_shown * sizeof (gint64) : 0;
  g_autofree gint64 *key = g_malloc0 (n + 2 * sizeof (gint64));
  GBytes *bytes;
  gpointer found;
  LabVerdict verdict = { kind, bad, NULL };

  key[0] = kind;
  key[1] = bad;
  if (n > 0)
    memcpy (key + 2, values, n);
  bytes = g_bytes_new (key, n + 2 * sizeof (gint64));
  found = g_hash_table_lookup (self->verdict_numbers, bytes);
  if (found != NULL)
    {
      g_bytes_unref (bytes);
      return GPOINTER_TO_UINT (found) - 1;
    }
  if (values != NULL)
    verdict.values = n > 0 ? g_memdup2 (values, n) : g_new0 (gint64, 1);
  g_array_append_val (self->verdicts, verdict);
  g_hash_table_insert (self->verdict_numbers, bytes, GUINT_TO_POINTER (self->verdicts->len));
  return self->verdicts->len - 1;
}

static guint
judge_end (LabGraph *self, const LabState *state)
{
  const LabProgram *program = self->program;
  g_autofree gint64 *values = NULL;

  if (lab_machine_get_status (program, state) == LAB_STATUS_DEADLOCK)
    return get_verdict (self, LAB_ENDING_DEADLOCK, TRUE, NULL);
  values = g_new0 (gint64, program->n_shown + 1);
  lab_ending_read (program, state, values);
  return get_verdict (self, LAB_ENDING_END, !lab_machine_is_good_end (program, state), values);
}

/* The steps out of some states, before it is known where they lead: most of the time goes into
 * waiting for memory, so that many are looked up at once. */
typedef struct
{
  guint16 label;
  gboolean fails;
  LabPacked to;
} Step;

typedef struct
{
  GByteArray *buffer;
  GArray *steps;                /* (element-type Step) */
  guint n;                      /* states */
  guint ends[MOST_AT_ONCE];     /* of each: where its steps end */
  guint verdicts[MOST_AT_ONCE]; /* of each without steps */
  LabState from;
  LabState to;
} Batch;

static void
take_steps (LabGraph *self, Batch *batch, guint index)
{
  LabMove moves[LAB_MOST_MOVES];
  int n;

  lab_store_get (&self->store, index, &batch->from);
  n = lab_machine_list (self->program, &batch->from, moves);
  for (int i = 0; i < n; i++)
    {
      Step step = { .label = to_label (moves[i]) };

      lab_state_copy (&batch->to, &batch->from);
      step.fails =
          lab_machine_apply (self->program, &batch->to, moves[i], NULL) != LAB_FAILURE_NONE;
      if (!step.fails)
        {
          lab_state_drop_dead (&batch->to, self->program, moves[i].thread);
          step.to = lab_store_pack (&batch->to, batch->buffer);
          lab_store_fetch_place (&self->store, &step.to);
        }
      else if (self->failed == 0)
        self->failed = get_verdict (self, LAB_ENDING_FAILED, TRUE, NULL) + 1;
      g_array_append_val (batch->steps, step);
    }
  if (n == 0)
    batch->verdicts[batch->n] = judge_end (self, &batch->from);
  batch->ends[batch->n++] = batch->steps->len;
}

static void
fetch_ahead (LabGraph *self, const Batch *batch)
{
  for (guint i = 0; i < batch->steps->len; i++)
    if (!g_array_index (batch->steps, Step, i).fails)
      lab_store_fetch_end (&self->store, &g_array_index (batch->steps, Step, i).to);
  for (guint i = 0; i < batch->steps->len; i++)
    if (!g_array_index (batch->steps, Step, i).fails)
      lab_store_fetch_bytes (&self->store, &g_array_index (batch->steps, Step, i).to);
}

/* Edges of one state; FALSE where there is no room for a new state, and no edge has been added
 * then. */
static gboolean
add_edges (LabGraph *self, const Batch *batch, guint number, guint64 most)
{
  guint start = number > 0 ? batch->ends[number - 1] : 0;
  guint first = self->n_edges;

  reserve (self, batch->ends[number] - start);
  for (guint i = start; i < batch->ends[number]; i++)
    {
      const Step *step = &g_array_index (batch->steps, Step, i);
      guint target = LAB_GRAPH_FAILED;

      if (!step->fails)
        target = lab_store_add (&self->store, &step->to, batch->buffer->data, most);
      if (!step->fails && target == LAB_STORE_NONE)
        {
          self->n_edges = first;
          return FALSE;
        }
      self->targets[self->n_edges] = target;
      self->labels[self->n_edges++] = step->label;
    }
  if (start == batch->ends[number])
    {
      LabTerminal terminal = { self->n_expanded, batch->verdicts[number] };

      g_array_append_val (self->terminals, terminal);
    }
  self->first_edges[self->n_expanded] = first;
  self->first_edges[++self->n_expanded] = self->n_edges;
  return TRUE;
}

/* Some states after those that are expanded. Returns FALSE where there is no room. */
static gboolean
expand_some (LabGraph *self, Batch *batch, guint64 most)
{
  g_array_set_size (batch->steps, 0);
  g_byte_array_set_size (batch->buffer, 0);
  batch->n = 0;
  while (batch->n < MOST_AT_ONCE && self->n_expanded + batch->n < self->store.n &&
         batch->buffer->len < MOST_BYTES_AT_ONCE)
    take_steps (self, batch, self->n_expanded + batch->n);
  fetch_ahead (self, batch);
  for (guint i = 0; i < batch->n; i++)
    if (!add_edges (self, batch, i, most))
      return FALSE;
  return TRUE;
}

static guint64
get_size (const LabGraph *self)
{
  return lab_store_get_size (&self->store) + (guint64) self->n_edges_allocated * 6 +
         (guint64) self->n_first_allocated * 4 + (guint64) self->store.n * BYTES_BEHIND;
}

static LabBound
expand (LabGraph *self, const LabBounds *bounds, Batch *batch)
{
  guint64 most = MIN (bounds->most_states, LAB_GRAPH_FAILED - 1);
  guint told = 0;

  reserve (self, 0);
  self->first_edges[0] = 0;
  while (self->n_expanded < self->store.n)
    {
      if (g_cancellable_is_cancelled (bounds->cancellable))
        return LAB_BOUND_CANCELLED;
      if (self->n_expanded - told >= TELL_EVERY && bounds->progress != NULL)
        {
          told = self->n_expanded;
          bounds->progress (told, bounds->user_data);
        }
      if (get_size (self) + batch->buffer->len > bounds->most_bytes)
        return LAB_BOUND_MEMORY;
      if (!expand_some (self, batch, most))
        return self->store.n >= most ? LAB_BOUND_STATES : LAB_BOUND_MEMORY;
    }
  return LAB_BOUND_NONE;
}

LabBound
lab_graph_expand (LabGraph *self, const LabBounds *bounds)
{
  Batch batch = { .buffer = g_byte_array_new (),
                  .steps = g_array_new (FALSE, FALSE, sizeof (Step)) };
  LabBound met = expand (self, bounds, &batch);

  g_byte_array_unref (batch.buffer);
  g_array_unref (batch.steps);
  lab_state_clear (&batch.from);
  lab_state_clear (&batch.to);
  return met;
}
