/* race-bench.h: `bobbin-cli race bench`. Main thread, which here may wait. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** cli_race_bench: @argv[0] is `bench`. Returns: the exit status */
int cli_race_bench (int argc, char **argv);

G_END_DECLS
