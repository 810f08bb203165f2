/* Checksums. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/digest.h"

#include <string.h>

#include "engine/plan/digest-private.h"

struct _EngineDigest
{
  GChecksum *slow; /* owned; NULL: the processor's own SHA-256 is used */

  /* Of that. */
  guint32 state[8];
  guint64 length; /* bytes so far */
  guint8 block[ENGINE_SHA256_BLOCK];
};

EngineDigest *
engine_digest_new (GChecksumType kind)
{
  /* FIPS 180-4, 5.3.3. */
  static const guint32 start[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
  EngineDigest *self = g_new0 (EngineDigest, 1);

  if (kind == G_CHECKSUM_SHA256 && engine_sha256_is_there ())
    memcpy (self->state, start, sizeof start);
  else
    self->slow = g_checksum_new (kind);
  return self;
}

void
engine_digest_free (EngineDigest *self)
{
  g_clear_pointer (&self->slow, g_checksum_free);
  g_free (self);
}

static void
add (EngineDigest *self, const guint8 *data, gsize length)
{
  gsize used = self->length % ENGINE_SHA256_BLOCK;
  gsize blocks;

  self->length += length;
  if (used > 0)
    {
      gsize n = MIN (length, ENGINE_SHA256_BLOCK - used);

      memcpy (self->block + used, data, n);
      data += n;
      length -= n;
      if (used + n < ENGINE_SHA256_BLOCK)
        return;
      engine_sha256_compress (self->state, self->block, 1);
    }
  blocks = length / ENGINE_SHA256_BLOCK;
  engine_sha256_compress (self->state, data, blocks);
  memcpy (self->block, data + blocks * ENGINE_SHA256_BLOCK, length % ENGINE_SHA256_BLOCK);
}

void
engine_digest_update (EngineDigest *self, const void *data, gsize length)
{
  if (self->slow != NULL)
    g_checksum_update (self->slow, data, length);
  else if (length > 0)
    add (self, data, length);
}

/* FIPS 180-4, 5.1.1: a bit, zeros, and the length in bits. */
static void
pad (EngineDigest *self)
{
  guint8 end[2 * ENGINE_SHA256_BLOCK] = { 0x80 };
  guint64 bits = GUINT64_TO_BE (self->length * 8);
  gsize used = self->length % ENGINE_SHA256_BLOCK;
  gsize zeros = (used < 56 ? 56 : 56 + ENGINE_SHA256_BLOCK) - used;

  memcpy (end + zeros, &bits, sizeof bits);
  add (self, end, zeros + sizeof bits);
}

char *
engine_digest_finish (EngineDigest *self)
{
  GString *hex;

  if (self->slow != NULL)
    return g_strdup (g_checksum_get_string (self->slow));
  pad (self);
  hex = g_string_sized_new (64);
  for (int i = 0; i < 8; i++)
    g_string_append_printf (hex, "%08x", self->state[i]);
  return g_string_free (hex, FALSE);
}
