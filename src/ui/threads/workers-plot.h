/* workers-plot.h: a lane for each worker over the last 30 seconds; a block on it is one connection.
 *
 * Hatched: it waits for the network; filled: it receives, the brighter the faster; with a line
 * through it: it writes. The colour and letter are the download's. Main thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/plot/plot.h"
#include "ui/threads/history.h"

G_BEGIN_DECLS

#define UI_TYPE_WORKERS_PLOT (ui_workers_plot_get_type ())
G_DECLARE_FINAL_TYPE (UiWorkersPlot, ui_workers_plot, UI, WORKERS_PLOT, UiPlot)

GtkWidget *ui_workers_plot_new (void);

/** ui_workers_plot_set: @history: (transfer none): not %NULL; outlives this, and is looked at
 * whenever it is drawn */
void ui_workers_plot_set (UiWorkersPlot *self, UiHistory *history);

/** ui_workers_plot_refresh: draws what @history holds, as of @now_us */
void ui_workers_plot_refresh (UiWorkersPlot *self, gint64 now_us);

/** ui_workers_plot_find: Returns: the download at that place, -1 none */
gint64 ui_workers_plot_find (UiWorkersPlot *self, double x, double y);

G_END_DECLS
