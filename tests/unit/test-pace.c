/* The pace: near the truth, quick to see a stall. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/pace.h"

#define SECOND G_GINT64_CONSTANT (1000000)

static void
feed (EnginePace *pace, gint64 rate, gint64 from_us, gint64 to_us)
{
  for (gint64 now_us = from_us; now_us < to_us; now_us += 10000)
    engine_pace_add (pace, rate / 100, now_us);
}

static void
test_nothing_is_known_before_a_byte_has_come (void)
{
  EnginePace pace;

  engine_pace_begin (&pace, -1, 0);
  g_assert_cmpfloat (engine_pace_get (&pace, 0), <, 0);
  g_assert_cmpfloat (engine_pace_get (&pace, 9 * SECOND), <, 0);
}

static void
test_a_steady_rate_is_found_within_a_quarter_second (void)
{
  EnginePace pace;

  engine_pace_begin (&pace, -1, 0);
  feed (&pace, 1000000, 3 * SECOND, 3 * SECOND + SECOND / 4);
  g_assert_cmpfloat (engine_pace_get (&pace, 3 * SECOND + SECOND / 4), >, 800000);
  g_assert_cmpfloat (engine_pace_get (&pace, 3 * SECOND + SECOND / 4), <, 1200000);
}

static void
test_a_stall_shows_within_two_seconds (void)
{
  EnginePace pace;

  engine_pace_begin (&pace, -1, 0);
  feed (&pace, 1000000, 0, 5 * SECOND);
  g_assert_cmpfloat (engine_pace_get (&pace, 7 * SECOND), <, 400000);
}

static void
test_what_is_expected_counts_until_more_is_known (void)
{
  EnginePace pace;

  engine_pace_begin (&pace, 500000, 0);
  g_assert_cmpfloat (engine_pace_get (&pace, 1000), ==, 500000);
  feed (&pace, 2000000, 0, 5 * SECOND);
  g_assert_cmpfloat (engine_pace_get (&pace, 5 * SECOND), >, 1800000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pace/nothing-is-known-before-a-byte-has-come",
                   test_nothing_is_known_before_a_byte_has_come);
  g_test_add_func ("/pace/a-steady-rate-is-found-within-a-quarter-second",
                   test_a_steady_rate_is_found_within_a_quarter_second);
  g_test_add_func ("/pace/a-stall-shows-within-two-seconds", test_a_stall_shows_within_two_seconds);
  g_test_add_func ("/pace/what-is-expected-counts-until-more-is-known",
                   test_what_is_expected_counts_until_more_is_known);
  return g_test_run ();
}
