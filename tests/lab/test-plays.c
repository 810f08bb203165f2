/* Free runs: whatever real threads come to is among what the explorer says. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lab/explore/explore.h"
#include "lab/lab.h"
#include "programs.h"
#include "threads.h"

/* Of all variants together; LAB_RUNS in the environment asks for more. */
#define RUNS 10000

static LabProgram *
load (const char *text)
{
  g_autoptr (LabProblem) problem = NULL;
  LabProgram *program = lab_program_new (text, -1, &problem);

  if (program == NULL)
    g_error ("%d:%d: %s in\n%s", problem->line, problem->column, problem->message, text);
  return program;
}

static LabRunResult *
run (LabProgram *program, int runs, int nudge, int timeout_ms)
{
  const LabRunOptions options = { .variant = "a program",
                                  .program = program,
                                  .runs = runs,
                                  .nudge = nudge,
                                  .timeout_ms = timeout_ms };
  g_autoptr (GError) error = NULL;
  LabRunResult *result = lab_run (&options, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (result->runs, ==, runs);
  return result;
}

static gboolean
is_among (const LabOutcome *outcome, const LabExploration *exploration, const LabProgram *program)
{
  for (guint i = 0; i < exploration->endings->len; i++)
    {
      const LabEnding *ending = g_ptr_array_index (exploration->endings, i);

      if (ending->kind == outcome->kind && ending->bad == outcome->bad &&
          (ending->kind != LAB_ENDING_END ||
           memcmp (ending->values, outcome->values, program->n_shown * sizeof (gint64)) == 0))
        return TRUE;
    }
  return FALSE;
}

static void
assert_among (const LabRunResult *result, const LabExploration *exploration, const char *name)
{
  for (guint i = 0; i < result->outcomes->len; i++)
    {
      const LabOutcome *outcome = &g_array_index (result->outcomes, LabOutcome, i);

      if (!is_among (outcome, exploration, result->program))
        g_error (
            "%s: a real run came to what no schedule does: kind %d, first value %" G_GINT64_FORMAT,
            name, outcome->kind, outcome->value);
    }
  /* Nothing comes to no end that must. */
  if (result->unfinished_runs > 0 && !exploration->cycle)
    g_error ("%s: %d runs came to no end", name, result->unfinished_runs);
}

static int
try_variant (const LabScenario *scenario, const LabVariant *variant, int runs)
{
  static const int nudges[] = { LAB_NUDGE_OFF, 1, 2, 4 };
  g_autofree char *id = g_strdup_printf ("%s/%s", scenario->id, variant->id);
  g_autoptr (LabProgram) program = load (variant->program);
  g_autoptr (LabExploration) exploration = lab_explore (program, NULL, NULL);
  int n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (nudges); i++)
    {
      /* Most with the program's own steps; what counts has bodies of its own, too. */
      g_autoptr (LabRunResult) result = run (program, runs, nudges[i], 5);

      assert_among (result, exploration, id);
      if (variant->kind == LAB_KIND_FIX)
        g_assert_cmpint (result->bad_runs, ==, 0);
      n += runs;
    }
  if (variant->takes_numbers)
    {
      const LabRunOptions options = { .variant = id, .runs = runs, .nudge = 3 };
      g_autoptr (LabRunResult) result = lab_run (&options, NULL, NULL);

      g_assert_nonnull (result);
      assert_among (result, exploration, id);
      n += runs;
    }
  return n;
}

static int
get_runs (void)
{
  const char *asked = g_getenv ("LAB_RUNS");

  return asked != NULL ? atoi (asked) : RUNS;
}

static void
test_real_runs_end_as_the_explorer_says (void)
{
  int n_scenarios;
  const LabScenario *scenarios = lab_get_scenarios (&n_scenarios);
  int n_variants = 0;
  int n = 0;

  for (int s = 0; s < n_scenarios; s++)
    n_variants += scenarios[s].n_variants;
  for (int s = 0; s < n_scenarios; s++)
    for (int v = 0; v < scenarios[s].n_variants; v++)
      n += try_variant (&scenarios[s], &scenarios[s].variants[v], get_runs () / n_variants / 4 + 1);
  g_test_message ("%d real runs of %d variants", n, n_variants);
  g_assert_cmpint (n, >=, get_runs ());
}

static void
test_every_statement_ends_as_the_explorer_says (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (every_statement); i++)
    {
      g_autoptr (LabProgram) program = load (every_statement[i]);
      g_autoptr (LabExploration) exploration = lab_explore (program, NULL, NULL);
      g_autoptr (LabRunResult) off = run (program, 50, LAB_NUDGE_OFF, 5);
      g_autoptr (LabRunResult) nudged = run (program, 50, 2, 5);

      g_assert_true (exploration->complete);
      assert_among (off, exploration, every_statement[i]);
      assert_among (nudged, exploration, every_statement[i]);
    }
}

static void
assert_always (const char *text, LabEndingKind kind, const char *example)
{
  g_autoptr (LabProgram) program = load (text);
  g_autoptr (LabRunResult) result = run (program, 10, 2, 20);

  g_assert_cmpint (result->outcomes->len, ==, 1);
  g_assert_cmpint (g_array_index (result->outcomes, LabOutcome, 0).kind, ==, kind);
  g_assert_cmpint (g_array_index (result->outcomes, LabOutcome, 0).count, ==, 10);
  g_assert_cmpstr (result->example, ==, example);
  g_assert_cmpint (result->bad_runs, ==, kind == LAB_ENDING_END ? 0 : 10);
}

