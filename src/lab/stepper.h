/* stepper.h: walking through a race program by hand, with undo and redo without limit.
 *
 * Pure; it belongs to one thread. The path is all steps taken and those undone since; a new step
 * forgets what was undone.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/machine/machine.h"

G_BEGIN_DECLS

typedef struct LabStepper LabStepper;

LabStepper *lab_stepper_new (LabProgram *program);
void lab_stepper_free (LabStepper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabStepper, lab_stepper_free)

LabProgram *lab_stepper_get_program (LabStepper *self);

/** lab_stepper_get_state: Returns: (transfer none): the state at the position; until the next call
 * that moves */
const LabState *lab_stepper_get_state (LabStepper *self);

/** lab_stepper_list: @moves: (out): room for LAB_MOST_MOVES. Returns: how many are enabled; 0 after
 * a failure */
int lab_stepper_list (LabStepper *self, LabMove *moves);

/** lab_stepper_take: Returns: %FALSE, and nothing done, where @move is not enabled here */
gboolean lab_stepper_take (LabStepper *self, LabMove move);

/** lab_stepper_take_thread: takes the first enabled step of @thread, from 0 */
gboolean lab_stepper_take_thread (LabStepper *self, int thread);

gboolean lab_stepper_undo (LabStepper *self);
gboolean lab_stepper_redo (LabStepper *self);

/** lab_stepper_get_position: Returns: steps from the start, 0 to the length of the path */
guint lab_stepper_get_position (LabStepper *self);
guint lab_stepper_get_length (LabStepper *self);

/** lab_stepper_seek: the slider */
void lab_stepper_seek (LabStepper *self, guint position);

/** lab_stepper_get_step: @index: from 0, below the length */
LabMove lab_stepper_get_step (LabStepper *self, guint index);

/** lab_stepper_get_report: Returns: (transfer none): what that step of the path did; until the path
 * is cut before it */
const LabReport *lab_stepper_get_report (LabStepper *self, guint index);

/** lab_stepper_get_failure: Returns: the failure that ended the schedule at the position, or none
 */
LabFailure lab_stepper_get_failure (LabStepper *self);

/** lab_stepper_load: starts over and takes @moves; stops before the first that is not enabled.
 * Returns: how many were taken; the position is 0 then */
gsize lab_stepper_load (LabStepper *self, const LabMove *moves, gsize n);

/** lab_stepper_dup_schedule: Returns: (transfer full): the steps up to the position, as `--replay`
 * takes them */
char *lab_stepper_dup_schedule (LabStepper *self);

G_END_DECLS
