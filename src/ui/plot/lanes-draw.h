/* lanes-draw.h: how a timeline is laid out and painted. For lanes.c alone. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/plot/plot.h"
#include "ui/plot/timeline.h"

G_BEGIN_DECLS

/** ui_lanes_get_height: Returns: (pixels) what it needs */
int ui_lanes_get_height (const UiTimeline *timeline);

/** ui_lanes_get_width: Returns: (pixels) what it needs for its units to have their least width */
double ui_lanes_get_width (const UiTimeline *timeline);

/** ui_lanes_get_x: Returns: (pixels) where @at lies, from the left of the whole content */
double ui_lanes_get_x (const UiTimeline *timeline, int width, double at);

/** ui_lanes_draw_timeline: @offset: (pixels) how far it is scrolled */
void ui_lanes_draw_timeline (const UiTimeline *timeline, UiBrush *brush, double offset);

G_END_DECLS
