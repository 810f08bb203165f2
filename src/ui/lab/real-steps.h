/* real-steps.h: a walk by hand that real threads take as well, each waiting at a gate for its turn.
 *
 * They follow a little behind, and never hold up the caller. What is taken back cannot be undone by
 * a thread: they are sent home, and new ones go the way from its start. Main thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/lab.h"

G_BEGIN_DECLS

typedef struct _UiRealSteps UiRealSteps;

/** ui_real_steps_new: @told: called with @user_data whenever the threads have got somewhere */
UiRealSteps *
ui_real_steps_new (LabProgram *program, void (*told) (gpointer user_data), gpointer user_data);

/** ui_real_steps_free: releases the threads; @told is not called again */
void ui_real_steps_free (UiRealSteps *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiRealSteps, ui_real_steps_free)

/** ui_real_steps_follow: the threads are to stand where the stepper does */
void ui_real_steps_follow (UiRealSteps *self, LabStepper *stepper);

/** ui_real_steps_dup_words: Returns: (transfer full): where the threads stand, translated */
char *ui_real_steps_dup_words (UiRealSteps *self);

G_END_DECLS
