/* presence.h: what the desktop is told while downloads go on, and what follows when all are done.
 *
 * Keeps the computer awake, shows progress on the launcher, lets the window be closed
 * without an end to the downloads, and then does what the person chose. Gives the application
 * `app.show` and `app.stay` (which calls off what would follow). Main thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "engine/engine.h"

G_BEGIN_DECLS

typedef struct _UiPresence UiPresence;

/** ui_presence_new: Returns: (transfer full): watches until freed */
UiPresence *ui_presence_new (GtkApplication *application, GSettings *settings, Engine *engine);
void ui_presence_free (UiPresence *self);

/**
 * ui_presence_hide:
 *
 * The person closes @window.
 *
 * Returns: whether it was hidden, since downloads go on in the background; else it may go
 */
gboolean ui_presence_hide (UiPresence *self, GtkWindow *window);

/** ui_presence_take_shown: the window is there again: it outlives the downloads */
void ui_presence_take_shown (UiPresence *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiPresence, ui_presence_free)

G_END_DECLS
