/* listing.h: the column beside the pictures: the program and its variables. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/lab/program.h"
#include "ui/lab/variables.h"

G_BEGIN_DECLS

#define UI_TYPE_LISTING (ui_listing_get_type ())
G_DECLARE_FINAL_TYPE (UiListing, ui_listing, UI, LISTING, GtkBox)

/** ui_listing_get_program: Returns: (transfer none) */
UiProgram *ui_listing_get_program (UiListing *self);

/** ui_listing_get_variables: Returns: (transfer none) */
UiVariables *ui_listing_get_variables (UiListing *self);

/** ui_listing_set_side: @text: a note beside the title, may be empty */
void ui_listing_set_side (UiListing *self, const char *text);

/** ui_listing_set_error: @message: (nullable): what is wrong at @line and @column, both from 1;
 * @hint: (nullable) */
void
ui_listing_set_error (UiListing *self, int line, int column, const char *message, const char *hint);

/** ui_listing_set_editable: makes the program its editor, with the buttons that go with it */
void ui_listing_set_editable (UiListing *self, gboolean editable);

void ui_listing_set_narrow (UiListing *self, gboolean narrow);

G_END_DECLS
