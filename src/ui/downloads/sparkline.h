/* sparkline.h: the speed of the last minute as a small area plot. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define UI_TYPE_SPARKLINE (ui_sparkline_get_type ())
G_DECLARE_FINAL_TYPE (UiSparkline, ui_sparkline, UI, SPARKLINE, GtkWidget)

/** ui_sparkline_add: @now_us: (monotonic microseconds) @rate: bytes per second; kept at most twice
 * a second */
void ui_sparkline_add (UiSparkline *self, gint64 now_us, double rate);

/** ui_sparkline_set_width: @width: (pixels): what it takes where there is room */
void ui_sparkline_set_width (UiSparkline *self, int width);

G_END_DECLS
