/* redirect.h: where a redirect leads, and what may be taken along. The folder's own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/** engine_redirect_is: Returns: whether @status leads elsewhere (RFC 9110, 15.4) */
gboolean engine_redirect_is (int status);

/**
 * engine_redirect_resolve:
 * @address: that was asked
 * @location: (nullable): what the reply said
 *
 * Returns: (transfer full): where to go, without a fragment; %NULL with ENGINE_ERROR_REDIRECT
 *   where that is nowhere, no web address, or from https to http
 */
char *engine_redirect_resolve (const char *address, const char *location, GError **error);

/* Cookies that were set on the way, each for the very host that set it. */
typedef struct _EngineTrail EngineTrail;

EngineTrail *engine_trail_new (void);
void engine_trail_free (EngineTrail *self);

/** engine_trail_note: keeps what the reply to @message sets, for the rest of this way */
void engine_trail_note (EngineTrail *self, SoupMessage *message);

/** engine_trail_dup_header: Returns: (transfer full) (nullable): what @uri's own host has set and
 * wants back */
char *engine_trail_dup_header (EngineTrail *self, GUri *uri);

G_END_DECLS
