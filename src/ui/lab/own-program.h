/* own-program.h: a person's own race program, from a file, as a scenario like the others. Main
 * thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab/lab.h"

G_BEGIN_DECLS

/* A scenario of one variant that belongs to us. */
typedef struct
{
  LabScenario scenario;
  LabVariant variant;
  GFile *file; /* owned, nullable */
} UiOwnProgram;

/** ui_own_program_new: @text: of the program; what it says of itself becomes title and story */
UiOwnProgram *ui_own_program_new (GFile *file, const char *text);
void ui_own_program_free (UiOwnProgram *self);

/**
 * ui_own_program_open_async:
 *
 * Asks for a file and reads it.
 */
void
ui_own_program_open_async (GtkWidget *widget, GAsyncReadyCallback callback, gpointer user_data);

/** ui_own_program_open_finish: Returns: (transfer full) (nullable): %NULL without an error where
 * none was chosen */
UiOwnProgram *ui_own_program_open_finish (GAsyncResult *result, GError **error);

/**
 * ui_own_program_save_async:
 * @name: what the file is called unless the person says otherwise
 *
 * Asks for a place and writes @text there; the file is never half written.
 */
void ui_own_program_save_async (GtkWidget *widget,
                                const char *name,
                                const char *text,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/** ui_own_program_save_finish: Returns: (transfer full) (nullable): where it is; %NULL without an
 * error where none was chosen */
GFile *ui_own_program_save_finish (GAsyncResult *result, GError **error);

G_END_DECLS
