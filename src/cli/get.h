/* get.h: `bobbin-cli get`. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Exit statuses, as the command line contract says. */
#define CLI_OK 0
#define CLI_FAILED 1
#define CLI_WRONG 2
#define CLI_INTERRUPTED 130

/** cli_get_main: @argv[0] is `get`. Returns: the exit status */
int cli_get_main (int argc, char **argv);

G_END_DECLS
