/* add-window.h: Add Downloads: addresses, where they go, and how. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "engine/engine.h"

G_BEGIN_DECLS

#define UI_TYPE_ADD_WINDOW (ui_add_window_get_type ())
G_DECLARE_FINAL_TYPE (UiAddWindow, ui_add_window, UI, ADD_WINDOW, AdwWindow)

/**
 * ui_add_window_new:
 * @settings: (transfer none): what is chosen for all that is added
 * @text: (nullable): what it opens filled with; %NULL: from the clipboard, where that holds
 * addresses
 * @folder: where files go unless the person says otherwise
 *
 * Signals of UiAddWindow: `added` (GPtrArray *specs): the person has pressed Download;
 * `show-download` (EngineDownload *): one that is in the list already is to be seen; `show-path`
 * (const char *path): a file that is in the folder already is.
 */
UiAddWindow *ui_add_window_new (
    GtkWindow *parent, Engine *engine, GSettings *settings, const char *text, const char *folder);

/** ui_add_window_get_folder: Returns: (transfer none): where the files are to go */
const char *ui_add_window_get_folder (UiAddWindow *self);

/** ui_add_window_append: @text, pasted or dropped while it is open, goes below what is there */
void ui_add_window_append (UiAddWindow *self, const char *text);

G_END_DECLS
