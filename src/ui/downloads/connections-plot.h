/* connections-plot.h: a lane for each connection of a download, drawn where its bytes lie in the
 * file.
 *
 * Main thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/plot/plot.h"

G_BEGIN_DECLS

#define UI_TYPE_CONNECTIONS_PLOT (ui_connections_plot_get_type ())
G_DECLARE_FINAL_TYPE (UiConnectionsPlot, ui_connections_plot, UI, CONNECTIONS_PLOT, UiPlot)

/* One connection. Positions are bytes from the start of the file. */
typedef struct
{
  gint64 start;    /* where its piece began */
  gint64 position; /* the next byte that it will fetch */
  gint64 end;      /* one past the last of its piece */
  double rate;     /* bytes per second, below 0 not known yet */
} UiConnection;

GtkWidget *ui_connections_plot_new (void);

/**
 * ui_connections_plot_show:
 * @connections: (transfer full) (element-type UiConnection): by position
 * @total: (bytes): the file's length, above 0
 */
void ui_connections_plot_show (UiConnectionsPlot *self, GArray *connections, gint64 total);

G_END_DECLS
