/* digest-private.h: SHA-256 by the processor's own instructions. This folder's own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ENGINE_SHA256_BLOCK 64

/** engine_sha256_is_there: Returns: whether the processor has them. Any thread */
gboolean engine_sha256_is_there (void);

/** engine_sha256_compress: @data: @blocks whole blocks. FIPS 180-4, 6.2.2. Only where they are
 * there
 */
void engine_sha256_compress (guint32 state[8], const guint8 *data, gsize blocks);

G_END_DECLS
