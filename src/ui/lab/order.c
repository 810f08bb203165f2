/* The steps of a real run in one order. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/order.h"

static int
by_time (gconstpointer a, gconstpointer b)
{
  const UiPlace *left = a;
  const UiPlace *right = b;

  if (left->at_ns != right->at_ns)
    return left->at_ns < right->at_ns ? -1 : 1;
  return left->index - right->index;
}

gboolean
ui_order_is_step (LabOpKind kind)
{
  return kind != LAB_OP_WAIT && kind != LAB_OP_HOLD;
}

GArray *
ui_order_new (const LabTrace *trace)
{
  GArray *order = g_array_sized_new (FALSE, FALSE, sizeof (UiPlace), trace->ops->len);
  int thread = -1;
  gint64 latest = 0;

  for (guint i = 0; i < trace->ops->len; i++)
    {
      const LabOp *op = &g_array_index (trace->ops, LabOp, i);
      UiPlace place = { op->end_ns, (int) i };

      if (!ui_order_is_step (op->kind))
        continue;
      if (op->thread == thread)
        place.at_ns = MAX (place.at_ns, latest);
      thread = op->thread;
      latest = place.at_ns;
      g_array_append_val (order, place);
    }
  g_array_sort (order, by_time);
  return order;
}

int
ui_order_find (const GArray *order, gint64 at_ns)
{
  guint low = 0;
  guint high = order->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (order, UiPlace, middle).at_ns < at_ns)
        low = middle + 1;
      else
        high = middle;
    }
  return (int) low;
}
