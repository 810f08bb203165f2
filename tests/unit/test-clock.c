/* The two clocks are not mixed up, and each runs the right way. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

#include <time.h>

static void
test_the_monotonic_clock_never_runs_back (void)
{
  gint64 last_us = base_clock_now_us ();

  for (int i = 0; i < 100000; i++)
    {
      gint64 now_us = base_clock_now_us ();

      g_assert_cmpint (now_us, >=, last_us);
      last_us = now_us;
    }
}

static void
test_the_wall_clock_counts_from_1970 (void)
{
  gint64 before_us = (gint64) time (NULL) * BASE_SECOND_US;
  gint64 wall_us = base_clock_wall_us ();

  /* time() may lag the finer clock by one tick. */
  g_assert_cmpint (wall_us, >=, before_us);
  g_assert_cmpint (wall_us, <, before_us + 3600 * BASE_SECOND_US);
}

static void
test_a_second_has_a_thousand_milliseconds (void)
{
  g_assert_cmpint (BASE_SECOND_US, ==, 1000 * BASE_MILLISECOND_US);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/the-monotonic-clock-never-runs-back",
                   test_the_monotonic_clock_never_runs_back);
  g_test_add_func ("/clock/the-wall-clock-counts-from-1970", test_the_wall_clock_counts_from_1970);
  g_test_add_func ("/clock/a-second-has-a-thousand-milliseconds",
                   test_a_second_has_a_thousand_milliseconds);
  return g_test_run ();
}
