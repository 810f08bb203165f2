/* What counting together costs: each mechanism counts right, and is measured. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/real/cost.h"

#include "threads.h"

static void
assert_measured (const LabCost *cost)
{
  g_assert_cmpint (cost->runs, ==, LAB_COST_RUNS);
  g_assert_cmpint (cost->increments, >, 0);
  g_assert_cmpfloat (cost->p10_ns, >, 0);
  g_assert_cmpfloat (cost->p10_ns, <=, cost->median_ns);
  g_assert_cmpfloat (cost->median_ns, <=, cost->p90_ns);
  /* Only where nothing guards it may anything be missing; one thread alone loses nothing. */
  if (cost->kind != LAB_COST_RACY || cost->threads == 1)
    g_assert_cmpint (cost->lost, ==, 0);
  g_assert_cmpint (cost->lost, >=, 0);
}

static void
test_each_mechanism_counts_right (void)
{
  static const int threads[] = { 1, 2, 16 };

  for (guint t = 0; t < G_N_ELEMENTS (threads); t++)
    for (int kind = 0; kind < LAB_N_COSTS; kind++)
      {
        LabCost cost;

        g_assert_true (lab_cost_measure (kind, threads[t], NULL, &cost));
        g_assert_cmpint (cost.kind, ==, kind);
        g_assert_cmpint (cost.threads, ==, threads[t]);
        g_assert_nonnull (lab_cost_get_title (kind));
        assert_measured (&cost);
      }
}

static void
test_no_thread_is_left_behind (void)
{
  int before = count_threads ();
  LabCost cost;

  g_assert_true (lab_cost_measure (LAB_COST_QUEUE, 4, NULL, &cost));
  assert_threads (before);
}

static void
test_a_cancelled_measurement_stops (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  LabCost cost;

  g_cancellable_cancel (cancellable);
  g_assert_false (lab_cost_measure (LAB_COST_MUTEX, 2, cancellable, &cost));
}

typedef struct
{
  GMainLoop *loop;
  GArray *costs;
  int n_told;
} Waiter;

static void
measured (const LabCost *cost, gpointer data)
{
  Waiter *waiter = data;

  assert_measured (cost);
  waiter->n_told++;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Waiter *waiter = data;

  waiter->costs = lab_cost_measure_finish (result, NULL);
  g_main_loop_quit (waiter->loop);
}

static void
test_each_cost_is_told_as_it_is_known (void)
{
  static const int threads[] = { 1, 2 };
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Waiter waiter = { .loop = loop };

  lab_cost_measure_async (threads, 2, measured, NULL, done_cb, &waiter);
  g_main_loop_run (loop);
  g_assert_nonnull (waiter.costs);
  g_assert_cmpint (waiter.costs->len, ==, 2 * LAB_N_COSTS);
  g_assert_cmpint (waiter.n_told, ==, 2 * LAB_N_COSTS);
  g_array_unref (waiter.costs);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cost/each-mechanism-counts-right", test_each_mechanism_counts_right);
  g_test_add_func ("/cost/no-thread-is-left-behind", test_no_thread_is_left_behind);
  g_test_add_func ("/cost/a-cancelled-measurement-stops", test_a_cancelled_measurement_stops);
  g_test_add_func ("/cost/each-cost-is-told-as-it-is-known", test_each_cost_is_told_as_it_is_known);
  return g_test_run ();
}
