/* The ramp against made-up servers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/ramp.h"

#define SECOND G_GINT64_CONSTANT (1000000)
#define TICK (SECOND / 20)

/* A server's total rate with @n connections. */
typedef double (*Server) (int n);

static double
each_has_its_own (int n)
{
  return n * 1e6;
}

static double
all_share_one (int n)
{
  return 4e6;
}

static double
more_than_four_get_less (int n)
{
  return n <= 4 ? n * 1e6 : 4e6 * 0.7;
}

static double
up_to_six_help (int n)
{
  return MIN (n, 6) * 1e6;
}

/* Returns: the level after @seconds; @steps gets the levels that there were, each as a digit. */
static int
climb (Server server, int most, gint64 answer_us, double seconds, gint64 size, GString *steps)
{
  EngineRamp ramp;
  double received = 0;
  int level = 1;

  engine_ramp_begin (&ramp);
  g_string_assign (steps, "1");
  for (gint64 now_us = SECOND; now_us < SECOND * (1 + seconds); now_us += TICK)
    {
      EngineRampView view = {
        .now_us = now_us,
        .received = received,
        .left = size - received,
        .answer_us = answer_us,
        .connections = level,
        .most = most,
      };
      int next = engine_ramp_look (&ramp, &view);

      if (next != level)
        g_string_append_printf (steps, " %d", next);
      level = next;
      received += server (level) * TICK / SECOND;
    }
  return level;
}

static void
test_it_doubles_every_half_second_while_that_helps (void)
{
  g_autoptr (GString) steps = g_string_new (NULL);

  climb (each_has_its_own, 16, SECOND, 1.4, G_MAXINT64 / 2, steps);
  g_assert_cmpstr (steps->str, ==, "1 2 4");
  climb (each_has_its_own, 16, SECOND, 5, G_MAXINT64 / 2, steps);
  g_assert_cmpstr (steps->str, ==, "1 2 4 8 16");
  climb (each_has_its_own, 6, SECOND, 5, G_MAXINT64 / 2, steps);
  g_assert_cmpstr (steps->str, ==, "1 2 4 6");
}

static void
test_it_is_quicker_where_the_server_answers_at_once (void)
{
  g_autoptr (GString) steps = g_string_new (NULL);

  climb (each_has_its_own, 16, 1000, 0.5, G_MAXINT64 / 2, steps);
  g_assert_cmpstr (steps->str, ==, "1 2 4 8 16");
}

static void
test_it_stops_where_more_bring_nothing (void)
{
  g_autoptr (GString) steps = g_string_new (NULL);

  climb (all_share_one, 16, SECOND, 20, G_MAXINT64 / 2, steps);
  g_assert_cmpstr (steps->str, ==, "1 2");
  climb (up_to_six_help, 32, SECOND, 20, G_MAXINT64 / 2, steps);
  g_assert_cmpstr (steps->str, ==, "1 2 4 8 16");
}

static void
test_it_rolls_back_where_more_bring_less (void)
{
  g_autoptr (GString) steps = g_string_new (NULL);

  climb (more_than_four_get_less, 16, SECOND, 20, G_MAXINT64 / 2, steps);
  g_assert_cmpstr (steps->str, ==, "1 2 4 8 4");
}

static void
test_what_is_nearly_done_gets_no_more (void)
{
  g_autoptr (GString) steps = g_string_new (NULL);

  climb (each_has_its_own, 16, SECOND, 20, 1200000, steps);
  g_assert_cmpstr (steps->str, ==, "1");
}

static void
test_the_limit_is_kept_also_when_it_is_lowered (void)
{
  EngineRamp ramp = { .level = 8, .last_level = 4, .last_rate = 1, .step_us = 1 };
  EngineRampView view = { .now_us = SECOND, .most = 3 };

  g_assert_cmpint (engine_ramp_look (&ramp, &view), ==, 3);
  engine_ramp_settle (&ramp, 2);
  view.most = 16;
  g_assert_cmpint (engine_ramp_look (&ramp, &view), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ramp/it-doubles-every-half-second-while-that-helps",
                   test_it_doubles_every_half_second_while_that_helps);
  g_test_add_func ("/ramp/it-is-quicker-where-the-server-answers-at-once",
                   test_it_is_quicker_where_the_server_answers_at_once);
  g_test_add_func ("/ramp/it-stops-where-more-bring-nothing",
                   test_it_stops_where_more_bring_nothing);
  g_test_add_func ("/ramp/it-rolls-back-where-more-bring-less",
                   test_it_rolls_back_where_more_bring_less);
  g_test_add_func ("/ramp/what-is-nearly-done-gets-no-more", test_what_is_nearly_done_gets_no_more);
  g_test_add_func ("/ramp/the-limit-is-kept-also-when-it-is-lowered",
                   test_the_limit_is_kept_also_when_it_is_lowered);
  return g_test_run ();
}
