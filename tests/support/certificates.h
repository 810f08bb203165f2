/* certificates.h: certificates of every kind, made by openssl when a test begins.
 *
 * One thread. Files are in a folder of the caller's.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * certificates_make:
 * @folder: that gets `ca.pem` and, for each kind, `KIND.pem` (certificate, chain and key)
 *
 * Kinds: `good` and `chain` (through an intermediate authority) are for 127.0.0.1 and localhost and
 * by ca.pem; `expired`, `early` (not valid yet), `name` (for another host) are by it too;
 * `stranger` is by another authority; `self` is signed by itself.
 */
void certificates_make (const char *folder);

/** certificates_load: Returns: (transfer full): KIND.pem of @folder */
GTlsCertificate *certificates_load (const char *folder, const char *kind);

G_END_DECLS
