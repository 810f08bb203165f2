/* selection-bar.h: what can be done with several selected downloads at once; stands where the foot
 * does. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define UI_TYPE_SELECTION_BAR (ui_selection_bar_get_type ())
G_DECLARE_FINAL_TYPE (UiSelectionBar, ui_selection_bar, UI, SELECTION_BAR, GtkBox)

/** ui_selection_bar_set_count: @n: how many are selected */
void ui_selection_bar_set_count (UiSelectionBar *self, guint64 n);

/** ui_selection_bar_set_narrow: @narrow: icons alone, and only those that fit into 360 px */
void ui_selection_bar_set_narrow (UiSelectionBar *self, gboolean narrow);

G_END_DECLS
