/* How fast the explorer is: every built-in variant, two threads of ten increments, and states a
 * second of large graphs.
 *
 * Printed, beside what is fast enough; nothing is asserted, since a loaded machine is no fault.
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

static void
measure_built_in (void)
{
  const LabScenario *scenarios;
  double worst = 0;
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
        g_free (slowest);
        slowest = g_strdup_printf ("%s/%s", scenarios[s].id, variant->id);
      }
  printf ("slowest built-in variant   %9.1f ms   (to reach: 20)  %s\n", worst * 1e3, slowest);
}

static void
measure_increments (int threads, int increments, int rounds)
{
  const LabVariant *variant = lab_find_variant ("lost-update/racy", NULL);
  g_autofree char *text = lab_dup_program (variant, threads, increments);
  struct rusage used;
  guint64 states;
  double seconds = measure (text, rounds, &states);

  getrusage (RUSAGE_SELF, &used);
  printf ("%d threads of %2d increments %9.1f ms   %8" G_GUINT64_FORMAT
          " states, %.2f million a second, peak %ld MiB\n",
          threads, increments, seconds * 1e3, states, states / seconds / 1e6,
          used.ru_maxrss / 1024);
}

int
main (void)
{
  measure_built_in ();
  measure_increments (2, 10, ROUNDS);
  measure_increments (3, 5, 2);
  measure_increments (3, 7, 1);
  return 0;
}
