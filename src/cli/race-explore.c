/* `bobbin-cli race explore`: every order of a program's steps, for people or as JSON. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/race-explore.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/get.h"
#include "cli/json.h"
#include "cli/race-program.h"

#define INCOMPLETE 3

static void
add_steps (CliJson *json, LabProgram *program, const GArray *steps)
{
  g_auto (LabState) state = { 0 };

  lab_state_init (&state, program);
  cli_json_open (json, '[');
  for (guint i = 0; i < steps->len; i++)
    {
      LabMove move = g_array_index (steps, LabMove, i);
      g_autofree char *choice = lab_move_dup_choice (move, program);
      g_autofree char *text = lab_move_dup_text (move, program, &state);

      cli_json_open (json, '{');
      cli_json_key (json, "thread");
      cli_json_string (json, program->threads[move.thread].name);
      cli_json_key (json, "choice");
      cli_json_string (json, choice);
      cli_json_key (json, "text");
      cli_json_string (json, text);
      cli_json_close (json, '}');
      lab_machine_apply (program, &state, move, NULL);
    }
  cli_json_close (json, ']');
}

static const char *
ending_word (LabEndingKind kind)
{
  return kind == LAB_ENDING_END ? "end" : kind == LAB_ENDING_DEADLOCK ? "deadlock" : "failed";
}

static void
add_endings (CliJson *json, const LabProgram *program, const LabExploration *found)
{
  cli_json_key (json, "outcomes");
  cli_json_open (json, '[');
  for (guint i = 0; i < found->endings->len; i++)
    {
      const LabEnding *ending = g_ptr_array_index (found->endings, i);

      cli_json_open (json, '{');
      cli_json_key (json, "kind");
      cli_json_string (json, ending_word (ending->kind));
      cli_json_key (json, "values");
      cli_json_open (json, '{');
      for (int v = 0; ending->kind == LAB_ENDING_END && v < program->n_shown; v++)
        {
          cli_json_key (json, program->shown[v].name);
          cli_json_int (json, ending->values[v]);
        }
      cli_json_close (json, '}');
      cli_json_key (json, "schedules");
      cli_json_string (json, ending->schedules);
      cli_json_key (json, "bad");
      cli_json_bool (json, ending->bad);
      cli_json_close (json, '}');
    }
  cli_json_close (json, ']');
}

static void
add_witness (CliJson *json, LabProgram *program, const LabWitness *witness)
{
  cli_json_key (json, "witness");
  if (witness == NULL)
    {
      cli_json_null (json);
      return;
    }
  cli_json_open (json, '{');
  cli_json_key (json, "preemptions");
  cli_json_int (json, witness->preemptions);
  cli_json_key (json, "switches");
  cli_json_int (json, witness->switches);
  cli_json_key (json, "steps");
  add_steps (json, program, witness->steps);
  cli_json_key (json, "schedule");
  cli_json_string (json, witness->schedule);
  cli_json_close (json, '}');
}

/* Only where the answer is incomplete, so that nobody takes it for the exact one. */
static void
add_sample (CliJson *json, const LabSample *sample)
{
  if (sample->walks == 0)
    return;
  cli_json_key (json, "sample");
  cli_json_open (json, '{');
  cli_json_key (json, "walks");
  cli_json_int (json, sample->walks);
  cli_json_key (json, "bad");
  cli_json_int (json, sample->bad);
  cli_json_key (json, "unfinished");
  cli_json_int (json, sample->unfinished);
  cli_json_key (json, "confidence");
  cli_json_double (json, 0.95);
  cli_json_key (json, "low");
  cli_json_double (json, sample->low);
  cli_json_key (json, "high");
  cli_json_double (json, sample->high);
  cli_json_close (json, '}');
}

