/* files.h: what a person does with a finished file: open it, show it in its folder, throw it away.
 *
 * Main thread; none of it waits. What cannot be done is said in a toast.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "engine/engine.h"

G_BEGIN_DECLS

/** ui_files_open: opens the file of @download in the program that is there for its kind */
void ui_files_open (GtkWindow *parent, AdwToastOverlay *toasts, EngineDownload *download);

/** ui_files_show: shows the file of @download among the others of its folder; the folder alone
 * where it is not there yet */
void ui_files_show (GtkWindow *parent, AdwToastOverlay *toasts, EngineDownload *download);

/** ui_files_show_path: the same for the file at @path, which is absolute */
void ui_files_show_path (GtkWindow *parent, AdwToastOverlay *toasts, const char *path);

/**
 * UiTrashed:
 * @downloads: (element-type EngineDownload) (transfer none): those whose files are gone from their
 * place
 */
typedef void (*UiTrashed) (GPtrArray *downloads, gpointer user_data);

/**
 * ui_files_trash:
 * @downloads: (transfer none) (element-type EngineDownload)
 * @owner: (transfer none): kept alive until @trashed has been called; also its `user_data`
 *
 * What has no trash on its disk stays, and a toast says so.
 */
void
ui_files_trash (AdwToastOverlay *toasts, GPtrArray *downloads, UiTrashed trashed, GObject *owner);

G_END_DECLS
