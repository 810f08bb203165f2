/* One exploration: the graph, then what it says. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/explore/explore.h"

#include <math.h>

#include "lab/explore/components.h"
#include "lab/explore/count.h"
#include "lab/explore/livelock.h"
#include "lab/explore/odds.h"

/* Above so many states the live odds are not counted. */
#define MOST_STATES_WITH_WAYS 1000000

/* A cancelled exploration of so few edges still says what it found: that takes no time. */
#define FEW_EDGES 50000

void
lab_exploration_free (LabExploration *self)
{
  g_ptr_array_unref (self->endings);
  g_free (self->schedules);
  g_free (self->bad_schedules);
  g_clear_pointer (&self->witness, lab_witness_free);
  g_clear_pointer (&self->livelock_path, g_array_unref);
  g_clear_pointer (&self->livelock_cycle, g_array_unref);
  g_clear_pointer (&self->graph, lab_graph_unref);
  g_free (self);
}

static char *
to_decimal (const mpz_t number)
{
  g_autofree char *text = g_malloc (mpz_sizeinbase (number, 10) + 2);

  return g_strdup (mpz_get_str (text, 10, number));
}

static int
compare_values (const LabEnding *a, const LabEnding *b, int n)
{
  for (int i = 0; i < n; i++)
    if (a->values[i] != b->values[i])
      return a->values[i] < b->values[i] ? -1 : 1;
  return a->bad - b->bad;
}

/* Ends by value, then the deadlock, then the failure. */
static int
compare_endings (gconstpointer left, gconstpointer right, gpointer data)
{
  const LabEnding *a = *(const LabEnding *const *) left;
  const LabEnding *b = *(const LabEnding *const *) right;
  const LabProgram *program = data;

  if (a->kind != b->kind)
    return (int) a->kind - (int) b->kind;
  return a->kind == LAB_ENDING_END ? compare_values (a, b, program->n_shown) : 0;
}

/* @counts: nullable: of each verdict. Takes the verdicts' values. */
static void
add_endings (LabExploration *self, LabGraph *graph, mpz_t *counts)
{
  mpz_t all, bad;

  mpz_inits (all, bad, NULL);
  for (guint i = 0; i < graph->verdicts->len; i++)
    {
      LabVerdict *verdict = &g_array_index (graph->verdicts, LabVerdict, i);
      LabEnding *ending = g_new0 (LabEnding, 1);

      ending->kind = verdict->kind;
      ending->bad = verdict->bad;
      ending->values = g_steal_pointer (&verdict->values);
      if (counts != NULL)
        {
          ending->schedules = to_decimal (counts[i]);
          mpz_add (all, all, counts[i]);
          if (verdict->bad)
            mpz_add (bad, bad, counts[i]);
        }
      self->bad |= ending->bad;
      g_ptr_array_add (self->endings, ending);
    }
  if (counts != NULL)
    {
      self->schedules = to_decimal (all);
      self->bad_schedules = to_decimal (bad);
    }
  mpz_clears (all, bad, NULL);
  g_ptr_array_sort_with_data (self->endings, compare_endings, graph->program);
}

/* Returns FALSE where it was cancelled. */
static gboolean
count (LabExploration *self, LabGraph *graph, const LabComponents *order, GCancellable *cancellable)
{
  guint n = graph->verdicts->len;
  g_autofree mpz_t *counts = g_new0 (mpz_t, n + 1);
  gboolean done;

  for (guint i = 0; i < n; i++)
    mpz_init (counts[i]);
  done = lab_count_schedules (graph, order, cancellable, counts);
  add_endings (self, graph, done ? counts : NULL);
  for (guint i = 0; i < n; i++)
    mpz_clear (counts[i]);
  return done;
}

static gboolean
find_livelock (LabExploration *self,
               const LabGraph *graph,
               const LabComponents *components,
               GCancellable *cancellable)
{
  LabLivelock livelock;

  if (!components->cyclic)
    return TRUE;
  self->cycle = TRUE;
  if (!lab_livelock_find (graph, components, cancellable, &livelock))
    return FALSE;
  self->livelock = livelock.found;
  self->livelock_path = livelock.path;
  self->livelock_cycle = livelock.cycle;
  self->bad |= livelock.found;
  return TRUE;
}

/* What the graph says; exact numbers only where it is whole. Returns FALSE where it was cancelled.
 */
