/* Real runs of the counting scenarios: what is lost, and that each loss is explained. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "lab/lab.h"

#define DEADLINE_US (10 * BASE_SECOND_US)

static LabRunResult *
run (const char *variant, int threads, int increments, int runs, int nudge, int keep)
{
  const LabRunOptions options = { .variant = variant,
                                  .threads = threads,
                                  .increments = increments,
                                  .runs = runs,
                                  .nudge = nudge,
                                  .keep = keep };
  g_autoptr (GError) error = NULL;
  LabRunResult *result = lab_run (&options, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (result->runs, ==, runs);
  return result;
}

static int
count_threads (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/task", 0, NULL);
  int n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* A thread that is joined may stand in the kernel's list for a moment longer. */
static void
assert_threads (int expected)
{
  gint64 until_us = base_clock_now_us () + DEADLINE_US;

  while (count_threads () != expected && base_clock_now_us () < until_us)
    g_thread_yield ();
  g_assert_cmpint (count_threads (), ==, expected);
}

static int
count_outcomes (const LabRunResult *result)
{
  int n = 0;

  for (guint i = 0; i < result->outcomes->len; i++)
    n += g_array_index (result->outcomes, LabOutcome, i).count;
  return n;
}

/* One machine is busier than another: the best of a few tries is the mechanism's, the rest the
 * machine's. Without a nudge that works none comes near. */
static void
test_a_nudged_race_loses_updates (void)
{
  int best = 0;
  double longest_ms = 0;

  for (int attempt = 0; attempt < 10 && best < 99; attempt++)
    {
      g_autoptr (LabRunResult) result = run ("lost-update", 4, 250, 100, LAB_NUDGE_AUTO, 0);

      g_assert_cmpint (result->nudge, >, 0);
      g_assert_cmpint (count_outcomes (result), ==, 100);
      if (result->bad_runs > best)
        longest_ms = result->longest_run_ms;
      best = MAX (best, result->bad_runs);
    }
  g_test_message ("%d of 100 nudged runs lost updates; the longest took %.2f ms", best, longest_ms);
  g_assert_cmpint (best, >=, 99);
}

static void
test_an_unassisted_race_is_counted_beside_the_nudged_one (void)
{
  g_autoptr (LabRunResult) nudged = run ("lost-update/racy", 2, 500, 50, 20, 0);
  g_autoptr (LabRunResult) alone = run ("lost-update/racy", 2, 500, 50, LAB_NUDGE_OFF, 0);

  g_assert_cmpint (nudged->nudge, ==, 20);
  g_assert_cmpint (nudged->unassisted_runs, ==, 50);
  g_assert_cmpint (nudged->unassisted_bad_runs, <=, 50);
  g_assert_cmpint (alone->nudge, ==, 0);
  g_assert_cmpint (alone->unassisted_runs, ==, 0);
  g_assert_cmpint (alone->run_us->len, ==, 50);
  g_assert_cmpfloat (alone->p10_us, <=, alone->median_us);
  g_assert_cmpfloat (alone->median_us, <=, alone->p90_us);
  g_assert_cmpfloat (alone->p90_us, <=, alone->longest_run_ms * 1e3 + 0.001);
  g_assert_cmpfloat (alone->p10_us, >, 0);
}

static void
test_every_ending_is_possible (void)
{
  g_autoptr (LabRunResult) result = run ("lost-update/racy", 3, 20, 500, LAB_NUDGE_AUTO, 0);

  /* Three threads of twenty can end at 2, and at all between that and 60. */
  for (guint i = 0; i < result->outcomes->len; i++)
    {
      const LabOutcome *outcome = &g_array_index (result->outcomes, LabOutcome, i);

      g_assert_cmpint (outcome->value, >=, 2);
      g_assert_cmpint (outcome->value, <=, 60);
      g_assert_cmpint (outcome->bad, ==, outcome->value != 60);
    }
}

static void
test_no_fix_loses_an_update (void)
{
  static const char *const fixes[] = { "lost-update/mutex", "lost-update/fetch-add",
                                       "lost-update/compare-and-swap", "queue-owner" };

  for (guint i = 0; i < G_N_ELEMENTS (fixes); i++)
    {
      g_autoptr (LabRunResult) result = run (fixes[i], 4, 50, 200, LAB_NUDGE_AUTO, 1);
      g_autofree char *verdict = lab_dup_verdict (g_ptr_array_index (result->traces, 0));

      g_assert_cmpint (result->bad_runs, ==, 0);
      g_assert_cmpint (result->outcomes->len, ==, 1);
      g_assert_cmpint (result->last, ==, 200);
      g_assert_cmpstr (verdict, ==, "No update was lost.");
    }
}

