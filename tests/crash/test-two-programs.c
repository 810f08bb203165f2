/* Two programs on one state directory, and on one target: never two writers in one file, the second
 * says who has it, and both keep their rows. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "scene.h"

#define SIZE (1024 * 1024 + 3)
#define DEADLINE_US (60 * G_USEC_PER_SEC)

static char *
dup_address (Scene *scene, const char *folder, int seed, const char *query)
{
  return hostile_server_dup_address (scene->server, "/bytes/%d/%s/file?seed=%d&etag=e%s", SIZE,
                                     folder, seed, query);
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Until the journal says that a file was begun. */
static void
wait_for_row (Scene *scene)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;
  guint ticks = g_timeout_add (20, tick_cb, NULL);

  for (;;)
    {
      g_autoptr (GPtrArray) records = scene_read_journal (scene);

      if (records->len > 0 && ((EngineRecord *) g_ptr_array_index (records, 0))->name != NULL)
        break;
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (ticks);
}

static void
assert_names (Scene *scene, const char *expected)
{
  g_autofree char *names = scene_dup_names (scene);

  g_assert_cmpstr (names, ==, expected);
}

/* The same address into the same folder: an error that names the first process. */
static void
test_same (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *address = dup_address (scene, "a", 1, "&rate=50000");
  const char *arguments[] = { "-s", "1", address, NULL };
  GSubprocess *first = scene_start (scene, NULL, arguments);
  g_autofree char *who = g_strdup (g_subprocess_get_identifier (first));

  wait_for_row (scene);
  g_assert_cmpint (scene_wait (scene, scene_start (scene, NULL, arguments)), ==, 1);
  g_assert_nonnull (strstr (scene->out, "Error: file is being downloaded by another Bobbin"));
  g_assert_nonnull (strstr (scene->out, who));
  assert_names (scene, "file.part");
  /* And the first goes on undisturbed. */
  g_assert_cmpint (scene_read_journal (scene)->len, ==, 1);
  g_subprocess_send_signal (first, SIGINT);
  g_assert_cmpint (scene_wait (scene, first), ==, 130);
  assert_names (scene, "file.part");
}

/* Another address whose file has the same name gets a number. */
static void
test_same_name (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *slow = dup_address (scene, "a", 1, "&rate=300000");
  g_autofree char *other = dup_address (scene, "b", 2, "");
  const char *slow_arguments[] = { "-s", "1", slow, NULL };
  const char *other_arguments[] = { other, NULL };
  GSubprocess *first = scene_start (scene, NULL, slow_arguments);

  wait_for_row (scene);
  g_assert_cmpint (scene_wait (scene, scene_start (scene, NULL, other_arguments)), ==, 0);
  g_assert_cmpint (scene_wait (scene, first), ==, 0);
  assert_names (scene, "file|file (1)");
  scene_assert_file (scene, "file", 1, SIZE);
  scene_assert_file (scene, "file (1)", 2, SIZE);
}

/* Programs that know nothing of each other meet at the part file's lock. */
static void
test_strangers (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *address = dup_address (scene, "a", 1, "&rate=300000");
  g_autofree char *elsewhere = g_build_filename (scene->root, "other-state", NULL);
  const char *arguments[] = { "-s", "1", address, NULL };
  GSubprocess *first = scene_start (scene, NULL, arguments);

  wait_for_row (scene);
  g_free (scene->state);
  scene->state = g_strdup (elsewhere);
  g_assert_cmpint (scene_wait (scene, scene_start (scene, NULL, arguments)), ==, 0);
  g_assert_cmpint (scene_wait (scene, first), ==, 0);
  assert_names (scene, "file|file (1)");
  scene_assert_file (scene, "file", 1, SIZE);
  scene_assert_file (scene, "file (1)", 1, SIZE);
}

/* What is paused belongs to the list as much as what runs: nothing begins in its part file. */
static void
test_paused_is_kept (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *slow = dup_address (scene, "a", 1, "&rate=120000");
  g_autofree char *other = dup_address (scene, "b", 2, "");
  const char *slow_arguments[] = { "-s", "1", slow, NULL };
  const char *other_arguments[] = { other, NULL };
  GSubprocess *first = scene_start (scene, NULL, slow_arguments);
  g_autoptr (GPtrArray) records = NULL;

  wait_for_row (scene);
  g_subprocess_send_signal (first, SIGINT);
  g_assert_cmpint (scene_wait (scene, first), ==, 130);
  records = scene_read_journal (scene);
  g_assert_cmpint (records->len, ==, 1);
  g_assert_cmpint (scene_wait (scene, scene_start (scene, NULL, other_arguments)), ==, 0);
  assert_names (scene, "file (1)|file.part");
  g_assert_cmpint (scene_wait (scene, scene_start (scene, NULL, slow_arguments)), ==, 0);
  assert_names (scene, "file|file (1)");
  scene_assert_file (scene, "file", 1, SIZE);
  scene_assert_file (scene, "file (1)", 2, SIZE);
}

/* Many at once, each with files of its own, on one state directory. */
static void
test_many (void)
{
  g_autoptr (Scene) scene = scene_new ();
  GSubprocess *processes[6];
  char *addresses[6];

  for (int i = 0; i < 6; i++)
    {
      const char *arguments[] = { NULL, NULL };

      addresses[i] = hostile_server_dup_address (scene->server, "/bytes/%d/file%d?seed=%d&etag=e",
                                                 SIZE, i, i + 1);
      arguments[0] = addresses[i];
      processes[i] = scene_start (scene, NULL, arguments);
    }
  for (int i = 0; i < 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("file%d", i);

      if (scene_wait (scene, processes[i]) != 0)
        g_error ("%s%s", scene->out, scene->err);
      scene_assert_file (scene, name, i + 1, SIZE);
      g_free (addresses[i]);
    }
  g_assert_cmpint (scene_read_journal (scene)->len, ==, 0);
}

/* A file is complete, and the command is interrupted by another; given again, the first is not
 * fetched again. */
static void
test_given_again (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *quick = dup_address (scene, "a", 1, "");
  g_autofree char *slow =
      hostile_server_dup_address (scene->server, "/bytes/%d/slow?seed=2&etag=e&rate=120000", SIZE);
  const char *arguments[] = { "-s", "1", quick, slow, NULL };
  g_autofree char *done = g_build_filename (scene->folder, "file", NULL);
  GSubprocess *process = scene_start (scene, NULL, arguments);
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;
  guint ticks = g_timeout_add (20, tick_cb, NULL);

  while (!g_file_test (done, G_FILE_TEST_EXISTS))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (ticks);
  g_subprocess_send_signal (process, SIGINT);
  g_assert_cmpint (scene_wait (scene, process), ==, 130);
  g_assert_cmpint (scene_wait (scene, scene_start (scene, NULL, arguments)), ==, 0);
  assert_names (scene, "file|slow");
  scene_assert_file (scene, "file", 1, SIZE);
  scene_assert_file (scene, "slow", 2, SIZE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/two-programs/the-same-download-is-an-error-that-names-the-first", test_same);
  g_test_add_func ("/two-programs/another-download-of-the-same-name-gets-a-number", test_same_name);
  g_test_add_func ("/two-programs/strangers-never-write-one-file", test_strangers);
  g_test_add_func ("/two-programs/what-is-paused-is-kept", test_paused_is_kept);
  g_test_add_func ("/two-programs/many-at-once-on-one-directory", test_many);
  g_test_add_func ("/two-programs/what-an-interrupted-command-completed-is-not-fetched-again",
                   test_given_again);
  return g_test_run ();
}
