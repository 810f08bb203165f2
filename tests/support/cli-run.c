/* Running bobbin-cli. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/cli-run.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

CliRun *
cli_run_new (void)
{
  CliRun *self = g_new0 (CliRun, 1);

  self->root = g_dir_make_tmp ("bobbin-net-XXXXXX", NULL);
  g_assert_nonnull (self->root);
  self->folder = g_build_filename (self->root, "downloads", NULL);
  self->env = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir =
      g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
cli_run_free (CliRun *self)
{
  remove_tree (self->root);
  g_free (self->root);
  g_free (self->folder);
  g_free (self->out);
  g_free (self->err);
  g_ptr_array_unref (self->env);
  g_free (self);
}

GSubprocess *
cli_run_start (CliRun *self, const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                 G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_setenv (launcher, "HOME", self->root, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_STATE_HOME", self->root, TRUE);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  for (guint i = 0; i < self->env->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (g_ptr_array_index (self->env, i), "=", 2);

      g_subprocess_launcher_setenv (launcher, parts[0], parts[1], TRUE);
    }
  g_subprocess_launcher_set_cwd (launcher, self->root);
  g_ptr_array_add (argv, (char *) g_getenv ("BOBBIN_CLI"));
  g_assert_nonnull (g_ptr_array_index (argv, 0));
  for (int i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (char *) arguments[i]);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  return process;
}

/* No bytes have no place in memory. */
static char *
dup_text (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return length > 0 ? g_strndup (data, length) : g_strdup ("");
}

static int
collect (CliRun *self, GSubprocess *process, const char *input)
{
  g_autoptr (GBytes) in =
      input != NULL ? g_bytes_new (input, strlen (input)) : g_bytes_new (NULL, 0);
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GBytes) err = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate (process, in, NULL, &out, &err, &error);
  g_assert_no_error (error);
  g_free (self->out);
  g_free (self->err);
  self->out = dup_text (out);
  self->err = dup_text (err);
  self->status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
  if (g_test_verbose ())
    g_test_message ("exit %d\n%s%s", self->status, self->out, self->err);
  return self->status;
}

int
cli_run_wait (CliRun *self, GSubprocess *process)
{
  return collect (self, process, NULL);
}

int
cli_run_any (CliRun *self, const char *const *arguments, const char *input)
{
  g_autoptr (GSubprocess) process = cli_run_start (self, arguments);

  return collect (self, process, input);
}

int
cli_run_get (CliRun *self, const char *argument, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  va_list args;

  g_ptr_array_add (argv, (char *) "get");
  g_ptr_array_add (argv, (char *) "-d");
  g_ptr_array_add (argv, self->folder);
  g_ptr_array_add (argv, (char *) "--retry-wait");
  g_ptr_array_add (argv, (char *) "0");
  va_start (args, argument);
  for (const char *a = argument; a != NULL; a = va_arg (args, const char *))
    g_ptr_array_add (argv, (char *) a);
  va_end (args);
  g_ptr_array_add (argv, NULL);
  return cli_run_any (self, (const char *const *) argv->pdata, NULL);
}

gboolean
cli_run_has (CliRun *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

char *
cli_run_dup_names (CliRun *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv ("|", (char **) names->pdata);
}

char *
cli_run_dup_text (CliRun *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

void
cli_run_assert_payload (CliRun *self, const char *name, const HostilePayload *payload, gint64 size)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpint (length, ==, size);
  g_assert_cmpint (hostile_payload_find_difference (payload, 0, (guint8 *) data, length), ==, -1);
}

void
cli_run_assert_line (CliRun *self, int line, const char *expected)
{
  g_auto (GStrv) lines = g_strsplit (self->out, "\n", -1);

  g_assert_cmpint (line, <, g_strv_length (lines));
  g_assert_cmpstr (lines[line], ==, expected);
}

static gboolean
has_byte (const char *path, gint64 at)
{
  FILE *file = fopen (path, "r");
  int byte = 0;

  if (file != NULL && fseek (file, at, SEEK_SET) == 0)
    byte = fgetc (file);
  if (file != NULL)
    fclose (file);
  return byte > 0;
}

static gboolean
look_again_cb (gpointer user_data)
{
  ++*(int *) user_data;
  return G_SOURCE_CONTINUE;
}

void
cli_run_wait_for_byte (CliRun *self, const char *name, gint64 at)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  int looks = 0;
  guint source = g_timeout_add (10, look_again_cb, &looks);

  while (!has_byte (path, at) && looks < 6000)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  g_assert_true (has_byte (path, at));
}
