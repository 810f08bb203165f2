/* explore-view.h: the mode Explore: every order there is, counted, with the shortest way to a bad
 * end. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/lab/experiment.h"

G_BEGIN_DECLS

#define UI_TYPE_EXPLORE_VIEW (ui_explore_view_get_type ())
G_DECLARE_FINAL_TYPE (UiExploreView, ui_explore_view, UI, EXPLORE_VIEW, GtkBox)

/** ui_explore_view_set_experiment: @experiment: held; once, before anything else */
void ui_explore_view_set_experiment (UiExploreView *self, UiExperiment *experiment);

void ui_explore_view_set_narrow (UiExploreView *self, gboolean narrow);

G_END_DECLS
