/* The legal moves of a download, said a second time in another form, and their words. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/state.h"

#define Q ENGINE_STATE_QUEUED
#define C ENGINE_STATE_CONNECTING
#define A ENGINE_STATE_ACTIVE
#define P ENGINE_STATE_PAUSED
#define W ENGINE_STATE_WAITING
#define V ENGINE_STATE_VERIFYING

static void
test_nothing_stays_where_it_is (void)
{
  for (int i = 0; i < ENGINE_N_STATES; i++)
    g_assert_false (engine_state_can_move (i, i));
}

static void
test_what_has_ended_is_left_only_for_another_try (void)
{
  for (int to = 0; to < ENGINE_N_STATES; to++)
    {
      g_assert_cmpint (engine_state_can_move (ENGINE_STATE_COMPLETED, to), ==, to == Q);
      g_assert_cmpint (engine_state_can_move (ENGINE_STATE_CANCELLED, to), ==, to == Q);
    }
  g_assert_true (engine_state_can_move (ENGINE_STATE_FAILED, Q));
  g_assert_false (engine_state_can_move (ENGINE_STATE_FAILED, A));
  g_assert_false (engine_state_can_move (ENGINE_STATE_FAILED, ENGINE_STATE_COMPLETED));
}

static void
test_only_bytes_that_were_fetched_complete (void)
{
  /* Nothing is called done that was not connected to. */
  static const EngineState never[] = { Q, P, W, ENGINE_STATE_FAILED, ENGINE_STATE_CANCELLED };

  for (gsize i = 0; i < G_N_ELEMENTS (never); i++)
    g_assert_false (engine_state_can_move (never[i], ENGINE_STATE_COMPLETED));
  g_assert_true (engine_state_can_move (V, ENGINE_STATE_COMPLETED));
}

static void
test_only_admission_starts_one (void)
{
  for (int from = 0; from < ENGINE_N_STATES; from++)
    {
      g_assert_cmpint (engine_state_can_move (from, C), ==, from == Q || from == A || from == W);
      g_assert_cmpint (engine_state_can_move (from, A), ==, from == C);
    }
}

static void
test_what_moves_can_be_paused_and_cancelled (void)
{
  static const EngineState moving[] = { Q, C, A, W, V };

  for (gsize i = 0; i < G_N_ELEMENTS (moving); i++)
    {
      g_assert_true (engine_state_can_move (moving[i], P));
      g_assert_true (engine_state_can_move (moving[i], ENGINE_STATE_CANCELLED));
      g_assert_true (engine_state_can_move (moving[i], ENGINE_STATE_FAILED));
    }
  g_assert_true (engine_state_can_move (P, Q));
}

static void
test_running_and_ended_exclude_each_other (void)
{
  int running = 0;
  int ended = 0;

  for (int i = 0; i < ENGINE_N_STATES; i++)
    {
      g_assert_false (engine_state_is_running (i) && engine_state_is_ended (i));
      running += engine_state_is_running (i);
      ended += engine_state_is_ended (i);
    }
  g_assert_cmpint (running, ==, 3);
  g_assert_cmpint (ended, ==, 3);
}

static void
test_each_state_has_a_word_of_its_own_and_is_found_by_it (void)
{
  EngineState found;

  for (int i = 0; i < ENGINE_N_STATES; i++)
    {
      g_assert_true (engine_state_from_nick (engine_state_get_nick (i), &found));
      g_assert_cmpint (found, ==, i);
    }
  g_assert_cmpstr (engine_state_get_nick (V), ==, "verifying");
}

static void
test_an_unknown_word_is_no_state (void)
{
  static const char *const words[] = { NULL, "", "Queued", "queued ", "done", "paus" };
  EngineState found = ENGINE_STATE_ACTIVE;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_false (engine_state_from_nick (words[i], &found));
  g_assert_cmpint (found, ==, ENGINE_STATE_ACTIVE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state/nothing-stays-where-it-is", test_nothing_stays_where_it_is);
  g_test_add_func ("/state/what-has-ended-is-left-only-for-another-try",
                   test_what_has_ended_is_left_only_for_another_try);
  g_test_add_func ("/state/only-bytes-that-were-fetched-complete",
                   test_only_bytes_that_were_fetched_complete);
  g_test_add_func ("/state/only-admission-starts-one", test_only_admission_starts_one);
  g_test_add_func ("/state/what-moves-can-be-paused-and-cancelled",
                   test_what_moves_can_be_paused_and_cancelled);
  g_test_add_func ("/state/running-and-ended-exclude-each-other",
                   test_running_and_ended_exclude_each_other);
  g_test_add_func ("/state/each-state-has-a-word-of-its-own-and-is-found-by-it",
                   test_each_state_has_a_word_of_its_own_and_is_found_by_it);
  g_test_add_func ("/state/an-unknown-word-is-no-state", test_an_unknown_word_is_no_state);
  return g_test_run ();
}
