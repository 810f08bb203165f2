/* gate.h: a gated run: real threads that take one exact schedule, step by step.
 *
 * Each thread waits at a gate before each step. The gate hands a turn only for a step that the
 * model calls enabled, so a real lock never blocks the thread; after the step, all that the real
 * threads share and own is held against the model. What is stuck stays parked at the gate, until it
 * is freed.
 *
 * A gate belongs to one thread at a time; its own threads are joined when it is freed.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/machine/machine.h"

G_BEGIN_DECLS

typedef struct LabGate LabGate;

typedef enum
{
  LAB_GATE_AUTOMATIC, /* a turn variable and sched_yield(): quick, and it keeps the processors busy
                       */
  LAB_GATE_BY_HAND,   /* a semaphore for each thread: it may stand still for hours */
} LabGateMode;

/** lab_gate_new: Returns: (transfer full) (nullable): all threads parked before their first step,
 * or %NULL where no threads could be made */
LabGate *lab_gate_new (LabProgram *program, LabGateMode mode);
void lab_gate_free (LabGate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabGate, lab_gate_free)

typedef enum
{
  LAB_GATE_TAKEN,
  LAB_GATE_FAILED,      /* taken, and the step failed, as in the model: the schedule is over */
  LAB_GATE_NOT_ENABLED, /* nothing was done */
  LAB_GATE_DIFFERS,     /* the real threads do not stand where the model does: a fault of ours */
} LabGateStep;

/** lab_gate_take: takes one step on its real thread and waits until it is done: some microseconds
 */
LabGateStep lab_gate_take (LabGate *self, LabMove move);

/** lab_gate_get_state: Returns: (transfer none): where model and threads stand; until the next step
 */
const LabState *lab_gate_get_state (LabGate *self);

/** lab_gate_get_failure: of the last step */
LabFailure lab_gate_get_failure (LabGate *self);

/** lab_gate_get_failed_thread: Returns: whose step failed, from 0, or -1 */
int lab_gate_get_failed_thread (LabGate *self);

G_END_DECLS
