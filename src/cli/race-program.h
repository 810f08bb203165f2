/* race-program.h: which program `bobbin-cli race` is to work on: a built-in one or a file. Main
 * thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/lab.h"

G_BEGIN_DECLS

/**
 * cli_race_load:
 * @name: `SCENARIO`, `SCENARIO/VARIANT` or a file's path
 * @threads: 0: not said
 * @increments: 0: not said
 * @id: (out) (transfer full): the variant's full id, or the path
 *
 * Says on standard error what is wrong, a program's fault as `FILE:LINE:COLUMN: message`.
 *
 * Returns: (transfer full) (nullable): the program
 */
LabProgram *cli_race_load (const char *name, int threads, int increments, char **id);

/** cli_race_fail: says @why on standard error. Returns: CLI_WRONG */
int cli_race_fail (const char *why);

G_END_DECLS
