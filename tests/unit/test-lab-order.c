/* The steps of a real run in one order. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/order.h"

static LabTrace *
new_trace (const LabOp *ops, guint n)
{
  LabTrace *trace = g_new0 (LabTrace, 1);

  trace->ops = g_array_new (FALSE, FALSE, sizeof (LabOp));
  g_array_append_vals (trace->ops, ops, n);
  return trace;
}

static int
get_index (GArray *order, guint rank)
{
  return g_array_index (order, UiPlace, rank).index;
}

static void
test_steps_go_by_the_clock (void)
{
  const LabOp ops[] = {
    { LAB_OP_READ, .thread = 0, .end_ns = 10 },
    { LAB_OP_WRITE, .thread = 0, .end_ns = 40 },
    { LAB_OP_READ, .thread = 1, .end_ns = 5 },
    { LAB_OP_WRITE, .thread = 1, .end_ns = 20 },
  };
  static const int expected[] = { 2, 0, 3, 1 };
  g_autoptr (LabTrace) trace = new_trace (ops, G_N_ELEMENTS (ops));
  g_autoptr (GArray) order = ui_order_new (trace);

  g_assert_cmpuint (order->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (get_index (order, i), ==, expected[i]);
}

static void
test_a_thread_keeps_its_own_order (void)
{
  const LabOp ops[] = {
    { LAB_OP_READ, .thread = 0, .end_ns = 30 },
    { LAB_OP_WRITE, .thread = 0, .end_ns = 10 },
    { LAB_OP_READ, .thread = 1, .end_ns = 20 },
  };
  g_autoptr (LabTrace) trace = new_trace (ops, G_N_ELEMENTS (ops));
  g_autoptr (GArray) order = ui_order_new (trace);

  g_assert_cmpint (get_index (order, 0), ==, 2);
  g_assert_cmpint (get_index (order, 1), ==, 0);
  g_assert_cmpint (get_index (order, 2), ==, 1);
}

static void
test_waiting_is_no_step (void)
{
  const LabOp ops[] = {
    { LAB_OP_WAIT, .thread = 0, .end_ns = 10 },
    { LAB_OP_HOLD, .thread = 0, .end_ns = 30 },
    { LAB_OP_READ, .thread = 0, .end_ns = 20 },
  };
  g_autoptr (LabTrace) trace = new_trace (ops, G_N_ELEMENTS (ops));
  g_autoptr (GArray) order = ui_order_new (trace);

  g_assert_cmpuint (order->len, ==, 1);
  g_assert_cmpint (get_index (order, 0), ==, 2);
}

static void
test_a_moment_lies_between_steps (void)
{
  const LabOp ops[] = {
    { LAB_OP_READ, .thread = 0, .end_ns = 10 },
    { LAB_OP_READ, .thread = 1, .end_ns = 20 },
  };
  g_autoptr (LabTrace) trace = new_trace (ops, G_N_ELEMENTS (ops));
  g_autoptr (GArray) order = ui_order_new (trace);

  g_assert_cmpint (ui_order_find (order, 0), ==, 0);
  g_assert_cmpint (ui_order_find (order, 10), ==, 0);
  g_assert_cmpint (ui_order_find (order, 15), ==, 1);
  g_assert_cmpint (ui_order_find (order, 99), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab-order/steps-go-by-the-clock", test_steps_go_by_the_clock);
  g_test_add_func ("/lab-order/a-thread-keeps-its-own-order", test_a_thread_keeps_its_own_order);
  g_test_add_func ("/lab-order/waiting-is-no-step", test_waiting_is_no_step);
  g_test_add_func ("/lab-order/a-moment-lies-between-steps", test_a_moment_lies_between_steps);
  return g_test_run ();
}
