/* The disk is full, the share used up, read-only, broken, its folder or itself gone: the download
 * waits with the reason, keeps every byte, and goes on when the disk does.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "base/thread.h"
#include "engine/engine.h"
#include "faults.h"
#include "scene.h"

#define SIZE (2 * 1024 * 1024 + 5)
#define DEADLINE_US (90 * G_USEC_PER_SEC)

typedef struct
{
  Scene *scene;
  Engine *engine;
  GPtrArray *downloads; /* owned */
  gboolean stopped;
} Fixture;

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the loop until @is_so; what wakes nobody is looked at now and then. */
static void
run_until (Fixture *f, gboolean (*is_so) (Fixture *f))
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;
  guint ticks = g_timeout_add (20, tick_cb, NULL);

  while (!is_so (f))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (ticks);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  EngineLimits limits;

  f->scene = scene_new ();
  engine_limits_init (&limits);
  limits.max_downloads = 64;
  limits.retry_wait_ms = 10;
  f->engine = engine_new (f->scene->state, NULL, &limits);
  f->downloads = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Fixture *) user_data)->stopped = TRUE;
}

static gboolean
is_stopped (Fixture *f)
{
  return f->stopped;
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  faults_clear ();
  g_clear_pointer (&f->downloads, g_ptr_array_unref);
  engine_stop_async (f->engine, stopped_cb, f);
  run_until (f, is_stopped);
  g_object_unref (f->engine);
  scene_free (f->scene);
}

static void
added_cb (GPtrArray *downloads, const GError *error, gpointer user_data)
{
  Fixture *f = user_data;

  g_assert_no_error (error);
  for (guint i = 0; i < downloads->len; i++)
    g_ptr_array_add (f->downloads, g_object_ref (g_ptr_array_index (downloads, i)));
}

static void
add (Fixture *f, const char *name, const char *query)
{
  GPtrArray *specs = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_spec_free);
  g_autofree char *address =
      hostile_server_dup_address (f->scene->server, "/bytes/%d/%s?seed=1&etag=e%s", SIZE, name,
                                  query);

  g_ptr_array_add (specs, engine_spec_new (address, f->scene->folder));
  engine_add (f->engine, specs, added_cb, f);
}

static gboolean
all_in (Fixture *f, EngineState state)
{
  for (guint i = 0; i < f->downloads->len; i++)
    if (engine_download_get_state (g_ptr_array_index (f->downloads, i)) != state)
      return FALSE;
  return f->downloads->len > 0;
}

static gboolean
all_wait (Fixture *f)
{
  return all_in (f, ENGINE_STATE_WAITING);
}

static gboolean
all_completed (Fixture *f)
{
  return all_in (f, ENGINE_STATE_COMPLETED);
}

static gboolean
all_paused (Fixture *f)
{
  return all_in (f, ENGINE_STATE_PAUSED);
}

static EngineDownload *
get (Fixture *f, guint i)
{
  return g_ptr_array_index (f->downloads, i);
}

/* Something has arrived, and it is not yet whole. */
static gboolean
is_halfway (Fixture *f)
{
  return f->downloads->len > 0 && engine_download_get_received (get (f, 0)) > SIZE / 4;
}

static const struct
{
  const char *name;
  int errno_;
  int code;
} refusals[] = {
  { "full", ENOSPC, ENGINE_ERROR_DISK_FULL },      { "quota", EDQUOT, ENGINE_ERROR_DISK_FULL },
  { "readonly", EROFS, ENGINE_ERROR_DISK_AWAY },   { "broken", EIO, ENGINE_ERROR_DISK_AWAY },
  { "unplugged", ENODEV, ENGINE_ERROR_DISK_AWAY },
};

/* The reservation, the first write, and later ones. */
static const int points[] = { 0, 1, 2, 4 };

