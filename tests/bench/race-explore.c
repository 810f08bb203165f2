/* How fast the explorer is: every built-in variant, two threads of ten increments, and states a
 * second of large graphs.
 *
 * Printed as JSON, with what is fast enough; nothing is asserted, since a loaded machine is no
 * fault.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <sys/resource.h>

#include "lab/lab.h"

#define ROUNDS 5

static LabProgram *
load (const char *text)
{
  g_autoptr (LabProblem) problem = NULL;
  LabProgram *program = lab_program_new (text, -1, &problem);

  g_assert_nonnull (program);
  return program;
}

/* The best of some rounds, in seconds. */
static double
measure (const char *text, int rounds, guint64 *states)
{
  g_autoptr (LabProgram) program = load (text);
  double best = G_MAXDOUBLE;

  for (int i = 0; i < rounds; i++)
    {
      g_autoptr (LabExploration) found =
          lab_explore (program, &(LabExploreOptions){ .no_sample = TRUE }, NULL);

      best = MIN (best, found->seconds);
      *states = found->states;
    }
  return best;
}

/* One line of the answer; @most_ms, @least_rate (million states a second): what is fast enough, 0
 * where nothing is said. */
static void
print (const char *what, double seconds, guint64 states, int most_ms, int least_rate)
{
  static const char *before = "[\n";
  struct rusage used;

  getrusage (RUSAGE_SELF, &used);
  printf ("%s{\"what\": \"%s\", \"ms\": %.2f, \"states\": %" G_GUINT64_FORMAT
          ", \"mib\": %ld, \"most_ms\": %d, \"least_rate\": %d}",
          before, what, seconds * 1e3, states, used.ru_maxrss / 1024, most_ms, least_rate);
  before = ",\n";
}

static void
measure_built_in (void)
{
  const LabScenario *scenarios;
  double worst = 0;
  guint64 most = 0;
  g_autofree char *slowest = NULL;
  int n;

  scenarios = lab_get_scenarios (&n);
  for (int s = 0; s < n; s++)
    for (int v = 0; v < scenarios[s].n_variants; v++)
      {
        const LabVariant *variant = &scenarios[s].variants[v];
        g_autofree char *text =
            variant->takes_numbers ? lab_dup_program (variant, 2, 2) : g_strdup (variant->program);
        guint64 states;
        double seconds = measure (text, ROUNDS, &states);

        if (seconds <= worst)
          continue;
        worst = seconds;
        most = states;
        g_free (slowest);
        slowest = g_strdup_printf ("slowest variant, %s/%s", scenarios[s].id, variant->id);
      }
  print (slowest, worst, most, 20, 0);
}

static void
measure_increments (int threads, int increments, int rounds, int most_ms, int least_rate)
{
  const LabVariant *variant = lab_find_variant ("lost-update/racy", NULL);
  g_autofree char *text = lab_dup_program (variant, threads, increments);
  g_autofree char *what = g_strdup_printf ("%d threads of %d increments", threads, increments);
  guint64 states;
  double seconds = measure (text, rounds, &states);

  print (what, seconds, states, most_ms, least_rate);
}

/* When a large exploration was told to end, and when it had. */
typedef struct
{
  GCancellable *cancellable;
  GMainLoop *loop;
  gint64 cancelled_us;
  gint64 ended_us;
} Cancel;

static gboolean
cancel_cb (gpointer user_data)
{
  Cancel *self = user_data;

  self->cancelled_us = g_get_monotonic_time ();
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
explored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Cancel *self = user_data;
  g_autoptr (LabExploration) found = lab_explore_finish (result);

  self->ended_us = g_get_monotonic_time ();
  g_assert_false (found->complete);
  g_main_loop_quit (self->loop);
}

static void
measure_cancel (void)
{
  const LabVariant *variant = lab_find_variant ("lost-update/racy", NULL);
  g_autofree char *text = lab_dup_program (variant, 3, 7);
  g_autoptr (LabProgram) program = load (text);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Cancel self = { cancellable, loop, 0, 0 };

  lab_explore_async (program, &(LabExploreOptions){ .no_sample = TRUE }, cancellable, explored_cb,
                     &self);
  g_timeout_add (300, cancel_cb, &self);
  g_main_loop_run (loop);
  print ("until a cancel counts", (self.ended_us - self.cancelled_us) / 1e6, 0, 50, 0);
}

int
main (void)
{
  measure_built_in ();
  measure_increments (2, 10, ROUNDS, 50, 0);
  measure_increments (3, 5, 2, 0, 1);
  measure_increments (3, 7, 1, 0, 1);
  measure_cancel ();
  printf ("\n]\n");
  return 0;
}
