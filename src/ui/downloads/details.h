/* details.h: all that is known of one download: connections, speed, properties, what happened.
 *
 * Main thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "engine/engine.h"

G_BEGIN_DECLS

#define UI_TYPE_DETAILS (ui_details_get_type ())
G_DECLARE_FINAL_TYPE (UiDetails, ui_details, UI, DETAILS, AdwBin)

/* Signals: `closed` (): a person wants it away. */

/** ui_details_show: @download: (nullable): what it is about from now on */
void ui_details_show (UiDetails *self, EngineDownload *download);

/** ui_details_get_download: Returns: (transfer none) (nullable) */
EngineDownload *ui_details_get_download (UiDetails *self);

/** ui_details_refresh: shows it as it is now */
void ui_details_refresh (UiDetails *self);

G_END_DECLS
