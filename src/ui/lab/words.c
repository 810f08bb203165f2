/* What the lab's page says. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/words.h"

#include <glib/gi18n.h>

#include "ui/lab/order.h"

/* Read aloud, more would never be heard to its end. */
#define MOST_SENTENCES 400

char *
ui_words_dup_thread (int n)
{
  return n < 26 ? g_strdup_printf ("%c", 'A' + n) : g_strdup_printf ("%d", n + 1);
}

char *
ui_words_dup_nudge (int nudge)
{
  if (nudge <= 0)
    /* Translators: a run of threads that nothing disturbs */
    return g_strdup (_ ("unassisted"));
  /* Translators: threads give way once in so many additions, so that they meet more often */
  return g_strdup_printf (_ ("nudged 1 in %d"), nudge);
}

char *
ui_words_dup_rate (int runs, int bad_runs)
{
  if (runs <= 0)
    return g_strdup ("");
  return g_strdup_printf (ngettext ("unassisted, %d of %d run goes wrong",
                                    "unassisted, %d of %d runs go wrong", runs),
                          bad_runs, runs);
}

char *
ui_words_dup_runs (int runs, int bad_runs, double seconds)
{
  g_autofree char *time = ui_words_dup_milliseconds (seconds * 1000);

  return g_strdup_printf (
      /* Translators: bad runs, all runs, a time such as `84 ms` */
      ngettext ("%d of %d run went wrong, in %s", "%d of %d runs went wrong, in %s", runs),
      bad_runs, runs, time);
}

char *
ui_words_dup_invitation (int threads, int increments)
{
  g_autofree char *who =
      g_strdup_printf (ngettext ("%d real thread", "%d real threads", threads), threads);
  g_autofree char *what =
      g_strdup_printf (ngettext ("%d addition each", "%d additions each", increments), increments);

  /* Translators: `2 real threads, 10 additions each` */
  return g_strdup_printf (_ ("%s, %s"), who, what);
}

char *
ui_words_dup_choices (int threads, int increments, int nudge)
{
  g_autofree char *who = g_strdup_printf (ngettext ("%d thread", "%d threads", threads), threads);
  g_autofree char *each = g_strdup_printf (_ ("%d each"), increments);
  g_autofree char *how = nudge == LAB_NUDGE_AUTO  ? g_strdup (_ ("nudge found by itself"))
                         : nudge == LAB_NUDGE_OFF ? g_strdup (_ ("no nudge"))
                                                  : g_strdup_printf (_ ("nudge 1 in %d"), nudge);

  return g_strjoin (" · ", who, each, how, NULL);
}

static char *
describe_op (const LabOp *op, const char *who)
{
  gint64 value = op->value;

  switch (op->kind)
    {
    case LAB_OP_READ:
      /* Translators: a thread's letter, and the number that it read */
      return g_strdup_printf (_ ("%s reads %" G_GINT64_FORMAT), who, value);
    case LAB_OP_ADD:
      return g_strdup_printf (_ ("%s adds: %" G_GINT64_FORMAT), who, value);
    case LAB_OP_WRITE:
      if (op->lost)
        return g_strdup_printf (_ ("%s writes %" G_GINT64_FORMAT ", lost"), who, value);
      return g_strdup_printf (_ ("%s writes %" G_GINT64_FORMAT), who, value);
    case LAB_OP_ATOMIC:
      return g_strdup_printf (_ ("%s adds at once: %" G_GINT64_FORMAT), who, value);
    case LAB_OP_PUT:
      return g_strdup_printf (_ ("%s puts %" G_GINT64_FORMAT), who, value);
    case LAB_OP_GET:
    case LAB_OP_WAIT:
    case LAB_OP_HOLD:
    default:
      return g_strdup_printf (_ ("%s takes %" G_GINT64_FORMAT), who, value);
    }
}

char *
ui_words_dup_trace (const LabTrace *trace)
{
  g_autoptr (GArray) order = ui_order_new (trace);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (order->len, MOST_SENTENCES); i++)
    {
      const LabOp *op = &g_array_index (trace->ops, LabOp, g_array_index (order, UiPlace, i).index);
      g_autofree char *who = ui_words_dup_thread (op->thread);
      g_autofree char *what = describe_op (op, who);

      /* Translators: the number of a step, and what happened in it */
      g_string_append_printf (text, _ ("%d: %s. "), (int) i + 1, what);
    }
  if (order->len > MOST_SENTENCES)
    g_string_append_printf (text,
                            ngettext ("%d more step.", "%d more steps.",
                                      order->len - MOST_SENTENCES),
                            (int) (order->len - MOST_SENTENCES));
  return g_strchomp (g_string_free (text, FALSE));
}

char *
ui_words_dup_ends (const gint64 *values, const int *counts, int n, gint64 expected)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < n; i++)
    {
      g_string_append_printf (
          /* Translators: so many runs ended at a number */
          text,
          ngettext ("%d run ended at %" G_GINT64_FORMAT, "%d runs ended at %" G_GINT64_FORMAT,
                    counts[i]),
          counts[i], values[i]);
      g_string_append (text, i + 1 < n ? "; " : ". ");
    }
  g_string_append_printf (text, _ ("Expected: %" G_GINT64_FORMAT "."), expected);
  return g_string_free (text, FALSE);
}

char *
ui_words_dup_milliseconds (double ms)
{
  if (ms >= 999.5)
    return g_strdup_printf (_ ("%.2f s"), ms / 1000);
  if (ms >= 9.95)
    return g_strdup_printf (_ ("%.0f ms"), ms);
  return g_strdup_printf (_ ("%.2g ms"), ms);
}
