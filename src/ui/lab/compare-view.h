/* compare-view.h: the mode Compare: every variant of a scenario explored, side by side. Main
 * thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/lab/experiment.h"

G_BEGIN_DECLS

#define UI_TYPE_COMPARE_VIEW (ui_compare_view_get_type ())
G_DECLARE_FINAL_TYPE (UiCompareView, ui_compare_view, UI, COMPARE_VIEW, GtkBox)

/**
 * ui_compare_view_set_experiment:
 * @experiment: held; once: whose scenario is compared
 *
 * Signals of UiCompareView: `found` (const char *id, LabExploration *exploration): of a variant.
 */
void ui_compare_view_set_experiment (UiCompareView *self, UiExperiment *experiment);

void ui_compare_view_set_narrow (UiCompareView *self, gboolean narrow);

G_END_DECLS
