/* run-private.h: what the kinds of runs share: collecting their outcomes. The folder's own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/lab.h"
#include "lab/real/play.h"
#include "lab/real/runner.h"

G_BEGIN_DECLS

/** lab_run_result_new: @program: (transfer none). Returns: (transfer full): nothing ran yet */
LabRunResult *lab_run_result_new (const char *variant, LabProgram *program);

/** lab_run_result_count: one more run that ended so. @values: (nullable): as many as the program
 * shows */
void
lab_run_result_count (LabRunResult *result, LabEndingKind kind, const gint64 *values, gboolean bad);

/** lab_run_result_time: one more run took so long */
void lab_run_result_time (LabRunResult *result, gint64 took_ns);

/** lab_run_result_finish: puts outcomes and times in order, when all have run */
void lab_run_result_finish (LabRunResult *result);

/**
 * lab_run_result_count_play:
 *
 * One more run of a program, however it ended; the first bad one is put in words.
 *
 * Returns: whether it was bad
 */
gboolean lab_run_result_count_play (LabRunResult *result, const LabPlay *play);

/** lab_dup_play_verdict: Returns: (transfer full): what went wrong in a bad run, translated, in
 * sentences */
char *lab_dup_play_verdict (const LabProgram *program, const LabPlay *play);

/** lab_play_is_bad: Returns: whether it got stuck, failed, never ended, or broke a claim */
gboolean lab_play_is_bad (const LabProgram *program, const LabPlay *play);

gboolean lab_run_counting (LabRunResult *result,
                           LabMechanism mechanism,
                           const LabRunOptions *options,
                           GCancellable *cancellable,
                           GError **error);
gboolean lab_run_program (LabRunResult *result,
                          const LabRunOptions *options,
                          GCancellable *cancellable,
                          GError **error);

G_END_DECLS
