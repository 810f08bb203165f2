/* race-explore.h: `bobbin-cli race explore`. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/lab.h"

G_BEGIN_DECLS

/** cli_race_explore: Returns: the exit status: 0 whatever was found, 2 wrong program or command
 * line, 3 incomplete */
int cli_race_explore (int argc, char **argv);

G_END_DECLS
