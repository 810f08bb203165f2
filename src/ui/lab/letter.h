/* letter.h: a thread's letter in its colour. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/plot/plot.h"

G_BEGIN_DECLS

#define UI_TYPE_LETTER (ui_letter_get_type ())
G_DECLARE_FINAL_TYPE (UiLetter, ui_letter, UI, LETTER, UiPlot)

/** ui_letter_new: @size: (pixels) across; says nothing to a screen reader: what it marks does */
GtkWidget *ui_letter_new (int thread, int size);
void ui_letter_set_thread (UiLetter *self, int thread);

#define UI_TYPE_SHARE (ui_share_get_type ())
G_DECLARE_FINAL_TYPE (UiShare, ui_share, UI, SHARE, UiPlot)

/** ui_share_new: a bar of which a share is filled: @bad: in the colour of losing */
GtkWidget *ui_share_new (double share, gboolean bad);

/** ui_share_set: @share: 0 to 1; NAN: nothing is known, nothing is drawn */
void ui_share_set (UiShare *self, double share, gboolean bad);

G_END_DECLS
