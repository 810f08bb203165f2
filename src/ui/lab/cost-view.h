/* cost-view.h: what each way to count together costs on this computer. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define UI_TYPE_COST_VIEW (ui_cost_view_get_type ())
G_DECLARE_FINAL_TYPE (UiCostView, ui_cost_view, UI, COST_VIEW, GtkBox)

/** ui_cost_view_stop: gives up what is being measured */
void ui_cost_view_stop (UiCostView *self);

void ui_cost_view_set_narrow (UiCostView *self, gboolean narrow);

G_END_DECLS
