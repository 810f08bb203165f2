/* Where the nodes of a layered graph stand. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot/layout.h"

#include <math.h>

static int
count_crossings (const UiLayout *layout, const UiLink *links, int n)
{
  int crossings = 0;

  for (int i = 0; i < n; i++)
    for (int j = i + 1; j < n; j++)
      {
        double above = layout->x[links[i].from] - layout->x[links[j].from];
        double below = layout->x[links[i].to] - layout->x[links[j].to];

        crossings += above * below < 0;
      }
  return crossings;
}

static void
test_what_can_be_untangled_is (void)
{
  /* Three pairs, each lower one named in the wrong order. */
  const int layers[] = { 0, 0, 0, 1, 1, 1 };
  const UiLink links[] = { { 0, 5 }, { 1, 4 }, { 2, 3 } };
  g_autoptr (UiLayout) layout = ui_layout_new (layers, 6, links, 3);

  g_assert_cmpint (layout->n_layers, ==, 2);
  g_assert_cmpint (count_crossings (layout, links, 3), ==, 0);
}

static void
test_neighbours_are_at_least_one_apart (void)
{
  g_autofree int *layers = g_new (int, 300);
  g_autofree UiLink *links = g_new (UiLink, 600);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int i = 0; i < 300; i++)
    layers[i] = i == 0 ? 0 : 1 + i / 30;
  for (int i = 0; i < 600; i++)
    {
      int to = g_rand_int_range (rand, 1, 300);
      int from = to - 30 - g_rand_int_range (rand, 0, 20);

      links[i] = (UiLink){ MAX (0, from), to };
    }
  g_autoptr (UiLayout) layout = ui_layout_new (layers, 300, links, 600);
  for (int i = 0; i < 300; i++)
    for (int j = i + 1; j < 300; j++)
      if (layers[i] == layers[j])
        g_assert_cmpfloat (fabs (layout->x[i] - layout->x[j]), >=, 1 - 1e-9);
}

static void
test_a_long_link_bends_in_each_layer_it_passes (void)
{
  const int layers[] = { 0, 1, 2, 3 };
  const UiLink links[] = { { 0, 1 }, { 1, 2 }, { 2, 3 }, { 0, 3 }, { 3, 0 }, { 2, 2 } };
  g_autoptr (UiLayout) layout = ui_layout_new (layers, 4, links, 6);

  g_assert_cmpuint (layout->bends[0]->len, ==, 0);
  g_assert_cmpuint (layout->bends[3]->len, ==, 2);
  g_assert_cmpuint (layout->bends[4]->len, ==, 2);
  g_assert_cmpuint (layout->bends[5]->len, ==, 0);
  g_assert_cmpfloat (layout->left, <=, g_array_index (layout->bends[3], double, 0));
  g_assert_cmpfloat (layout->right, >=, g_array_index (layout->bends[3], double, 0));
}

static void
test_nothing_moves_that_has_room (void)
{
  double free[] = { 0, 2, 5 };
  double tight[] = { 0, 0, 0 };
  double turned[] = { 3, 1 };

  ui_layout_space (free, 3);
  g_assert_cmpfloat (free[1], ==, 2);
  ui_layout_space (tight, 3);
  g_assert_cmpfloat_with_epsilon (tight[0], -1, 1e-12);
  g_assert_cmpfloat_with_epsilon (tight[2], 1, 1e-12);
  ui_layout_space (turned, 2);
  g_assert_cmpfloat_with_epsilon (turned[0], 1.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (turned[1], 2.5, 1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/what-can-be-untangled-is", test_what_can_be_untangled_is);
  g_test_add_func ("/layout/neighbours-are-at-least-one-apart",
                   test_neighbours_are_at_least_one_apart);
  g_test_add_func ("/layout/a-long-link-bends-in-each-layer-it-passes",
                   test_a_long_link_bends_in_each_layer_it_passes);
  g_test_add_func ("/layout/nothing-moves-that-has-room", test_nothing_moves_that_has_room);
  return g_test_run ();
}
