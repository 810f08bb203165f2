/* run-view.h: the mode Run: real threads, many times; what one run did, and where all ended. Main
 * thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/lab/experiment.h"
#include "ui/lab/listing.h"

G_BEGIN_DECLS

#define UI_TYPE_RUN_VIEW (ui_run_view_get_type ())
G_DECLARE_FINAL_TYPE (UiRunView, ui_run_view, UI, RUN_VIEW, GtkBox)

/** ui_run_view_set_experiment: @experiment: held; once, before anything else */
void ui_run_view_set_experiment (UiRunView *self, UiExperiment *experiment);

/** ui_run_view_get_listing: Returns: (transfer none) */
UiListing *ui_run_view_get_listing (UiRunView *self);

void ui_run_view_set_narrow (UiRunView *self, gboolean narrow);

G_END_DECLS