static void
print_json (const char *id, LabProgram *program, const LabExploration *found)
{
  g_autofree char *text = NULL;
  CliJson json;

  cli_json_init (&json);
  cli_json_open (&json, '{');
  cli_json_key (&json, "id");
  cli_json_string (&json, id);
  cli_json_key (&json, "complete");
  cli_json_bool (&json, found->complete);
  cli_json_key (&json, "states");
  cli_json_int (&json, found->states);
  cli_json_key (&json, "transitions");
  cli_json_int (&json, found->transitions);
  cli_json_key (&json, "schedules");
  cli_json_string (&json, found->schedules);
  cli_json_key (&json, "cycle");
  cli_json_bool (&json, found->cycle);
  cli_json_key (&json, "livelock");
  cli_json_bool (&json, found->livelock);
  add_endings (&json, program, found);
  cli_json_key (&json, "bad_schedules");
  cli_json_string (&json, found->bad_schedules);
  cli_json_key (&json, "probability_bad");
  cli_json_exact_double (&json, found->probability_bad);
  add_witness (&json, program, found->witness);
  cli_json_key (&json, "livelock_path");
  if (found->livelock_path != NULL)
    add_steps (&json, program, found->livelock_path);
  else
    cli_json_null (&json);
  add_sample (&json, &found->sample);
  cli_json_close (&json, '}');
  text = cli_json_finish (&json);
  puts (text);
}

static void
print_steps (LabProgram *program, const GArray *steps)
{
  g_autoptr (LabStepper) stepper = lab_stepper_new (program);

  lab_stepper_load (stepper, (const LabMove *) steps->data, steps->len);
  for (guint i = 0; i < steps->len; i++)
    {
      LabMove move = g_array_index (steps, LabMove, i);
      const LabReport *report = lab_stepper_get_report (stepper, i);
      g_autofree char *text = NULL;
      g_autofree char *did = NULL;

      lab_stepper_seek (stepper, i);
      text = lab_move_dup_text (move, program, lab_stepper_get_state (stepper));
      did = report->failure != LAB_FAILURE_NONE ? lab_failure_dup_text (report->failure)
            : report->accesses->len > 0
                ? lab_access_dup_text (&g_array_index (report->accesses, LabAccess, 0), program)
                : g_strdup ("");
      printf ("  %4u  %-8s %-32s %s\n", i + 1, program->threads[move.thread].name, text, did);
    }
}

static char *
describe_ending (const LabProgram *program, const LabEnding *ending)
{
  GString *text;

  if (ending->kind == LAB_ENDING_DEADLOCK)
    return g_strdup (_ ("deadlock"));
  if (ending->kind == LAB_ENDING_FAILED)
    return g_strdup (_ ("a step fails"));
  text = g_string_new (NULL);
  for (int v = 0; v < program->n_shown; v++)
    g_string_append_printf (text, "%s%s = %" PRId64, v > 0 ? ", " : "", program->shown[v].name,
                            ending->values[v]);
  return g_string_free (text, FALSE);
}

static void
print_endings (const LabProgram *program, const LabExploration *found)
{
  for (guint i = 0; i < found->endings->len; i++)
    {
      const LabEnding *ending = g_ptr_array_index (found->endings, i);
      g_autofree char *text = describe_ending (program, ending);

      printf ("  %c %-32s %s\n", ending->bad ? 'x' : '=', text,
              ending->schedules != NULL ? ending->schedules : "");
    }
}

static void
print_incomplete (const LabExploration *found)
{
  puts (found->stopped == LAB_STOPPED_CANCELLED ? _ ("Cancelled: nothing is proved.")
        : found->stopped == LAB_STOPPED_MEMORY
            ? _ ("Stopped at the limit of memory: nothing is proved.")
            : _ ("Stopped at the limit of states: nothing is proved."));
  if (found->sample.walks > 0)
    printf (_ ("Of %d random walks %d were bad and %d did not end: with a confidence of 95 %%, "
               "choices taken "
               "equally end badly with a probability of %.4g to %.4g.\n"),
            found->sample.walks, found->sample.bad, found->sample.unfinished, found->sample.low,
            found->sample.high);
}

static void
print_verdict (const LabExploration *found)
{
  if (!found->complete)
    {
      print_incomplete (found);
      return;
    }
  if (!found->bad && found->schedules != NULL)
    printf (_ ("Proved: none of %s schedules is bad.\n"), found->schedules);
  else if (!found->bad)
    puts (_ ("Proved: no schedule is bad."));
  else if (found->schedules != NULL)
    printf (_ ("%s of %s schedules are bad.\n"), found->bad_schedules, found->schedules);
  else
    puts (_ ("There are bad schedules."));
  if (found->cycle)
    puts (_ ("A state can be met again: there is no end to the schedules."));
  printf (_ ("Where each enabled step is equally likely, the probability of a bad one is %.6g.\n"),
          found->probability_bad);
}

