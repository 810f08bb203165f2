/* What hosts tolerate, and for how long that is believed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/admission.h"

#define SECOND G_GINT64_CONSTANT (1000000)
#define DAY (24 * 3600 * SECOND)

static void
enter (EngineHosts *hosts, const char *host, int n)
{
  for (int i = 0; i < n; i++)
    engine_hosts_enter (hosts, host);
}

static void
test_each_host_has_its_own_count (void)
{
  g_autoptr (EngineHosts) hosts = engine_hosts_new ();

  enter (hosts, "a:80", 3);
  enter (hosts, "b:80", 1);
  g_assert_cmpint (engine_hosts_count_free (hosts, "a:80", 4, 1, 1), ==, 1);
  g_assert_cmpint (engine_hosts_count_free (hosts, "b:80", 4, 1, 1), ==, 3);
  g_assert_cmpint (engine_hosts_count_free (hosts, "c:80", 4, 1, 1), ==, 4);
  engine_hosts_leave (hosts, "a:80");
  g_assert_cmpint (engine_hosts_count (hosts, "a:80"), ==, 2);
}

static void
test_refusals_halve_the_limit_once_for_all_that_came_together (void)
{
  g_autoptr (EngineHosts) hosts = engine_hosts_new ();

  enter (hosts, "a:80", 8);
  for (int i = 0; i < 4; i++)
    {
      engine_hosts_refuse (hosts, "a:80", 10, 4, -1, 20 + i, DAY);
      engine_hosts_leave (hosts, "a:80");
    }
  g_assert_cmpint (engine_hosts_get_limit (hosts, "a:80", DAY), ==, 4);
  g_assert_cmpint (engine_hosts_count_free (hosts, "a:80", 16, 30, DAY), ==, 0);
  /* One that was opened later is another sign. */
  engine_hosts_refuse (hosts, "a:80", 50, 1, -1, 60, DAY);
  g_assert_cmpint (engine_hosts_get_limit (hosts, "a:80", DAY), ==, 2);
}

static void
test_the_limit_is_not_below_what_is_served (void)
{
  g_autoptr (EngineHosts) hosts = engine_hosts_new ();

  enter (hosts, "a:80", 8);
  engine_hosts_refuse (hosts, "a:80", 1, 7, -1, 2, DAY);
  g_assert_cmpint (engine_hosts_get_limit (hosts, "a:80", DAY), ==, 7);
}

static void
test_one_that_was_alone_says_nothing_of_many (void)
{
  g_autoptr (EngineHosts) hosts = engine_hosts_new ();

  enter (hosts, "a:80", 1);
  engine_hosts_refuse (hosts, "a:80", 1, 0, 7, 2, DAY);
  g_assert_cmpint (engine_hosts_get_limit (hosts, "a:80", DAY), ==, 0);
  engine_hosts_leave (hosts, "a:80");
  /* But the whole host is left alone for as long as it asked. */
  g_assert_cmpint (engine_hosts_count_free (hosts, "a:80", 16, 3, DAY), ==, 0);
  g_assert_cmpint (engine_hosts_get_blocked_until (hosts, "a:80", 3), ==, 2 + 7 * SECOND);
  g_assert_cmpint (engine_hosts_count_free (hosts, "a:80", 16, 2 + 7 * SECOND, DAY), ==, 16);
  g_assert_cmpint (engine_hosts_get_blocked_until (hosts, "a:80", 2 + 7 * SECOND), ==, 0);
}

static void
count_cb (const char *host, int limit, gint64 wall_us, gpointer user_data)
{
  int *n = user_data;

  g_assert_cmpstr (host, ==, "a:80");
  g_assert_cmpint (limit, ==, 3);
  ++*n;
}

static void
test_it_is_remembered_for_a_day (void)
{
  g_autoptr (EngineHosts) hosts = engine_hosts_new ();
  int n = 0;

  engine_hosts_remember (hosts, "a:80", 3, 5 * DAY);
  g_assert_cmpint (engine_hosts_count_free (hosts, "a:80", 16, 1, 6 * DAY - 1), ==, 3);
  g_assert_cmpint (engine_hosts_count_free (hosts, "a:80", 2, 1, 6 * DAY - 1), ==, 2);
  engine_hosts_foreach_learned (hosts, 6 * DAY - 1, count_cb, &n);
  g_assert_cmpint (n, ==, 1);
  g_assert_cmpint (engine_hosts_count_free (hosts, "a:80", 16, 1, 6 * DAY), ==, 16);
  engine_hosts_foreach_learned (hosts, 6 * DAY, count_cb, &n);
  g_assert_cmpint (n, ==, 1);
  /* Nor from a clock that was set back. */
  g_assert_cmpint (engine_hosts_count_free (hosts, "a:80", 16, 1, 3 * DAY), ==, 16);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/admission/each-host-has-its-own-count", test_each_host_has_its_own_count);
  g_test_add_func ("/admission/refusals-halve-the-limit-once-for-all-that-came-together",
                   test_refusals_halve_the_limit_once_for_all_that_came_together);
  g_test_add_func ("/admission/the-limit-is-not-below-what-is-served",
                   test_the_limit_is_not_below_what_is_served);
  g_test_add_func ("/admission/one-that-was-alone-says-nothing-of-many",
                   test_one_that_was_alone_says_nothing_of_many);
  g_test_add_func ("/admission/it-is-remembered-for-a-day", test_it_is_remembered_for_a_day);
  return g_test_run ();
}