static void
test_what_is_stuck_is_ended_and_named (void)
{
  assert_always ("lock m; thread A { lock m; lock m; }", LAB_ENDING_DEADLOCK,
                 "A waits for the lock m, which it holds itself.");
  assert_always ("lock m; thread A { lock m; put q, 1; } thread B { x = get(q); lock m; } queue q;",
                 LAB_ENDING_DEADLOCK, "B waits for the lock m, which A holds.");
  assert_always ("lock m; condition c; thread A { lock m; wait c, m; unlock m; }",
                 LAB_ENDING_DEADLOCK, "A sleeps on c, and nobody is left to wake it.");
  assert_always ("queue q; thread A { x = get(q); }", LAB_ENDING_DEADLOCK,
                 "A waits for a message in q, and none will come.");
  assert_always ("queue q capacity 1; thread A { put q, 1; put q, 2; }", LAB_ENDING_DEADLOCK,
                 "A waits for room in q, and nobody makes any.");
  assert_always ("shared n = 0; thread A { await n == 1; }", LAB_ENDING_DEADLOCK,
                 "A waits for ever: await n == 1;");
  assert_always ("shared n = 0; thread A { await n == 1 { n = 2; } }", LAB_ENDING_DEADLOCK,
                 "A waits for ever: await n == 1 { n = 2; }");
}

static void
test_what_fails_is_named (void)
{
  assert_always ("shared n = 0; thread A { assert n == 1; }", LAB_ENDING_FAILED,
                 "A: an assertion failed.");
  assert_always ("shared n = 0; thread A { n = 1; n = 0; } always n == 0;", LAB_ENDING_FAILED,
                 "A: what must always hold did not.");
  assert_always ("lock m; thread A { unlock m; }", LAB_ENDING_FAILED,
                 "A: the thread does not hold the lock.");
  assert_always ("lock m; condition c; thread A { wait c, m; }", LAB_ENDING_FAILED,
                 "A: the thread does not hold the lock.");
  assert_always ("queue q; thread A { atomic { x = get(q); } }", LAB_ENDING_FAILED,
                 "A: the queue was empty.");
  assert_always ("queue q capacity 1 = 1; thread A { atomic { put q, 2; } }", LAB_ENDING_FAILED,
                 "A: the queue was full.");
  assert_always ("shared n = 9223372036854775807; thread A { fetch_add(n, 1); }", LAB_ENDING_FAILED,
                 "A: a number overflowed.");
  assert_always ("shared n = 0; thread A { r = n; r = 1 / r; }", LAB_ENDING_FAILED,
                 "A: a division by zero.");
  /* In a condition that is decided after a step. */
  assert_always ("shared n = 0; thread A { r = n; if (1 / r == 1) { skip; } }", LAB_ENDING_FAILED,
                 "A: a division by zero.");
}

static void
test_what_waits_in_vain_only_for_a_while_goes_on (void)
{
  /* Far longer than the watchdog's time, and never stuck. */
  assert_always ("shared n = 0; thread A { repeat 30000 { r = n; n = r + 1; } } thread B { await "
                 "n == 30000; }",
                 LAB_ENDING_END, NULL);
  /* By itself, in the end. */
  assert_always ("lock m; condition c spurious; thread A { lock m; wait c, m; unlock m; }",
                 LAB_ENDING_END, NULL);
}

static void
test_what_never_ends_is_cut_short (void)
{
  g_autoptr (LabProgram) program =
      load ("shared n = 0; thread A, B { while (1 == 1) { n = self; } }");
  g_autoptr (LabRunResult) result = run (program, 2, LAB_NUDGE_OFF, 1);

  g_assert_cmpint (result->unfinished_runs, ==, 2);
  g_assert_cmpint (result->bad_runs, ==, 2);
  g_assert_cmpint (result->outcomes->len, ==, 0);
  g_assert_cmpstr (result->example, ==, "The threads went on and on and came to no end.");
}

static void
test_no_thread_is_left_behind (void)
{
  int before = count_threads ();

  for (guint i = 0; i < G_N_ELEMENTS (every_statement); i++)
    {
      g_autoptr (LabProgram) program = load (every_statement[i]);
      g_autoptr (LabRunResult) result = run (program, 5, 2, 2);

      g_assert_nonnull (result);
    }
  assert_threads (before);
}

static void
test_a_cancelled_call_says_so (void)
{
  g_autoptr (LabProgram) program = load (every_statement[0]);
  const LabRunOptions options = {
    .variant = "a program", .program = program, .runs = 5, .nudge = LAB_NUDGE_AUTO
  };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (lab_run (&options, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plays/every-statement-ends-as-the-explorer-says",
                   test_every_statement_ends_as_the_explorer_says);
  g_test_add_func ("/plays/what-is-stuck-is-ended-and-named",
                   test_what_is_stuck_is_ended_and_named);
  g_test_add_func ("/plays/what-fails-is-named", test_what_fails_is_named);
  g_test_add_func ("/plays/what-waits-in-vain-only-for-a-while-goes-on",
                   test_what_waits_in_vain_only_for_a_while_goes_on);
  g_test_add_func ("/plays/what-never-ends-is-cut-short", test_what_never_ends_is_cut_short);
  g_test_add_func ("/plays/no-thread-is-left-behind", test_no_thread_is_left_behind);
  g_test_add_func ("/plays/a-cancelled-call-says-so", test_a_cancelled_call_says_so);
  g_test_add_func ("/plays/real-runs-end-as-the-explorer-says",
                   test_real_runs_end_as_the_explorer_says);
  return g_test_run ();
}
