/* Segments: done ranges, and the claims that are out.
 *
 * `done` is sorted, without overlap, neighbours merged. `claims` is sorted by
 * position. What is in neither is free.
 *
 * Invariants: a claim's bytes [position, end) are never in `done` nor in another
 * claim; of a file of unknown length there is at most one claim, without an end.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/segments.h"

/* Cuts lie on this boundary, so that neighbours' writes share no page. */
#define ALIGNMENT 65536

struct _EngineClaim
{
  gint64 position;
  gint64 end; /* -1 unknown */
};

struct _EngineSegments
{
  gint64 total; /* -1 unknown */
  gint64 n_done;
  GArray *done;      /* owned (element-type EngineRange) */
  GPtrArray *claims; /* owned, and so are they */
};

EngineSegments *
engine_segments_new (gint64 total)
{
  EngineSegments *self = g_new0 (EngineSegments, 1);

  self->total = total;
  self->done = g_array_new (FALSE, FALSE, sizeof (EngineRange));
  self->claims = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
engine_segments_free (EngineSegments *self)
{
  g_array_unref (self->done);
  g_ptr_array_unref (self->claims);
  g_free (self);
}

static EngineRange *
get_done (EngineSegments *self, guint i)
{
  return &g_array_index (self->done, EngineRange, i);
}

/* The first done range that ends after @position. */
static guint
find_done (EngineSegments *self, gint64 position)
{
  guint low = 0;
  guint high = self->done->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_done (self, middle)->end <= position)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

gint64
engine_segments_get_total (EngineSegments *self)
{
  return self->total;
}

gboolean
engine_segments_set_total (EngineSegments *self, gint64 total)
{
  if (self->total >= 0)
    return self->total == total;
  if (self->done->len > 0 && get_done (self, self->done->len - 1)->end > total)
    return FALSE;
  for (guint i = 0; i < self->claims->len; i++)
    if (((EngineClaim *) g_ptr_array_index (self->claims, i))->position > total)
      return FALSE;

  self->total = total;
  for (guint i = 0; i < self->claims->len; i++)
    {
      EngineClaim *claim = g_ptr_array_index (self->claims, i);
      guint next = find_done (self, claim->position);

      if (claim->end < 0)
        claim->end = next < self->done->len ? get_done (self, next)->start : total;
    }
  return TRUE;
}

static void
mark_done (EngineSegments *self, gint64 start, gint64 end)
{
  guint i = find_done (self, start);
  EngineRange range = { start, end };
  gboolean joins_left = i > 0 && get_done (self, i - 1)->end == start;
  gboolean joins_right = i < self->done->len && get_done (self, i)->start == end;

  self->n_done += end - start;
  if (joins_left && joins_right)
    {
      get_done (self, i - 1)->end = get_done (self, i)->end;
      g_array_remove_index (self->done, i);
    }
  else if (joins_left)
    get_done (self, i - 1)->end = end;
  else if (joins_right)
    get_done (self, i)->start = start;
  else
    g_array_insert_val (self->done, i, range);
}

gboolean
engine_segments_add_done (EngineSegments *self, gint64 start, gint64 end)
{
  guint i;

  if (start < 0 || start >= end || (self->total >= 0 && end > self->total))
    return FALSE;
  i = find_done (self, start);
  if (i < self->done->len && get_done (self, i)->start < end)
    return FALSE;
  mark_done (self, start, end);
  return TRUE;
}

static int
by_position (gconstpointer a, gconstpointer b)
{
  const EngineClaim *left = *(EngineClaim *const *) a;
  const EngineClaim *right = *(EngineClaim *const *) b;

  return left->position < right->position ? -1 : left->position > right->position;
}

static EngineClaim *
add_claim (EngineSegments *self, gint64 start, gint64 end)
{
  EngineClaim *claim = g_new (EngineClaim, 1);

  claim->position = start;
  claim->end = end;
  g_ptr_array_add (self->claims, claim);
  g_ptr_array_sort (self->claims, by_position);
  return claim;
}

/* The first byte at or after @position that is neither done nor claimed, and where that ends. */
static gboolean
find_free (EngineSegments *self, gint64 *start, gint64 *end)
{
  gint64 position = 0;
  guint d = 0;
  guint c = 0;

  for (;;)
    {
      EngineRange *done = d < self->done->len ? get_done (self, d) : NULL;
      EngineClaim *claim =
          c < self->claims->len ? g_ptr_array_index (self->claims, c) : NULL;
      gint64 next_done = done != NULL ? done->start : G_MAXINT64;
      gint64 next_claim = claim != NULL ? claim->position : G_MAXINT64;
      gint64 next = MIN (next_done, next_claim);

      if (position < next)
        break;
      if (next_done <= next_claim)
        {
          position = MAX (position, done->end);
          d++;
        }
      else
        {
          if (claim->end < 0)
            return FALSE;
          position = MAX (position, claim->end);
          c++;
        }
    }
  *start = position;
  *end = self->total;
  if (d < self->done->len)
    *end = get_done (self, d)->start;
  if (c < self->claims->len)
    {
      gint64 claimed = ((EngineClaim *) g_ptr_array_index (self->claims, c))->position;

      *end = *end < 0 ? claimed : MIN (*end, claimed);
    }
  return self->total < 0 || position < self->total;
}

static EngineClaim *
split_largest (EngineSegments *self, gint64 min_split)
{
  EngineClaim *largest = NULL;
  gint64 most = 0;
  gint64 middle;
  gint64 end;

  for (guint i = 0; i < self->claims->len; i++)
    {
      EngineClaim *claim = g_ptr_array_index (self->claims, i);
      gint64 left = claim->end < 0 ? 0 : claim->end - claim->position;

      if (left > most)
        {
          most = left;
          largest = claim;
        }
    }
  if (largest == NULL || most < 2 * MAX (min_split, 1))
    return NULL;
  middle = largest->position + most / 2;
  if (most >= 4 * ALIGNMENT)
    middle = (middle + ALIGNMENT / 2) / ALIGNMENT * ALIGNMENT;
  end = largest->end;
  largest->end = middle;
  return add_claim (self, middle, end);
}

EngineClaim *
engine_segments_claim (EngineSegments *self, gint64 min_split)
{
  gint64 start;
  gint64 end;

  if (find_free (self, &start, &end))
    return add_claim (self, start, end);
  return split_largest (self, min_split);
}

gint64
engine_claim_get_position (const EngineClaim *claim)
{
  return claim->position;
}

gint64
engine_claim_get_end (const EngineClaim *claim)
{
  return claim->end;
}

gint64
engine_segments_advance (EngineSegments *self, EngineClaim *claim, gint64 bytes)
{
  gint64 counted = claim->end < 0 ? bytes : MIN (bytes, claim->end - claim->position);

  if (counted <= 0)
    return 0;
  mark_done (self, claim->position, claim->position + counted);
  claim->position += counted;
  return counted;
}

void
engine_segments_release (EngineSegments *self, EngineClaim *claim)
{
  g_ptr_array_remove (self->claims, claim);
}

void
engine_segments_finish_unknown (EngineSegments *self, EngineClaim *claim)
{
  g_return_if_fail (claim->end < 0);

  self->total = claim->position;
  claim->end = claim->position;
}

gboolean
engine_segments_is_complete (EngineSegments *self)
{
  return self->total >= 0 && self->n_done == self->total;
}

gint64
engine_segments_get_done (EngineSegments *self)
{
  return self->n_done;
}

gint64
engine_segments_get_contiguous (EngineSegments *self)
{
  if (self->done->len == 0 || get_done (self, 0)->start > 0)
    return 0;
  return get_done (self, 0)->end;
}

int
engine_segments_count_claims (EngineSegments *self)
{
  return self->claims->len;
}

GArray *
engine_segments_dup_done (EngineSegments *self)
{
  return g_array_copy (self->done);
}

GArray *
engine_segments_dup_claimed (EngineSegments *self)
{
  GArray *claimed = g_array_sized_new (FALSE, FALSE, sizeof (EngineRange), self->claims->len);

  for (guint i = 0; i < self->claims->len; i++)
    {
      const EngineClaim *claim = g_ptr_array_index (self->claims, i);
      EngineRange range = { claim->position, claim->end };

      g_array_append_val (claimed, range);
    }
  return claimed;
}

void
engine_segments_reset (EngineSegments *self, gint64 total)
{
  g_return_if_fail (self->claims->len == 0);

  g_array_set_size (self->done, 0);
  self->n_done = 0;
  self->total = total;
}
