/* reply-private.h: from libsoup's message to a reply. The folder's own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "engine/http/reply.h"

G_BEGIN_DECLS

/**
 * engine_reply_read:
 * @now_unix: (seconds since 1970) for Retry-After's date
 *
 * Returns: %FALSE with ENGINE_ERROR_PROTOCOL where the reply contradicts itself
 */
gboolean
engine_reply_read (EngineReply *self, SoupMessage *message, gint64 now_unix, GError **error);

G_END_DECLS
