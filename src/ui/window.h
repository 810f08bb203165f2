/* window.h: the window: header bar, the views, toasts. What each view does is the view's. Main
 * thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/application.h"

G_BEGIN_DECLS

#define UI_TYPE_WINDOW (ui_window_get_type ())
G_DECLARE_FINAL_TYPE (UiWindow, ui_window, UI, WINDOW, AdwApplicationWindow)

/** ui_window_new: of the size, and with the view, that were there last */
UiWindow *ui_window_new (UiApplication *application);

/** ui_window_import: @file: of addresses, or a Metalink, that was handed to the program */
void ui_window_import (UiWindow *self, GFile *file);

G_END_DECLS
