/* The variables after a real run. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/trace-variables.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ui/lab/order.h"
#include "ui/lab/words.h"

/* The first shared variable's name. */
static char *
dup_shared_name (const char *program)
{
  const char *at = strstr (program, "shared ");
  const char *end;

  if (at == NULL)
    return g_strdup (_ ("total"));
  at += strlen ("shared ");
  for (end = at; g_ascii_isalnum (*end) || *end == '_'; end++)
    ;
  return g_strndup (at, (gsize) (end - at));
}

static char *
dup_writer (int thread, int step)
{
  g_autofree char *who = ui_words_dup_thread (thread);

  /* Translators: who wrote a variable last, and at which step of the run */
  return g_strdup_printf (_ ("%s, step %d"), who, step);
}

static gboolean
is_write (const LabOp *op)
{
  return op->kind == LAB_OP_WRITE || op->kind == LAB_OP_ATOMIC || op->kind == LAB_OP_GET;
}

static void
show_own (UiVariables *table, const LabTrace *trace, GArray *order, int thread)
{
  g_autofree char *who = ui_words_dup_thread (thread);
  g_autofree char *name = g_strconcat (who, ".r", NULL);

  for (int rank = (int) order->len - 1; rank >= 0; rank--)
    {
      const LabOp *op =
          &g_array_index (trace->ops, LabOp, g_array_index (order, UiPlace, rank).index);

      if (op->thread == thread && (op->kind == LAB_OP_READ || op->kind == LAB_OP_ADD))
        {
          g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, op->value);
          g_autofree char *writer = dup_writer (thread, rank + 1);

          ui_variables_add (table, name, value, writer);
          return;
        }
    }
}

void
ui_trace_variables_show (UiVariables *table,
                         const LabTrace *trace,
                         const char *program,
                         int threads)
{
  g_autofree char *name = dup_shared_name (program);
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, trace != NULL ? trace->got : 0);
  g_autofree char *writer = NULL;
  g_autoptr (GArray) order = trace != NULL ? ui_order_new (trace) : NULL;

  ui_variables_clear (table);
  for (int rank = order != NULL ? (int) order->len - 1 : -1; rank >= 0 && writer == NULL; rank--)
    {
      const LabOp *op =
          &g_array_index (trace->ops, LabOp, g_array_index (order, UiPlace, rank).index);

      if (is_write (op) && !op->lost)
        writer = dup_writer (op->thread, rank + 1);
    }
  ui_variables_add (table, name, value, writer);
  for (int thread = 0; trace != NULL && thread < threads; thread++)
    show_own (table, trace, order, thread);
}
