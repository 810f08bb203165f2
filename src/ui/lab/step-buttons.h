/* step-buttons.h: what each thread can do next, as buttons. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/lab/path.h"

G_BEGIN_DECLS

#define UI_TYPE_STEP_BUTTONS (ui_step_buttons_get_type ())
G_DECLARE_FINAL_TYPE (UiStepButtons, ui_step_buttons, UI, STEP_BUTTONS, GtkWidget)

/**
 * ui_step_buttons_show:
 *
 * A button for each step that is enabled where @path stands, and for each thread that can not go on
 * one that says why.
 *
 * Signals of UiStepButtons: `chosen` (guint index): of ui_step_buttons_get_moves().
 */
void ui_step_buttons_show (UiStepButtons *self, UiPath *path);

/** ui_step_buttons_get_moves: Returns: (transfer none) (element-type LabMove): by button; that of
 * one that can not be pressed is of no thread */
const GArray *ui_step_buttons_get_moves (UiStepButtons *self);

void ui_step_buttons_set_narrow (UiStepButtons *self, gboolean narrow);

G_END_DECLS
