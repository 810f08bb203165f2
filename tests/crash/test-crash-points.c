/* Killed at each named step, and started again: the files are right, nothing of the list is lost,
 * and no file is there twice. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "scene.h"

#define SIZE (3 * 1024 * 1024 + 17)
#define FILES 3

#define SMALL_SIZE 5000

/* A step, and how often at most the run passes it until it is killed there. */
typedef struct
{
  const char *point;
  int times;
  gboolean added; /* by then what was asked for is in the journal */
  gboolean small; /* of files that are over in a moment */
} Step;

static const Step steps[] = {
  { "migrated", 2, FALSE, FALSE },
  { "journal-begin", 6, FALSE, FALSE },
  { "journal-written", 6, FALSE, FALSE },
  { "journal-committed", 5, TRUE, FALSE },
  { "part-created", 3, TRUE, FALSE },
  { "reserved", 3, TRUE, FALSE },
  { "split", 6, TRUE, FALSE },
  { "written", 12, TRUE, FALSE },
  { "sync", 2, TRUE, FALSE },
  { "synced", 2, TRUE, FALSE },
  { "finish", 3, TRUE, FALSE },
  { "finish-synced", 3, TRUE, FALSE },
  { "renamed", 3, TRUE, FALSE },
  { "folder-synced", 3, TRUE, FALSE },
  { "small-written", 3, TRUE, TRUE },
  { "small-synced", 3, TRUE, TRUE },
  { "small-named", 3, TRUE, TRUE },
  { "small-folder-synced", 3, TRUE, TRUE },
};

/* The first try of each file is cut after a part, so that there is a failure, a sync, and a second
 * try. */
static char *
address_of (Scene *scene, const Step *step, int i)
{
  if (step->small)
    return hostile_server_dup_address (scene->server, "/bytes/%d/file%d?seed=%d&etag=e%d",
                                       SMALL_SIZE, i, i + 1, i);
  return hostile_server_dup_address (scene->server,
                                     "/bytes/%d/file%d?seed=%d&etag=e%d&cut=%d&when=first:1", SIZE,
                                     i, i + 1, i, 1000000 + i);
}

static void
check_list (Scene *scene, const Step *step)
{
  g_autoptr (GPtrArray) records = scene_read_journal (scene);

  if (step->added)
    g_assert_cmpint (records->len, ==, FILES);
  else
    g_assert_true (records->len == 0 || records->len == FILES);
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *address = address_of (scene, step, i);

      g_assert_cmpstr (((EngineRecord *) g_ptr_array_index (records, i))->spec->address, ==,
                       address);
    }
}

static void
check_files (Scene *scene, const Step *step)
{
  g_autofree char *names = scene_dup_names (scene);

  g_assert_cmpstr (names, ==, "file0|file1|file2");
  for (int i = 0; i < FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("file%d", i);

      scene_assert_file (scene, name, i + 1, step->small ? SMALL_SIZE : SIZE);
    }
}

/* Whatever has a final name is right at any time. */
static void
check_final_names (Scene *scene, const Step *step)
{
  for (int i = 0; i < FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("file%d", i);
      g_autofree char *path = g_build_filename (scene->folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        scene_assert_file (scene, name, i + 1, step->small ? SMALL_SIZE : SIZE);
    }
}

static void
test_step (gconstpointer data)
{
  const Step *step = data;
  g_autoptr (Scene) scene = scene_new ();
  const char *arguments[] = { "-s", "4", "--min-segment", "256K", NULL, NULL, NULL, NULL };
  int killed = 0;

  for (int i = 0; i < FILES; i++)
    arguments[4 + i] = address_of (scene, step, i);
  for (int n = 1; n <= step->times; n++)
    {
      g_autofree char *crash = g_strdup_printf ("%s:%d", step->point, n);
      int status;

      scene_clear (scene);
      status = scene_wait (scene, scene_start (scene, crash, arguments));
      killed += status == -1;
      check_final_names (scene, step);
      if (status == -1)
        check_list (scene, step);
      status = scene_wait (scene, scene_start (scene, NULL, arguments));
      if (status != 0)
        g_error ("%s: after it: %d: %s%s", crash, status, scene->out, scene->err);
      g_assert_null (strstr (scene->err, "damaged"));
      /* Where the first run came to its end, the second is another download. */
      if (killed == n)
        check_files (scene, step);
      g_assert_cmpint (scene_read_journal (scene)->len, ==, 0);
    }
  g_test_message ("killed %d times", killed);
  g_assert_cmpint (killed, ==, step->times);
  for (int i = 0; i < FILES; i++)
    g_free ((char *) arguments[4 + i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *name = g_strdup_printf ("/crash/killed-at/%s", steps[i].point);

      g_test_add_data_func (name, &steps[i], test_step);
    }
  return g_test_run ();
}
