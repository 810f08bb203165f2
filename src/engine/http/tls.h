/* tls.h: what the whole process needs before its first connection.
 *
 * glib-networking reads the whole bundle of authorities again for each TLS
 * connection that uses the default database (13 ms of processor time each). A
 * database that only hands the question on to the real one is not copied so.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * engine_tls_prepare_process:
 *
 * Sets HTTP/1.1 only, ignores SIGPIPE, and sets the delegating database as the
 * backend's default. Main thread, before any other thread exists.
 */
void engine_tls_prepare_process (void);

/**
 * engine_tls_trust_only:
 * @path: a PEM file of certificate authorities, in place of the system's
 *
 * For the whole process; after engine_tls_prepare_process() and before the first session. Main
 * thread; reads the file.
 *
 * Returns: %FALSE with ENGINE_ERROR_TLS where the file has no certificate
 */
gboolean engine_tls_trust_only (const char *path, GError **error);

/**
 * engine_tls_database_new_delegating:
 * @real: (nullable): the database that decides; %NULL: the system's, which is read when it is first
 *   needed: 35 ms that a plain download does without
 *
 * Returns: (transfer full): one that refuses exactly what @real refuses. Any thread
 */
GTlsDatabase *engine_tls_database_new_delegating (GTlsDatabase *real);

/**
 * engine_tls_describe_errors:
 *
 * Returns: (transfer full): why a certificate is refused, translated, one clause. Any thread
 */
char *engine_tls_describe_errors (GTlsCertificateFlags errors);

G_END_DECLS
