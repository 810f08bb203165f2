/* machine-private.h: between the machine's files. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/machine/machine.h"

G_BEGIN_DECLS

/** lab_state_reserve: makes room for so many words, and leaves what is there */
void lab_state_reserve (LabState *state, int n_words);

const LabInstruction *
lab_state_get_instruction (const LabState *state, const LabProgram *program, int thread);

gboolean
lab_thread_sleeps_on (const LabState *state, const LabProgram *program, int thread, int condition);

/** lab_needs_empty_buffer: whether the step waits, under TSO, until its thread's store buffer is
 * empty */
gboolean lab_needs_empty_buffer (const LabInstruction *at);

G_END_DECLS
