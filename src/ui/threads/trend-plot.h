/* trend-plot.h: one figure over the last 30 seconds, as an area. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/plot/plot.h"

G_BEGIN_DECLS

#define UI_TYPE_TREND_PLOT (ui_trend_plot_get_type ())
G_DECLARE_FINAL_TYPE (UiTrendPlot, ui_trend_plot, UI, TREND_PLOT, UiPlot)

GtkWidget *ui_trend_plot_new (void);

/** ui_trend_plot_set: @values: (element-type double), oldest first, copied; @most: places that they
 * are spread over, from the right; @steps: whole numbers, drawn as steps */
void ui_trend_plot_set (UiTrendPlot *self, const GArray *values, int most, gboolean steps);

G_END_DECLS
