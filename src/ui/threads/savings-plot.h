/* savings-plot.h: two bars: what downloads would have taken one after another, and what they took
 * together. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/plot/plot.h"

G_BEGIN_DECLS

#define UI_TYPE_SAVINGS_PLOT (ui_savings_plot_get_type ())
G_DECLARE_FINAL_TYPE (UiSavingsPlot, ui_savings_plot, UI, SAVINGS_PLOT, UiPlot)

GtkWidget *ui_savings_plot_new (void);

/** ui_savings_plot_set: @items: (element-type UiBatchItem): copied */
void ui_savings_plot_set (UiSavingsPlot *self, const GArray *items, gint64 together_us);

G_END_DECLS
