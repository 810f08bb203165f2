/* What the explorer gives the page: the graph, the live odds, cancelling, limits. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "lab/lab.h"

static LabProgram *
load (const char *text)
{
  g_autoptr (LabProblem) problem = NULL;
  LabProgram *program = lab_program_new (text, -1, &problem);

  g_assert_null (problem);
  return program;
}

#define ONE_EACH                                                                                   \
  "shared count = 0; thread A, B { r = count; r = r + 1; count = r; } finally count == 2;"

#define TEN_EACH                                                                                   \
  "shared count = 0; thread A, B { repeat 10 { r = count; r = r + 1; count = r; } } finally "      \
  "count == 20;"

/* Far more states than anybody waits for. */
#define ENDLESS                                                                                    \
  "shared count = 0; thread A, B, C, D { repeat 1000 { r = count; r = r + 1; count = r; } }"

static LabExploration *
explore (const char *text, const LabExploreOptions *options)
{
  g_autoptr (LabProgram) program = load (text);

  return lab_explore (program, options, NULL);
}

static void
test_known_numbers (void)
{
  g_autoptr (LabExploration) found = explore (TEN_EACH, NULL);
  const LabEnding *least = g_ptr_array_index (found->endings, 0);

  g_assert_true (found->complete);
  g_assert_cmpuint (found->states, ==, 62844);
  g_assert_cmpstr (found->schedules, ==, "118264581564861424");
  g_assert_cmpint (least->values[0], ==, 2);
  g_assert_cmpint (found->witness->preemptions, ==, 1);
}

static void
test_philosophers (void)
{
  g_autoptr (LabExploration) found = explore (
      "lock a; lock b; lock c;"
      "thread P { lock a; lock b; unlock b; unlock a; } thread Q { lock b; lock c; unlock c; "
      "unlock b; } thread R { lock c; lock a; unlock a; unlock c; }",
      NULL);

  g_assert_cmpstr (found->schedules, ==, "168");
  g_assert_cmpstr (found->bad_schedules, ==, "6");
}

/* On from each state, the ways of its edges add up; those of the first state are all schedules. */
static void
test_odds (void)
{
  g_autoptr (LabExploration) found = explore (ONE_EACH, &(LabExploreOptions){ .keep_graph = TRUE });
  LabWays ways;

  g_assert_true (lab_graph_get_ways (found->graph, 0, &ways));
  g_assert_cmpstr (ways.all, ==, "20");
  g_assert_cmpstr (ways.bad, ==, "18");
  lab_ways_clear (&ways);
  for (guint s = 0; s < lab_graph_get_n_states (found->graph); s++)
    {
      guint first;
      guint n = lab_graph_get_edges (found->graph, s, &first);
      guint64 sum = 0;
      guint64 bad = 0;

      for (guint e = first; e < first + n; e++)
        {
          g_assert_true (lab_graph_get_edge_ways (found->graph, e, &ways));
          sum += g_ascii_strtoull (ways.all, NULL, 10);
          bad += g_ascii_strtoull (ways.bad, NULL, 10);
          lab_ways_clear (&ways);
        }
      g_assert_true (lab_graph_get_ways (found->graph, s, &ways));
      g_assert_cmpuint (g_ascii_strtoull (ways.all, NULL, 10), ==, n > 0 ? sum : 1);
      g_assert_cmpuint (g_ascii_strtoull (ways.bad, NULL, 10), ==,
                        n > 0 ? bad : (guint64) lab_graph_is_bad (found->graph, s));
      lab_ways_clear (&ways);
    }
}

/* The stepper keeps what is dead, for people to see; its states are found all the same. */
static void
test_states_are_found (void)
{
  g_autoptr (LabProgram) program = load (ONE_EACH);
  g_autoptr (LabExploration) found =
      lab_explore (program, &(LabExploreOptions){ .keep_graph = TRUE }, NULL);
  g_autoptr (LabStepper) stepper = lab_stepper_new (program);
  gint64 at = 0;

  do
    {
      guint first, target;

      g_assert_cmpint (lab_graph_find (found->graph, lab_stepper_get_state (stepper)), ==, at);
      g_assert_cmpuint (lab_graph_get_depth (found->graph, at), ==,
                        lab_stepper_get_position (stepper));
      if (lab_graph_get_edges (found->graph, at, &first) > 0)
        {
          lab_graph_get_edge (found->graph, first, &target);
          at = target;
        }
    }
  while (lab_stepper_take_thread (stepper, 0) || lab_stepper_take_thread (stepper, 1));
}

