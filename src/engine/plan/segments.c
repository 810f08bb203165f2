/* Segments: done ranges, and the claims that are out.
 *
 * `done` is sorted, without overlap, neighbours merged. `claims` is sorted by
 * position. What is in neither is free.
 *
 * Invariants: a claim's bytes [position, end) are never in `done` nor in another
 * claim but its rival, which then has the very same; of a file of unknown length
 * there is at most one claim, without an end.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/segments-private.h"

/* One that has not delivered a byte for so long lets its neighbour read on, in microseconds. */
#define UNTOUCHED_US 500000

EngineSegments *
engine_segments_new (gint64 total)
{
  EngineSegments *self = g_new0 (EngineSegments, 1);

  self->total = total;
  self->done = g_array_new (FALSE, FALSE, sizeof (EngineRange));
  self->claims = g_ptr_array_new_with_free_func (g_free);
  self->spent = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
engine_segments_free (EngineSegments *self)
{
  g_array_unref (self->done);
  g_ptr_array_unref (self->claims);
  g_ptr_array_unref (self->spent);
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

static void
set_end (EngineClaim *claim, gint64 end)
{
  atomic_store_explicit (&claim->end, end, memory_order_relaxed);
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

      if (engine_claim_end (claim) < 0)
        set_end (claim, next < self->done->len ? get_done (self, next)->start : total);
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
add_claim (EngineSegments *self, gint64 start, gint64 end, const EngineWish *wish)
{
  EngineClaim *claim = g_new0 (EngineClaim, 1);

  claim->start = start;
  claim->position = start;
  atomic_init (&claim->end, end);
  claim->owner = wish->owner;
  claim->opened_us = wish->now_us;
  claim->heard_us = wish->now_us;
  engine_pace_begin (&claim->pace, wish->rate, wish->now_us);
  g_ptr_array_add (self->claims, claim);
  g_ptr_array_sort (self->claims, by_position);
  return claim;
}

static void
part_rivals (EngineClaim *claim)
{
  if (claim->rival != NULL)
    claim->rival->rival = NULL;
  claim->rival = NULL;
}

/* Nothing is left of it; its owner will find out. */
static void
empty (EngineSegments *self, EngineClaim *claim)
{
  guint i;

  part_rivals (claim);
  set_end (claim, claim->position);
  if (g_ptr_array_find (self->claims, claim, &i))
    g_ptr_array_add (self->spent, g_ptr_array_steal_index (self->claims, i));
}

gboolean
engine_segments_find_free (EngineSegments *self, gint64 *start, gint64 *end)
{
  gint64 position = 0;
  guint d = 0;
  guint c = 0;

  for (;;)
    {
      EngineRange *done = d < self->done->len ? get_done (self, d) : NULL;
      EngineClaim *claim = c < self->claims->len ? g_ptr_array_index (self->claims, c) : NULL;
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
          if (engine_claim_end (claim) < 0)
            return FALSE;
          position = MAX (position, engine_claim_end (claim));
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

EngineClaim *
engine_segments_claim (EngineSegments *self, const EngineWish *wish, EngineClaim **robbed)
{
  EngineChoice choice = engine_split_choose (self, wish);
  EngineClaim *claim;

  *robbed = NULL;
  switch (choice.kind)
    {
    case ENGINE_CHOICE_FREE:
      return add_claim (self, choice.start, engine_split_shorten (self, wish, &choice), wish);
    case ENGINE_CHOICE_RIVAL:
      claim = add_claim (self, choice.start, choice.end, wish);
      claim->rival = choice.victim;
      choice.victim->rival = claim;
      return claim;
    case ENGINE_CHOICE_SPLIT:
      if (choice.start == choice.victim->position)
        {
          empty (self, choice.victim);
          *robbed = choice.victim;
        }
      else
        set_end (choice.victim, choice.start);
      return add_claim (self, choice.start, choice.end, wish);
    case ENGINE_CHOICE_NONE:
    default:
      return NULL;
    }
}

gboolean
engine_segments_is_worth_joining (EngineSegments *self, const EngineWish *wish)
{
  return engine_split_choose (self, wish).kind != ENGINE_CHOICE_NONE;
}

/* The claim that begins at @position, is not @but and has something left. */
static EngineClaim *
find_claim_at (EngineSegments *self, gint64 position, const EngineClaim *but)
{
  for (guint i = 0; i < self->claims->len; i++)
    {
      EngineClaim *claim = g_ptr_array_index (self->claims, i);

      if (claim != but && claim->position == position && engine_claim_end (claim) > position)
        return claim;
    }
  return NULL;
}

/* The first byte from @position on that is done or claimed, else the file's end. */
static gint64
find_taken (EngineSegments *self, gint64 position, const EngineClaim *but)
{
  guint d = find_done (self, position);
  gint64 taken = d < self->done->len ? MAX (position, get_done (self, d)->start) : self->total;

  for (guint i = 0; i < self->claims->len; i++)
    {
      const EngineClaim *claim = g_ptr_array_index (self->claims, i);

      if (claim != but && engine_claim_end (claim) > position && claim->position < taken)
        taken = MAX (position, claim->position);
    }
  return taken;
}

gboolean
engine_segments_extend (
    EngineSegments *self, EngineClaim *claim, gint64 limit, gint64 now_us, EngineClaim **robbed)
{
  gint64 end = engine_claim_end (claim);
  EngineClaim *next;
  gint64 taken;

  *robbed = NULL;
  /* What comes next on an overshot one's connection does not belong where it stands. */
  if (self->total < 0 || end < 0 || claim->overshot || claim->position != end || end >= self->total ||
      (limit >= 0 && limit <= end) || g_ptr_array_find (self->spent, claim, NULL))
    return FALSE;
  taken = find_taken (self, end, claim);
  if (taken > end)
    {
      set_end (claim, limit < 0 ? taken : MIN (taken, limit));
      return TRUE;
    }
  next = find_claim_at (self, end, claim);
  if (next == NULL || next->start != next->position || next->rival != NULL || next->resting ||
      now_us - next->opened_us < UNTOUCHED_US || (limit >= 0 && limit < engine_claim_end (next)))
    return FALSE;
  set_end (claim, engine_claim_end (next));
  empty (self, next);
  *robbed = next;
  return TRUE;
}

gint64
engine_claim_get_position (const EngineClaim *claim)
{
  return claim->position;
}

gint64
engine_claim_get_end (const EngineClaim *claim)
{
  return engine_claim_end (claim);
}

gint64
engine_claim_get_start (const EngineClaim *claim)
{
  return claim->start;
}

gpointer
engine_claim_get_owner (const EngineClaim *claim)
{
  return claim->owner;
}

gboolean
engine_claim_is_rival (const EngineClaim *claim)
{
  return claim->rival != NULL;
}

double
engine_claim_get_rate (const EngineClaim *claim, gint64 now_us)
{
  return engine_pace_get (&claim->pace, now_us);
}

void
engine_claim_set_resting (EngineClaim *claim, gboolean resting, gint64 now_us)
{
  claim->resting = resting;
  claim->heard_us = now_us;
}

gint64
engine_segments_advance (
    EngineSegments *self, EngineClaim *claim, gint64 bytes, gint64 now_us, EngineClaim **robbed)
{
  gint64 end = engine_claim_end (claim);
  gint64 counted = end < 0 ? bytes : MIN (bytes, end - claim->position);

  *robbed = NULL;
  claim->heard_us = now_us;
  claim->overshot = claim->overshot || counted < bytes;
  engine_pace_add (&claim->pace, MAX (counted, 0), now_us);
  if (counted <= 0)
    return 0;
  if (claim->rival != NULL)
    {
      *robbed = claim->rival;
      empty (self, claim->rival);
    }
  mark_done (self, claim->position, claim->position + counted);
  claim->position += counted;
  return counted;
}

void
engine_segments_release (EngineSegments *self, EngineClaim *claim)
{
  part_rivals (claim);
  if (!g_ptr_array_remove (self->spent, claim))
    g_ptr_array_remove (self->claims, claim);
}

void
engine_segments_finish_unknown (EngineSegments *self, EngineClaim *claim)
{
  g_return_if_fail (engine_claim_end (claim) < 0);

  self->total = claim->position;
  set_end (claim, claim->position);
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
  return self->claims->len + self->spent->len;
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
      EngineRange range = { claim->position, engine_claim_end (claim) };
      gboolean second = claimed->len > 0 &&
                        g_array_index (claimed, EngineRange, claimed->len - 1).start == range.start;

      if (range.start != range.end && !second)
        g_array_append_val (claimed, range);
    }
  return claimed;
}

void
engine_segments_reset (EngineSegments *self, gint64 total)
{
  g_return_if_fail (self->claims->len == 0 && self->spent->len == 0);

  g_array_set_size (self->done, 0);
  self->n_done = 0;
  self->total = total;
}
