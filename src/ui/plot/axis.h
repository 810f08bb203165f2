/* axis.h: where the numbers along an edge stand. Pure. Any thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ui_axis_choose_step:
 * @span: how much the axis shows, more than 0
 * @most: most numbers that have room, at least 1
 * @least: smallest distance wanted, such as 1 for whole numbers
 *
 * Returns: 1, 2 or 5 times a power of ten, so that at most @most numbers lie in @span
 */
double ui_axis_choose_step (double span, int most, double least);

/** ui_axis_get_first: Returns: the first multiple of @step that is not below @from */
double ui_axis_get_first (double from, double step);

/** ui_axis_dup_text: Returns: (transfer full): @value as it stands at the axis: `40`, `0.2`,
 * `1e+07` */
char *ui_axis_dup_text (double value);

/**
 * ui_axis_map:
 *
 * Returns: where @value lies when @from to @to is spread over @start to @end
 */
double ui_axis_map (double value, double from, double to, double start, double end);

G_END_DECLS
