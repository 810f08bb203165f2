/* launcher.h: progress and count of active downloads on the launcher, where the shell shows them.
 * Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "engine/engine.h"

G_BEGIN_DECLS

typedef struct _UiLauncher UiLauncher;

/** ui_launcher_new: Returns: (transfer full) */
UiLauncher *ui_launcher_new (GtkApplication *application, Engine *engine);
void ui_launcher_free (UiLauncher *self);

/** ui_launcher_wake: something has begun or ended: tells it, once a second while anything runs */
void ui_launcher_wake (UiLauncher *self);

G_END_DECLS