static void
print_text (const char *id, LabProgram *program, const LabExploration *found)
{
  printf (_ ("%s: %" PRIu64 " states, %" PRIu64 " steps between them, %.3f s\n"), id, found->states,
          found->transitions, found->seconds);
  print_verdict (found);
  print_endings (program, found);
  if (found->witness != NULL)
    {
      printf (_ ("A bad schedule with the fewest preemptions (%d) and switches (%d):\n"),
              found->witness->preemptions, found->witness->switches);
      print_steps (program, found->witness->steps);
      printf (_ ("Replay it: --replay %s\n"), found->witness->schedule);
    }
  if (found->livelock)
    {
      printf (_ ("Livelock: the way to a state from which everybody can go round for ever:\n"));
      print_steps (program, found->livelock_path);
    }
}

/* An option that was not given; no number that somebody would give is that. */
#define NOT_GIVEN G_MININT64

static gboolean
check_numbers (gint64 threads, gint64 increments, gint64 most_states)
{
  if (threads != NOT_GIVEN && (threads < 1 || threads > LAB_PROGRAM_MOST_THREADS))
    cli_race_fail (_ ("--threads takes a number from 1 to 64"));
  else if (increments != NOT_GIVEN && (increments < 1 || increments > 1000000))
    cli_race_fail (_ ("--increments takes a number from 1 to 1,000,000"));
  else if (most_states != NOT_GIVEN && (most_states < 1 || most_states > 4000000000))
    cli_race_fail (_ ("--max-states takes a number from 1 to 4,000,000,000"));
  else
    return TRUE;
  return FALSE;
}

typedef struct
{
  GMainLoop *loop;
  GCancellable *cancellable;
  LabExploration *found;
} Waiter;

static void
explored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Waiter *waiter = data;

  waiter->found = lab_explore_finish (result);
  g_main_loop_quit (waiter->loop);
}

/* The first interrupt asks for what is known so far; the second ends the program. */
static gboolean
interrupted_cb (gpointer data)
{
  Waiter *waiter = data;

  g_cancellable_cancel (waiter->cancellable);
  return G_SOURCE_REMOVE;
}

static LabExploration *
explore (LabProgram *program, gint64 most_states)
{
  const LabExploreOptions options = { .most_states = MAX (most_states, 0) };
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Waiter waiter = { loop, cancellable, NULL };
  guint interrupt = g_unix_signal_add (SIGINT, interrupted_cb, &waiter);

  lab_explore_async (program, &options, cancellable, explored_cb, &waiter);
  g_main_loop_run (loop);
  if (!g_cancellable_is_cancelled (cancellable))
    g_source_remove (interrupt);
  return waiter.found;
}

static int
explore_and_print (const char *name, int threads, int increments, gint64 most_states, gboolean json)
{
  g_autofree char *id = NULL;
  g_autoptr (LabProgram) program = cli_race_load (name, threads, increments, &id);
  g_autoptr (LabExploration) found = NULL;

  if (program == NULL)
    return CLI_WRONG;
  found = explore (program, most_states);
  if (json)
    print_json (id, program, found);
  else
    print_text (id, program, found);
  return found->complete ? CLI_OK : INCOMPLETE;
}

int
cli_race_explore (int argc, char **argv)
{
  gint64 threads = NOT_GIVEN;
  gint64 increments = NOT_GIVEN;
  gint64 most_states = NOT_GIVEN;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "threads", 0, 0, G_OPTION_ARG_INT64, &threads, N_ ("How many threads"), "T" },
    { "increments", 0, 0, G_OPTION_ARG_INT64, &increments, N_ ("Of each thread"), "N" },
    { "max-states", 0, 0, G_OPTION_ARG_INT64, &most_states, N_ ("Stop after so many states"), "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("One JSON object"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("ID|FILE"));
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return cli_race_fail (error->message);
  if (argc != 2)
    return cli_race_fail (
        _ ("name one scenario or file; “bobbin-cli race list” lists the scenarios"));
  if (!check_numbers (threads, increments, most_states))
    return CLI_WRONG;
  return explore_and_print (argv[1], (int) MAX (threads, 0), (int) MAX (increments, 0),
                            MAX (most_states, 0), json);
}
