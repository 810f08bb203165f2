/* No file is ever made of two versions, nor of a web page, whatever a server does.
 *
 * Random scenarios, from a seed, so that each can be run again: how the server names its versions,
 * when the file changes, what goes wrong. Each is asked for by up to three runs of the program, one
 * of which may be killed, the later ones going on with what is there. What is completed must be one
 * real version to the last byte; what is not must have said why and have no final name.
 *
 * A few hundred by default; 10,000 with BOBBIN_TEST_LONG=1. BOBBIN_TEST_SEED=N begins elsewhere,
 * BOBBIN_TEST_BATCHES=N runs so many hundreds.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "support/cli-run.h"
#include "support/hostile-server.h"

#define BATCH 100
#define BATCHES 3
#define LONG_BATCHES 100
#define RUNS 3
#define MOST_VERSIONS 60
#define TELL_BLOCK 4096

typedef struct
{
  char *address; /* owned */
  char *name;    /* owned */
  guint64 seed;
  gint64 size;
  gint64 grow;
  gint64 odd_byte; /* -1: none */
  gboolean completed;
} Scenario;

static void
scenario_free (gpointer data)
{
  Scenario *scenario = data;

  g_free (scenario->address);
  g_free (scenario->name);
  g_free (scenario);
}

static const char *
pick (GRand *chance, const char *const *words, int n)
{
  return words[g_rand_int_range (chance, 0, n)];
}

#define PICK(words) pick (chance, words, G_N_ELEMENTS (words))

#define DATE "&modified=1000000000"

/* How its versions are told apart. What keeps its date for other bytes has a strong tag that does
 * not stay; who keeps all that it says lies, and is not among them. */
static const char *const names[] = {
  "&etag=a" DATE,
  "&etag=a",
  "&etag=a&weak" DATE,
  "&etag=a&weak",
  "&etag=a&rotate" DATE,
  "&etag=a&rotate",
  "&etag=a&rotate&weak" DATE,
  "&etag=a&keep-modified" DATE,
  DATE,
  "",
};

static const char *const faults[] = {
  "",
  "",
  "",
  "&no-etag",
  "&no-modified",
  "&make-weak",
  "&no-etag&no-modified",
  "&ignore-range",
  "&refuse-range",
  "&ignore-if-range",
  "&range-shift=4096",
  "&range-shift=-1",
  "&range-short=70000",
  "&range-short=10",
  "&range-long",
  "&range-whole",
  "&range-total=99999",
  "&no-content-range",
  "&content-range=bytes%200-9/10",
  "&content-range=bytes%200-0/*",
  "&encoding=gzip",
  "&encoding=gzip&chunked",
  "&status=403",
  "&status=503",
  "&status=204",
  "&status=416",
  "&length-off=-5",
  "&length-off=1000",
  "&extra=1000",
  "&hang-up",
  "&abort",
  "&reset=30000",
  "&stall=50000",
  "&no-total",
  "&chunked",
  "&chunked&no-last-chunk",
  "&chunked&bad-chunk",
  "&no-length",
  "&http10",
  "&raw=UEsDBA==",
};

static const char *const whens[] = { "&when=first:1",
                                     "&when=first:2",
                                     "&when=first:4",
                                     "&when=nth:2",
                                     "&when=nth:3",
                                     "&when=nth:4",
                                     "&when=every:2",
                                     "&when=every:3",
                                     "&when=ranged",
                                     "&when=later",
                                     "" };

/* A web page in answer to the very first request may be what is wanted; a request for a later part
 * is no first one. */
#define LOGIN "&login&when=later"

/* What goes wrong, and when. */
static void
add_fault (GString *query, GRand *chance, Scenario *scenario)
{
  switch (g_rand_int_range (chance, 0, 12))
    {
    case 0:
      g_string_append (query, LOGIN);
      break;
    case 1:
      scenario->odd_byte = g_rand_int_range (chance, 0, scenario->size);
      g_string_append_printf (query, "&odd-byte=%" G_GINT64_FORMAT "&when=from:%d",
                              scenario->odd_byte, g_rand_int_range (chance, 2, 9));
      break;
    default:
      g_string_append_printf (query, "%s%s", PICK (faults), PICK (whens));
      break;
    }
}

