/* credentials.h: who we say we are, and to whom. The folder's own; a worker's.
 *
 * A spec's user and password go to its address's own origin; those of a netrc file to
 * the hosts that it names. Nothing is said before a server asks, but where the same
 * session has been asked before.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/http/session-private.h"
#include "engine/plan/spec.h"

G_BEGIN_DECLS

/**
 * engine_credentials_attach:
 * @spec: borrowed while @message lives
 * @address: of this hop
 *
 * From now on @message answers a challenge (Basic or Digest) with what belongs to @address.
 */
void engine_credentials_attach (SoupMessage *message,
                                EngineSession *session,
                                const EngineSpec *spec,
                                const char *address);

G_END_DECLS
