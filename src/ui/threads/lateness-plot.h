/* lateness-plot.h: how late the window answered, on a scale by powers of ten. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/plot/plot.h"
#include "ui/threads/lateness.h"

G_BEGIN_DECLS

#define UI_TYPE_LATENESS_PLOT (ui_lateness_plot_get_type ())
G_DECLARE_FINAL_TYPE (UiLatenessPlot, ui_lateness_plot, UI, LATENESS_PLOT, UiPlot)

GtkWidget *ui_lateness_plot_new (void);
void ui_lateness_plot_set (UiLatenessPlot *self, const UiLatenessFigures *figures);

G_END_DECLS
