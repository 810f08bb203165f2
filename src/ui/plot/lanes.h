/* lanes.h: a lane for each thread, and on it what that thread did. Main thread.
 *
 * Only what is in view is drawn, so that a path of thousands of steps scrolls; put it into
 * a GtkScrolledWindow. The letters of the threads stay in view.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/plot/plot.h"
#include "ui/plot/timeline.h"

G_BEGIN_DECLS

#define UI_TYPE_LANES (ui_lanes_get_type ())
G_DECLARE_FINAL_TYPE (UiLanes, ui_lanes, UI, LANES, UiPlot)

GtkWidget *ui_lanes_new (void);

/** ui_lanes_take: @timeline: (transfer full) (nullable): what to show from now on */
void ui_lanes_take (UiLanes *self, UiTimeline *timeline);

/** ui_lanes_reveal: scrolls until position @at is in view */
void ui_lanes_reveal (UiLanes *self, double at);

G_END_DECLS
