/* resolver.h: a resolver that hands questions on, and puts the address that won a race first.
 *
 * Any thread. The folder's own.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ENGINE_TYPE_RESOLVER (engine_resolver_get_type ())
G_DECLARE_FINAL_TYPE (EngineResolver, engine_resolver, ENGINE, RESOLVER, GResolver)

/** engine_resolver_new: @real: that answers */
GResolver *engine_resolver_new (GResolver *real);

/** engine_resolver_knows: Returns: whether @host's addresses were raced not long ago */
gboolean engine_resolver_knows (EngineResolver *self, const char *host);

/** engine_resolver_prefer: @address comes first from now on, for ten minutes */
void engine_resolver_prefer (EngineResolver *self, const char *host, GInetAddress *address);

G_END_DECLS
