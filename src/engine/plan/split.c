/* Which piece a connection that has none takes.
 *
 * The aim is that all connections end at the same moment: whoever is free takes from the claim that
 * would end last.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "engine/plan/segments-private.h"

/* What ends by itself within this is left alone: a request takes as long. In microseconds. */
#define SOON_US 250000

/* What a new request costs before its first byte, about. In microseconds. */
#define REQUEST_US 100000

/* Under this part of the median rate a claim is slow, and what it holds is better elsewhere. */
#define SLOW 0.3

#define MOST_MEASURED 64

/* So far ahead of a file's start, in bytes, others may always be where it is to grow from there. */
#define AHEAD (8 * 1024 * 1024)

static int
by_rate (const void *a, const void *b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

/* Of the rates that are known; below 0 where none is. */
static double
get_median_rate (EngineSegments *self, gint64 now_us)
{
  double rates[MOST_MEASURED];
  int n = 0;

  for (guint i = 0; i < self->claims->len && n < MOST_MEASURED; i++)
    {
      double rate = engine_claim_get_rate (g_ptr_array_index (self->claims, i), now_us);

      if (rate >= 0)
        rates[n++] = rate;
    }
  if (n == 0)
    return -1;
  qsort (rates, n, sizeof rates[0], by_rate);
  return rates[n / 2];
}

static gboolean
is_silent (const EngineClaim *claim, gint64 now_us)
{
  return !claim->resting && now_us - claim->heard_us >= ENGINE_SILENT_US;
}

static gint64
align (gint64 position)
{
  return (position + ENGINE_SMALLEST_PIECE / 2) / ENGINE_SMALLEST_PIECE * ENGINE_SMALLEST_PIECE;
}

/* Both pieces are long, and neither connection is much slower than the other. */
static gboolean
cut_evenly (const EngineClaim *claim, gint64 min_split, gint64 wanted, gint64 *cut)
{
  gint64 end = engine_claim_end (claim);
  gint64 low = claim->position + min_split;
  gint64 high = end - min_split;

  *cut = CLAMP (wanted, low, high);
  /* Below two pages of ours a boundary would move the cut out of the claim. */
  if (high - low >= ENGINE_SMALLEST_PIECE)
    *cut = CLAMP (align (*cut), low, high);
  return *cut > claim->position && *cut < end;
}

/* One would be waited for: what is left is cut as small as it must be, or taken whole. */
static gboolean
cut_tail (const EngineClaim *claim, double theirs, double mine, gint64 wanted, gint64 *cut)
{
  gint64 end = engine_claim_end (claim);
  gint64 left = end - claim->position;

  *cut = align (wanted);
  if (*cut - claim->position < ENGINE_SMALLEST_PIECE || end - *cut < ENGINE_SMALLEST_PIECE)
    {
      if (end - wanted < left / 2 || left / mine + REQUEST_US / 1e6 > left / MAX (theirs, 1e-3))
        return FALSE;
      *cut = claim->position;
    }
  return TRUE;
}

/* Where @wish's piece of @claim would begin. Returns: %FALSE where none is worth a request */
static gboolean
find_cut (const EngineClaim *claim, const EngineWish *wish, double median, gint64 *cut)
{
  gint64 left = engine_claim_end (claim) - claim->position;
  gint64 min_split = MAX (wish->min_split, 1);
  double theirs = engine_claim_get_rate (claim, wish->now_us);
  double mine = wish->rate >= 0 ? wish->rate : median;
  gboolean known = theirs >= 0 && mine > 0;
  gint64 wanted;

  if (left <= 0 || claim->rival != NULL)
    return FALSE;
  if (!known)
    theirs = mine = 1;
  else if (left / MAX (theirs, 1e-3) < SOON_US / 1e6)
    return FALSE;
  wanted = claim->position + left - (gint64) (left * (mine / (theirs + mine)));
  if (left >= 2 * min_split && mine >= SLOW * theirs && theirs >= SLOW * mine)
    return cut_evenly (claim, min_split, wanted, cut);
  return known && (wish->tail || theirs < SLOW * mine) && left >= ENGINE_SMALLEST_PIECE / 4 &&
         cut_tail (claim, theirs, mine, wanted, cut);
}

/* How long, in seconds, @claim takes for the rest. */
static double
get_time_left (const EngineClaim *claim, double median, gint64 now_us)
{
  double rate = engine_claim_get_rate (claim, now_us);

  if (rate < 0)
    rate = median > 0 ? median : 1;
  return (engine_claim_end (claim) - claim->position) / MAX (rate, 1e-3);
}

static EngineChoice
choose_split (EngineSegments *self, const EngineWish *wish)
{
  EngineChoice choice = { ENGINE_CHOICE_NONE };
  double median = get_median_rate (self, wish->now_us);
  double longest = -1;

  for (guint i = 0; i < self->claims->len; i++)
    {
      EngineClaim *claim = g_ptr_array_index (self->claims, i);
      double time = get_time_left (claim, median, wish->now_us);
      gint64 cut;

      if (engine_claim_end (claim) < 0 || time <= longest || !find_cut (claim, wish, median, &cut))
        continue;
      longest = time;
      choice = (EngineChoice){ ENGINE_CHOICE_SPLIT, cut, engine_claim_end (claim), claim };
    }
  return choice;
}

/* Which part of what comes is this one's, as far as rates are known. */
static double
get_part (EngineSegments *self, const EngineWish *wish)
{
  double sum = wish->rate;

  for (guint i = 0; i < self->claims->len && wish->rate > 0; i++)
    sum += MAX (engine_claim_get_rate (g_ptr_array_index (self->claims, i), wish->now_us), 0);
  return wish->rate > 0 ? wish->rate / sum : 1.0 / (self->claims->len + 1);
}

/* How long a piece is where the file is to grow from its start: its part of half of what is left,
 * so that pieces get shorter towards the end. */
static gint64
get_window (EngineSegments *self, const EngineWish *wish)
{
  gint64 share = (gint64) ((self->total - self->n_done) / 2.0 * get_part (self, wish));

  return MAX (align (MIN (wish->window, share)),
              MAX (wish->min_split, (gint64) ENGINE_SMALLEST_PIECE));
}

gint64
engine_split_shorten (EngineSegments *self, const EngineWish *wish, const EngineChoice *choice)
{
  gint64 window;

  if (wish->window <= 0 || choice->end < 0)
    return choice->end;
  window = get_window (self, wish);
  /* No crumbs are left behind. */
  return choice->end - choice->start < 2 * window ? choice->end : choice->start + window;
}

/* A claim that reaches far beyond its window gives all of that. */
static EngineChoice
choose_beyond (EngineSegments *self, const EngineWish *wish)
{
  gint64 window = wish->window > 0 && self->total >= 0 ? get_window (self, wish) : 0;

  for (guint i = 0; window > 0 && i < self->claims->len; i++)
    {
      EngineClaim *claim = g_ptr_array_index (self->claims, i);
      gint64 end = engine_claim_end (claim);
      gint64 cut = align (claim->position + window);

      if (claim->rival == NULL && end - cut >= window)
        return (EngineChoice){ ENGINE_CHOICE_SPLIT, cut, MIN (cut + window, end), claim };
    }
  return (EngineChoice){ ENGINE_CHOICE_NONE };
}

/* One claim holds up the file's growth while what follows it is long there: it is helped first. How
 * far ahead the others may be shrinks with what is left, so that in the end all is in order. */
static EngineChoice
choose_front (EngineSegments *self, const EngineWish *wish)
{
  gint64 contiguous = engine_segments_get_contiguous (self);
  EngineWish tail = *wish;
  gint64 start;
  gint64 end;

  tail.tail = TRUE;
  if (wish->window <= 0 || self->total < 0 || !engine_segments_find_free (self, &start, &end) ||
      start - contiguous <= MAX (self->total - self->n_done, AHEAD))
    return (EngineChoice){ ENGINE_CHOICE_NONE };
  for (guint i = 0; i < self->claims->len; i++)
    {
      EngineClaim *claim = g_ptr_array_index (self->claims, i);
      gint64 cut;

      if (claim->position == contiguous && engine_claim_end (claim) > contiguous &&
          find_cut (claim, &tail, get_median_rate (self, wish->now_us), &cut))
        return (EngineChoice){ ENGINE_CHOICE_SPLIT, cut, engine_claim_end (claim), claim };
    }
  return (EngineChoice){ ENGINE_CHOICE_NONE };
}

EngineChoice
engine_split_choose (EngineSegments *self, const EngineWish *wish)
{
  EngineChoice choice = choose_front (self, wish);

  if (choice.kind != ENGINE_CHOICE_NONE)
    return choice;
  choice.kind = ENGINE_CHOICE_FREE;
  if (engine_segments_find_free (self, &choice.start, &choice.end))
    return choice;
  for (guint i = 0; i < self->claims->len; i++)
    {
      EngineClaim *claim = g_ptr_array_index (self->claims, i);

      if (engine_claim_end (claim) > claim->position && claim->rival == NULL &&
          is_silent (claim, wish->now_us))
        return (EngineChoice){ ENGINE_CHOICE_RIVAL, claim->position, engine_claim_end (claim),
                               claim };
    }
  choice = choose_beyond (self, wish);
  return choice.kind != ENGINE_CHOICE_NONE ? choice : choose_split (self, wish);
}

int
engine_segments_count_stragglers (EngineSegments *self, gint64 now_us)
{
  double median = get_median_rate (self, now_us);
  int n = 0;

  for (guint i = 0; i < self->claims->len; i++)
    {
      EngineClaim *claim = g_ptr_array_index (self->claims, i);
      double rate = engine_claim_get_rate (claim, now_us);
      gboolean slow = rate >= 0 && rate < SLOW * median;

      if (!slow)
        claim->slow_since_us = 0;
      else if (claim->slow_since_us == 0)
        claim->slow_since_us = now_us;
      if (claim->rival == NULL && (is_silent (claim, now_us) ||
                                   (slow && now_us - claim->slow_since_us >= ENGINE_STRAGGLING_US)))
        n++;
    }
  return n;
}
