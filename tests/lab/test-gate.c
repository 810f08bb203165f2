/* Gated runs: real threads that follow the model, step by step. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lab/explore/explore.h"
#include "lab/lab.h"
#include "lab/machine/schedule.h"
#include "programs.h"
#include "threads.h"

static LabProgram *
load (const char *text)
{
  g_autoptr (LabProblem) problem = NULL;
  LabProgram *program = lab_program_new (text, -1, &problem);

  if (program == NULL)
    g_error ("%d:%d: %s in\n%s", problem->line, problem->column, problem->message, text);
  return program;
}

/* Follows random steps to the end, or for so many; each step holds all words against the model's.
 */
static int
walk (LabProgram *program, LabGateMode mode, int most)
{
  g_autoptr (LabGate) gate = lab_gate_new (program, mode);
  g_autofree LabMove *moves = g_new (LabMove, LAB_MOST_MOVES);
  int steps = 0;

  g_assert_nonnull (gate);
  while (steps < most && lab_gate_get_failure (gate) == LAB_FAILURE_NONE)
    {
      int n = lab_machine_list (program, lab_gate_get_state (gate), moves);
      LabGateStep step;

      if (n == 0)
        break;
      step = lab_gate_take (gate, moves[g_test_rand_int_range (0, n)]);
      g_assert_cmpint (step, ==,
                       lab_gate_get_failure (gate) == LAB_FAILURE_NONE ? LAB_GATE_TAKEN
                                                                       : LAB_GATE_FAILED);
      steps++;
    }
  return steps;
}

static void
test_every_statement_does_on_threads_what_the_model_does (void)
{
  int steps = 0;

  for (guint i = 0; i < G_N_ELEMENTS (every_statement); i++)
    {
      g_autoptr (LabProgram) program = load (every_statement[i]);

      for (int n = 0; n < 100; n++)
        steps += walk (program, n % 10 == 0 ? LAB_GATE_BY_HAND : LAB_GATE_AUTOMATIC, 200);
    }
  g_test_message ("%d steps were equal to the model's", steps);
}

static void
test_every_variant_does_on_threads_what_the_model_does (void)
{
  int n;
  const LabScenario *scenarios = lab_get_scenarios (&n);
  int steps = 0;

  for (int s = 0; s < n; s++)
    for (int v = 0; v < scenarios[s].n_variants; v++)
      {
        g_autoptr (LabProgram) program = load (scenarios[s].variants[v].program);

        for (int i = 0; i < 10; i++)
          steps += walk (program, LAB_GATE_AUTOMATIC, 500);
      }
  g_test_message ("%d steps were equal to the model's", steps);
}

static LabRunResult *
replay (LabProgram *program, const char *schedule, int runs)
{
  g_autoptr (GError) error = NULL;
  LabRunResult *result = lab_replay (program, "a program", schedule, runs, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (result->forced);
  g_assert_cmpint (result->runs, ==, runs);
  return result;
}

/* A thousand replays of the losing schedule of the chapter, and some of every other. */
static void
test_each_witness_ends_on_threads_as_it_does_in_the_model (void)
{
  int n;
  const LabScenario *scenarios = lab_get_scenarios (&n);

  for (int s = 0; s < n; s++)
    for (int v = 0; v < scenarios[s].n_variants; v++)
      {
        const LabVariant *variant = &scenarios[s].variants[v];
        g_autoptr (LabProgram) program = load (variant->program);
        g_autoptr (LabExploration) exploration = lab_explore (program, NULL, NULL);
        g_autoptr (LabRunResult) result = NULL;
        int runs = strcmp (variant->id, "racy") == 0 || program->tso ? 1000 : 50;

        if (exploration->witness == NULL)
          {
            g_assert_true (variant->kind == LAB_KIND_FIX || exploration->livelock);
            continue;
          }
        result = replay (program, exploration->witness->schedule, runs);
        g_assert_cmpint (result->bad_runs, ==, runs);
        g_assert_cmpint (result->outcomes->len, ==, 1);
        g_assert_cmpint (result->unfinished_runs, ==, 0);
        g_assert_nonnull (result->example);
      }
}

static void
assert_not_followed (LabProgram *program, const char *schedule)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lab_replay (program, "a program", schedule, 1, NULL, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_SCHEDULE);
}

static void
test_a_schedule_that_cannot_be_followed_is_an_error (void)
{
  g_autoptr (LabProgram) program =
      load ("shared n = 0; lock m; thread A, B { lock m; r = n; n = r + 1; unlock m; }");

  assert_not_followed (program, "nonsense");
  assert_not_followed (program, "3");
  assert_not_followed (program, "1.2");       /* A holds the lock */
  assert_not_followed (program, "1x5");       /* A has ended */
  assert_not_followed (program, "1x4.2x4.1"); /* all have */
  assert_not_followed (program, "1d");        /* there is no store buffer */
  assert_not_followed (program, "1s");        /* nor a condition */
}

static void
test_a_schedule_may_stop_early (void)
{
  g_autoptr (LabProgram) program = load ("shared n = 0; thread A, B { r = n; n = r + 1; }");
  g_autoptr (LabRunResult) result = replay (program, "1.2", 20);

  g_assert_cmpint (result->unfinished_runs, ==, 20);
  g_assert_cmpint (result->bad_runs, ==, 0);
  g_assert_cmpint (result->outcomes->len, ==, 0);
}