static void
test_refusals (Fixture *f, gconstpointer data)
{
  gint64 held = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (points); k++)
      {
        g_autofree char *name = g_strdup_printf ("%s-%d", refusals[i].name, points[k]);

        faults_set (name, refusals[i].errno_, points[k]);
        add (f, name, "");
      }
  run_until (f, all_wait);
  for (guint i = 0; i < f->downloads->len; i++)
    {
      const GError *error = engine_download_get_error (get (f, i));

      g_assert_cmpint (engine_download_get_reason (get (f, i)), ==, ENGINE_REASON_DISK);
      g_assert_error (error, ENGINE_ERROR, refusals[i / G_N_ELEMENTS (points)].code);
      held += engine_download_get_received (get (f, i));
    }
  g_assert_cmpint (held, >, 0);

  faults_clear ();
  run_until (f, all_completed);
  for (guint i = 0; i < f->downloads->len; i++)
    scene_assert_file (f->scene, engine_download_get_name (get (f, i)), 1, SIZE);
}

/* What was written before the disk was full is not asked for again. */
static void
test_keeps (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) log = NULL;
  const HostileEntry *last;
  gint64 held;

  faults_set ("file", ENOSPC, 3);
  add (f, "file", "&rate=8000000");
  run_until (f, all_wait);
  held = engine_download_get_received (get (f, 0));
  g_assert_cmpint (held, >, 0);
  faults_clear ();
  run_until (f, all_completed);
  scene_assert_file (f->scene, "file", 1, SIZE);
  log = hostile_server_dup_log (f->scene->server);
  g_assert_cmpint (engine_download_get_resumed_from (get (f, 0)), ==, held);
  last = g_ptr_array_index (log, log->len - 1);
  g_assert_cmpint (last->start, >=, held);
}

static void
remove_folder (Fixture *f)
{
  g_autofree char *part = g_build_filename (f->scene->folder, "file.part", NULL);

  g_assert_cmpint (g_unlink (part), ==, 0);
  g_assert_cmpint (g_rmdir (f->scene->folder), ==, 0);
}

