/* `bobbin-cli race`: list the scenarios, run one for real. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/race.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "cli/get.h"
#include "cli/json.h"
#include "cli/race-explore.h"
#include "lab/lab.h"

#define WIDEST_BAR 40

static const char *
kind_word (LabKind kind)
{
  return kind == LAB_KIND_BROKEN ? "broken" : kind == LAB_KIND_WRONG_FIX ? "wrong_fix" : "fix";
}

static void
list_json (const LabScenario *scenarios, int n)
{
  g_autofree char *text = NULL;
  CliJson json;

  cli_json_init (&json);
  cli_json_open (&json, '[');
  for (int s = 0; s < n; s++)
    for (int v = 0; v < scenarios[s].n_variants; v++)
      {
        const LabVariant *variant = &scenarios[s].variants[v];
        g_autofree char *id = g_strdup_printf ("%s/%s", scenarios[s].id, variant->id);

        cli_json_open (&json, '{');
        cli_json_key (&json, "id");
        cli_json_string (&json, id);
        cli_json_key (&json, "title");
        cli_json_string (&json, g_dpgettext2 (NULL, "variant", variant->title));
        cli_json_key (&json, "kind");
        cli_json_string (&json, kind_word (variant->kind));
        cli_json_close (&json, '}');
      }
  cli_json_close (&json, ']');
  text = cli_json_finish (&json);
  puts (text);
}

static int
list (int argc, char **argv)
{
  gboolean json = argc > 1 && strcmp (argv[1], "--json") == 0;
  const LabScenario *scenarios;
  int n;

  if (argc > 2 || (argc == 2 && !json))
    {
      fputs (_ ("bobbin-cli race list takes --json alone\n"), stderr);
      return CLI_WRONG;
    }
  scenarios = lab_get_scenarios (&n);
  if (json)
    {
      list_json (scenarios, n);
      return CLI_OK;
    }
  for (int s = 0; s < n; s++)
    for (int v = 0; v < scenarios[s].n_variants; v++)
      printf ("%s/%s\t%s\t%s\n",
              scenarios[s].id,
              scenarios[s].variants[v].id,
              kind_word (scenarios[s].variants[v].kind),
              g_dpgettext2 (NULL, "variant", scenarios[s].variants[v].title));
  return CLI_OK;
}

static void
print_json (const LabRunResult *result)
{
  g_autofree char *text = NULL;
  CliJson json;

  cli_json_init (&json);
  cli_json_open (&json, '{');
  cli_json_key (&json, "id");
  cli_json_string (&json, result->variant);
  cli_json_key (&json, "mode");
  cli_json_string (&json, result->nudge > 0 ? "nudged" : "unassisted");
  cli_json_key (&json, "nudge");
  cli_json_int (&json, result->nudge);
  cli_json_key (&json, "runs");
  cli_json_int (&json, result->runs);
  cli_json_key (&json, "outcomes");
  cli_json_open (&json, '[');
  for (guint i = 0; i < result->outcomes->len; i++)
    {
      const LabOutcome *outcome = &g_array_index (result->outcomes, LabOutcome, i);

      cli_json_open (&json, '{');
      cli_json_key (&json, "kind");
      cli_json_string (&json, "end");
      cli_json_key (&json, "values");
      cli_json_open (&json, '{');
      cli_json_key (&json, g_str_has_prefix (result->variant, "queue") ? "total" : "count");
      cli_json_int (&json, outcome->value);
      cli_json_close (&json, '}');
      cli_json_key (&json, "count");
      cli_json_int (&json, outcome->count);
      cli_json_close (&json, '}');
    }
  cli_json_close (&json, ']');
  cli_json_key (&json, "bad_runs");
  cli_json_int (&json, result->bad_runs);
  cli_json_key (&json, "seconds");
  cli_json_double (&json, result->seconds);
  cli_json_close (&json, '}');
  text = cli_json_finish (&json);
  puts (text);
}

static void
print_histogram (const LabRunResult *result)
{
  int most = 1;

  for (guint i = 0; i < result->outcomes->len; i++)
    most = MAX (most, g_array_index (result->outcomes, LabOutcome, i).count);
  for (guint i = 0; i < result->outcomes->len; i++)
    {
      const LabOutcome *outcome = &g_array_index (result->outcomes, LabOutcome, i);
      int width = MAX (1, outcome->count * WIDEST_BAR / most);

      printf ("%8d %c %5d ", (int) outcome->value, outcome->bad ? 'x' : '=', outcome->count);
      for (int n = 0; n < width; n++)
        putchar ('#');
      putchar ('\n');
    }
}

static void
print_text (const LabRunResult *result)
{
  g_autofree char *verdict = NULL;

  if (result->nudge > 0)
    printf (_ ("%s: %d runs, nudged 1 in %d\n"), result->variant, result->runs, result->nudge);
  else
    printf (_ ("%s: %d runs, unassisted\n"), result->variant, result->runs);
  printf (_ ("Expected %d, got %d, lost %d in the last run\n"),
          (int) result->expected,
          (int) result->last,
          (int) (result->expected - result->last));
  if (result->traces->len > 0)
    {
      verdict = lab_dup_verdict (g_ptr_array_index (result->traces, 0));
      printf (_ ("The first run: %s\n"), verdict);
    }
  printf (ngettext ("%d of %d run lost an update\n", "%d of %d runs lost an update\n", result->runs),
          result->bad_runs,
          result->runs);
  if (result->unassisted_runs > 0)
    printf (_ ("Unassisted, %d of %d did\n"), result->unassisted_bad_runs, result->unassisted_runs);
  print_histogram (result);
}

static gboolean
parse_nudge (const char *text, int *nudge)
{
  gint64 value;

  if (text == NULL || strcmp (text, "auto") == 0)
    *nudge = LAB_NUDGE_AUTO;
  else if (strcmp (text, "off") == 0)
    *nudge = LAB_NUDGE_OFF;
  else if (g_ascii_string_to_signed (text, 10, 1, 1000000, &value, NULL))
    *nudge = value;
  else
    return FALSE;
  return TRUE;
}

static int
fail (const char *why)
{
  fprintf (stderr, "bobbin-cli race: %s\n", why);
  return CLI_WRONG;
}

static int
run (int argc, char **argv)
{
  LabRunOptions options = { .threads = 2, .increments = 500, .runs = 200, .keep = 1 };
  g_autofree char *nudge = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "threads", 0, 0, G_OPTION_ARG_INT, &options.threads, N_ ("How many threads"), "T" },
    { "increments", 0, 0, G_OPTION_ARG_INT, &options.increments, N_ ("Of each thread"), "N" },
    { "runs", 0, 0, G_OPTION_ARG_INT, &options.runs, N_ ("How often"), "N" },
    { "nudge", 0, 0, G_OPTION_ARG_STRING, &nudge, N_ ("auto, off, or yield once in K times"), "K" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("One JSON object"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("ID"));
  g_autoptr (LabRunResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return fail (error->message);
  if (argc != 2)
    return fail (_ ("name one scenario; “bobbin-cli race list” lists them"));
  if (!parse_nudge (nudge, &options.nudge))
    return fail (_ ("--nudge takes auto, off or a number"));
  options.variant = argv[1];
  result = lab_run (&options, NULL, &error);
  if (result == NULL)
    return fail (error->message);
  if (json)
    print_json (result);
  else
    print_text (result);
  return CLI_OK;
}

int
cli_race_main (int argc, char **argv)
{
  if (argc >= 2 && strcmp (argv[1], "list") == 0)
    return list (argc - 1, argv + 1);
  if (argc >= 2 && strcmp (argv[1], "explore") == 0)
    return cli_race_explore (argc - 1, argv + 1);
  if (argc >= 2 && strcmp (argv[1], "run") == 0)
    return run (argc - 1, argv + 1);
  return fail (_ ("say “list”, “explore ID” or “run ID”"));
}
