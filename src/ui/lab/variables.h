/* variables.h: a table of variables: name, value, who wrote it last. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define UI_TYPE_VARIABLES (ui_variables_get_type ())
G_DECLARE_FINAL_TYPE (UiVariables, ui_variables, UI, VARIABLES, GtkWidget)

/** ui_variables_clear: takes all rows out */
void ui_variables_clear (UiVariables *self);

/** ui_variables_add: @writer: (nullable): such as `A, step 60` */
void ui_variables_add (UiVariables *self, const char *name, const char *value, const char *writer);

G_END_DECLS
