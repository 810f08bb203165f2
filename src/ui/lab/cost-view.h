/* cost-view.h: what each way to count together costs on this computer. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab/lab.h"

G_BEGIN_DECLS

#define UI_TYPE_COST_VIEW (ui_cost_view_get_type ())
G_DECLARE_FINAL_TYPE (UiCostView, ui_cost_view, UI, COST_VIEW, GtkBox)

/** ui_cost_view_stop: gives up what is being measured */
void ui_cost_view_stop (UiCostView *self);

/**
 * ui_cost_view_compare:
 * @scenario: (transfer none): which must live on
 * @verdicts: (transfer full) (nullable) (element-type utf8): of each of its variants, ✓ or ✕ before
 *   it; %NULL: not known yet
 *
 * Measures the variants of a scenario from now on, and begins at once where the verdicts are known.
 */
void ui_cost_view_compare (UiCostView *self, const LabScenario *scenario, GPtrArray *verdicts);

void ui_cost_view_set_narrow (UiCostView *self, gboolean narrow);

G_END_DECLS