static void
test_folder_removed (Fixture *f, gconstpointer data)
{
  add (f, "file", "&rate=1000000");
  run_until (f, is_halfway);
  remove_folder (f);
  run_until (f, all_wait);
  g_assert_cmpint (engine_download_get_reason (get (f, 0)), ==, ENGINE_REASON_DISK);
  g_assert_error (engine_download_get_error (get (f, 0)), ENGINE_ERROR, ENGINE_ERROR_DISK_AWAY);
  g_assert_false (g_file_test (f->scene->folder, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_mkdir (f->scene->folder, 0700), ==, 0);
  run_until (f, all_completed);
  scene_assert_file (f->scene, "file", 1, SIZE);
}

static void
mount_small (const char *folder, const char *options)
{
  if (mount ("bobbin-test", folder, "tmpfs", 0, options) != 0)
    g_error ("no tmpfs at %s: %s", folder, g_strerror (errno));
}

/* A real small disk; it is said how much is missing, before a byte is written. */
static void
test_real_disk (Fixture *f, gconstpointer data)
{
  const char *message;

  mount_small (f->scene->folder, "size=1m");
  add (f, "file", "");
  run_until (f, all_wait);
  message = engine_download_get_error (get (f, 0))->message;
  if (strstr (message, "1.05 MB more is needed in files") == NULL)
    g_error ("%s", message);
  g_assert_cmpint (mount (NULL, f->scene->folder, NULL, MS_REMOUNT, "size=4m"), ==, 0);
  run_until (f, all_completed);
  scene_assert_file (f->scene, "file", 1, SIZE);
  umount2 (f->scene->folder, MNT_DETACH);
}

/* The disk is taken out while the download is paused, and an empty folder is in its place: nothing
 * is begun there. Put in again, it goes on with the same bytes. */
static void
test_unmounted (Fixture *f, gconstpointer data)
{
  g_autofree char *drawer = g_build_filename (f->scene->root, "drawer", NULL);
  g_autofree char *part = g_build_filename (f->scene->folder, "file.part", NULL);
  gint64 held;

  g_assert_cmpint (g_mkdir (drawer, 0700), ==, 0);
  mount_small (drawer, "size=8m");
  g_assert_cmpint (mount (drawer, f->scene->folder, NULL, MS_BIND, NULL), ==, 0);
  add (f, "file", "&rate=2000000");
  run_until (f, is_halfway);
  engine_pause (f->engine, get (f, 0));
  run_until (f, all_paused);
  while (umount2 (f->scene->folder, 0) != 0)
    g_main_context_iteration (NULL, FALSE);
  held = engine_download_get_received (get (f, 0));
  engine_resume (f->engine, get (f, 0));
  run_until (f, all_wait);
  g_assert_error (engine_download_get_error (get (f, 0)), ENGINE_ERROR, ENGINE_ERROR_DISK_AWAY);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_cmpint (engine_download_get_received (get (f, 0)), ==, held);
  g_assert_cmpint (mount (drawer, f->scene->folder, NULL, MS_BIND, NULL), ==, 0);
  run_until (f, all_completed);
  g_assert_cmpint (engine_download_get_resumed_from (get (f, 0)), ==, held);
  scene_assert_file (f->scene, "file", 1, SIZE);
  umount2 (f->scene->folder, MNT_DETACH);
  umount2 (drawer, MNT_DETACH);
}

static void
remount (Fixture *f, unsigned long flags)
{
  while (mount (NULL, f->scene->folder, NULL, MS_REMOUNT | flags, NULL) != 0)
    {
      g_assert_cmpint (errno, ==, EBUSY);
      g_main_context_iteration (NULL, FALSE);
    }
}

/* A disk with errors is made read-only by the system: here while the download is paused, since no
 * system does that by hand to a file being written. */
static void
test_read_only (Fixture *f, gconstpointer data)
{
  gint64 held;

  mount_small (f->scene->folder, "size=8m");
  add (f, "file", "&rate=2000000");
  run_until (f, is_halfway);
  engine_pause (f->engine, get (f, 0));
  run_until (f, all_paused);
  remount (f, MS_RDONLY);
  held = engine_download_get_received (get (f, 0));
  engine_resume (f->engine, get (f, 0));
  run_until (f, all_wait);
  g_assert_cmpint (engine_download_get_reason (get (f, 0)), ==, ENGINE_REASON_DISK);
  g_assert_error (engine_download_get_error (get (f, 0)), ENGINE_ERROR, ENGINE_ERROR_DISK_AWAY);
  g_assert_cmpint (engine_download_get_received (get (f, 0)), ==, held);
  remount (f, 0);
  run_until (f, all_completed);
  g_assert_cmpint (engine_download_get_resumed_from (get (f, 0)), ==, held);
  scene_assert_file (f->scene, "file", 1, SIZE);
  umount2 (f->scene->folder, MNT_DETACH);
}

/* Mounts of our own, that nobody else sees. */
static gboolean
may_mount (void)
{
  if (unshare (CLONE_NEWNS) != 0 && unshare (CLONE_NEWUSER | CLONE_NEWNS) != 0)
    return FALSE;
  return mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

#define ADD(name, test) g_test_add ("/disk-trouble/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  gboolean mounts = may_mount ();

  base_thread_claim_main ();
  engine_prepare_process ();
  g_test_init (&argc, &argv, NULL);
  ADD ("whatever-the-disk-refuses-the-download-waits-and-goes-on", test_refusals);
  ADD ("no-byte-is-fetched-twice-for-a-full-disk", test_keeps);
  ADD ("a-folder-that-was-removed-is-waited-for-and-not-made-again", test_folder_removed);
  if (mounts)
    {
      ADD ("a-real-full-disk-says-how-much-is-missing", test_real_disk);
      ADD ("a-disk-that-has-become-read-only-is-waited-for", test_read_only);
      ADD ("a-disk-that-is-taken-out-is-waited-for", test_unmounted);
    }
  else
    g_print ("# no mounts are allowed here: the disk's refusals are tried without a real one\n");
  return g_test_run ();
}
