/* Segments: by example, and by a hundred thousand random histories.
 *
 * A history claims, advances, splits, hedges, reads on, fails and finishes in any order that the
 * connections of a download could; a second, simpler book is kept of what was counted. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/segments.h"

#define KIB 1024
#define MIB (1024 * 1024)
#define SECOND G_GINT64_CONSTANT (1000000)
#define HISTORIES 100000
#define MOST_CLAIMS 8
#define MOST_STEPS 400

static EngineClaim *
claim_at (EngineSegments *segments, gint64 min_split, double rate, gint64 now_us)
{
  EngineWish wish = { .min_split = min_split, .rate = rate, .now_us = now_us };
  EngineClaim *robbed;

  return engine_segments_claim (segments, &wish, &robbed);
}

static void
advance_at (EngineSegments *segments, EngineClaim *claim, gint64 bytes, gint64 now_us)
{
  EngineClaim *robbed;

  engine_segments_advance (segments, claim, bytes, now_us, &robbed);
}

static void
test_the_first_claim_is_the_whole_file (void)
{
  g_autoptr (EngineSegments) segments = engine_segments_new (-1);
  EngineClaim *claim = claim_at (segments, MIB, -1, 0);

  g_assert_cmpint (engine_claim_get_position (claim), ==, 0);
  g_assert_cmpint (engine_claim_get_end (claim), ==, -1);
  g_assert_null (claim_at (segments, MIB, -1, 0));
  g_assert_true (engine_segments_set_total (segments, 10 * MIB));
  g_assert_cmpint (engine_claim_get_end (claim), ==, 10 * MIB);
}

static void
test_unknown_rates_are_split_in_halves (void)
{
  g_autoptr (EngineSegments) segments = engine_segments_new (16 * MIB);
  EngineClaim *first = claim_at (segments, MIB, -1, 0);
  EngineClaim *second = claim_at (segments, MIB, -1, 0);

  g_assert_cmpint (engine_claim_get_end (first), ==, 8 * MIB);
  g_assert_cmpint (engine_claim_get_position (second), ==, 8 * MIB);
  g_assert_cmpint (engine_claim_get_end (second), ==, 16 * MIB);
}

static void
test_nothing_is_split_below_the_minimum (void)
{
  g_autoptr (EngineSegments) segments = engine_segments_new (2 * MIB - 1);

  g_assert_nonnull (claim_at (segments, MIB, -1, 0));
  g_assert_null (claim_at (segments, MIB, -1, 0));
}

/* Lets @claim deliver at @rate for two seconds, from @now_us on. */
static void
deliver (EngineSegments *segments, EngineClaim *claim, double rate, gint64 now_us)
{
  for (int i = 0; i <= 20; i++)
    advance_at (segments, claim, rate / 10, now_us + i * SECOND / 10);
}

static void
test_a_split_lets_both_finish_together (void)
{
  g_autoptr (EngineSegments) segments = engine_segments_new (100 * MIB);
  EngineClaim *slow = claim_at (segments, MIB, -1, 0);
  EngineClaim *fast;
  double its_time;
  double my_time;

  deliver (segments, slow, 2 * MIB, 0);
  fast = claim_at (segments, MIB, 6 * MIB, 2 * SECOND);
  its_time = (engine_claim_get_end (slow) - engine_claim_get_position (slow)) / (2.0 * MIB);
  my_time = (engine_claim_get_end (fast) - engine_claim_get_position (fast)) / (6.0 * MIB);
  g_assert_cmpfloat (ABS (its_time - my_time), <, 0.1);
  g_assert_cmpint (engine_claim_get_position (fast) % ENGINE_SMALLEST_PIECE, ==, 0);
}

static void
test_the_one_that_would_end_last_is_split (void)
{
  g_autoptr (EngineSegments) segments = engine_segments_new (64 * MIB);
  EngineClaim *a = claim_at (segments, MIB, -1, 0);
  EngineClaim *b = claim_at (segments, MIB, -1, 0);
  gint64 end_of_a;

  /* Both have as much left, but b is a third as fast. */
  deliver (segments, a, 3 * MIB, 0);
  deliver (segments, b, 1 * MIB, 0);
  end_of_a = engine_claim_get_end (a);
  g_assert_nonnull (claim_at (segments, MIB, 3 * MIB, 2 * SECOND));
  g_assert_cmpint (engine_claim_get_end (a), ==, end_of_a);
  g_assert_cmpint (engine_claim_get_end (b), <, 64 * MIB);
}

