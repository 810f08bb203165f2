/* session-private.h: what an exchange needs of its session. The folder's own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "engine/http/session.h"
#include "engine/http/tunnel.h"

G_BEGIN_DECLS

SoupSession *engine_session_get_soup (EngineSession *self);
EngineTunnel *engine_session_get_tunnel (EngineSession *self);

/** engine_session_note_socket: remembers which socket the connection @id runs over */
void engine_session_note_socket (EngineSession *self, guint64 id, GSocket *socket);

/** engine_session_find_socket: Returns: (transfer none) (nullable): the socket of connection @id */
GSocket *engine_session_find_socket (EngineSession *self, guint64 id);

/** engine_session_remember: keeps @key for as long as the session lives; for credentials.c */
void engine_session_remember (EngineSession *self, const char *key);
gboolean engine_session_remembers (EngineSession *self, const char *key);

/** engine_session_get_proxy_authorization: Returns: (nullable): what the proxy on the way to
 * @address, if any, is told by Basic; until the next call */
const char *engine_session_get_proxy_authorization (EngineSession *self, const char *address);

G_END_DECLS
