/* files.h: the files that the command line names: addresses, Metalinks, cookies, netrc.
 *
 * May block on the disk: for use before anything runs.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/item.h"

G_BEGIN_DECLS

/**
 * cli_read_input:
 * @items: (element-type CliItem): to which what @path says is added
 * @path: `-`: standard input
 *
 * Addresses, one a line; blank lines and lines that begin with `#` are skipped. Or a Metalink.
 */
gboolean cli_read_input (GPtrArray *items, const char *path, GError **error);

/** cli_read_metalink: adds an item for each of its files to @items */
gboolean cli_read_metalink (GPtrArray *items, const char *path, GError **error);

/** cli_read_cookies: Returns: (transfer full) */
EngineCookies *cli_read_cookies (const char *path, GError **error);

/** cli_read_netrc: Returns: (transfer full) */
EngineNetrc *cli_read_netrc (const char *path, GError **error);

G_END_DECLS
