/* The addresses of a file: which is asked, which not any more. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/error.h"
#include "engine/plan/sources.h"

#define SECOND G_GINT64_CONSTANT (1000000)

static gboolean
all_free (const char *host, gpointer user_data)
{
  return TRUE;
}

static gboolean
free_but (const char *host, gpointer busy)
{
  return g_strcmp0 (host, busy) != 0;
}

static EngineSources *
make_three (void)
{
  char *mirrors[] = { "http://b/f", "http://c/f", NULL };

  return engine_sources_new ("http://a/f", mirrors);
}

static void
fail (EngineSources *sources, int i, int code)
{
  g_autoptr (GError) error = g_error_new_literal (ENGINE_ERROR, code, "why");

  engine_sources_fail (sources, i, error, FALSE, -1, 0);
}

static int
choose (EngineSources *sources, gboolean may_check)
{
  int i = engine_sources_choose (sources, may_check, SECOND, all_free, NULL);

  if (i >= 0)
    engine_sources_get (sources, i)->members++;
  return i;
}

static void
test_what_stands_twice_is_one (void)
{
  char *mirrors[] = { "http://b/f", "http://a/f", "http://b/f", NULL };
  g_autoptr (EngineSources) both = engine_sources_new ("http://a/f", mirrors);
  g_autoptr (EngineSources) listed = engine_sources_new (NULL, mirrors);

  g_assert_cmpint (engine_sources_get_count (both), ==, 2);
  g_assert_cmpstr (engine_sources_get (both, 0)->address, ==, "http://a/f");
  g_assert_cmpstr (engine_sources_get (listed, 0)->address, ==, "http://b/f");
  g_assert_false (engine_sources_add (both, "http://b/f"));
  for (int i = 2; i < ENGINE_MOST_SOURCES + 5; i++)
    {
      g_autofree char *more = g_strdup_printf ("http://m%d/f", i);

      g_assert_cmpint (engine_sources_add (both, more), ==, i < ENGINE_MOST_SOURCES);
    }
}

static void
test_the_preferred_one_begins (void)
{
  g_autoptr (EngineSources) sources = make_three ();

  g_assert_cmpint (engine_sources_choose_first (sources, 0, all_free, NULL), ==, 0);
  g_assert_cmpint (engine_sources_choose_first (sources, 0, free_but, "a:80"), ==, 1);
  fail (sources, 0, ENGINE_ERROR_TLS);
  g_assert_cmpint (engine_sources_choose_first (sources, 0, all_free, NULL), ==, 1);
  g_assert_cmpint (engine_sources_choose_first (sources, 0, free_but, "b:80"), ==, 2);
}

static void
test_all_are_asked_in_turn_and_each_is_checked_by_one (void)
{
  g_autoptr (EngineSources) sources = make_three ();

  engine_sources_get (sources, 0)->members = 1;
  engine_sources_get (sources, 0)->checked = TRUE;
  /* There is nothing yet to compare them with, and soon there is. */
  g_assert_cmpint (choose (sources, FALSE), ==, -1);
  g_assert_cmpint (choose (sources, TRUE), ==, 1);
  g_assert_cmpint (choose (sources, TRUE), ==, 2);
  g_assert_cmpint (choose (sources, TRUE), ==, 0);
  engine_sources_get (sources, 2)->checked = TRUE;
  g_assert_cmpint (choose (sources, TRUE), ==, 2);
  g_assert_cmpint (choose (sources, TRUE), ==, 0);
}

static void
test_a_slow_one_and_a_whole_one_come_last (void)
{
  g_autoptr (EngineSources) sources = make_three ();

  for (int i = 0; i < 3; i++)
    {
      engine_sources_get (sources, i)->members = 1;
      engine_sources_get (sources, i)->checked = TRUE;
    }
  engine_sources_get (sources, 0)->rate = 1e6;
  engine_sources_get (sources, 1)->rate = 2e5;
  engine_sources_get (sources, 2)->rate = 1e6;
  engine_sources_get (sources, 2)->whole_only = TRUE;
  g_assert_cmpint (choose (sources, TRUE), ==, 0);
  g_assert_cmpint (choose (sources, TRUE), ==, 0);
  g_assert_cmpint (engine_sources_choose (sources, TRUE, SECOND, free_but, "a:80"), ==, 1);
}

static void
test_what_will_not_pass_puts_aside_at_once (void)
{
  static const int codes[] = { ENGINE_ERROR_TLS, ENGINE_ERROR_PROTOCOL, ENGINE_ERROR_CHANGED,
                               ENGINE_ERROR_REDIRECT };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (EngineSources) sources = make_three ();

      engine_sources_get (sources, 1)->checked = TRUE;
      fail (sources, 1, codes[i]);
      g_assert_cmpint (engine_sources_get (sources, 1)->state, ==, ENGINE_SOURCE_ASIDE);
      g_assert_cmpint (engine_sources_count_usable (sources), ==, 2);
    }
}