static Scenario *
make_scenario (HostileServer *server, GRand *chance, guint number)
{
  Scenario *scenario = g_new0 (Scenario, 1);
  g_autoptr (GString) query = g_string_new (NULL);

  scenario->seed = number + 7;
  scenario->odd_byte = -1;
  scenario->size = g_rand_int_range (chance, 1, 1500000);
  scenario->name = g_strdup_printf ("f%u.bin", number);
  g_string_append_printf (query, "seed=%" G_GUINT64_FORMAT "%s", scenario->seed, PICK (names));
  if (g_rand_int_range (chance, 0, 3) > 0)
    g_string_append_printf (query, "&cut=%d", g_rand_int_range (chance, 0, scenario->size));
  add_fault (query, chance, scenario);
  switch (g_rand_int_range (chance, 0, 5))
    {
    case 0:
      g_string_append (query, "&change-always");
      break;
    case 1:
    case 2:
      g_string_append_printf (query, "&change=%d", g_rand_int_range (chance, 2, 9));
      break;
    default:
      break;
    }
  if (g_rand_int_range (chance, 0, 3) == 0)
    scenario->grow = g_rand_int_range (chance, -scenario->size + 1, 3000);
  if (scenario->grow != 0)
    g_string_append_printf (query, "&grow=%" G_GINT64_FORMAT, scenario->grow);
  if (g_rand_int_range (chance, 0, 2) == 0)
    g_string_append_printf (query, "&rate=%d", g_rand_int_range (chance, 1000000, 4000000));
  scenario->address = hostile_server_dup_address (server, "/bytes/%" G_GINT64_FORMAT "/%s?%s",
                                                  scenario->size, scenario->name, query->str);
  return scenario;
}

static gboolean
is_version_at (
    const Scenario *scenario, guint64 version, gint64 at, const guint8 *data, gsize length)
{
  HostilePayload payload = HOSTILE_PAYLOAD_INIT;

  payload.seed = scenario->seed;
  payload.version = version;
  if (hostile_payload_find_difference (&payload, at, data, length) < 0)
    return TRUE;
  payload.odd_byte = scenario->odd_byte;
  return hostile_payload_find_difference (&payload, at, data, length) < 0;
}

static gboolean
is_version (const Scenario *scenario, guint64 version, const guint8 *data, gsize length)
{
  return (gint64) length == scenario->size + (version != 1 ? scenario->grow : 0) &&
         is_version_at (scenario, version, 0, data, length);
}

/* What shows how it came about: where the bytes are not those of any one version, and what was
 * asked. */
static void
tell (HostileServer *server, const Scenario *scenario, const guint8 *data, gsize length)
{
  g_autofree char *log = hostile_server_dup_log_json (server);
  g_auto (GStrv) lines = g_strsplit (log, "\n", -1);
  guint64 last = 0;

  g_test_message ("spliced: %s (%" G_GSIZE_FORMAT " bytes)", scenario->address, length);
  for (gsize at = 0; at < length; at += TELL_BLOCK)
    {
      gsize n = MIN (TELL_BLOCK, length - at);
      guint64 version = 1;

      while (version <= MOST_VERSIONS && !is_version_at (scenario, version, at, data + at, n))
        version++;
      if (version != last)
        g_test_message ("from %" G_GSIZE_FORMAT ": version %" G_GUINT64_FORMAT
                        " (more than %d: none), first byte %d",
                        at, version, MOST_VERSIONS, data[at]);
      last = version;
    }
  for (int i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], scenario->name) != NULL)
      g_test_message ("%s", lines[i]);
}

static void
check_file (HostileServer *server, CliRun *run, Scenario *scenario)
{
  g_autofree char *path = g_build_filename (run->folder, scenario->name, NULL);
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gboolean real = FALSE;
  gsize length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  for (guint64 version = 1; version <= MOST_VERSIONS && !real; version++)
    real = is_version (scenario, version, (guint8 *) data, length);
  if (!real)
    {
      tell (server, scenario, (guint8 *) data, length);
      g_test_fail ();
    }
  g_unlink (path);
}

static void
check_run (HostileServer *server, CliRun *run, GPtrArray *asked)
{
  g_auto (GStrv) lines = g_strsplit (run->out, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, asked->len + 1);
  for (guint i = 0; i < asked->len; i++)
    {
      Scenario *scenario = g_ptr_array_index (asked, i);
      const char *rest = lines[i] + strlen (scenario->address);

      g_test_message ("%s", lines[i]);
      g_assert_true (g_str_has_prefix (lines[i], scenario->address));
      scenario->completed = g_str_has_suffix (lines[i], " bytes");
      if (scenario->completed)
        check_file (server, run, scenario);
      else
        {
          g_assert_true (g_str_has_prefix (rest, ": Error: ") && strlen (rest) > 12);
          g_assert_false (cli_run_has (run, scenario->name));
        }
    }
}

