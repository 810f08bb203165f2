/* `bobbin-cli race bench`: nanoseconds an increment for each way to count together. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/race-bench.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "cli/get.h"
#include "cli/json.h"
#include "cli/race-program.h"
#include "lab/lab.h"

static const int default_threads[] = { 1, 2, 4 };

/* `1,2,4`; each at most once a mention, at most as many as there may be threads. */
static GArray *
parse_threads (const char *text)
{
  g_autoptr (GArray) threads = g_array_new (FALSE, FALSE, sizeof (int));
  g_auto (GStrv) parts = NULL;

  if (text == NULL)
    {
      g_array_append_vals (threads, default_threads, G_N_ELEMENTS (default_threads));
      return g_steal_pointer (&threads);
    }
  parts = g_strsplit (text, ",", -1);
  for (int i = 0; parts[i] != NULL; i++)
    {
      gint64 number;
      int n;

      if (!g_ascii_string_to_signed (parts[i], 10, 1, LAB_COST_MOST_THREADS, &number, NULL) ||
          i == LAB_COST_MOST_THREADS)
        return NULL;
      n = number;
      g_array_append_val (threads, n);
    }
  return threads->len > 0 ? g_steal_pointer (&threads) : NULL;
}

static void
cost_json (CliJson *json, const LabCost *cost)
{
  cli_json_open (json, '{');
  cli_json_key (json, "mechanism");
  cli_json_string (json, lab_cost_get_id (cost->kind));
  cli_json_key (json, "threads");
  cli_json_int (json, cost->threads);
  cli_json_key (json, "increments");
  cli_json_int (json, cost->increments);
  cli_json_key (json, "runs");
  cli_json_int (json, cost->runs);
  cli_json_key (json, "median_ns");
  cli_json_double (json, cost->median_ns);
  cli_json_key (json, "p10_ns");
  cli_json_double (json, cost->p10_ns);
  cli_json_key (json, "p90_ns");
  cli_json_double (json, cost->p90_ns);
  cli_json_key (json, "lost");
  cli_json_int (json, cost->lost);
  cli_json_close (json, '}');
}

static void
print_json (const GArray *costs)
{
  g_autofree char *text = NULL;
  CliJson json;

  cli_json_init (&json);
  cli_json_open (&json, '{');
  cli_json_key (&json, "id");
  cli_json_string (&json, "cost");
  cli_json_key (&json, "costs");
  cli_json_open (&json, '[');
  for (guint i = 0; i < costs->len; i++)
    cost_json (&json, &g_array_index (costs, LabCost, i));
  cli_json_close (&json, ']');
  cli_json_close (&json, '}');
  text = cli_json_finish (&json);
  puts (text);
}

static void
print_row (const LabCost *cost)
{
  const char *title = lab_cost_get_title (cost->kind);
  int room = MAX (0, 26 - (int) g_utf8_strlen (title, -1));

  printf ("%s%*s %2d  %9.1f  %9.1f  %9.1f", title, room, "", cost->threads, cost->median_ns,
          cost->p10_ns, cost->p90_ns);
  if (cost->lost > 0)
    /* Translators: increments that are missing in the total */
    printf (_ ("  lost %d"), (int) cost->lost);
  putchar ('\n');
}

static GArray *
measure (const GArray *threads, gboolean json)
{
  g_autoptr (GArray) costs = g_array_new (FALSE, FALSE, sizeof (LabCost));

  for (guint t = 0; t < threads->len; t++)
    for (int kind = 0; kind < LAB_N_COSTS; kind++)
      {
        LabCost cost;

        if (!lab_cost_measure (kind, g_array_index (threads, int, t), NULL, &cost))
          return NULL;
        g_array_append_val (costs, cost);
        if (!json)
          print_row (&cost);
      }
  return g_steal_pointer (&costs);
}

int
cli_race_bench (int argc, char **argv)
{
  g_autofree char *list = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "threads", 0, 0, G_OPTION_ARG_STRING, &list, N_ ("Numbers of threads, each 1 to 16"),
      "1,2,4" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("One JSON object"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GArray) threads = NULL;
  g_autoptr (GArray) costs = NULL;
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return cli_race_fail (error->message);
  /* It may be named by its scenario. */
  if (argc > 2 || (argc == 2 && strcmp (argv[1], "cost") != 0))
    return cli_race_fail (_ ("bench takes no scenario"));
  threads = parse_threads (list);
  if (threads == NULL)
    return cli_race_fail (_ ("--threads takes numbers from 1 to 16, such as 1,2,4"));
  if (!json)
    puts (_ ("Nanoseconds an increment: threads, median, 10th and 90th of a hundred"));
  costs = measure (threads, json);
  if (costs == NULL)
    return cli_race_fail (_ ("the system gives no more threads"));
  if (json)
    print_json (costs);
  return CLI_OK;
}
