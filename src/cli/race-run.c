/* `bobbin-cli race run`: a program on real threads, freely or along one schedule. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/race-run.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "cli/get.h"
#include "cli/json.h"
#include "cli/race-program.h"
#include "lab/lab.h"

#define WIDEST_BAR 40
#define DEFAULT_RUNS 200
#define UNSAID G_MININT

typedef struct
{
  LabRunOptions run;
  char *nudge;  /* owned */
  char *replay; /* owned */
  gboolean json;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->nudge);
  g_free (self->replay);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static const char *
kind_word (LabEndingKind kind)
{
  return kind == LAB_ENDING_END ? "end" : kind == LAB_ENDING_DEADLOCK ? "deadlock" : "failed";
}

static void
outcome_json (CliJson *json, const LabProgram *program, const LabOutcome *outcome)
{
  cli_json_open (json, '{');
  cli_json_key (json, "kind");
  cli_json_string (json, kind_word (outcome->kind));
  cli_json_key (json, "values");
  cli_json_open (json, '{');
  for (int i = 0; outcome->kind == LAB_ENDING_END && i < program->n_shown; i++)
    {
      cli_json_key (json, program->shown[i].name);
      cli_json_int (json, outcome->values[i]);
    }
  cli_json_close (json, '}');
  cli_json_key (json, "count");
  cli_json_int (json, outcome->count);
  cli_json_close (json, '}');
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
  cli_json_string (&json, result->forced ? "forced" : result->nudge > 0 ? "nudged" : "unassisted");
  cli_json_key (&json, "nudge");
  cli_json_int (&json, result->nudge);
  cli_json_key (&json, "runs");
  cli_json_int (&json, result->runs);
  cli_json_key (&json, "outcomes");
  cli_json_open (&json, '[');
  for (guint i = 0; i < result->outcomes->len; i++)
    outcome_json (&json, result->program, &g_array_index (result->outcomes, LabOutcome, i));
  cli_json_close (&json, ']');
  cli_json_key (&json, "bad_runs");
  cli_json_int (&json, result->bad_runs);
  /* Runs that came to no end have no outcome; they are said only where there are any. */
  if (result->unfinished_runs > 0)
    {
      cli_json_key (&json, "unfinished_runs");
      cli_json_int (&json, result->unfinished_runs);
    }
  cli_json_key (&json, "seconds");
  cli_json_double (&json, result->seconds);
  cli_json_close (&json, '}');
  text = cli_json_finish (&json);
  puts (text);
}

/* `sold = 2, seats = 0` */
static char *
dup_label (const LabProgram *program, const LabOutcome *outcome)
{
  GString *label = g_string_new (NULL);

  if (outcome->kind == LAB_ENDING_DEADLOCK)
    g_string_append (label, _ ("deadlock"));
  else if (outcome->kind == LAB_ENDING_FAILED)
    g_string_append (label, _ ("failed"));
  else if (program->n_shown == 0)
    g_string_append (label, _ ("end"));
  for (int i = 0; outcome->kind == LAB_ENDING_END && i < program->n_shown; i++)
    g_string_append_printf (label, "%s%s = %" G_GINT64_FORMAT, i > 0 ? ", " : "",
                            program->shown[i].name, outcome->values[i]);
  return g_string_free (label, FALSE);
}

static void
print_histogram (const LabRunResult *result)
{
  int most = 1;
  int widest = 0;

  for (guint i = 0; i < result->outcomes->len; i++)
    {
      const LabOutcome *outcome = &g_array_index (result->outcomes, LabOutcome, i);
      g_autofree char *label = dup_label (result->program, outcome);

      most = MAX (most, outcome->count);
      widest = MAX (widest, (int) g_utf8_strlen (label, -1));
    }
  for (guint i = 0; i < result->outcomes->len; i++)
    {
      const LabOutcome *outcome = &g_array_index (result->outcomes, LabOutcome, i);
      g_autofree char *label = dup_label (result->program, outcome);
      int width = MAX (1, (int) ((gint64) outcome->count * WIDEST_BAR / most));

      printf ("%*s%s %c %6d ", widest - (int) g_utf8_strlen (label, -1), "", label,
              outcome->bad ? 'x' : '=', outcome->count);
      for (int n = 0; n < width; n++)
        putchar ('#');
      putchar ('\n');
    }
}

