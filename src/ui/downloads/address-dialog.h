/* address-dialog.h: asks for the new address of a download whose old one has expired. Main thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "engine/engine.h"

G_BEGIN_DECLS

/** ui_address_dialog_open: @toasts: where it is said why an address does not do */
void ui_address_dialog_open (GtkWindow *parent,
                             Engine *engine,
                             EngineDownload *download,
                             AdwToastOverlay *toasts);

G_END_DECLS
