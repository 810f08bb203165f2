/* state-words.h: states, steps and findings of the model in words. Pure; translated; any thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/lab.h"

G_BEGIN_DECLS

/** ui_state_dup_block: Returns: (transfer full): why @thread can not go on: `waits for m, held by
 * B`; or `has ended` */
char *ui_state_dup_block (const LabProgram *program, const LabState *state, int thread);

/** ui_state_dup_stuck: Returns: (transfer full): `Stuck: A holds a and waits for b; B holds b and
 * waits for a.` */
char *ui_state_dup_stuck (const LabProgram *program, const LabState *state);

/** ui_state_dup_shown: Returns: (transfer full): what is shown of an end: `count = 1`, `x = 1, y =
 * 2` */
char *ui_state_dup_shown (const LabProgram *program, const gint64 *values);

/** ui_state_dup_ending: Returns: (transfer full): `count = 1`, `stuck` or `failed` */
char *ui_state_dup_ending (const LabProgram *program, const LabEnding *ending);

/** ui_state_dup_queue: Returns: (transfer full): `[1, 2]`; a long one is cut */
char *ui_state_dup_queue (const gint64 *values, int n);

/** ui_state_dup_preview: Returns: (transfer full): what @move would do: `read 0`, `wrote 3 over 2`
 */
char *ui_state_dup_preview (const LabProgram *program, const LabState *state, LabMove move);

/**
 * ui_state_dup_finding:
 *
 * Returns: (transfer full): what an exploration found, in a sentence: `18 of 20 schedules lose; 2
 * end with count = 2.`, `Proved: all 20 schedules end with count = 2.`
 */
char *ui_state_dup_finding (const LabProgram *program, const LabExploration *exploration);

/** ui_state_dup_coverage: Returns: (transfer full): `complete: nothing was left out`, or why it is
 * not */
char *ui_state_dup_coverage (const LabExploration *exploration);

/** ui_state_dup_size: Returns: (transfer full): `21 states · 28 transitions · 0.1 ms` */
char *ui_state_dup_size (const LabExploration *exploration);

/** ui_state_dup_short: Returns: (transfer full): the finding in few words, for a column: `✓
 * proved`, `✕ 18 of 20 lose` */
char *ui_state_dup_short (const LabExploration *exploration);

G_END_DECLS
