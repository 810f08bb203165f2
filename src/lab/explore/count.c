/* Counting forwards and backwards. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/explore/count.h"

#define ASK_EVERY 1024

static const LabTerminal *
get_terminal (const LabGraph *graph, guint i)
{
  return &g_array_index (graph->terminals, LabTerminal, i);
}

typedef unsigned __int128 Small;

static void
add_small (mpz_t sum, Small number)
{
  mpz_t whole;

  mpz_init_set_ui (whole, number >> 64);
  mpz_mul_2exp (whole, whole, 64);
  mpz_add_ui (whole, whole, (guint64) number);
  mpz_add (sum, sum, whole);
  mpz_clear (whole);
}

/* In 128 bits: most graphs need no more. FALSE where this one does, or it was cancelled. */
static gboolean
count_small (const LabGraph *graph,
             const LabComponents *order,
             GCancellable *cancellable,
             mpz_t *counts)
{
  g_autofree Small *ways = g_new0 (Small, graph->n_expanded + 1);
  Small failed = 0;

  ways[0] = 1;
  for (guint i = order->n; i-- > 0;)
    {
      guint state = order->members[i];

      if (i % ASK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      for (guint e = graph->first_edges[state]; e < graph->first_edges[state + 1]; e++)
        {
          guint target = graph->targets[e];
          Small *to = target == LAB_GRAPH_FAILED ? &failed : &ways[target];

          if (__builtin_add_overflow (*to, ways[state], to))
            return FALSE;
        }
    }
  for (guint i = 0; i < graph->terminals->len; i++)
    add_small (counts[get_terminal (graph, i)->verdict], ways[get_terminal (graph, i)->state]);
  if (graph->failed > 0)
    add_small (counts[graph->failed - 1], failed);
  return TRUE;
}

/* With numbers of any length, each freed as soon as it is handed on. */
static gboolean
count_large (const LabGraph *graph,
             const LabComponents *order,
             GCancellable *cancellable,
             mpz_t *counts)
{
  g_autofree mpz_t *ways = g_new (mpz_t, graph->n_expanded);
  gboolean cancelled = FALSE;

  for (guint s = 0; s < graph->n_expanded; s++)
    mpz_init (ways[s]);
  mpz_set_ui (ways[0], 1);
  for (guint i = order->n; i-- > 0 && !cancelled;)
    {
      guint state = order->members[i];
      guint first = graph->first_edges[state];

      cancelled = i % ASK_EVERY == 0 && g_cancellable_is_cancelled (cancellable);
      for (guint e = first; e < graph->first_edges[state + 1]; e++)
        {
          guint target = graph->targets[e];
          mpz_ptr to = target == LAB_GRAPH_FAILED ? counts[graph->failed - 1] : ways[target];

          mpz_add (to, to, ways[state]);
        }
      if (first < graph->first_edges[state + 1])
        {
          /* One that is only made, and holds nothing yet, has no memory of its own. */
          mpz_clear (ways[state]);
          mpz_init (ways[state]);
        }
    }
  for (guint i = 0; i < graph->terminals->len; i++)
    {
      const LabTerminal *terminal = get_terminal (graph, i);

      mpz_add (counts[terminal->verdict], counts[terminal->verdict], ways[terminal->state]);
    }
  for (guint s = 0; s < graph->n_expanded; s++)
    mpz_clear (ways[s]);
  return !cancelled;
}

gboolean
lab_count_schedules (const LabGraph *graph,
                     const LabComponents *order,
                     GCancellable *cancellable,
                     mpz_t *counts)
{
  if (count_small (graph, order, cancellable, counts))
    return TRUE;
  return !g_cancellable_is_cancelled (cancellable) &&
         count_large (graph, order, cancellable, counts);
}

gboolean
lab_count_ways (LabGraph *graph, const LabComponents *order, GCancellable *cancellable)
{
  graph->ways_all = g_new (mpz_t, graph->n_expanded);
  graph->ways_bad = g_new (mpz_t, graph->n_expanded);
  for (guint s = 0; s < graph->n_expanded; s++)
    {
      mpz_init (graph->ways_all[s]);
      mpz_init (graph->ways_bad[s]);
    }
  for (guint i = 0; i < graph->terminals->len; i++)
    {
      const LabTerminal *terminal = get_terminal (graph, i);

      mpz_set_ui (graph->ways_all[terminal->state], 1);
      mpz_set_ui (graph->ways_bad[terminal->state],
                  g_array_index (graph->verdicts, LabVerdict, terminal->verdict).bad);
    }
  for (guint i = 0; i < order->n; i++)
    {
      guint state = order->members[i];
      mpz_ptr all = graph->ways_all[state];
      mpz_ptr bad = graph->ways_bad[state];

      if (i % ASK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      for (guint e = graph->first_edges[state]; e < graph->first_edges[state + 1]; e++)
        {
          guint target = graph->targets[e];

          if (target == LAB_GRAPH_FAILED)
            {
              mpz_add_ui (all, all, 1);
              mpz_add_ui (bad, bad, 1);
              continue;
            }
          mpz_add (all, all, graph->ways_all[target]);
          mpz_add (bad, bad, graph->ways_bad[target]);
        }
    }
  return TRUE;
}