static gboolean
analyse (LabExploration *self, LabGraph *graph, gboolean keep, GCancellable *cancellable)
{
  LabComponents components;
  gboolean done;

  if (!lab_components_find (graph, NULL, cancellable, &components))
    {
      add_endings (self, graph, NULL);
      return FALSE;
    }
  done = find_livelock (self, graph, &components, cancellable);
  if (done && self->complete)
    done = lab_odds_find (graph, &components, cancellable, &self->probability_bad);
  if (done && self->complete && !components.cyclic && keep &&
      graph->n_expanded <= MOST_STATES_WITH_WAYS)
    done = lab_count_ways (graph, &components, cancellable);
  if (done && self->complete && !components.cyclic)
    done = count (self, graph, &components, cancellable);
  else
    add_endings (self, graph, NULL);
  lab_components_clear (&components);
  return done && lab_witness_find (graph, cancellable, &self->witness);
}

static void
say_cancelled (LabExploration *self)
{
  self->complete = FALSE;
  self->stopped = LAB_STOPPED_CANCELLED;
  self->probability_bad = NAN;
  g_clear_pointer (&self->schedules, g_free);
  g_clear_pointer (&self->bad_schedules, g_free);
  for (guint i = 0; i < self->endings->len; i++)
    g_clear_pointer (&((LabEnding *) g_ptr_array_index (self->endings, i))->schedules, g_free);
}

static void
explore (LabExploration *self,
         LabGraph *graph,
         const LabExploreOptions *options,
         GCancellable *cancellable)
{
  const LabBounds bounds = {
    .most_states = options->most_states > 0 ? options->most_states : LAB_EXPLORE_MOST_STATES,
    .most_bytes = options->most_bytes > 0 ? options->most_bytes : LAB_EXPLORE_MOST_BYTES,
    .cancellable = cancellable,
    .progress = options->progress,
    .user_data = options->user_data,
  };
  LabBound met = lab_graph_expand (graph, &bounds);

  self->states = graph->store.n;
  self->transitions = graph->n_edges;
  self->complete = met == LAB_BOUND_NONE;
  self->stopped = met == LAB_BOUND_STATES      ? LAB_STOPPED_STATES
                  : met == LAB_BOUND_MEMORY    ? LAB_STOPPED_MEMORY
                  : met == LAB_BOUND_CANCELLED ? LAB_STOPPED_CANCELLED
                                               : LAB_STOPPED_NOT;
  if (met == LAB_BOUND_CANCELLED && graph->n_edges > FEW_EDGES)
    add_endings (self, graph, NULL);
  else if (!analyse (self, graph, options->keep_graph,
                     met == LAB_BOUND_CANCELLED ? NULL : cancellable))
    say_cancelled (self);
  if ((met == LAB_BOUND_STATES || met == LAB_BOUND_MEMORY) && !options->no_sample)
    self->sample = lab_sample (graph->program, cancellable);
}

LabExploration *
lab_explore (LabProgram *program, const LabExploreOptions *options, GCancellable *cancellable)
{
  const LabExploreOptions none = { 0 };
  LabExploration *self = g_new0 (LabExploration, 1);
  LabGraph *graph = lab_graph_new (program);
  gint64 begin_us = g_get_monotonic_time ();

  self->endings = g_ptr_array_new_with_free_func ((GDestroyNotify) lab_ending_free);
  self->probability_bad = NAN;
  if (options == NULL)
    options = &none;
  explore (self, graph, options, cancellable);
  self->seconds = (double) (g_get_monotonic_time () - begin_us) / G_USEC_PER_SEC;
  if (options->keep_graph)
    {
      lab_graph_add_depths (graph);
      self->graph = graph;
    }
  else
    lab_graph_unref (graph);
  return self;
}

typedef struct
{
  LabProgram *program; /* owned */
  LabExploreOptions options;
} AsyncExplore;

static void
async_explore_free (gpointer data)
{
  AsyncExplore *self = data;

  lab_program_unref (self->program);
  g_free (self);
}

static void
explore_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AsyncExplore *self = data;

  g_task_return_pointer (task, lab_explore (self->program, &self->options, cancellable),
                         (GDestroyNotify) lab_exploration_free);
}

void
lab_explore_async (LabProgram *program,
                   const LabExploreOptions *options,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  AsyncExplore *self = g_new0 (AsyncExplore, 1);

  self->program = lab_program_ref (program);
  if (options != NULL)
    self->options = *options;
  g_task_set_task_data (task, self, async_explore_free);
  /* A cancelled exploration has an answer too. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, explore_in_thread);
}

LabExploration *
lab_explore_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
