/* schedule.h: schedules as one short word, the same for ever: what `--replay` takes.
 *
 * Steps are joined by dots. A step is the number of its thread (its `self`, from 1) and its choice:
 * nothing, `w` and the number of the thread woken, `s` for a spurious wake-up, `d` for a drain.
 * Equal steps in a row are written once, with `x` and how many: `1x3.2.1w2.2s.1d`. No steps are the
 * empty word.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/machine/machine.h"

G_BEGIN_DECLS

/** lab_schedule_format: Returns: (transfer full) */
char *lab_schedule_format (const LabMove *moves, gsize n);

/**
 * lab_schedule_parse:
 *
 * Returns: (transfer full) (element-type LabMove) (nullable): the steps; %NULL where the word is no
 * schedule of
 *   @program, or longer than 10 million steps. Whether each is enabled in its turn is not looked
 * at.
 */
GArray *lab_schedule_parse (const char *word, const LabProgram *program);

G_END_DECLS
