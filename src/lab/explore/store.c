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

LabPacked
lab_store_pack (const LabState *state, GByteArray *buffer)
{
  LabPacked packed = { .start = buffer->len };
  guint8 *at;

  g_byte_array_set_size (buffer, packed.start + (gsize) state->n_words * LONGEST_WORD);
  at = buffer->data + packed.start;
  for (int i = 0; i < state->n_words; i++)
    {
      guint64 word = (guint64) state->words[i] << 1 ^ (guint64) (state->words[i] >> 63);

      for (; word >= 0x80; word >>= 7)
        *at++ = word | 0x80;
      *at++ = word;
    }
  packed.length = at - buffer->data - packed.start;
  g_byte_array_set_size (buffer, packed.start + packed.length);
  packed.hash = hash_bytes (buffer->data + packed.start, packed.length);
  return packed;
}

static gsize
get_start (const LabStore *self, guint index)
{
  return index > 0 ? self->ends[index - 1] : 0;
}

static gboolean
is_same (const LabStore *self, guint index, const LabPacked *packed, const guint8 *bytes)
{
  gsize start = get_start (self, index);

  return self->ends[index] - start == packed->length &&
         memcmp (self->bytes + start, bytes, packed->length) == 0;
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

static gsize
get_first_place (const LabStore *self, const LabPacked *packed)
{
  return (packed->hash >> 32) >> (32 - self->table_bits);
}

/* Where a state is in the table, or would be. */
static gsize
find_place (const LabStore *self, const LabPacked *packed, const guint8 *bytes)
{
  gsize mask = ((gsize) 1 << self->table_bits) - 1;
  guint64 upper = packed->hash >> 32;
  gsize place = get_first_place (self, packed);

  while (self->table[place] != 0 &&
         (self->table[place] >> 32 != upper ||
          !is_same (self, (guint32) self->table[place] - 1, packed, bytes)))
    place = (place + 1) & mask;
  return place;
}

void
lab_store_fetch_place (const LabStore *self, const LabPacked *packed)
{
  __builtin_prefetch (&self->table[get_first_place (self, packed)]);
}

void
lab_store_fetch_end (const LabStore *self, const LabPacked *packed)
{
  guint64 entry = self->table[get_first_place (self, packed)];

  if (entry != 0)
    __builtin_prefetch (&self->ends[(guint32) entry - 1]);
}

void
lab_store_fetch_bytes (const LabStore *self, const LabPacked *packed)
{
  guint64 entry = self->table[get_first_place (self, packed)];

  if (entry != 0)
    __builtin_prefetch (self->bytes + get_start (self, (guint32) entry - 1));
}

static void
append_packed (LabStore *self, const guint8 *bytes, gsize n)
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
  memcpy (self->bytes + self->n_bytes, bytes, n);
  self->n_bytes += n;
  self->ends[self->n++] = self->n_bytes;
}

guint
lab_store_add (LabStore *self, const LabPacked *packed, const guint8 *buffer, guint64 most)
{
  const guint8 *bytes = buffer + packed->start;
  gsize place = find_place (self, packed, bytes);

  if (self->table[place] != 0)
    return (guint32) self->table[place] - 1;
  if (self->n >= most || self->n_bytes + packed->length > G_MAXUINT32)
    return LAB_STORE_NONE;
  append_packed (self, bytes, packed->length);
  self->table[place] = (packed->hash >> 32) << 32 | self->n;
  if (self->n > ((gsize) 1 << self->table_bits) / 10 * 6)
    grow_table (self);
  return self->n - 1;
}

guint
lab_store_find (const LabStore *self, const LabState *state)
{
  g_autoptr (GByteArray) buffer = g_byte_array_new ();
  LabPacked packed = lab_store_pack (state, buffer);
  gsize place = find_place (self, &packed, buffer->data);

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
  return self->n_bytes + self->n_allocated * sizeof (guint32) +
         (sizeof (guint64) << self->table_bits);
}
