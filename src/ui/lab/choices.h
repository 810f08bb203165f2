/* choices.h: what can be chosen about an experiment: variant, threads, increments, nudge. Main
 * thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/lab/experiment.h"

G_BEGIN_DECLS

#define UI_TYPE_CHOICES (ui_choices_get_type ())
G_DECLARE_FINAL_TYPE (UiChoices, ui_choices, UI, CHOICES, GtkBox)

/** ui_choices_set_experiment: @experiment: held; the one that is chosen for from now on */
void ui_choices_set_experiment (UiChoices *self, UiExperiment *experiment);

/** ui_choices_set_real: @real: real threads are run: they can be nudged */
void ui_choices_set_real (UiChoices *self, gboolean real);

/** ui_choices_set_narrow: narrow, the choices hide behind one row that sums them up */
void ui_choices_set_narrow (UiChoices *self, gboolean narrow);

G_END_DECLS
