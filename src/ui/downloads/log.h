/* log.h: what happened to a download, a line each with its time. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "engine/engine.h"

G_BEGIN_DECLS

#define UI_TYPE_LOG (ui_log_get_type ())
G_DECLARE_FINAL_TYPE (UiLog, ui_log, UI, LOG, GtkGrid)

/**
 * ui_log_show:
 * @download: (nullable)
 *
 * Adds what is new, or begins anew for another download.
 */
void ui_log_show (UiLog *self, EngineDownload *download);

/** ui_log_get_count: Returns: how many lines stand there */
guint ui_log_get_count (UiLog *self);

/** ui_log_dup_text: Returns: (transfer full): all lines, as they are copied */
char *ui_log_dup_text (UiLog *self);

G_END_DECLS
