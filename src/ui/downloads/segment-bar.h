/* segment-bar.h: a bar that draws each byte range where it lies in the file. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "engine/engine.h"

G_BEGIN_DECLS

#define UI_TYPE_SEGMENT_BAR (ui_segment_bar_get_type ())
G_DECLARE_FINAL_TYPE (UiSegmentBar, ui_segment_bar, UI, SEGMENT_BAR, GtkWidget)

/** ui_segment_bar_show: draws @download as it is now; its ranges are copied */
void ui_segment_bar_show (UiSegmentBar *self, EngineDownload *download);

G_END_DECLS
