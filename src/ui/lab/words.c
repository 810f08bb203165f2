/* What the lab's page says. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/words.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

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
      return g_strdup_printf (_ ("%s reads %" PRId64), who, value);
    case LAB_OP_ADD:
      return g_strdup_printf (_ ("%s adds: %" PRId64), who, value);
    case LAB_OP_WRITE:
      if (op->lost)
        return g_strdup_printf (_ ("%s writes %" PRId64 ", lost"), who, value);
      return g_strdup_printf (_ ("%s writes %" PRId64), who, value);
    case LAB_OP_ATOMIC:
      return g_strdup_printf (_ ("%s adds at once: %" PRId64), who, value);
    case LAB_OP_PUT:
      return g_strdup_printf (_ ("%s puts %" PRId64), who, value);
    case LAB_OP_GET:
    case LAB_OP_WAIT:
    case LAB_OP_HOLD:
    default:
      return g_strdup_printf (_ ("%s takes %" PRId64), who, value);
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
          text, ngettext ("%d run ended at %" PRId64, "%d runs ended at %" PRId64, counts[i]),
          counts[i], values[i]);
      g_string_append (text, i + 1 < n ? "; " : ". ");
    }
  g_string_append_printf (text, _ ("Expected: %" PRId64 "."), expected);
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

/* Longer numbers are said by their size. */
#define MOST_DIGITS 7

char *
ui_words_dup_count (const char *decimal)
{
  static const char *const raised[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  gsize length = strlen (decimal);
  g_autofree char *power = NULL;
  GString *text;

  if (length <= MOST_DIGITS)
    return g_strdup (decimal);
  text = g_string_new (NULL);
  g_string_append_printf (text, "%c.%c×10", decimal[0], decimal[1]);
  power = g_strdup_printf ("%" G_GSIZE_FORMAT, length - 1);
  for (const char *at = power; *at != '\0'; at++)
    g_string_append (text, raised[*at - '0']);
  return g_string_free (text, FALSE);
}

/* Its first digits as a number from 0.1 to 1; its length is its power of ten. */
static double
get_mantissa (const char *decimal)
{
  g_autofree char *digits = g_strdup_printf ("0.%.17s", decimal);

  return g_ascii_strtod (digits, NULL);
}

double
ui_words_get_ratio (const char *part, const char *all)
{
  double whole = get_mantissa (all);

  if (whole == 0)
    return 0;
  return get_mantissa (part) / whole * pow (10, (double) strlen (part) - (double) strlen (all));
}

char *
ui_words_dup_percent (double share)
{
  double percent = share * 100;

  if (percent > 0 && percent < .1)
    return g_strdup (_ ("under 0.1 %"));
  if (percent < 100 && percent > 99.9)
    return g_strdup (_ ("over 99.9 %"));
  if ((percent > 0 && percent < 9.95) || (percent < 100 && percent > 99))
    return g_strdup_printf (_ ("%.1f %%"), percent);
  return g_strdup_printf (_ ("%.0f %%"), percent);
}

char *
ui_words_dup_ways_short (const char *bad, const char *all)
{
  g_autofree char *part = ui_words_dup_count (bad);
  g_autofree char *whole = ui_words_dup_count (all);

  /* Translators: `3 of 4`, of ways to go on */
  return g_strdup_printf (_ ("%s of %s"), part, whole);
}

char *
ui_words_dup_ways (const char *bad, const char *all)
{
  g_autofree char *ways = ui_words_dup_ways_short (bad, all);

  /* Translators: `3 of 4 ways on lose`: of the ways to go on, so many end badly */
  return g_strdup_printf (strcmp (all, "1") == 0 ? _ ("%s way on loses") : _ ("%s ways on lose"),
                          ways);
}
