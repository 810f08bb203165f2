/* race.h: `bobbin-cli race`. Main thread, which here may wait. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** cli_race_main: @argv[0] is `race`. Returns: the exit status */
int cli_race_main (int argc, char **argv);

G_END_DECLS
