/* speed-plot.h: a download's speed over the time that it ran. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/downloads/speed-history.h"
#include "ui/plot/plot.h"

G_BEGIN_DECLS

#define UI_TYPE_SPEED_PLOT (ui_speed_plot_get_type ())
G_DECLARE_FINAL_TYPE (UiSpeedPlot, ui_speed_plot, UI, SPEED_PLOT, UiPlot)

/**
 * ui_speed_plot_show:
 * @speeds: copied
 * @running: whether the newest is now
 */
void ui_speed_plot_show (UiSpeedPlot *self, const UiSpeeds *speeds, gboolean running);

/** ui_speed_plot_dup_note: Returns: (transfer full): the axis' unit and the highest speed: `MB/s ·
 * peak 14.9` */
char *ui_speed_plot_dup_note (UiSpeedPlot *self);

G_END_DECLS
