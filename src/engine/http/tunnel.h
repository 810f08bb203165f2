/* tunnel.h: what a proxy says to being asked for a way through (CONNECT), and whose failure one is.
 *
 * libsoup asks by a message of its own, whose answer it hands on as if it were the server's.
 * A tunnel belongs to one session and its worker.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _EngineTunnel EngineTunnel;

/** engine_tunnel_new: Returns: (transfer full): one that tells proxies their user and password (RFC
 * 9110, 11.7) and hears their answers, for as long as @soup lives */
EngineTunnel *engine_tunnel_new (SoupSession *soup);
void engine_tunnel_free (EngineTunnel *self);

/** engine_tunnel_forget: before a request */
void engine_tunnel_forget (EngineTunnel *self);

/** engine_tunnel_dup_refusal: Returns: (transfer full) (nullable): why the proxy let none of the
 * requests since engine_tunnel_forget() through */
GError *engine_tunnel_dup_refusal (EngineTunnel *self);

/** engine_tunnel_refusal_new: Returns: (transfer full): that a proxy has answered so; one that may
 * pass where @status is the trouble of a moment */
GError *engine_tunnel_refusal_new (int status, const char *reason);

/**
 * engine_tunnel_explain:
 * @error: (transfer full): as engine_http_error_new() made it
 * @address: that was asked
 * @reached: whether there was a connection, be it to a proxy
 * @certificate_errors: of the server
 *
 * Returns: (transfer full): the same; where @address is reached through a proxy, with words that do
 *   not blame the server. May block; a worker's
 */
GError *engine_tunnel_explain (GError *error,
                               const char *address,
                               gboolean reached,
                               GTlsCertificateFlags certificate_errors);

G_END_DECLS
