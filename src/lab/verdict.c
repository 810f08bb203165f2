/* What a run did, in words. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "lab/lab.h"

#define MOST_NAMED 4

static int
by_number_down (gconstpointer a, gconstpointer b)
{
  return *(const int *) b - *(const int *) a;
}

/* How many updates each stale write undid, most first. */
static GArray *
count_victims (const LabTrace *trace)
{
  g_autoptr (GHashTable) victims = g_hash_table_new (NULL, NULL);
  GArray *counts = g_array_new (FALSE, FALSE, sizeof (int));
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < trace->ops->len; i++)
    {
      const LabOp *op = &g_array_index (trace->ops, LabOp, i);
      gpointer killer = GINT_TO_POINTER (op->killer);

      if (op->lost)
        g_hash_table_replace (victims, killer,
                              GINT_TO_POINTER (
                                  GPOINTER_TO_INT (g_hash_table_lookup (victims, killer)) + 1));
    }
  g_hash_table_iter_init (&iter, victims);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      int count = GPOINTER_TO_INT (value);

      g_array_append_val (counts, count);
    }
  g_array_sort (counts, by_number_down);
  return counts;
}

/* `5, 3 and 2` */
static char *
list_counts (GArray *counts)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < counts->len; i++)
    {
      if (i > 0 && i + 1 == counts->len)
        /* Translators: between the last two numbers of a list */
        g_string_append (list, _ (" and "));
      else if (i > 0)
        /* Translators: between two numbers of a list */
        g_string_append (list, _ (", "));
      g_string_append_printf (list, "%d", g_array_index (counts, int, i));
    }
  return g_string_free (list, FALSE);
}

char *
lab_dup_verdict (const LabTrace *trace)
{
  g_autoptr (GArray) counts = count_victims (trace);
  g_autofree char *lost = NULL;
  g_autofree char *list = NULL;
  g_autofree char *why = NULL;

  if (trace->lost == 0)
    return g_strdup (_ ("No update was lost."));
  lost = g_strdup_printf (ngettext ("%d update was lost:", "%d updates were lost:", trace->lost),
                          trace->lost);
  if (counts->len <= MOST_NAMED)
    {
      list = list_counts (counts);
      /* Translators: how many writes, and a list of how many updates each of them undid */
      why = g_strdup_printf (ngettext ("%d stale write undid %s.", "%d stale writes undid %s.",
                                       counts->len),
                             (int) counts->len, list);
    }
  else
    why = g_strdup_printf (ngettext ("%d stale write undid up to %d each.",
                                     "%d stale writes undid up to %d each.", counts->len),
                           (int) counts->len, g_array_index (counts, int, 0));
  /* Translators: two sentences: how many updates were lost, and why */
  return g_strdup_printf (_ ("%s %s"), lost, why);
}
