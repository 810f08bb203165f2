/* figures.h: the card that says how it ended: figures, a verdict in words, and how the run was
 * made. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define UI_TYPE_FIGURES (ui_figures_get_type ())
G_DECLARE_FINAL_TYPE (UiFigures, ui_figures, UI, FIGURES, GtkBox)

typedef enum
{
  UI_TONE_PLAIN,
  UI_TONE_GOOD,
  UI_TONE_BAD,
} UiTone;

/** ui_figures_set_numbers: shows Expected, Got and Lost */
void ui_figures_set_numbers (UiFigures *self, gint64 expected, gint64 got);

/** ui_figures_set_texts: shows three others; @names and @values are translated */
void
ui_figures_set_texts (UiFigures *self, const char *const names[3], const char *const values[3]);

/** ui_figures_hide_numbers: for what has no such figures */
void ui_figures_hide_numbers (UiFigures *self);

/** ui_figures_set_words: @badge: (nullable), @note: (nullable): beside or, where narrow, under the
 * verdict */
void ui_figures_set_words (
    UiFigures *self, UiTone tone, const char *verdict, const char *badge, const char *note);

void ui_figures_set_narrow (UiFigures *self, gboolean narrow);

G_END_DECLS
