/* removal.h: taking downloads out of the list, with a toast that undoes it. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "engine/engine.h"

G_BEGIN_DECLS

/**
 * ui_removal_do:
 * @downloads: (transfer none) (element-type EngineDownload)
 *
 * Their part files stay until the toast has gone unused.
 *
 * Returns: (transfer none) (nullable): the toast; %NULL where there was nothing to remove
 */
AdwToast *ui_removal_do (Engine *engine, AdwToastOverlay *toasts, GPtrArray *downloads);

/** ui_removal_undo: as if the button of @toast were pressed */
void ui_removal_undo (AdwToast *toast);

G_END_DECLS
