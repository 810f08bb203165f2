/* digest.h: a checksum of bytes that come one after another, as fast as the processor can.
 *
 * GLib's own SHA-256 is several times slower than a fast network, and a whole file's must be there
 * when its last byte is. So where the processor has instructions for it, they are used.
 *
 * One thread at a time.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _EngineDigest EngineDigest;

EngineDigest *engine_digest_new (GChecksumType kind);
void engine_digest_free (EngineDigest *self);

void engine_digest_update (EngineDigest *self, const void *data, gsize length);

/** engine_digest_finish: Returns: (transfer full): in lower-case hexadecimal; nothing may be added
 * any more */
char *engine_digest_finish (EngineDigest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineDigest, engine_digest_free)

G_END_DECLS