static void
test_the_tail_of_a_slow_one_is_taken_whole (void)
{
  g_autoptr (EngineSegments) segments = engine_segments_new (300 * KIB);
  EngineWish wish = { .min_split = MIB, .rate = 10 * MIB, .now_us = 2 * SECOND };
  EngineClaim *slow = claim_at (segments, MIB, -1, 0);
  EngineClaim *robbed;
  EngineClaim *fast;

  deliver (segments, slow, 20 * KIB, 0);
  fast = engine_segments_claim (segments, &wish, &robbed);
  g_assert_nonnull (fast);
  g_assert_true (robbed == slow);
  g_assert_cmpint (engine_claim_get_end (slow), ==, engine_claim_get_position (slow));
  g_assert_cmpint (engine_claim_get_position (fast), ==, engine_claim_get_position (slow));
  g_assert_cmpint (engine_claim_get_end (fast), ==, 300 * KIB);
}

static void
test_of_rivals_the_first_byte_wins (void)
{
  g_autoptr (EngineSegments) segments = engine_segments_new (4 * MIB);
  EngineClaim *silent = claim_at (segments, 4 * MIB, -1, 0);
  EngineClaim *rival;
  EngineClaim *robbed;

  g_assert_null (claim_at (segments, 4 * MIB, -1, ENGINE_SILENT_US - 1));
  g_assert_cmpint (engine_segments_count_stragglers (segments, ENGINE_SILENT_US), ==, 1);
  rival = claim_at (segments, 4 * MIB, -1, ENGINE_SILENT_US);
  g_assert_nonnull (rival);
  g_assert_cmpint (engine_segments_advance (segments, rival, 100, ENGINE_SILENT_US, &robbed), ==,
                   100);
  g_assert_true (robbed == silent);
  /* What comes for the other now is the same bytes again. */
  g_assert_cmpint (engine_segments_advance (segments, silent, 100, ENGINE_SILENT_US, &robbed), ==,
                   0);
  g_assert_cmpint (engine_segments_get_done (segments), ==, 100);
  engine_segments_release (segments, silent);
  engine_segments_release (segments, rival);
  g_assert_cmpint (engine_segments_count_claims (segments), ==, 0);
}

static void
test_who_waits_for_the_speed_limit_is_not_silent (void)
{
  g_autoptr (EngineSegments) segments = engine_segments_new (4 * MIB);
  EngineClaim *claim = claim_at (segments, 4 * MIB, -1, 0);

  engine_claim_set_resting (claim, TRUE, 0);
  g_assert_cmpint (engine_segments_count_stragglers (segments, 9 * SECOND), ==, 0);
  g_assert_null (claim_at (segments, 4 * MIB, -1, 9 * SECOND));
  engine_claim_set_resting (claim, FALSE, 9 * SECOND);
  g_assert_cmpint (engine_segments_count_stragglers (segments, 10 * SECOND), ==, 0);
  g_assert_cmpint (engine_segments_count_stragglers (segments, 11 * SECOND), ==, 1);
}

static void
test_all_stragglers_are_found_after_two_seconds (void)
{
  g_autoptr (EngineSegments) segments = engine_segments_new (800 * MIB);
  EngineClaim *claims[8];

  for (int i = 0; i < 8; i++)
    claims[i] = claim_at (segments, MIB, -1, 0);
  for (gint64 now_us = 0; now_us <= 4 * SECOND; now_us += SECOND / 10)
    {
      for (int i = 0; i < 8; i++)
        advance_at (segments, claims[i], i < 3 ? 2 * KIB : 200 * KIB, now_us);
      g_assert_cmpint (engine_segments_count_stragglers (segments, now_us), ==,
                       now_us >= 2 * SECOND + SECOND / 10 ? 3 : 0);
    }
}

static void
test_a_claim_reads_on_into_what_nobody_fetches (void)
{
  g_autoptr (EngineSegments) segments = engine_segments_new (8 * MIB);
  EngineClaim *first = claim_at (segments, MIB, -1, 0);
  EngineClaim *second = claim_at (segments, MIB, -1, 0);
  EngineClaim *robbed;

  advance_at (segments, first, 4 * MIB, 100);
  /* Its neighbour has only just begun. */
  g_assert_false (engine_segments_extend (segments, first, -1, 100, &robbed));
  engine_segments_release (segments, second);
  g_assert_true (engine_segments_extend (segments, first, 5 * MIB, 100, &robbed));
  g_assert_cmpint (engine_claim_get_end (first), ==, 5 * MIB);
  second = claim_at (segments, MIB, -1, 100);
  g_assert_cmpint (engine_claim_get_position (second), ==, 5 * MIB);
  advance_at (segments, first, MIB, 200);
  g_assert_true (engine_segments_extend (segments, first, -1, SECOND, &robbed));
  g_assert_true (robbed == second);
  g_assert_cmpint (engine_claim_get_end (first), ==, 8 * MIB);
}

