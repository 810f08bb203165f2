/* Where the numbers along an edge stand. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot/axis.h"

#include <math.h>

double
ui_axis_choose_step (double span, int most, double least)
{
  static const double of_ten[] = { 1, 2, 5 };
  double power = pow (10, floor (log10 (MAX (least, span / MAX (most, 1) / 100))));

  for (;; power *= 10)
    for (gsize i = 0; i < G_N_ELEMENTS (of_ten); i++)
      {
        double step = of_ten[i] * power;

        /* The first carries a number too. */
        if (step >= least && floor (span / step + 1e-9) + 1 <= MAX (most, 2))
          return step;
      }
}

double
ui_axis_get_first (double from, double step)
{
  return ceil (from / step - 1e-9) * step;
}

char *
ui_axis_dup_text (double value)
{
  return g_strdup_printf ("%.7g", fabs (value) < 1e-12 ? 0. : value);
}

double
ui_axis_map (double value, double from, double to, double start, double end)
{
  return to == from ? start : start + (value - from) / (to - from) * (end - start);
}
