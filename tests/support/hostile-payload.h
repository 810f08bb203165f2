/* hostile-payload.h: made-up file contents of which any byte can be computed.
 *
 * Pure; any thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a made-up file holds. */
typedef struct
{
  guint64 seed;
  guint64 version; /* another version differs in nearly every byte */
  gint64 odd_byte; /* the one byte that differs from this version, -1: none */
  gboolean zeros;  /* all bytes are 0, whatever the seed */
  GBytes *bytes;   /* borrowed, nullable: these very bytes in place of made-up ones */
} HostilePayload;

#define HOSTILE_PAYLOAD_INIT                                                                       \
  {                                                                                                \
    .seed = 1, .version = 1, .odd_byte = -1                                                        \
  }

/** hostile_payload_fill: puts the bytes from @offset on into @buffer */
void hostile_payload_fill (const HostilePayload *self, gint64 offset, guint8 *buffer, gsize length);

/** hostile_payload_dup_digest: Returns: (transfer full): of its first @size bytes, in hexadecimal
 */
char *hostile_payload_dup_digest (const HostilePayload *self, gint64 size, GChecksumType type);

/** hostile_payload_find_difference: Returns: the first byte of @data that is not the payload's from
 * @offset on, -1 where none */
gint64 hostile_payload_find_difference (const HostilePayload *self,
                                        gint64 offset,
                                        const guint8 *data,
                                        gsize length);

G_END_DECLS