/* What a killed run has given its final name is whole, though nobody heard of it. */
static void
check_killed_run (HostileServer *server, CliRun *run, GPtrArray *asked)
{
  for (guint i = 0; i < asked->len; i++)
    {
      Scenario *scenario = g_ptr_array_index (asked, i);

      scenario->completed = cli_run_has (run, scenario->name);
      if (scenario->completed)
        check_file (server, run, scenario);
    }
}

static gboolean
kill_cb (gpointer user_data)
{
  g_subprocess_send_signal (user_data, SIGKILL);
  return G_SOURCE_REMOVE;
}

static void
run_and_kill (CliRun *run, const char *const *arguments, guint after_ms)
{
  g_autoptr (GSubprocess) process = cli_run_start (run, arguments);
  guint source = g_timeout_add (after_ms, kill_cb, process);
  GSource *killer = g_main_context_find_source_by_id (NULL, source);

  g_source_ref (killer);
  while (!g_source_is_destroyed (killer))
    g_main_context_iteration (NULL, TRUE);
  g_source_unref (killer);
  cli_run_wait (run, process);
}

static GPtrArray *
make_arguments (CliRun *run, GRand *chance)
{
  const char *const words[] = { "get",
                                "-q",
                                "-j",
                                "100",
                                "--retry-wait",
                                "0",
                                "--timeout",
                                "2",
                                "-d",
                                run->folder,
                                "--min-segment",
                                "64K",
                                "--max-per-host",
                                "200",
                                "--retries" };
  GPtrArray *argv = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_ptr_array_add (argv, g_strdup (words[i]));
  g_ptr_array_add (argv, g_strdup_printf ("%d", g_rand_int_range (chance, 0, 4)));
  g_ptr_array_add (argv, g_strdup ("-s"));
  g_ptr_array_add (argv, g_strdup_printf ("%d", g_rand_int_range (chance, 1, 9)));
  return argv;
}

static void
run_once (HostileServer *server, CliRun *run, GPtrArray *batch, GRand *chance, gboolean killed)
{
  g_autoptr (GPtrArray) argv = make_arguments (run, chance);
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  guint after_ms = g_rand_int_range (chance, 100, 3000);

  for (guint i = 0; i < batch->len; i++)
    {
      Scenario *scenario = g_ptr_array_index (batch, i);

      if (scenario->completed)
        continue;
      g_ptr_array_add (asked, scenario);
      g_ptr_array_add (argv, g_strdup (scenario->address));
    }
  g_ptr_array_add (argv, NULL);
  if (asked->len == 0)
    return;
  if (killed)
    run_and_kill (run, (const char *const *) argv->pdata, after_ms);
  else
    cli_run_any (run, (const char *const *) argv->pdata, NULL);
  if (killed && run->status == -1)
    {
      check_killed_run (server, run, asked);
      return;
    }
  if (run->status != 0 && run->status != 1)
    g_test_message ("status %d: %s", run->status, run->err);
  g_assert_true (run->status == 0 || run->status == 1);
  check_run (server, run, asked);
}

static guint
run_batch (HostileServer *server, guint32 seed)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func (scenario_free);
  g_autoptr (CliRun) run = cli_run_new ();
  gboolean kills = g_rand_int_range (chance, 0, 2) == 0;
  guint completed = 0;

  g_test_message ("seed %u", seed);
  for (int i = 0; i < BATCH; i++)
    g_ptr_array_add (batch, make_scenario (server, chance, seed * BATCH + i));
  for (int i = 0; i < RUNS; i++)
    run_once (server, run, batch, chance, kills && i < RUNS - 1);
  for (guint i = 0; i < batch->len; i++)
    completed += ((Scenario *) g_ptr_array_index (batch, i))->completed;
  hostile_server_forget (server);
  return completed;
}

static void
test_no_file_is_spliced (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HostileServer) server = hostile_server_start (NULL, &error);
  const char *first = g_getenv ("BOBBIN_TEST_SEED");
  guint32 seed = first != NULL ? atoi (first) : 1;
  const char *said = g_getenv ("BOBBIN_TEST_BATCHES");
  guint batches = g_getenv ("BOBBIN_TEST_LONG") != NULL ? LONG_BATCHES : BATCHES;
  guint completed = 0;

  g_assert_no_error (error);
  if (said != NULL)
    batches = MAX (1, atoi (said));
  for (guint i = 0; i < batches; i++)
    completed += run_batch (server, seed + i);
  g_test_message ("%u of %u completed", completed, batches * BATCH);
  /* That nothing is spliced would be easy if nothing were fetched. */
  g_assert_cmpuint (completed, >, batches * BATCH / 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/splice/no-file-is-spliced", test_no_file_is_spliced);
  return g_test_run ();
}
