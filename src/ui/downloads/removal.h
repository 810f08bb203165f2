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
 */
void ui_removal_do (Engine *engine, AdwToastOverlay *toasts, GPtrArray *downloads);

G_END_DECLS
