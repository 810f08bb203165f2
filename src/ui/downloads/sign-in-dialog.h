/* sign-in-dialog.h: a user name and a password for a server that wants them. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "engine/engine.h"

G_BEGIN_DECLS

/** ui_sign_in_dialog_open: asks for both, and lets @download go on with them */
void ui_sign_in_dialog_open (GtkWindow *parent, Engine *engine, EngineDownload *download);

G_END_DECLS
