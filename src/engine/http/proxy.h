/* proxy.h: the system's proxies, asked once for each host.
 *
 * The system's resolver costs 0.4 ms a connection and may block on D-Bus or a
 * configuration script, so its answer is kept for half a minute.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * engine_proxy_get_resolver:
 *
 * Returns: (transfer none): the one resolver of the process. Any thread; its look-ups may
 *   block, so they belong to workers
 */
GProxyResolver *engine_proxy_get_resolver (void);

/** engine_proxy_is_direct: Returns: whether @address is reached with no proxy. May block; a
 * worker's */
gboolean engine_proxy_is_direct (const char *address);

/**
 * engine_proxy_dup_host:
 * @secure: (out): whether it is itself spoken to over TLS
 *
 * Returns: (transfer full) (nullable): the host of the proxy on the way to @address, %NULL where
 *   there is none. May block; a worker's
 */
char *engine_proxy_dup_host (const char *address, gboolean *secure);

/**
 * engine_proxy_dup_authorization:
 * @address:
 *
 * Returns: (transfer full) (nullable): the value of `Proxy-Authorization` for the proxy on the way
 *   to @address, where its own address has a user and it is spoken to over plain HTTP; any other
 *   is told by GIO, and what we sent would reach the server. May block; a worker's
 */
char *engine_proxy_dup_authorization (const char *address);

/**
 * engine_proxy_set:
 * @address: (nullable): `http://`, `https://` or `socks5://` with host and port, user and password
 * as may be; `none`; %NULL for the system's
 *
 * For the whole process; before its first session. Main thread.
 *
 * Returns: %FALSE with ENGINE_ERROR_ADDRESS where @address is no such proxy
 */
gboolean engine_proxy_set (const char *address, GError **error);

G_END_DECLS
