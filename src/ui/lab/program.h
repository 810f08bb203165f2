/* program.h: a race program's text, with colours, each thread's next line, and errors. Main thread.
 *
 * It is read; set editable, it is the editor. Lines and columns are those of the text that was set,
 * from 1, also where the page leaves out what it says elsewhere.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define UI_TYPE_PROGRAM (ui_program_get_type ())
G_DECLARE_FINAL_TYPE (UiProgram, ui_program, UI, PROGRAM, GtkWidget)

/* Where a thread goes on. */
typedef struct
{
  int line;   /* from 1 */
  int thread; /* from 0 */
} UiNextLine;

/** ui_program_set_text: Signals of UiProgram: `edited`: a person has changed the text */
void ui_program_set_text (UiProgram *self, const char *text);

/** ui_program_dup_text: Returns: (transfer full): all of it, as edited */
char *ui_program_dup_text (UiProgram *self);

void ui_program_set_editable (UiProgram *self, gboolean editable);

/** ui_program_set_next: @next: (element-type UiNextLine) (nullable) */
void ui_program_set_next (UiProgram *self, const GArray *next);

/** ui_program_set_error: @line: from 1; 0: there is no error. @column: from 1, in characters */
void ui_program_set_error (UiProgram *self, int line, int column);

G_END_DECLS
