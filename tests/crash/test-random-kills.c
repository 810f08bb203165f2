/* Killed at random moments, again and again, until the file is whole: no wrong byte, no lost entry,
 * and at most max(1 s of traffic, 8 MiB) fetched again for each kill, counted by the server.
 *
 * A few dozen kills; with BOBBIN_TEST_LONG=1, a thousand.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "scene.h"

#define MIB (1024 * 1024)

/* All connections together send so much in a second; a kill may cost as much. */
#define TRAFFIC (20 * MIB)

/* On its way when the server calls it sent: buffers of the kernel on both sides of each connection.
 * The server writes a small piece at a time at its rate, so little is ever in them. */
#define IN_FLIGHT (256 * 1024)

static GRand *dice;

static gint64
get_held (GPtrArray *records)
{
  g_assert_cmpint (records->len, ==, 1);
  return ((EngineRecord *) g_ptr_array_index (records, 0))->received;
}

static gboolean
kill_cb (gpointer user_data)
{
  GSubprocess **process = user_data;

  g_subprocess_force_exit (*process);
  *process = NULL;
  return G_SOURCE_REMOVE;
}

/* Kills it after a while, wherever it is then. Returns: whether that came before its end. */
static gboolean
run_and_kill (Scene *scene, const char *const *arguments, int ms)
{
  GSubprocess *process = scene_start (scene, NULL, arguments);
  GSubprocess *doomed = process;

  g_timeout_add (ms, kill_cb, &doomed);
  while (doomed != NULL)
    g_main_context_iteration (NULL, TRUE);
  return scene_wait (scene, process) == -1;
}

/* What has a part file's name holds what the journal says it does. */
static void
check_part (Scene *scene, const EngineRecord *record, guint64 seed)
{
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  HostilePayload payload = HOSTILE_PAYLOAD_INIT;
  gsize length;

  if (record->name == NULL || record->done->len == 0)
    return;
  payload.seed = seed;
  path = g_strconcat (scene->folder, "/", record->name, ".part", NULL);
  if (!g_file_get_contents (path, &bytes, &length, NULL))
    return; /* it was renamed just before the kill */
  for (guint i = 0; i < record->done->len; i++)
    {
      const EngineRange *range = &g_array_index (record->done, EngineRange, i);

      g_assert_cmpint (range->end, <=, length);
      g_assert_cmpint (hostile_payload_find_difference (&payload, range->start,
                                                        (guint8 *) bytes + range->start,
                                                        range->end - range->start),
                       ==, -1);
    }
}

static gboolean
is_there (Scene *scene, const char *name)
{
  g_autofree char *path = g_build_filename (scene->folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* One file from its first byte to its last, killed on the way. Returns: how often. */
static int
download_one (Scene *scene, int connections, guint64 seed)
{
  gint64 size = g_rand_int_range (dice, 24 * MIB, 72 * MIB);
  g_autofree char *number = g_strdup_printf ("%d", connections);
  g_autofree char *address =
      hostile_server_dup_address (scene->server,
                                  "/bytes/%" G_GINT64_FORMAT "/file?seed=%" G_GUINT64_FORMAT
                                  "&etag=e&rate=%d",
                                  size, seed, TRAFFIC / connections);
  const char *arguments[] = { "-s", number, "--min-segment", "64K", address, NULL };
  gint64 held = 0;
  gint64 sent = 0;
  int kills = 0;

  scene_clear (scene);
  while (run_and_kill (scene, arguments, g_rand_int_range (dice, 150, 2500)))
    {
      g_autoptr (GPtrArray) records = scene_read_journal (scene);
      gint64 sent_now = scene_get_sent (scene);
      gint64 lost;

      kills++;
      /* Killed before anything was asked for, or after all was done: the command's entries go then.
       */
      if (records->len == 0)
        {
          if (is_there (scene, "file"))
            {
              scene_assert_file (scene, "file", seed, size);
              return kills;
            }
          g_assert_cmpint (held, ==, 0);
          continue;
        }
      check_part (scene, g_ptr_array_index (records, 0), seed);
      lost = held + (sent_now - sent) - get_held (records);
      g_test_message ("%d connections: lost %.2f MiB of %.2f", connections, lost / 1048576.0,
                      (sent_now - sent) / 1048576.0);
      g_assert_cmpint (lost, <=, MAX (TRAFFIC, 8 * MIB) + connections * IN_FLIGHT);
      held = get_held (records);
      sent = sent_now;
    }
  if (scene->out == NULL || strstr (scene->out, " bytes\n") == NULL)
    g_error ("after %d kills: %s%s", kills, scene->out, scene->err);
  scene_assert_file (scene, "file", seed, size);
  return kills;
}

static void
test_kills (void)
{
  g_autoptr (Scene) scene = scene_new ();
  int wanted = g_strcmp0 (g_getenv ("BOBBIN_TEST_LONG"), "1") == 0 ? 1000 : 24;
  int kills = 0;

  for (guint64 seed = 1; kills < wanted; seed++)
    {
      g_autofree char *names = NULL;

      kills += download_one (scene, g_rand_int_range (dice, 1, 17), seed);
      names = scene_dup_names (scene);
      g_assert_cmpstr (names, ==, "file");
    }
  g_test_message ("%d kills", kills);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  dice = g_rand_new_with_seed (g_test_rand_int ());
  g_test_add_func ("/crash/killed-at-random-moments-nothing-is-wrong-and-little-fetched-again",
                   test_kills);
  status = g_test_run ();
  g_rand_free (dice);
  return status;
}
