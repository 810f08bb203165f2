/* The set of states.
 *
 * A state's words are mostly small, so each is written in groups of seven bits, its sign in the
 * lowest: two threads of ten increments need eight bytes a state.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/explore/store.h"

#include <string.h>

#include "lab/machine/machine-private.h"

#define LONGEST_WORD 10

void
lab_store_init (LabStore *self)
{
  *self = (LabStore){ .table_bits = 10 };
  self->table = g_new0 (guint64, (gsize) 1 << self->table_bits);
}

void
lab_store_clear (LabStore *self)
{
  g_free (self->bytes);
  g_free (self->ends);
  g_free (self->table);
  g_free (self->packed);
}

static gsize
pack (LabStore *self, const LabState *state)
{
  gsize most = (gsize) state->n_words * LONGEST_WORD;
  guint8 *at;

  if (most > self->n_packed_allocated)
    {
      self->n_packed_allocated = most * 2;
      self->packed = g_realloc (self->packed, self->n_packed_allocated);
    }
  at = self->packed;
  for (int i = 0; i < state->n_words; i++)
    {
      guint64 word = (guint64) state->words[i] << 1 ^ (guint64) (state->words[i] >> 63);

      for (; word >= 0x80; word >>= 7)
        *at++ = word | 0x80;
      *at++ = word;
    }
  return at - self->packed;
}

static void
unpack (const guint8 *at, const guint8 *end, LabState *state)
{
  /* Each word has at least one byte. */
  lab_state_reserve (state, end - at);
  state->n_words = 0;
  while (at < end)
    {
      guint64 word = 0;
      int shift = 0;

      for (; *at >= 0x80; shift += 7)
        word |= (guint64) (*at++ & 0x7f) << shift;
      word |= (guint64) *at++ << shift;
      state->words[state->n_words++] = (gint64) (word >> 1 ^ -(word & 1));
    }
}

/* Multiply and fold, eight bytes at a time. */
static guint64
mix (guint64 a, guint64 b)
{
  unsigned __int128 product = (unsigned __int128) a * b;

  return (guint64) product ^ (guint64) (product >> 64);
}

static guint64
hash_bytes (const guint8 *bytes, gsize n)
{
  guint64 hash = G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) ^ n;
  guint64 part;

  for (; n >= 8; n -= 8, bytes += 8)
    {
      memcpy (&part, bytes, 8);
      hash = mix (hash ^ part, G_GUINT64_CONSTANT (0xa0761d6478bd642f));
    }
  part = 0;
  memcpy (&part, bytes, n);
  hash = mix (hash ^ part, G_GUINT64_CONSTANT (0xe7037ed1a0b428db));
  return mix (hash, G_GUINT64_CONSTANT (0x8ebc6af09c88c6e3));
}

static gsize
get_start (const LabStore *self, guint index)
{
  return index > 0 ? self->ends[index - 1] : 0;
}

static gboolean
is_packed (const LabStore *self, guint index, gsize n)
{
  gsize start = get_start (self, index);

  return self->ends[index] - start == n && memcmp (self->bytes + start, self->packed, n) == 0;
}

static void
grow_table (LabStore *self)
{
  gsize old_size = (gsize) 1 << self->table_bits;
  g_autofree guint64 *old = g_steal_pointer (&self->table);
  gsize mask;

  self->table_bits++;
  mask = ((gsize) 1 << self->table_bits) - 1;
  self->table = g_new0 (guint64, mask + 1);
  for (gsize i = 0; i < old_size; i++)
    if (old[i] != 0)
      {
        /* The upper half of the hash says where: the table never has more than 2^32 places. */
        gsize place = (old[i] >> 32) >> (32 - self->table_bits);

        while (self->table[place] != 0)
          place = (place + 1) & mask;
        self->table[place] = old[i];
      }
}

/* Where the state packed is in the table, or would be. */
static gsize
find_place (const LabStore *self, guint64 hash, gsize n)
{
  gsize mask = ((gsize) 1 << self->table_bits) - 1;
  guint64 upper = hash >> 32;
  gsize place = upper >> (32 - self->table_bits);

  while (self->table[place] != 0 && (self->table[place] >> 32 != upper ||
                                     !is_packed (self, (guint32) self->table[place] - 1, n)))
    place = (place + 1) & mask;
  return place;
}

static void
append_packed (LabStore *self, gsize n)
{
  if (self->n_bytes + n > self->n_bytes_allocated)
    {
      self->n_bytes_allocated = MAX (self->n_bytes + n, self->n_bytes_allocated * 3 / 2 + 4096);
      self->bytes = g_realloc (self->bytes, self->n_bytes_allocated);
    }
  if (self->n == self->n_allocated)
    {
      self->n_allocated = self->n_allocated * 3 / 2 + 1024;
      self->ends = g_renew (guint32, self->ends, self->n_allocated);
    }
  memcpy (self->bytes + self->n_bytes, self->packed, n);
  self->n_bytes += n;
  self->ends[self->n++] = self->n_bytes;
}

guint
lab_store_add (LabStore *self, const LabState *state, guint64 most, gboolean *is_new)
{
  gsize n = pack (self, state);
  guint64 hash = hash_bytes (self->packed, n);
  gsize place = find_place (self, hash, n);

  *is_new = self->table[place] == 0;
  if (!*is_new)
    return (guint32) self->table[place] - 1;
  if (self->n >= most || self->n_bytes + n > G_MAXUINT32)
    return LAB_STORE_NONE;
  append_packed (self, n);
  self->table[place] = (hash >> 32) << 32 | self->n;
  if (self->n > ((gsize) 1 << self->table_bits) / 10 * 6)
    grow_table (self);
  return self->n - 1;
}

guint
lab_store_find (LabStore *self, const LabState *state)
{
  gsize n = pack (self, state);
  gsize place = find_place (self, hash_bytes (self->packed, n), n);

  return self->table[place] == 0 ? LAB_STORE_NONE : (guint32) self->table[place] - 1;
}

void
lab_store_get (const LabStore *self, guint index, LabState *state)
{
  unpack (self->bytes + get_start (self, index), self->bytes + self->ends[index], state);
}

guint64
lab_store_get_size (const LabStore *self)
{
  return self->n_bytes + self->n_packed_allocated + self->n_allocated * sizeof (guint32) +
         (sizeof (guint64) << self->table_bits);
}
