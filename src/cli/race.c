/* `bobbin-cli race`: list the scenarios, run one for real. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/race.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "cli/get.h"
#include "cli/json.h"
#include "cli/race-bench.h"
#include "cli/race-explore.h"
#include "cli/race-program.h"
#include "cli/race-run.h"
#include "lab/lab.h"

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
        cli_json_string (&json, variant->title);
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
      printf ("%s/%s\t%s\t%s\n", scenarios[s].id, scenarios[s].variants[v].id,
              kind_word (scenarios[s].variants[v].kind), scenarios[s].variants[v].title);
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
    return cli_race_run (argc - 1, argv + 1);
  if (argc >= 2 && strcmp (argv[1], "bench") == 0)
    return cli_race_bench (argc - 1, argv + 1);
  return cli_race_fail (_ ("say “list”, “explore ID”, “run ID” or “bench”"));
}
