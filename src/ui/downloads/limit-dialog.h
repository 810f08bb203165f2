/* limit-dialog.h: asks for a speed limit that the menu does not have. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** UiLimitChosen: @max_rate: bytes per second, above 0 */
typedef void (*UiLimitChosen) (gint64 max_rate, gpointer user_data);

/**
 * ui_limit_dialog_open:
 * @max_rate: (bytes per second): what stands there at first, 0: unlimited
 * @user_data: of @chosen; lives as long as @parent
 */
void
ui_limit_dialog_open (GtkWindow *parent, gint64 max_rate, UiLimitChosen chosen, gpointer user_data);

G_END_DECLS
