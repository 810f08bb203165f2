/* http-error.h: what GIO and libsoup report, in the words and codes of the engine.
 *
 * Any thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engine/plan/error.h"

G_BEGIN_DECLS

/**
 * engine_http_error_new:
 * @error: (transfer full): as a call of GIO or libsoup left it
 * @host: what was asked, for the message
 * @certificate_errors: of the connection, 0 where there were none
 *
 * Returns: (transfer full): the same in the ENGINE_ERROR domain
 */
GError *
engine_http_error_new (GError *error, const char *host, GTlsCertificateFlags certificate_errors);

G_END_DECLS