static void
print_losses (const LabRunResult *result)
{
  g_autofree char *verdict = NULL;

  printf (_ ("Expected %d, got %d, lost %d in the last run\n"), (int) result->expected,
          (int) result->last, (int) (result->expected - result->last));
  if (result->traces->len == 0)
    return;
  verdict = lab_dup_verdict (g_ptr_array_index (result->traces, 0));
  printf (_ ("The first run: %s\n"), verdict);
}

static void
print_text (const LabRunResult *result)
{
  g_autofree char *verdict = lab_dup_run_verdict (result);

  if (result->forced)
    printf (ngettext ("%s: %d run, forced schedule\n", "%s: %d runs, forced schedule\n",
                      result->runs),
            result->variant, result->runs);
  else if (result->nudge > 0)
    printf (ngettext ("%s: %d run, nudged 1 in %d\n", "%s: %d runs, nudged 1 in %d\n",
                      result->runs),
            result->variant, result->runs, result->nudge);
  else
    printf (ngettext ("%s: %d run, unassisted\n", "%s: %d runs, unassisted\n", result->runs),
            result->variant, result->runs);
  if (result->counts)
    print_losses (result);
  puts (verdict);
  if (result->unfinished_runs > 0)
    printf (ngettext ("%d run came to no end\n", "%d runs came to no end\n",
                      result->unfinished_runs),
            result->unfinished_runs);
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

/* Numbers begin at 1; what was not said is 0 from here on. */
static gboolean
check_number (int *number, const char *option, GError **error)
{
  if (*number == UNSAID)
    *number = 0;
  else if (*number < 1)
    {
      /* Translators: an option, such as --runs */
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("%s takes a number from 1 on"), option);
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_options (Options *self, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "threads", 0, 0, G_OPTION_ARG_INT, &self->run.threads, N_ ("How many threads"), "T" },
    { "increments", 0, 0, G_OPTION_ARG_INT, &self->run.increments, N_ ("Of each thread"), "N" },
    { "runs", 0, 0, G_OPTION_ARG_INT, &self->run.runs, N_ ("How often"), "N" },
    { "nudge", 0, 0, G_OPTION_ARG_STRING, &self->nudge, N_ ("auto, off, or yield once in K times"),
      "K" },
    { "replay", 0, 0, G_OPTION_ARG_STRING, &self->replay, N_ ("Take the steps of this schedule"),
      "SCHEDULE" },
    { "timeout", 0, 0, G_OPTION_ARG_INT, &self->run.timeout_ms,
      N_ ("Look after a run that takes longer"), "MS" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_ ("One JSON object"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("ID|FILE"));

  self->run.threads = self->run.increments = self->run.runs = self->run.timeout_ms = UNSAID;
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return g_option_context_parse (context, argc, argv, error) &&
         check_number (&self->run.threads, "--threads", error) &&
         check_number (&self->run.increments, "--increments", error) &&
         check_number (&self->run.runs, "--runs", error) &&
         check_number (&self->run.timeout_ms, "--timeout", error);
}

static LabRunResult *
run_or_replay (Options *options, LabProgram *program, const char *id, GError **error)
{
  const LabVariant *variant = lab_find_variant (id, NULL);

  if (options->replay != NULL)
    return lab_replay (program, id, options->replay, options->run.runs > 0 ? options->run.runs : 1,
                       NULL, error);
  options->run.variant = id;
  options->run.program = variant == NULL ? program : NULL;
  options->run.keep = 1;
  if (options->run.runs == 0)
    options->run.runs = DEFAULT_RUNS;
  return lab_run (&options->run, NULL, error);
}

int
cli_race_run (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  g_autoptr (LabProgram) program = NULL;
  g_autoptr (LabRunResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  if (!parse_options (&options, &argc, &argv, &error))
    return cli_race_fail (error->message);
  if (argc != 2)
    return cli_race_fail (
        _ ("name one scenario or file; “bobbin-cli race list” lists the scenarios"));
  if (!parse_nudge (options.nudge, &options.run.nudge))
    return cli_race_fail (_ ("--nudge takes auto, off or a number"));
  program = cli_race_load (argv[1], options.run.threads, options.run.increments, &id);
  if (program == NULL)
    return CLI_WRONG;
  result = run_or_replay (&options, program, id, &error);
  if (result == NULL)
    return cli_race_fail (error->message);
  if (options.json)
    print_json (result);
  else
    print_text (result);
  return CLI_OK;
}
