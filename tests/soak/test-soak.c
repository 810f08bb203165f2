/* A long day: downloads added, failing, paused, resumed, removed, at random, from a server that
 * misbehaves. At its end memory, file descriptors and threads are where they were.
 *
 * Twenty seconds long, half an hour where BOBBIN_TEST_LONG is 1. GLib's test
 * framework makes each warning and critical fatal, so none is logged.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/thread.h"
#include "engine/engine.h"

#define MOST_ROWS 150

/* Reached only where something hangs. */
#define PATIENCE_S 240

/* What allocators and caches may keep; a leak for each download shows above it. */
#define SLACK_BYTES (24 * 1024 * 1024)

/* Files small enough that thousands pass, faults of every kind. */
static const char *const targets[] = {
  "/bytes/0/empty",
  "/bytes/1000/small",
  "/bytes/300000/plain?etag=a",
  "/bytes/2000000/big?etag=a&rate=2000000",
  "/bytes/1500000/slow?etag=a&rate=300000",
  "/bytes/200000/weak?weak&cut=70000&when=first:1",
  "/bytes/200000/cut?etag=a&cut=50000&when=first:2",
  "/bytes/200000/reset?etag=a&reset=50000&when=every:2",
  "/bytes/200000/chunked?chunked",
  "/bytes/200000/bad-chunk?bad-chunk",
  "/bytes/200000/stall?etag=a&stall=1000",
  "/bytes/200000/change?change-always&cut=90000&when=first:1",
  "/bytes/200000/rotate?rotate&cut=90000&when=first:1",
  "/bytes/200000/ignore?etag=a&ignore-range&cut=90000&when=first:1",
  "/bytes/200000/busy?status=503&retry-after=1&when=first:2",
  "/bytes/200000/many?max-conns=2&etag=a",
  "/bytes/200000/login?login&when=later",
  "/bytes/200000/gzip?encoding=gzip",
  "/bytes/1000/garbage?raw=Z2FyYmFnZQ==",
  "/bytes/1000/loop?redirect=/bytes/1000/loop",
  "/bytes/1000/hung?hang-up",
  "/bytes/1000/aborted?abort",
  "/gone",
};

typedef struct
{
  gint64 resident; /* bytes */
  int descriptors;
  int threads;
} Weight;

typedef struct
{
  Engine *engine;
  GRand *rand;
  char *base; /* the server's address */
  char *folder;
  guint64 added;
  gboolean stopped;
} Day;

static int
count_entries (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  int n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static Weight
weigh (void)
{
  g_autofree char *text = NULL;
  Weight weight;
  long pages = 0;

  malloc_trim (0);
  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  g_assert_cmpint (sscanf (text, "%*d %ld", &pages), ==, 1);
  weight.resident = (gint64) pages * sysconf (_SC_PAGESIZE);
  weight.descriptors = count_entries ("/proc/self/fd");
  weight.threads = count_entries ("/proc/self/task");
  return weight;
}

static EngineDownload *
pick (Day *day)
{
  GListModel *list = engine_get_list (day->engine);
  guint n = g_list_model_get_n_items (list);

  return n == 0 ? NULL : g_list_model_get_item (list, g_rand_int_range (day->rand, 0, n));
}

static void
add_some (Day *day)
{
  GPtrArray *specs = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_spec_free);

  for (int i = g_rand_int_range (day->rand, 1, 4); i > 0; i--)
    {
      const char *target = targets[g_rand_int_range (day->rand, 0, G_N_ELEMENTS (targets))];
      g_autofree char *address =
          g_strdup_printf ("%s%s%skey=%u", day->base, target,
                           strchr (target, '?') != NULL ? "&" : "?", g_rand_int (day->rand));
      EngineSpec *spec = engine_spec_new (address, day->folder);

      spec->on_conflict = g_rand_int_range (day->rand, 0, 3);
      spec->no_resume = g_rand_int_range (day->rand, 0, 10) == 0;
      g_ptr_array_add (specs, spec);
      day->added++;
    }
  engine_add (day->engine, specs, NULL, NULL);
}

static void
remove_rows (Day *day, guint most)
{
  GListModel *list = engine_get_list (day->engine);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < MIN (most, g_list_model_get_n_items (list)); i++)
    g_ptr_array_add (rows, g_list_model_get_item (list, i));
  engine_remove (day->engine, rows);
  if (g_rand_boolean (day->rand))
    {
      engine_restore (day->engine, rows);
      engine_remove (day->engine, rows);
    }
  engine_forget (day->engine, rows);
}

static void
change_limits (Day *day)
{
  EngineLimits limits = *engine_get_limits (day->engine);

  limits.max_downloads = g_rand_int_range (day->rand, 1, 20);
  limits.max_connections = g_rand_int_range (day->rand, 1, 9);
  limits.max_rate =
      g_rand_boolean (day->rand) ? 0 : g_rand_int_range (day->rand, 1000000, 50000000);
  engine_set_limits (day->engine, &limits);
}

