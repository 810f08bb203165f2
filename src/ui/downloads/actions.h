/* actions.h: the actions `win.…` that act on downloads, and when each is enabled.
 *
 * Main thread. A plain struct that belongs to the window and lives as long.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/downloads/page.h"

G_BEGIN_DECLS

typedef struct _UiActions UiActions;

/**
 * ui_actions_new:
 * @window: (transfer none): gets the actions; lives longer than what is returned
 * @settings: (transfer none): keeps the speed limit that is chosen
 * @toasts: (transfer none): where what was done can be undone
 *
 * Returns: (transfer full): to be freed by ui_actions_free()
 */
UiActions *ui_actions_new (GtkApplicationWindow *window,
                           Engine *engine,
                           GSettings *settings,
                           UiDownloadsPage *page,
                           AdwToastOverlay *toasts);
void ui_actions_free (UiActions *self);

/** ui_actions_set_shown: whether the view is the one seen; what acts on its selection works only
 * then */
void ui_actions_set_shown (UiActions *self, gboolean shown);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiActions, ui_actions_free)

G_END_DECLS
