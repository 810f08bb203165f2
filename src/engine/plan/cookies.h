/* cookies.h: the cookies of a Netscape cookie file, and which of them an address gets.
 *
 * Pure; immutable once parsed, so any thread may read it.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _EngineCookies EngineCookies;

/**
 * engine_cookies_parse:
 * @text: lines of seven fields, tabs between them: domain, whether its subdomains count, path,
 *   whether only for https, expiry (seconds since 1970, 0: none), name, value
 *
 * Returns: (transfer full): the cookies; %NULL with ENGINE_ERROR_ADDRESS where @text has lines
 *   and none of them is a cookie
 */
EngineCookies *engine_cookies_parse (const char *text, GError **error);
EngineCookies *engine_cookies_ref (EngineCookies *self);
void engine_cookies_unref (EngineCookies *self);

/**
 * engine_cookies_dup_header:
 * @now_unix: (seconds since 1970)
 *
 * RFC 6265, 5.1.3, 5.1.4 and 5.4: domain, path, secure, expiry; longer paths first.
 *
 * Returns: (transfer full) (nullable): the value of `Cookie` for @address
 */
char *engine_cookies_dup_header (EngineCookies *self, const char *address, gint64 now_unix);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineCookies, engine_cookies_unref)

G_END_DECLS
