/* step-timeline.h: a walk by hand as lanes, as a table of variables, and in sentences. Main thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/lab/path.h"
#include "ui/lab/variables.h"
#include "ui/plot/timeline.h"

G_BEGIN_DECLS

/** ui_step_timeline_new: the path up to the stepper's position */
UiTimeline *ui_step_timeline_new (UiPath *path);

/** ui_step_variables_show: the values at the stepper's position, with who wrote them */
void ui_step_variables_show (UiVariables *table, UiPath *path);

/** ui_step_dup_meaning: Returns: (transfer full): each step as a sentence, for who cannot see the
 * lanes */
char *ui_step_dup_meaning (UiPath *path);

G_END_DECLS
