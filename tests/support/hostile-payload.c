/* Made-up contents: a counter, well mixed (SplitMix64), eight bytes a step. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/hostile-payload.h"

#include <string.h>

#define BLOCK 65536

static guint64
mix (guint64 x)
{
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

static void
fill_bytes (GBytes *bytes, gint64 offset, guint8 *buffer, gsize length)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  memset (buffer, 0, length);
  if (offset < (gint64) size)
    memcpy (buffer, data + offset, MIN (length, size - offset));
}

static void
fill_mixed (guint64 key, gint64 offset, guint8 *buffer, gsize length)
{
  gsize done = 0;

  while (done < length)
    {
      guint64 word = GUINT64_TO_LE (mix (key + (offset + done) / 8));
      gsize skip = (offset + done) % 8;
      gsize n = MIN (8 - skip, length - done);

      memcpy (buffer + done, (const guint8 *) &word + skip, n);
      done += n;
    }
}

void
hostile_payload_fill (const HostilePayload *self, gint64 offset, guint8 *buffer, gsize length)
{
  if (self->bytes != NULL)
    fill_bytes (self->bytes, offset, buffer, length);
  else if (self->zeros)
    memset (buffer, 0, length);
  else
    fill_mixed (mix (self->seed * 1000003 + self->version), offset, buffer, length);
  if (self->odd_byte >= offset && self->odd_byte < offset + (gint64) length)
    buffer[self->odd_byte - offset] ^= 1;
}

char *
hostile_payload_dup_digest (const HostilePayload *self, gint64 size, GChecksumType type)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (type);
  guint8 block[BLOCK];

  for (gint64 at = 0; at < size; at += BLOCK)
    {
      gsize n = MIN (BLOCK, size - at);

      hostile_payload_fill (self, at, block, n);
      g_checksum_update (checksum, block, n);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

gint64
hostile_payload_find_difference (const HostilePayload *self,
                                 gint64 offset,
                                 const guint8 *data,
                                 gsize length)
{
  guint8 block[BLOCK];

  for (gsize at = 0; at < length; at += BLOCK)
    {
      gsize n = MIN (BLOCK, length - at);

      hostile_payload_fill (self, offset + at, block, n);
      if (memcmp (block, data + at, n) == 0)
        continue;
      for (gsize i = 0; i < n; i++)
        if (block[i] != data[at + i])
          return offset + at + i;
    }
  return -1;
}