static void
test_what_may_pass_is_forgiven_twice_where_it_gave_something (void)
{
  g_autoptr (EngineSources) sources = make_three ();
  g_autoptr (GError) early =
      g_error_new_literal (ENGINE_ERROR, ENGINE_ERROR_CLOSED_EARLY, "closed");
  g_autoptr (GError) busy = engine_error_new_http (503, NULL);

  g_assert_false (engine_sources_fail (sources, 0, early, TRUE, -1, 0));
  g_assert_cmpint (engine_sources_choose_first (sources, SECOND - 1, all_free, NULL), ==, 1);
  g_assert_cmpint (engine_sources_choose_first (sources, SECOND, all_free, NULL), ==, 0);
  engine_sources_get (sources, 0)->checked = TRUE;
  g_assert_false (engine_sources_fail (sources, 0, early, FALSE, -1, 0));
  g_assert_true (engine_sources_fail (sources, 0, early, FALSE, -1, 0));
  /* One that never gave anything has had its chance, unless it asks for patience. */
  g_assert_true (engine_sources_fail (sources, 1, early, FALSE, -1, 0));
  g_assert_false (engine_sources_fail (sources, 2, busy, FALSE, 7, 0));
  g_assert_cmpint (engine_sources_choose_first (sources, 7 * SECOND - 1, all_free, NULL), ==, -1);
  g_assert_cmpint (engine_sources_choose_first (sources, 7 * SECOND, all_free, NULL), ==, 2);
}

static void
test_the_only_one_is_never_put_aside (void)
{
  g_autoptr (EngineSources) sources = engine_sources_new ("http://a/f", NULL);

  fail (sources, 0, ENGINE_ERROR_TLS);
  g_assert_cmpint (engine_sources_get (sources, 0)->state, ==, ENGINE_SOURCE_GOOD);
  g_assert_cmpint (engine_sources_choose_first (sources, 0, all_free, NULL), ==, 0);
}

static void
test_who_gave_wrong_bytes_is_asked_last (void)
{
  g_autoptr (EngineSources) sources = make_three ();
  g_autoptr (GError) why = g_error_new_literal (ENGINE_ERROR, ENGINE_ERROR_DAMAGED, "why");

  engine_sources_doubt (sources, 1 | 2, why);
  g_assert_cmpint (engine_sources_choose_first (sources, 0, all_free, NULL), ==, 2);
  fail (sources, 2, ENGINE_ERROR_TLS);
  g_assert_cmpint (engine_sources_choose_first (sources, 0, all_free, NULL), ==, 0);
}

static void
test_each_kind_of_reason_is_forgiven_for_itself (void)
{
  g_autoptr (EngineSources) sources = make_three ();

  fail (sources, 0, ENGINE_ERROR_CHANGED);
  fail (sources, 1, ENGINE_ERROR_CONNECT);
  fail (sources, 2, ENGINE_ERROR_TLS);
  g_assert_cmpint (engine_sources_count_usable (sources), ==, 0);
  g_assert_true (engine_sources_forgive_differing (sources));
  g_assert_false (engine_sources_forgive_differing (sources));
  g_assert_cmpint (engine_sources_choose_first (sources, 0, all_free, NULL), ==, 0);
  fail (sources, 0, ENGINE_ERROR_TLS);
  g_assert_true (engine_sources_forgive_passing (sources));
  g_assert_cmpint (engine_sources_choose_first (sources, 0, all_free, NULL), ==, 1);
  engine_sources_forgive (sources);
  g_assert_cmpint (engine_sources_count_usable (sources), ==, 3);
}

static void
test_alone_means_alone (void)
{
  g_autoptr (EngineSources) sources = make_three ();

  engine_sources_set_alone (sources, 1);
  g_assert_cmpint (engine_sources_choose_first (sources, 0, all_free, NULL), ==, 1);
  engine_sources_get (sources, 1)->members = 1;
  engine_sources_get (sources, 1)->checked = TRUE;
  g_assert_cmpint (choose (sources, TRUE), ==, 1);
  fail (sources, 1, ENGINE_ERROR_TLS);
  g_assert_cmpint (engine_sources_choose_first (sources, 0, all_free, NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add_func ("/sources/" name, func)
  ADD ("what-stands-twice-is-one", test_what_stands_twice_is_one);
  ADD ("the-preferred-one-begins", test_the_preferred_one_begins);
  ADD ("all-are-asked-in-turn-and-each-is-checked-by-one",
       test_all_are_asked_in_turn_and_each_is_checked_by_one);
  ADD ("a-slow-one-and-a-whole-one-come-last", test_a_slow_one_and_a_whole_one_come_last);
  ADD ("what-will-not-pass-puts-aside-at-once", test_what_will_not_pass_puts_aside_at_once);
  ADD ("what-may-pass-is-forgiven-twice-where-it-gave-something",
       test_what_may_pass_is_forgiven_twice_where_it_gave_something);
  ADD ("the-only-one-is-never-put-aside", test_the_only_one_is_never_put_aside);
  ADD ("who-gave-wrong-bytes-is-asked-last", test_who_gave_wrong_bytes_is_asked_last);
  ADD ("each-kind-of-reason-is-forgiven-for-itself",
       test_each_kind_of_reason_is_forgiven_for_itself);
  ADD ("alone-means-alone", test_alone_means_alone);
  return g_test_run ();
}
