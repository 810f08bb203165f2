/* netrc.h: users and passwords for hosts, as ~/.netrc lists them.
 *
 * Pure; immutable once parsed, so any thread may read it.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _EngineNetrc EngineNetrc;

/**
 * engine_netrc_parse:
 * @text: of a netrc file: `machine`, `default`, `login`, `password`, `account`, `macdef`; words may
 * be quoted
 *
 * Returns: (transfer full): what it says; %NULL with ENGINE_ERROR_ADDRESS and the line where it
 *   cannot be understood
 */
EngineNetrc *engine_netrc_parse (const char *text, GError **error);
EngineNetrc *engine_netrc_ref (EngineNetrc *self);
void engine_netrc_unref (EngineNetrc *self);

/**
 * engine_netrc_find:
 * @host: without its port
 * @allow_default: whether the entry for any other host counts
 * @user: (out) (transfer none) (nullable)
 * @password: (out) (transfer none) (nullable)
 *
 * Returns: whether there is an entry for @host
 */
gboolean engine_netrc_find (EngineNetrc *self,
                            const char *host,
                            gboolean allow_default,
                            const char **user,
                            const char **password);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineNetrc, engine_netrc_unref)

G_END_DECLS
