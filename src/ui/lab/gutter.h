/* gutter.h: what stands beside the lines of a text: the threads' letters, or side notes. Main
 * thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/plot/plot.h"

G_BEGIN_DECLS

#define UI_TYPE_GUTTER (ui_gutter_get_type ())
G_DECLARE_FINAL_TYPE (UiGutter, ui_gutter, UI, GUTTER, UiPlot)

/** ui_gutter_new: @view: (transfer none): outlives the gutter, which it holds */
GtkWidget *ui_gutter_new (GtkTextView *view);

/** ui_gutter_set_notes: @notes: (array zero-terminated=1) (nullable): a side note for each line */
void ui_gutter_set_notes (UiGutter *self, const char *const *notes);

/** ui_gutter_set_letters: @lines: from 0, @threads: from 0: at each line that thread's letter;
 * several stand beside each other */
void ui_gutter_set_letters (UiGutter *self, const int *lines, const int *threads, int n);

G_END_DECLS
