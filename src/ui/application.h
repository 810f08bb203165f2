/* application.h: the one instance of Bobbin, its engine, and what it is told from outside. Main
 * thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "engine/engine.h"

G_BEGIN_DECLS

#define UI_TYPE_APPLICATION (ui_application_get_type ())
G_DECLARE_FINAL_TYPE (UiApplication, ui_application, UI, APPLICATION, AdwApplication)

UiApplication *ui_application_new (void);

/** ui_application_get_engine: Returns: (transfer none): from `startup` on */
Engine *ui_application_get_engine (UiApplication *self);

/** ui_application_get_settings: Returns: (transfer none): from `startup` on */
GSettings *ui_application_get_settings (UiApplication *self);

/** ui_application_keep_window: Returns: whether the window that a person closes stays, hidden,
 * while downloads go on */
gboolean ui_application_keep_window (UiApplication *self);

/** ui_application_add: @addresses: (array zero-terminated=1): goes to the download folder */
void ui_application_add (UiApplication *self, const char *const *addresses);

G_END_DECLS
