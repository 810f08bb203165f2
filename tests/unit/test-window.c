/* A checksum that follows the file from its start has little left to do when the last byte comes,
 * whatever the connections are like. Time is made up here, and bytes are counted. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/segments.h"

#define MIB (G_GINT64_CONSTANT (1) << 20)
#define STEP_US 10000
#define MOST_LANES 32

typedef struct
{
  EngineClaim *claim; /* NULL: none */
  double rate;        /* bytes per second */
  double spare;       /* of a byte, from the last step */
  gint64 wakes_us;    /* it waits for its answer until then */
} Lane;

typedef struct
{
  EngineSegments *segments;
  Lane lanes[MOST_LANES];
  int n;
  gint64 now_us;
  gint64 window;
  int requests;
} Run;

static void
take (Run *run, Lane *lane)
{
  EngineClaim *robbed;
  EngineWish wish = {
    .min_split = MIB, .rate = lane->rate, .now_us = run->now_us, .tail = TRUE, .window = run->window
  };

  lane->claim = engine_segments_claim (run->segments, &wish, &robbed);
  run->requests += lane->claim != NULL;
  lane->wakes_us = run->now_us + 3 * STEP_US;
}

static void
move (Run *run, Lane *lane)
{
  EngineClaim *robbed;
  gint64 bytes;

  if (lane->claim == NULL)
    take (run, lane);
  if (lane->claim == NULL || run->now_us < lane->wakes_us)
    return;
  lane->spare += lane->rate * STEP_US / 1e6;
  bytes = (gint64) lane->spare;
  lane->spare -= bytes;
  engine_segments_advance (run->segments, lane->claim, bytes, run->now_us, &robbed);
  if (engine_claim_get_position (lane->claim) < engine_claim_get_end (lane->claim))
    return;
  engine_segments_release (run->segments, lane->claim);
  lane->claim = NULL;
}

/* Returns: bytes that are yet to be digested when the last one comes */
static gint64
fetch (Run *run, gint64 total, double digest_rate)
{
  gint64 digested = 0;

  run->segments = engine_segments_new (total);
  run->now_us = 1;
  while (!engine_segments_is_complete (run->segments))
    {
      for (int i = 0; i < run->n; i++)
        move (run, &run->lanes[i]);
      digested = MIN (engine_segments_get_contiguous (run->segments),
                      digested + (gint64) (digest_rate * STEP_US / 1e6));
      run->now_us += STEP_US;
      g_assert_cmpint (run->now_us, <, G_GINT64_CONSTANT (3600) * 1000000);
    }
  engine_segments_free (run->segments);
  return total - digested;
}

static void
test_little_is_left (void)
{
  for (int round = 0; round < 40; round++)
    {
      Run run = { .n = g_test_rand_int_range (1, 17), .window = 4 * MIB };
      double sum = 0;

      for (int i = 0; i < run.n; i++)
        sum += run.lanes[i].rate = g_test_rand_double_range (2e6, 20e6);
      /* About a shortest piece for each connection, and what comes while a request is answered. */
      g_assert_cmpint (fetch (&run, 1024 * MIB, 1e9), <=, (run.n + 4) * MIB + (gint64) (sum / 4));
      /* And not by asking for crumbs. */
      g_assert_cmpint (run.requests, <, 700);
    }
}

/* Without a window the pieces lie far apart: this is what the others would be like. */
static void
test_much_is_left_without_a_window (void)
{
  Run run = { .n = 8 };

  for (int i = 0; i < run.n; i++)
    run.lanes[i].rate = 10e6;
  g_assert_cmpint (fetch (&run, 1024 * MIB, 1e9), >, 256 * MIB);
}

static void
test_pieces_are_as_long_as_the_window (void)
{
  g_autoptr (EngineSegments) segments = engine_segments_new (1024 * MIB);
  EngineWish wish = { .min_split = MIB, .rate = -1, .window = 16 * MIB };
  gint64 last = 0;

  for (int i = 0; i < 4; i++)
    {
      EngineClaim *robbed;
      EngineClaim *claim = engine_segments_claim (segments, &wish, &robbed);

      g_assert_cmpint (engine_claim_get_start (claim), ==, last);
      last = engine_claim_get_end (claim);
      g_assert_cmpint (last - engine_claim_get_start (claim), ==, 16 * MIB);
    }
}

/* The first request asks for all, before anybody knows how long the file is. */
static void
test_the_first_gives_what_is_far_ahead (void)
{
  g_autoptr (EngineSegments) segments = engine_segments_new (-1);
  EngineWish wish = { .min_split = MIB, .rate = -1, .window = 16 * MIB };
  EngineClaim *robbed;
  EngineClaim *first = engine_segments_claim (segments, &wish, &robbed);
  EngineClaim *second;

  g_assert_true (engine_segments_set_total (segments, 1024 * MIB));
  engine_segments_advance (segments, first, MIB, 1, &robbed);
  second = engine_segments_claim (segments, &wish, &robbed);
  g_assert_cmpint (engine_claim_get_end (first), ==, 17 * MIB);
  g_assert_cmpint (engine_claim_get_start (second), ==, 17 * MIB);
  g_assert_cmpint (engine_claim_get_end (second), ==, 33 * MIB);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add_func ("/window/" name, func)
  ADD ("little-is-left-to-digest-at-the-end", test_little_is_left);
  ADD ("much-is-left-without-it", test_much_is_left_without_a_window);
  ADD ("pieces-are-as-long-as-it", test_pieces_are_as_long_as_the_window);
  ADD ("the-first-gives-what-is-far-ahead", test_the_first_gives_what_is_far_ahead);
  return g_test_run ();
}