/* A split takes its end from under a claim whose connection has been read further already. */
static void
test_a_claim_that_went_too_far_does_not_read_on (void)
{
  g_autoptr (EngineSegments) segments = engine_segments_new (8 * MIB);
  EngineClaim *first = claim_at (segments, MIB, -1, 0);
  EngineClaim *second = claim_at (segments, MIB, -1, 0);
  EngineClaim *robbed;

  g_assert_cmpint (engine_segments_advance (segments, first, 5 * MIB, 100, &robbed), ==, 4 * MIB);
  g_assert_false (engine_segments_extend (segments, first, -1, SECOND, &robbed));
  engine_segments_release (segments, second);
  g_assert_false (engine_segments_extend (segments, first, -1, SECOND, &robbed));
}

/* The second book: what was counted, and the claims that are out. */
typedef struct
{
  GRand *chance;
  EngineSegments *segments;
  gint64 total;
  gint64 now_us;
  EngineClaim *claims[MOST_CLAIMS];
  gint64 reached[MOST_CLAIMS]; /* the next byte that its connection delivers */
  int n;
  GArray *counted; /* (element-type EngineRange) */
} History;

static void
do_claim (History *h)
{
  EngineWish wish = {
    .min_split = g_rand_int_range (h->chance, 1, 4 * ENGINE_SMALLEST_PIECE),
    .rate = g_rand_boolean (h->chance) ? -1 : g_rand_int_range (h->chance, 0, 1000000),
    .now_us = h->now_us,
  };
  gboolean worth = engine_segments_is_worth_joining (h->segments, &wish);
  EngineClaim *robbed;
  EngineClaim *claim;

  if (h->n == MOST_CLAIMS)
    return;
  claim = engine_segments_claim (h->segments, &wish, &robbed);
  g_assert_true (worth == (claim != NULL));
  if (claim != NULL)
    {
      h->reached[h->n] = engine_claim_get_position (claim);
      h->claims[h->n++] = claim;
    }
  if (h->n > 1)
    engine_segments_count_stragglers (h->segments, h->now_us);
}

static void
do_advance (History *h, int i)
{
  EngineClaim *claim = h->claims[i];
  /* Sometimes more than is its own: it did not know its end yet. */
  gint64 bytes = g_rand_int_range (h->chance, 1, 3 * ENGINE_SMALLEST_PIECE);
  EngineRange range = { engine_claim_get_position (claim), -1 };
  EngineClaim *robbed;
  gint64 counted = engine_segments_advance (h->segments, claim, bytes, h->now_us, &robbed);

  g_assert_cmpint (counted, >=, 0);
  g_assert_cmpint (counted, <=, bytes);
  g_assert_cmpint (engine_claim_get_position (claim), ==, range.start + counted);
  /* What counts was written where it belongs. */
  g_assert_true (counted == 0 || h->reached[i] == range.start);
  h->reached[i] += bytes;
  range.end = range.start + counted;
  if (counted > 0)
    g_array_append_val (h->counted, range);
}

static void
do_release (History *h, int i)
{
  engine_segments_release (h->segments, h->claims[i]);
  h->claims[i] = h->claims[--h->n];
  h->reached[i] = h->reached[h->n];
}

static void
do_extend (History *h, EngineClaim *claim)
{
  gint64 limit = g_rand_boolean (h->chance) ? -1 : g_rand_int_range (h->chance, 0, h->total + 1);
  gint64 end = engine_claim_get_end (claim);
  EngineClaim *robbed;

  if (engine_segments_extend (h->segments, claim, limit, h->now_us, &robbed))
    {
      g_assert_cmpint (engine_claim_get_end (claim), >, end);
      g_assert_true (limit < 0 || engine_claim_get_end (claim) <= limit);
    }
}

/* No claim is out of the file, and no two share a byte unless they are rivals. */
static void
check_claims (History *h)
{
  for (int i = 0; i < h->n; i++)
    {
      gint64 position = engine_claim_get_position (h->claims[i]);
      gint64 end = engine_claim_get_end (h->claims[i]);

      g_assert_true (0 <= position && position <= end && end <= h->total);
      for (int j = 0; j < i; j++)
        {
          gint64 other = engine_claim_get_position (h->claims[j]);
          gint64 other_end = engine_claim_get_end (h->claims[j]);
          gboolean apart =
              end <= other || other_end <= position || position == end || other == other_end;

          g_assert_true (apart || (position == other && end == other_end &&
                                   engine_claim_is_rival (h->claims[i])));
        }
    }
}

