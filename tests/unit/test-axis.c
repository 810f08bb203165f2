/* Where the numbers along an edge stand. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot/axis.h"

#include <math.h>

static void
test_a_step_is_one_two_or_five (void)
{
  static const struct
  {
    double span;
    int most;
    double least;
    double step;
  } table[] = {
    { 60, 7, 1, 10 },    { 60, 4, 1, 20 },          { 12, 13, 1, 1 },
    { 12, 7, 1, 2 },     { 320, 5, 40, 100 },       { 1, 5, .01, .5 },
    { .3, 100, .1, .1 }, { 1000000, 6, 1, 200000 }, { 3, 1, 1, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpfloat_with_epsilon (ui_axis_choose_step (table[i].span, table[i].most,
                                                         table[i].least),
                                    table[i].step, 1e-9);
}

static void
test_never_more_numbers_than_have_room (void)
{
  for (double span = .5; span < 1e7; span *= 1.37)
    for (int most = 2; most < 20; most++)
      {
        double step = ui_axis_choose_step (span, most, .1);

        g_assert_cmpfloat (step, >=, .0999);
        g_assert_cmpint ((int) floor (span / step) + 1, <=, most);
      }
}

static void
test_the_first_number_is_not_before_the_axis (void)
{
  g_assert_cmpfloat (ui_axis_get_first (0, 5), ==, 0);
  g_assert_cmpfloat (ui_axis_get_first (2, 5), ==, 5);
  g_assert_cmpfloat (ui_axis_get_first (5, 5), ==, 5);
  g_assert_cmpfloat (ui_axis_get_first (-7, 5), ==, -5);
}

static void
test_a_range_without_width_maps_to_its_start (void)
{
  g_assert_cmpfloat (ui_axis_map (3, 3, 3, 10, 20), ==, 10);
  g_assert_cmpfloat (ui_axis_map (5, 0, 10, 100, 200), ==, 150);
}

static void
test_numbers_have_no_noise (void)
{
  g_autofree char *zero = ui_axis_dup_text (1e-17);
  g_autofree char *third = ui_axis_dup_text (.1 * 3);

  g_assert_cmpstr (zero, ==, "0");
  g_assert_cmpstr (third, ==, "0.3");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/axis/a-step-is-one-two-or-five", test_a_step_is_one_two_or_five);
  g_test_add_func ("/axis/never-more-numbers-than-have-room",
                   test_never_more_numbers_than_have_room);
  g_test_add_func ("/axis/the-first-number-is-not-before-the-axis",
                   test_the_first_number_is_not_before_the_axis);
  g_test_add_func ("/axis/a-range-without-width-maps-to-its-start",
                   test_a_range_without_width_maps_to_its_start);
  g_test_add_func ("/axis/numbers-have-no-noise", test_numbers_have_no_noise);
  return g_test_run ();
}
