/* The speed limit's arithmetic, with made-up connections and a made-up clock. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/bucket.h"

#define SECOND G_GINT64_CONSTANT (1000000)
#define MOST 16

/* @n connections that always want more take turns for @us. What each got is in @got. */
static void
run (EngineBucket *bucket, int n, gint64 from_us, gint64 us, gint64 *got)
{
  gint64 next_us[MOST];

  for (int i = 0; i < n; i++)
    {
      got[i] = 0;
      next_us[i] = from_us;
    }
  for (;;)
    {
      int first = 0;
      gint64 due_us;
      gint64 portion = MIN (engine_bucket_get_portion (bucket), 524288);

      for (int i = 1; i < n; i++)
        if (next_us[i] < next_us[first])
          first = i;
      if (next_us[first] >= from_us + us)
        return;
      due_us = engine_bucket_reserve (bucket, portion, next_us[first]);

      got[first] += portion;
      next_us[first] = MAX (due_us, next_us[first] + 1);
    }
}

static void
test_the_rate_is_kept_within_two_percent (void)
{
  static const gint64 rates[] = { 10000, 100000, 1048576, 50000000 };

  for (gsize r = 0; r < G_N_ELEMENTS (rates); r++)
    for (int n = 1; n <= MOST; n *= 4)
      {
        EngineBucket bucket = { 0 };
        gint64 got[MOST];
        gint64 all = 0;

        engine_bucket_set_rate (&bucket, rates[r], SECOND);
        run (&bucket, n, SECOND, 10 * SECOND, got);
        for (int i = 0; i < n; i++)
          all += got[i];
        g_assert_cmpfloat (all, >, rates[r] * 10 * 0.98);
        g_assert_cmpfloat (all, <,
                           rates[r] * 10 * 1.02 + MOST * engine_bucket_get_portion (&bucket));
      }
}

static void
test_connections_share_it_evenly (void)
{
  EngineBucket bucket = { 0 };
  gint64 got[MOST];

  engine_bucket_set_rate (&bucket, 1000000, SECOND);
  run (&bucket, 8, SECOND, 10 * SECOND, got);
  for (int i = 0; i < 8; i++)
    {
      g_assert_cmpfloat (got[i], >, 1250000 * 0.95);
      g_assert_cmpfloat (got[i], <, 1250000 * 1.05);
    }
}

static void
test_a_quiet_while_does_not_save_up (void)
{
  EngineBucket bucket = { 0 };
  gint64 sum = 0;

  engine_bucket_set_rate (&bucket, 1000000, SECOND);
  while (engine_bucket_reserve (&bucket, 10000, 60 * SECOND) <= 60 * SECOND)
    sum += 10000;
  g_assert_cmpint (sum, <=, 70000);
}

static void
test_what_did_not_come_is_given_back (void)
{
  EngineBucket bucket = { 0 };
  gint64 due_us;

  engine_bucket_set_rate (&bucket, 1000, SECOND);
  engine_bucket_reserve (&bucket, 512, SECOND);
  due_us = engine_bucket_reserve (&bucket, 512, SECOND);
  engine_bucket_give_back (&bucket, 512);
  due_us -= engine_bucket_reserve (&bucket, 512, SECOND);
  g_assert_cmpint (ABS (due_us), <=, 1);
}

static void
test_a_changed_rate_counts_at_once (void)
{
  EngineBucket bucket = { 0 };

  engine_bucket_set_rate (&bucket, 10, SECOND);
  engine_bucket_reserve (&bucket, 512, SECOND);
  engine_bucket_set_rate (&bucket, 1000000, 2 * SECOND);
  g_assert_cmpint (engine_bucket_reserve (&bucket, 512, 2 * SECOND), <=, 2 * SECOND);
  engine_bucket_set_rate (&bucket, 0, 2 * SECOND);
  g_assert_cmpint (engine_bucket_reserve (&bucket, 1 << 30, 2 * SECOND), <=, 2 * SECOND);
  g_assert_cmpint (engine_bucket_get_portion (&bucket), ==, G_MAXINT64);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bucket/the-rate-is-kept-within-two-percent",
                   test_the_rate_is_kept_within_two_percent);
  g_test_add_func ("/bucket/connections-share-it-evenly", test_connections_share_it_evenly);
  g_test_add_func ("/bucket/a-quiet-while-does-not-save-up", test_a_quiet_while_does_not_save_up);
  g_test_add_func ("/bucket/what-did-not-come-is-given-back", test_what_did_not_come_is_given_back);
  g_test_add_func ("/bucket/a-changed-rate-counts-at-once", test_a_changed_rate_counts_at_once);
  return g_test_run ();
}
