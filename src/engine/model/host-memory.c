/* What hosts tolerated, kept over the end of the program in a small file beside the journal.
 *
 * Read and written in threads of GLib's; losing it costs a few refused requests, so no error of
 * it is anybody's concern.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "engine/model/engine-private.h"

#define FILE_NAME "hosts"

/* A file of more than this is not ours, in bytes. */
#define MOST_BYTES (1024 * 1024)

static void
read_file (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  char *text = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &text, &length, NULL) || length > MOST_BYTES)
    g_clear_pointer (&text, g_free);
  g_task_return_pointer (task, text, g_free);
}

/* Each line is a host, a limit and when it was learned. */
static void
take_line (Engine *self, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  gint64 limit;
  gint64 wall_us;

  if (g_strv_length (words) == 3 &&
      g_ascii_string_to_signed (words[1], 10, 1, 1000, &limit, NULL) &&
      g_ascii_string_to_signed (words[2], 10, 1, G_MAXINT64, &wall_us, NULL) &&
      engine_hosts_get_limit (self->hosts, words[0], base_clock_wall_us ()) == 0)
    engine_hosts_remember (self->hosts, words[0], limit, wall_us);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), NULL);
  g_auto (GStrv) lines = text != NULL ? g_strsplit (text, "\n", -1) : NULL;

  for (int i = 0; lines != NULL && lines[i] != NULL; i++)
    take_line (ENGINE_ENGINE (source), lines[i]);
}

void
engine_host_memory_load (Engine *self, const char *state_dir)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, read_cb, NULL);

  self->host_memory = g_build_filename (state_dir, FILE_NAME, NULL);
  g_task_set_task_data (task, g_strdup (self->host_memory), g_free);
  g_task_run_in_thread (task, read_file);
}

static void
add_line (const char *host, int limit, gint64 wall_us, gpointer text)
{
  g_string_append_printf (text, "%s %d %" G_GINT64_FORMAT "\n", host, limit, wall_us);
}

char *
engine_host_memory_dup (Engine *self)
{
  GString *text = g_string_new (NULL);

  engine_hosts_foreach_learned (self->hosts, base_clock_wall_us (), add_line, text);
  return g_string_free (text, FALSE);
}

void
engine_host_memory_write (const char *path, const char *text)
{
  if (*text != '\0')
    g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}
