/* A scene. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "engine/disk/row-format.h"

#define BLOCK 65536

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        g_unlink (child);
      else
        remove_all (child);
    }
  g_remove (path);
}

Scene *
scene_new (void)
{
  Scene *self = g_new0 (Scene, 1);
  HostileOptions options = { 0 };
  g_autoptr (GError) error = NULL;

  self->server = hostile_server_start (&options, &error);
  g_assert_no_error (error);
  self->root = g_dir_make_tmp ("bobbin-crash-XXXXXX", &error);
  g_assert_no_error (error);
  self->folder = g_build_filename (self->root, "files", NULL);
  self->state = g_build_filename (self->root, "state", NULL);
  scene_clear (self);
  return self;
}

void
scene_free (Scene *self)
{
  hostile_server_stop (self->server);
  remove_all (self->root);
  g_free (self->root);
  g_free (self->folder);
  g_free (self->state);
  g_free (self->out);
  g_free (self->err);
  g_free (self);
}

void
scene_clear (Scene *self)
{
  remove_all (self->folder);
  remove_all (self->state);
  g_assert_cmpint (g_mkdir (self->folder, 0700), ==, 0);
  hostile_server_forget (self->server);
}

GSubprocess *
scene_start (Scene *self, const char *crash, const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  const char *const first[] = { g_getenv ("BOBBIN_CLI_CRASH"),
                                "get",
                                "-q",
                                "-d",
                                self->folder,
                                "--state-dir",
                                self->state,
                                "--retry-wait",
                                "0" };
  GSubprocess *process;

  for (gsize i = 0; i < G_N_ELEMENTS (first); i++)
    g_ptr_array_add (argv, (gpointer) first[i]);
  for (int i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);
  if (crash != NULL)
    g_subprocess_launcher_setenv (launcher, "BOBBIN_CRASH", crash, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  return process;
}

int
scene_wait (Scene *self, GSubprocess *process)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_clear_pointer (&self->out, g_free);
  g_clear_pointer (&self->err, g_free);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &self->out, &self->err, &error);
  g_assert_no_error (error);
  status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
  g_object_unref (process);
  return status;
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
scene_dup_names (Scene *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, by_name);
  g_ptr_array_add (names, NULL);
  return g_strjoinv ("|", (char **) names->pdata);
}

void
scene_assert_file (Scene *self, const char *name, guint64 seed, gint64 size)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  HostilePayload payload = HOSTILE_PAYLOAD_INIT;
  g_autofree guint8 *block = g_malloc (BLOCK);
  gint64 position = 0;
  FILE *file = g_fopen (path, "rb");
  gsize n;

  payload.seed = seed;
  if (file == NULL)
    g_error ("%s is not there", path);
  while ((n = fread (block, 1, BLOCK, file)) > 0)
    {
      gint64 wrong = hostile_payload_find_difference (&payload, position, block, n);

      if (wrong >= 0)
        g_error ("%s: byte %" G_GINT64_FORMAT " is wrong", name, wrong);
      position += n;
    }
  fclose (file);
  g_assert_cmpint (position, ==, size);
}

static void
copy_state (Scene *self, const char *to)
{
  const char *const names[] = { "journal.sqlite", "journal.sqlite-wal" };

  g_mkdir (to, 0700);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *from = g_build_filename (self->state, names[i], NULL);
      g_autofree char *copy = g_build_filename (to, names[i], NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      if (g_file_get_contents (from, &bytes, &length, NULL))
        g_file_set_contents (copy, bytes, length, NULL);
    }
}

GPtrArray *
scene_read_journal (Scene *self)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_record_free);
  g_autofree char *copy = g_build_filename (self->root, "copy", NULL);
  g_autofree char *path = g_build_filename (copy, "journal.sqlite", NULL);
  sqlite3_stmt *statement = NULL;
  sqlite3 *db = NULL;
  int status;

  copy_state (self, copy);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return records;
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "PRAGMA integrity_check", -1, &statement, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *) sqlite3_column_text (statement, 0), ==, "ok");
  sqlite3_finalize (statement);
  /* Before its tables are made, there is nothing in it. */
  if (sqlite3_prepare_v2 (db, "SELECT " ENGINE_ROW_COLUMNS " FROM downloads ORDER BY position", -1,
                          &statement, NULL) == SQLITE_OK)
    {
      while ((status = sqlite3_step (statement)) == SQLITE_ROW)
        {
          EngineRecord *record = engine_row_read (statement, TRUE);

          g_assert_nonnull (record);
          g_ptr_array_add (records, record);
        }
      g_assert_cmpint (status, ==, SQLITE_DONE);
    }
  sqlite3_finalize (statement);
  sqlite3_close (db);
  remove_all (copy);
  return records;
}

gint64
scene_get_sent (Scene *self)
{
  g_autoptr (GPtrArray) log = hostile_server_dup_log (self->server);
  gint64 sent = 0;

  for (guint i = 0; i < log->len; i++)
    sent += ((HostileEntry *) g_ptr_array_index (log, i))->sent;
  return sent;
}
