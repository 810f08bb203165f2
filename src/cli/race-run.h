/* race-run.h: `bobbin-cli race run`. Main thread, which here may wait. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** cli_race_run: @argv[0] is `run`. Returns: the exit status */
int cli_race_run (int argc, char **argv);

G_END_DECLS