/* Each lost write names the write that undid it: another thread's, made after, itself counted. */
static void
assert_explained (const LabTrace *trace)
{
  int lost = 0;

  for (guint i = 0; i < trace->ops->len; i++)
    {
      const LabOp *op = &g_array_index (trace->ops, LabOp, i);
      const LabOp *killer;

      if (!op->lost)
        {
          g_assert_cmpint (op->killer, ==, -1);
          continue;
        }
      lost++;
      g_assert_cmpint (op->kind, ==, LAB_OP_WRITE);
      g_assert_cmpint (op->killer, >=, 0);
      killer = &g_array_index (trace->ops, LabOp, op->killer);
      g_assert_cmpint (killer->kind, ==, LAB_OP_WRITE);
      g_assert_false (killer->lost);
      g_assert_cmpint (killer->thread, !=, op->thread);
    }
  g_assert_cmpint (lost, ==, trace->expected - trace->got);
  g_assert_cmpint (lost, ==, trace->lost);
}

static void
test_the_explanation_accounts_for_every_lost_update (void)
{
  static const int shapes[][2] = { { 2, 10 }, { 2, 500 }, { 4, 250 }, { 8, 25 } };
  int n = 0;
  int lost = 0;

  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      g_autoptr (LabRunResult) result =
          run ("lost-update/racy", shapes[s][0], shapes[s][1], 250, LAB_NUDGE_AUTO, 250);

      g_assert_cmpint (result->traces->len, ==, 250);
      for (guint i = 0; i < result->traces->len; i++)
        {
          const LabTrace *trace = g_ptr_array_index (result->traces, i);

          assert_explained (trace);
          lost += trace->lost;
          n++;
        }
    }
  g_test_message ("%d lost updates explained in %d runs", lost, n);
  g_assert_cmpint (n, ==, 1000);
}

static void
test_no_thread_is_left_behind (void)
{
  static const char *const variants[] = { "lost-update/racy", "lost-update/yield-between",
                                          "lost-update/mutex", "lost-update/fetch-add",
                                          "queue-owner/queue" };
  int before = count_threads ();

  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      g_autoptr (LabRunResult) result = run (variants[i], 16, 10, 20, 3, 1);

      g_assert_cmpstr (result->variant, ==, variants[i]);
    }
  assert_threads (before);
}

static void
assert_refused (LabRunOptions options, LabErrorCode code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lab_run (&options, NULL, &error));
  g_assert_error (error, LAB_ERROR, (int) code);
}

static void
test_numbers_out_of_range_are_refused (void)
{
  const LabRunOptions good = { .variant = "lost-update", .threads = 2, .increments = 1, .runs = 1 };
  LabRunOptions bad;

  bad = good, bad.variant = "no-such-thing";
  assert_refused (bad, LAB_ERROR_UNKNOWN);
  bad = good, bad.variant = "lost-update/no-such-thing";
  assert_refused (bad, LAB_ERROR_UNKNOWN);
  bad = good, bad.threads = -1;
  assert_refused (bad, LAB_ERROR_OPTIONS);
  bad = good, bad.threads = 65;
  assert_refused (bad, LAB_ERROR_OPTIONS);
  bad = good, bad.increments = -1;
  assert_refused (bad, LAB_ERROR_OPTIONS);
  bad = good, bad.increments = 1000001;
  assert_refused (bad, LAB_ERROR_OPTIONS);
  bad = good, bad.variant = "queue-owner", bad.threads = 64;
  assert_refused (bad, LAB_ERROR_OPTIONS);
  bad = good, bad.runs = 0;
  assert_refused (bad, LAB_ERROR_OPTIONS);
  bad = good, bad.nudge = -2;
  assert_refused (bad, LAB_ERROR_OPTIONS);
}

static void
test_a_cancelled_call_says_so (void)
{
  const LabRunOptions options = {
    .variant = "lost-update", .threads = 2, .increments = 5, .runs = 9
  };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (lab_run (&options, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/counting/a-nudged-race-loses-updates", test_a_nudged_race_loses_updates);
  g_test_add_func ("/counting/an-unassisted-race-is-counted-beside-the-nudged-one",
                   test_an_unassisted_race_is_counted_beside_the_nudged_one);
  g_test_add_func ("/counting/every-ending-is-possible", test_every_ending_is_possible);
  g_test_add_func ("/counting/no-fix-loses-an-update", test_no_fix_loses_an_update);
  g_test_add_func ("/counting/the-explanation-accounts-for-every-lost-update",
                   test_the_explanation_accounts_for_every_lost_update);
  g_test_add_func ("/counting/no-thread-is-left-behind", test_no_thread_is_left_behind);
  g_test_add_func ("/counting/numbers-out-of-range-are-refused",
                   test_numbers_out_of_range_are_refused);
  g_test_add_func ("/counting/a-cancelled-call-says-so", test_a_cancelled_call_says_so);
  return g_test_run ();
}