static void
test_memory (void)
{
  g_autoptr (LabExploration) found =
      explore (ENDLESS, &(LabExploreOptions){ .most_bytes = 8 * 1024 * 1024 });

  g_assert_false (found->complete);
  g_assert_cmpint (found->stopped, ==, LAB_STOPPED_MEMORY);
  g_assert_true (isnan (found->probability_bad));
  g_assert_cmpint (found->sample.walks, >, 0);
  g_assert_cmpfloat (found->sample.low, <=, found->sample.high);
}

/* Of 100 seeds of the world, about 5 lie outside of an interval of 95 %; the walks are always the
 * same, and these do not. */
static void
test_sample (void)
{
  g_autoptr (LabProgram) program = load (ONE_EACH);
  LabSample sample = lab_sample (program, NULL);

  g_assert_cmpint (sample.walks, ==, LAB_SAMPLE_MOST_WALKS);
  g_assert_cmpfloat (sample.low, <, 0.75);
  g_assert_cmpfloat (sample.high, >, 0.75);
  g_assert_cmpfloat (sample.high - sample.low, <, 0.02);
}

typedef struct
{
  GCancellable *cancellable;
  GMainLoop *loop;
  LabExploration *found;
} Cancelling;

static void
progress_cb (guint64 states, gpointer data)
{
  Cancelling *cancelling = data;

  if (states > 100000)
    g_cancellable_cancel (cancelling->cancellable);
}

static void
explored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Cancelling *cancelling = data;

  cancelling->found = lab_explore_finish (result);
  g_main_loop_quit (cancelling->loop);
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (LabProgram) program = load (ENDLESS);
  Cancelling cancelling = { cancellable, loop, NULL };
  const LabExploreOptions options = { .progress = progress_cb, .user_data = &cancelling };

  lab_explore_async (program, &options, cancellable, explored_cb, &cancelling);
  g_main_loop_run (loop);
  g_assert_false (cancelling.found->complete);
  g_assert_cmpint (cancelling.found->stopped, ==, LAB_STOPPED_CANCELLED);
  /* It stops with the states at hand, not where the limit is. */
  g_assert_cmpuint (cancelling.found->states, <, 1000000);
  g_assert_cmpint (cancelling.found->sample.walks, ==, 0);
  lab_exploration_free (cancelling.found);
}

/* Counts beyond 128 bits: each of n steps of two threads in any order are (2n over n). */
static void
test_large_counts (void)
{
  g_autoptr (LabExploration) found = explore ("thread A, B { repeat 100 { skip; } }", NULL);

  g_assert_cmpstr (found->schedules, ==,
                   "90548514656103281165404177077484163874504589675413336841320");
}

static void
test_large_walks (void)
{
  /* A game that each of 1,200 places plays on with even odds: from the middle, half of the walks
   * end badly. */
  g_autoptr (LabExploration) found =
      explore ("shared x = 600; shared go = 1;"
               "thread A, B { g = 1; while (g == 1) { atomic { if (go == 1) { x = self == 1 ? x + "
               "1 : x - 1; "
               "if (x == 0 || x == 1200) { go = 0; } } g = go; } } } finally x == 0;",
               NULL);

  g_assert_true (found->complete);
  g_assert_cmpfloat_with_epsilon (found->probability_bad, 0.5, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/explore/two-threads-of-ten-increments-can-end-at-two", test_known_numbers);
  g_test_add_func ("/explore/six-of-168-schedules-of-three-philosophers-stick", test_philosophers);
  g_test_add_func ("/explore/the-ways-of-edges-add-up", test_odds);
  g_test_add_func ("/explore/states-of-the-stepper-are-found", test_states_are_found);
  g_test_add_func ("/explore/memory-is-bounded", test_memory);
  g_test_add_func ("/explore/a-sample-says-how-sure-it-is", test_sample);
  g_test_add_func ("/explore/a-cancel-stops-it", test_cancel);
  g_test_add_func ("/explore/counts-have-any-length", test_large_counts);
  g_test_add_func ("/explore/large-cycles-are-solved", test_large_walks);
  return g_test_run ();
}
