/* step-view.h: the mode Step: one step at a time, by whom a person chooses. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/lab/experiment.h"
#include "ui/lab/listing.h"

G_BEGIN_DECLS

#define UI_TYPE_STEP_VIEW (ui_step_view_get_type ())
G_DECLARE_FINAL_TYPE (UiStepView, ui_step_view, UI, STEP_VIEW, GtkBox)

/**
 * ui_step_view_set_experiment:
 * @experiment: held; once, before anything else
 *
 * Signals of UiStepView: `moved`: it stands elsewhere.
 */
void ui_step_view_set_experiment (UiStepView *self, UiExperiment *experiment);

/** ui_step_view_get_listing: Returns: (transfer none) */
UiListing *ui_step_view_get_listing (UiStepView *self);

/** ui_step_view_take: presses the button with the key @digit, 1 to 9 */
void ui_step_view_take (UiStepView *self, int digit);
void ui_step_view_undo (UiStepView *self);
void ui_step_view_redo (UiStepView *self);

/** ui_step_view_load: walks @moves of the same program, and stands at their end */
void ui_step_view_load (UiStepView *self, const LabMove *moves, gsize n);

/** ui_step_view_dup_odds: Returns: (transfer full): `3 of 4 ways to go on lose`; empty where that
 * is not known */
char *ui_step_view_dup_odds (UiStepView *self);

/** ui_step_view_pause: no longer goes on by itself */
void ui_step_view_pause (UiStepView *self);

void ui_step_view_set_narrow (UiStepView *self, gboolean narrow);

G_END_DECLS