static void
step (History *h)
{
  int i = h->n > 0 ? g_rand_int_range (h->chance, 0, h->n) : 0;
  int what = g_rand_int_range (h->chance, 0, 16);

  h->now_us += g_rand_int_range (h->chance, 0, SECOND);
  if (h->n == 0 || what < 4)
    do_claim (h);
  else if (what < 13)
    do_advance (h, i);
  else if (what < 14)
    do_extend (h, h->claims[i]);
  else if (what < 15)
    engine_claim_set_resting (h->claims[i], g_rand_boolean (h->chance), h->now_us);
  else
    do_release (h, i);
  check_claims (h);
}

static int
by_start (gconstpointer a, gconstpointer b)
{
  const EngineRange *left = a;
  const EngineRange *right = b;

  return left->start < right->start ? -1 : left->start > right->start;
}

/* Each byte was counted exactly once. */
static void
check_whole (History *h)
{
  gint64 position = 0;
  g_autoptr (GArray) done = engine_segments_dup_done (h->segments);

  g_assert_true (engine_segments_is_complete (h->segments));
  g_assert_cmpuint (done->len, ==, 1);
  g_assert_cmpint (engine_segments_get_contiguous (h->segments), ==, h->total);
  g_array_sort (h->counted, by_start);
  for (guint i = 0; i < h->counted->len; i++)
    {
      g_assert_cmpint (g_array_index (h->counted, EngineRange, i).start, ==, position);
      position = g_array_index (h->counted, EngineRange, i).end;
    }
  g_assert_cmpint (position, ==, h->total);
}

static void
run_history (GRand *chance, GArray *counted)
{
  History h = { .chance = chance, .counted = counted, .now_us = 1 };

  h.total = g_rand_int_range (chance, 1, 24 * ENGINE_SMALLEST_PIECE);
  h.segments = engine_segments_new (h.total);
  g_array_set_size (counted, 0);
  for (int i = 0; i < MOST_STEPS && !engine_segments_is_complete (h.segments); i++)
    step (&h);
  /* What is left is fetched by one. */
  while (h.n > 0)
    do_release (&h, 0);
  while (!engine_segments_is_complete (h.segments))
    {
      do_claim (&h);
      g_assert_cmpint (h.n, ==, 1);
      while (engine_claim_get_position (h.claims[0]) < engine_claim_get_end (h.claims[0]))
        do_advance (&h, 0);
      do_release (&h, 0);
    }
  check_whole (&h);
  engine_segments_free (h.segments);
}

static void
test_no_byte_is_lost_or_counted_twice_in_any_history (void)
{
  g_autoptr (GArray) counted = g_array_new (FALSE, FALSE, sizeof (EngineRange));

  for (guint32 seed = 0; seed < HISTORIES; seed += 1000)
    {
      g_autoptr (GRand) chance = g_rand_new_with_seed (seed);

      for (int i = 0; i < 1000; i++)
        run_history (chance, counted);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/segments/the-first-claim-is-the-whole-file",
                   test_the_first_claim_is_the_whole_file);
  g_test_add_func ("/segments/unknown-rates-are-split-in-halves",
                   test_unknown_rates_are_split_in_halves);
  g_test_add_func ("/segments/nothing-is-split-below-the-minimum",
                   test_nothing_is_split_below_the_minimum);
  g_test_add_func ("/segments/a-split-lets-both-finish-together",
                   test_a_split_lets_both_finish_together);
  g_test_add_func ("/segments/the-one-that-would-end-last-is-split",
                   test_the_one_that_would_end_last_is_split);
  g_test_add_func ("/segments/the-tail-of-a-slow-one-is-taken-whole",
                   test_the_tail_of_a_slow_one_is_taken_whole);
  g_test_add_func ("/segments/of-rivals-the-first-byte-wins", test_of_rivals_the_first_byte_wins);
  g_test_add_func ("/segments/who-waits-for-the-speed-limit-is-not-silent",
                   test_who_waits_for_the_speed_limit_is_not_silent);
  g_test_add_func ("/segments/all-stragglers-are-found-after-two-seconds",
                   test_all_stragglers_are_found_after_two_seconds);
  g_test_add_func ("/segments/a-claim-reads-on-into-what-nobody-fetches",
                   test_a_claim_reads_on_into_what_nobody_fetches);
  g_test_add_func ("/segments/a-claim-that-went-too-far-does-not-read-on",
                   test_a_claim_that_went_too_far_does_not_read_on);
  g_test_add_func ("/segments/no-byte-is-lost-or-counted-twice-in-any-history",
                   test_no_byte_is_lost_or_counted_twice_in_any_history);
  return g_test_run ();
}