/* One thing that a person might do. */
static void
act (Day *day)
{
  int deed = g_rand_int_range (day->rand, 0, 12);
  g_autoptr (EngineDownload) download = pick (day);

  if (download == NULL || deed < 4)
    add_some (day);
  else if (deed < 6)
    engine_pause (day->engine, download);
  else if (deed < 8)
    engine_resume (day->engine, download);
  else if (deed == 8)
    engine_retry (day->engine, download);
  else if (deed == 9)
    engine_cancel (day->engine, download);
  else if (deed == 10)
    engine_move (day->engine, download, g_rand_int_range (day->rand, -5, 6));
  else
    change_limits (day);
  if (g_list_model_get_n_items (engine_get_list (day->engine)) > MOST_ROWS)
    remove_rows (day, 20);
}

static gboolean
act_cb (gpointer user_data)
{
  act (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
give_up_cb (gpointer what)
{
  g_error ("nothing for %d s: %s", PATIENCE_S, (const char *) what);
  return G_SOURCE_REMOVE;
}

/* What no row needs any more would fill the disk. */
static void
empty_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Everything gone, and nothing running. */
static Weight
come_to_rest (Day *day)
{
  guint deadline = g_timeout_add_seconds (PATIENCE_S, give_up_cb, "coming to rest");
  guint tick = g_timeout_add (50, tick_cb, NULL);
  EngineTotals totals;

  remove_rows (day, G_MAXUINT);
  do
    {
      g_main_context_iteration (NULL, TRUE);
      remove_rows (day, G_MAXUINT);
      engine_get_totals (day->engine, &totals);
    }
  while (totals.active > 0 || totals.queued > 0 || totals.waiting > 0 ||
         g_list_model_get_n_items (engine_get_list (day->engine)) > 0);
  g_source_remove (tick);
  g_source_remove (deadline);
  empty_folder (day->folder);
  return weigh ();
}

static Weight
live (Day *day, int seconds)
{
  gint64 until_us = base_clock_now_us () + seconds * BASE_SECOND_US;
  gint64 clean_us = 0;
  guint source = g_timeout_add (25, act_cb, day);

  while (base_clock_now_us () < until_us)
    {
      g_main_context_iteration (NULL, TRUE);
      if (base_clock_now_us () > clean_us)
        {
          empty_folder (day->folder);
          clean_us = base_clock_now_us () + 10 * BASE_SECOND_US;
        }
    }
  g_source_remove (source);
  return come_to_rest (day);
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Day *day = user_data;

  engine_stop_finish (day->engine, result, NULL);
  day->stopped = TRUE;
}

static GSubprocess *
start_server (char **base)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *server =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                        g_getenv ("HOSTILE_SERVER"), NULL);
  g_autoptr (GDataInputStream) lines = NULL;

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  *base = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (*base);
  return server;
}

static void
check_flat (Weight before, Weight after)
{
  g_test_message ("resident %" G_GINT64_FORMAT " -> %" G_GINT64_FORMAT
                  " bytes, %d -> %d descriptors, %d -> %d threads",
                  before.resident, after.resident, before.descriptors, after.descriptors,
                  before.threads, after.threads);
  /* Idle workers and their kept connections come and go; what leaks comes by the hundred. */
  g_assert_cmpint (after.descriptors, <=, before.descriptors + 64);
  g_assert_cmpint (after.threads, <=, before.threads + 32);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
  /* A sanitizer keeps what was freed. */
  g_assert_cmpint (after.resident, <=, before.resident + SLACK_BYTES);
#endif
}

static void
test_a_long_day_leaves_nothing_behind (void)
{
  int seconds = g_strcmp0 (g_getenv ("BOBBIN_TEST_LONG"), "1") == 0 ? 1800 : 20;
  g_autofree char *state = g_dir_make_tmp ("soak-state-XXXXXX", NULL);
  g_autofree char *folder = g_dir_make_tmp ("soak-files-XXXXXX", NULL);
  g_autofree char *base = NULL;
  g_autoptr (GSubprocess) server = start_server (&base);
  guint32 seed = g_test_rand_int ();
  EngineLimits limits;
  Day day = { .rand = g_rand_new_with_seed (seed), .base = base, .folder = folder };
  Weight before, after;

  g_test_message ("seed %u", seed);
  engine_limits_init (&limits);
  limits.timeout_s = 2;
  limits.retry_wait_ms = 50;
  limits.max_retries = 3;
  day.engine = engine_new (state, NULL, &limits);
  /* The first part of the day fills caches and pools. */
  before = live (&day, seconds / 4);
  after = live (&day, seconds - seconds / 4);
  g_test_message ("%" G_GUINT64_FORMAT " downloads", day.added);
  check_flat (before, after);

  engine_stop_async (day.engine, stopped_cb, &day);
  while (!day.stopped)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&day.engine);
  g_rand_free (day.rand);
  g_subprocess_force_exit (server);
  g_subprocess_wait (server, NULL, NULL);
  empty_folder (folder);
  empty_folder (state);
  g_rmdir (folder);
  g_rmdir (state);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  base_thread_claim_main ();
  engine_prepare_process ();
  g_test_add_func ("/soak/a-long-day-leaves-nothing-behind", test_a_long_day_leaves_nothing_behind);
  return g_test_run ();
}
