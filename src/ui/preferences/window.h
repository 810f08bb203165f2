/* window.h: the preferences. Each row is bound to its setting: what is changed is in force at once.
 * Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define UI_TYPE_PREFERENCES (ui_preferences_get_type ())
G_DECLARE_FINAL_TYPE (UiPreferences, ui_preferences, UI, PREFERENCES, AdwPreferencesWindow)

/** ui_preferences_new: @parent: (nullable): the window that it stands before */
UiPreferences *ui_preferences_new (GSettings *settings, GtkWindow *parent);

G_END_DECLS
