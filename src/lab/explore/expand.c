/* Finding all reachable states, nearest first. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lab/explore/graph-private.h"

/* What the counting behind needs for each state, roughly; it stands within the same bound. */
#define BYTES_BEHIND 72

#define ASK_EVERY 256
#define TELL_EVERY 8192

LabGraph *
lab_graph_new (LabProgram *program)
{
  LabGraph *self = g_new0 (LabGraph, 1);
  g_auto (LabState) state = { 0 };
  gboolean is_new;

  self->ref_count = 1;
  self->program = lab_program_ref (program);
  self->verdicts = g_array_new (FALSE, FALSE, sizeof (LabVerdict));
  self->verdict_numbers =
      g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  self->terminals = g_array_new (FALSE, FALSE, sizeof (LabTerminal));
  lab_store_init (&self->store);
  lab_state_init (&state, program);
  lab_store_add (&self->store, &state, 1, &is_new);
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

static void
add_terminal (LabGraph *self, guint index, const LabState *state)
{
  const LabProgram *program = self->program;
  LabTerminal terminal = { .state = index };
  g_autofree gint64 *values = NULL;

  if (lab_machine_get_status (program, state) == LAB_STATUS_DEADLOCK)
    terminal.verdict = get_verdict (self, LAB_ENDING_DEADLOCK, TRUE, NULL);
  else
    {
      values = g_new0 (gint64, program->n_shown + 1);
      lab_ending_read (program, state, values);
      terminal.verdict =
          get_verdict (self, LAB_ENDING_END, !lab_machine_is_good_end (program, state), values);
    }
  g_array_append_val (self->terminals, terminal);
}

/* Edges of one state; FALSE where there is no room for a new one, and nothing has been added then.
 */
static gboolean
expand_state (LabGraph *self, guint index, LabState *from, LabState *to, guint64 most)
{
  LabMove moves[LAB_MOST_MOVES];
  guint first = self->n_edges;
  int n;

  lab_store_get (&self->store, index, from);
  n = lab_machine_list (self->program, from, moves);
  reserve (self, n);
  for (int i = 0; i < n; i++)
    {
      guint target = LAB_GRAPH_FAILED;
      gboolean is_new;

      lab_state_copy (to, from);
      if (lab_machine_apply (self->program, to, moves[i], NULL) == LAB_FAILURE_NONE)
        {
          lab_state_drop_dead (to, self->program, moves[i].thread);
          target = lab_store_add (&self->store, to, most, &is_new);
          if (target == LAB_STORE_NONE)
            {
              self->n_edges = first;
              return FALSE;
            }
        }
      else if (self->failed == 0)
        self->failed = get_verdict (self, LAB_ENDING_FAILED, TRUE, NULL) + 1;
      self->targets[self->n_edges] = target;
      self->labels[self->n_edges++] = to_label (moves[i]);
    }
  if (n == 0)
    add_terminal (self, index, from);
  self->first_edges[index] = first;
  self->first_edges[index + 1] = self->n_edges;
  return TRUE;
}

static guint64
get_size (const LabGraph *self)
{
  return lab_store_get_size (&self->store) + (guint64) self->n_edges_allocated * 6 +
         (guint64) self->n_first_allocated * 4 + (guint64) self->store.n * BYTES_BEHIND;
}

LabBound
lab_graph_expand (LabGraph *self, const LabBounds *bounds)
{
  guint64 most = MIN (bounds->most_states, LAB_GRAPH_FAILED - 1);
  g_auto (LabState) from = { 0 };
  g_auto (LabState) to = { 0 };

  reserve (self, 0);
  self->first_edges[0] = 0;
  for (guint i = 0; i < self->store.n; i++)
    {
      if (i % ASK_EVERY == 0 && g_cancellable_is_cancelled (bounds->cancellable))
        return LAB_BOUND_CANCELLED;
      if (i % TELL_EVERY == 0 && bounds->progress != NULL)
        bounds->progress (i, bounds->user_data);
      /* Large states make few of them dear. */
      if ((i % ASK_EVERY == 0 || from.n_words > 256) && get_size (self) > bounds->most_bytes)
        return LAB_BOUND_MEMORY;
      if (!expand_state (self, i, &from, &to, most))
        return self->store.n >= most ? LAB_BOUND_STATES : LAB_BOUND_MEMORY;
      self->n_expanded = i + 1;
    }
  return LAB_BOUND_NONE;
}
