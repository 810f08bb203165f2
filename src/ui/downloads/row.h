/* row.h: one download in the list. Bound once, then shown anew by the page's timer. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "engine/engine.h"

G_BEGIN_DECLS

#define UI_TYPE_DOWNLOAD_ROW (ui_download_row_get_type ())
G_DECLARE_FINAL_TYPE (UiDownloadRow, ui_download_row, UI, DOWNLOAD_ROW, GtkBox)

/* Signals: `next` (): its button was pressed. */

GtkWidget *ui_download_row_new (void);

/** ui_download_row_bind: @download: (nullable): what it shows from now on */
void ui_download_row_bind (UiDownloadRow *self, EngineDownload *download);

/** ui_download_row_refresh: shows what changed since, if anything */
void ui_download_row_refresh (UiDownloadRow *self);

/** ui_download_row_refresh_fully: shows it again, also where only time has passed */
void ui_download_row_refresh_fully (UiDownloadRow *self);

/** ui_download_row_get_download: Returns: (transfer none) (nullable) */
EngineDownload *ui_download_row_get_download (UiDownloadRow *self);

G_END_DECLS
