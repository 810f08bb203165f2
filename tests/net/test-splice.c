/* No file is ever made of two versions, nor of a web page, whatever a server does.
 *
 * Random scenarios, from a seed, so that each can be run again: how the server names its versions,
 * when the file changes, what goes wrong. Each is asked for by up to three runs of the program,
 * the later ones going on with what is there. What is completed must be one real version to the
 * last byte; what is not must have said why and have no final name.
 *
 * A few hundred by default; 10,000 with BOBBIN_TEST_LONG=1. BOBBIN_TEST_SEED=N begins elsewhere.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "support/cli-run.h"
#include "support/hostile-server.h"

#define BATCH 24
#define BATCHES 10
#define LONG_BATCHES 417
#define RUNS 3
#define MOST_VERSIONS 60

typedef struct
{
  char *address; /* owned */
  char *name;    /* owned */
  guint64 seed;
  gint64 size;
  gint64 grow;
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

/* How its versions are told apart. What keeps both tag and date for other bytes is not among them:
 * such a server lies. */
static const char *const names[] = { "",        "",          "&weak",
                                     "&rotate", "&no-etag",  "&no-modified",
                                     "&weak",   "&no-etag&", "&no-etag&no-modified" };

static const char *const faults[] = {
  "",
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
  "&encoding=gzip",
  "&status=403",
  "&status=503",
  "&length-off=-5",
  "&length-off=1000",
  "&hang-up",
  "&abort",
  "&no-total",
  "&chunked",
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

/* A web page in answer to the very first request may be what is wanted. */
static const char *const late_faults[] = { "&login&when=later", "&login&when=nth:2",
                                           "&login&when=nth:3", "&login&when=from:2" };

static Scenario *
make_scenario (HostileServer *server, GRand *chance, guint number)
{
  Scenario *scenario = g_new0 (Scenario, 1);
  g_autoptr (GString) query = g_string_new (NULL);

  scenario->seed = number + 7;
  scenario->size = g_rand_int_range (chance, 1, 1500000);
  scenario->name = g_strdup_printf ("f%u.bin", number);
  g_string_append_printf (query, "seed=%" G_GUINT64_FORMAT "%s", scenario->seed, PICK (names));
  if (g_rand_int_range (chance, 0, 3) > 0)
    g_string_append_printf (query, "&cut=%d", g_rand_int_range (chance, 0, scenario->size));
  if (g_rand_int_range (chance, 0, 12) == 0)
    g_string_append (query, PICK (late_faults));
  else
    g_string_append_printf (query, "%s%s", PICK (faults), PICK (whens));
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
is_version (const Scenario *scenario, guint64 version, const guint8 *data, gsize length)
{
  HostilePayload payload = HOSTILE_PAYLOAD_INIT;

  payload.seed = scenario->seed;
  payload.version = version;
  return (gint64) length == scenario->size + (version != 1 ? scenario->grow : 0) &&
         hostile_payload_find_difference (&payload, 0, data, length) < 0;
}

static void
check_file (CliRun *run, Scenario *scenario)
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
    g_test_message ("spliced: %s (%" G_GSIZE_FORMAT " bytes)", scenario->address, length);
  g_assert_true (real);
  g_unlink (path);
}

static void
check_run (CliRun *run, GPtrArray *asked)
{
  g_auto (GStrv) lines = g_strsplit (run->out, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, asked->len + 1);
  for (guint i = 0; i < asked->len; i++)
    {
      Scenario *scenario = g_ptr_array_index (asked, i);
      const char *rest = lines[i] + strlen (scenario->address);

      g_assert_true (g_str_has_prefix (lines[i], scenario->address));
      scenario->completed = g_str_has_suffix (lines[i], " bytes");
      if (scenario->completed)
        check_file (run, scenario);
      else
        {
          g_assert_true (g_str_has_prefix (rest, ": Error: ") && strlen (rest) > 12);
          g_assert_false (cli_run_has (run, scenario->name));
        }
    }
}

static void
run_once (CliRun *run, GPtrArray *batch, GRand *chance)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  g_autofree char *retries = g_strdup_printf ("%d", g_rand_int_range (chance, 0, 4));
  g_autofree char *segments = g_strdup_printf ("%d", g_rand_int_range (chance, 1, 9));
  const char *first[] = { "get",
                          "-d",
                          run->folder,
                          "-q",
                          "-j",
                          "8",
                          "--retry-wait",
                          "0",
                          "--timeout",
                          "3",
                          "--min-segment",
                          "64K",
                          "--retries",
                          retries,
                          "-s",
                          segments,
                          "--max-per-host",
                          "32" };

  for (gsize i = 0; i < G_N_ELEMENTS (first); i++)
    g_ptr_array_add (argv, (char *) first[i]);
  for (guint i = 0; i < batch->len; i++)
    {
      Scenario *scenario = g_ptr_array_index (batch, i);

      if (scenario->completed)
        continue;
      g_ptr_array_add (asked, scenario);
      g_ptr_array_add (argv, scenario->address);
    }
  g_ptr_array_add (argv, NULL);
  if (asked->len == 0)
    return;
  cli_run_any (run, (const char *const *) argv->pdata, NULL);
  g_assert_true (run->status == 0 || run->status == 1);
  check_run (run, asked);
}

static guint
run_batch (HostileServer *server, guint32 seed)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func (scenario_free);
  g_autoptr (CliRun) run = cli_run_new ();
  guint completed = 0;

  g_test_message ("seed %u", seed);
  for (int i = 0; i < BATCH; i++)
    g_ptr_array_add (batch, make_scenario (server, chance, seed * BATCH + i));
  for (int i = 0; i < RUNS; i++)
    run_once (run, batch, chance);
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
  guint batches = g_getenv ("BOBBIN_TEST_LONG") != NULL ? LONG_BATCHES : BATCHES;
  guint completed = 0;

  g_assert_no_error (error);
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