static void
test_a_deadlock_stays_at_the_gate_until_it_is_freed (void)
{
  g_autoptr (LabProgram) program =
      load ("lock a; lock b; thread A { lock a; lock b; unlock b; unlock a; }"
            "thread B { lock b; lock a; unlock a; unlock b; }");
  int before = count_threads ();
  LabGate *gate = lab_gate_new (program, LAB_GATE_BY_HAND);
  LabMove moves[LAB_MOST_MOVES];

  g_assert_cmpint (lab_gate_take (gate, (LabMove){ .thread = 0 }), ==, LAB_GATE_TAKEN);
  g_assert_cmpint (lab_gate_take (gate, (LabMove){ .thread = 1 }), ==, LAB_GATE_TAKEN);
  g_assert_cmpint (lab_machine_list (program, lab_gate_get_state (gate), moves), ==, 0);
  g_assert_cmpint (lab_gate_take (gate, (LabMove){ .thread = 0 }), ==, LAB_GATE_NOT_ENABLED);
  g_assert_cmpint (lab_gate_take (gate, (LabMove){ .thread = 9 }), ==, LAB_GATE_NOT_ENABLED);
  g_assert_cmpint (count_threads (), ==, before + 2);
  lab_gate_free (gate);
  assert_threads (before);
}

typedef struct
{
  GMainLoop *loop;
  gsize taken;
  LabGateStep last;
} Followed;

static void
followed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Followed *self = data;

  self->taken = lab_gate_follow_finish (result, &self->last);
  g_main_loop_quit (self->loop);
}

static Followed
follow (LabGate *gate, LabProgram *program, const char *schedule, GCancellable *cancellable)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GArray) moves = lab_schedule_parse (schedule, program);
  Followed followed = { .loop = loop };

  lab_gate_follow_async (gate, (LabMove *) (void *) moves->data, moves->len, cancellable,
                         followed_cb, &followed);
  g_main_loop_run (loop);
  return followed;
}

static void
test_one_goes_on_by_hand_from_where_a_schedule_ended (void)
{
  g_autoptr (LabProgram) program =
      load ("shared n = 0; thread A, B { r = n; n = r + 1; } finally n == 2;");
  g_autoptr (LabGate) gate = lab_gate_new (program, LAB_GATE_BY_HAND);
  Followed followed = follow (gate, program, "1.2", NULL);

  g_assert_cmpint (followed.taken, ==, 2);
  g_assert_cmpint (followed.last, ==, LAB_GATE_TAKEN);
  g_assert_cmpint (lab_gate_take (gate, (LabMove){ .thread = 1 }), ==, LAB_GATE_TAKEN);
  followed = follow (gate, program, "1.2", NULL);
  g_assert_cmpint (followed.taken, ==, 1);
  g_assert_cmpint (followed.last, ==, LAB_GATE_NOT_ENABLED);
  g_assert_cmpint (lab_machine_get_status (program, lab_gate_get_state (gate)), ==, LAB_STATUS_END);
  g_assert_cmpint (lab_state_get_shared (lab_gate_get_state (gate), program, 0), ==, 1);
}

static void
test_a_cancelled_follower_takes_no_more_steps (void)
{
  g_autoptr (LabProgram) program = load ("shared n = 0; thread A, B { r = n; n = r + 1; }");
  g_autoptr (LabGate) gate = lab_gate_new (program, LAB_GATE_AUTOMATIC);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_cmpint (follow (gate, program, "1.2", cancellable).taken, ==, 0);
}

static void
test_no_thread_is_left_behind (void)
{
  g_autoptr (LabProgram) program = load (every_statement[0]);
  int before = count_threads ();

  for (int i = 0; i < 50; i++)
    walk (program, i % 2 == 0 ? LAB_GATE_BY_HAND : LAB_GATE_AUTOMATIC,
          g_test_rand_int_range (0, 20));
  assert_threads (before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gate/every-statement-does-on-threads-what-the-model-does",
                   test_every_statement_does_on_threads_what_the_model_does);
  g_test_add_func ("/gate/every-variant-does-on-threads-what-the-model-does",
                   test_every_variant_does_on_threads_what_the_model_does);
  g_test_add_func ("/gate/a-schedule-that-cannot-be-followed-is-an-error",
                   test_a_schedule_that_cannot_be_followed_is_an_error);
  g_test_add_func ("/gate/a-schedule-may-stop-early", test_a_schedule_may_stop_early);
  g_test_add_func ("/gate/a-deadlock-stays-at-the-gate-until-it-is-freed",
                   test_a_deadlock_stays_at_the_gate_until_it_is_freed);
  g_test_add_func ("/gate/no-thread-is-left-behind", test_no_thread_is_left_behind);
  g_test_add_func ("/gate/each-witness-ends-on-threads-as-it-does-in-the-model",
                   test_each_witness_ends_on_threads_as_it_does_in_the_model);
  /* These make GLib's own threads, which stay. */
  g_test_add_func ("/gate/one-goes-on-by-hand-from-where-a-schedule-ended",
                   test_one_goes_on_by_hand_from_where_a_schedule_ended);
  g_test_add_func ("/gate/a-cancelled-follower-takes-no-more-steps",
                   test_a_cancelled_follower_takes_no_more_steps);
  return g_test_run ();
}
