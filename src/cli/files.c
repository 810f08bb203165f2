/* Reading files. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/files.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* A guard for memory: a million long addresses. */
#define MOST_INPUT (256 * 1024 * 1024)

static gboolean
fail (GError **error, const char *path, const char *why)
{
  /* Translators: the name of a file, and why it cannot be read */
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("%s cannot be read: %s"), path, why);
  return FALSE;
}

static gboolean
read_descriptor (int fd, GString *text, const char *path, GError **error)
{
  char buffer[65536];

  for (;;)
    {
      ssize_t n = read (fd, buffer, sizeof buffer);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail (error, path, g_strerror (errno));
      if (n == 0)
        return TRUE;
      g_string_append_len (text, buffer, n);
      if (text->len > MOST_INPUT)
        return fail (error, path, _ ("it is too long"));
    }
}

/* All of a file that is text; NULL with the reason. */
static GString *
read_text (const char *path, GError **error)
{
  gboolean standard = strcmp (path, "-") == 0;
  int fd = standard ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC);
  GString *text = g_string_new (NULL);
  gboolean read;

  read = fd >= 0 ? read_descriptor (fd, text, standard ? _ ("standard input") : path, error)
                 : fail (error, path, g_strerror (errno));
  if (fd >= 0 && !standard)
    close (fd);
  if (read && strlen (text->str) == text->len)
    return text;
  if (read)
    fail (error, path, _ ("it is no text"));
  g_string_free (text, TRUE);
  return NULL;
}

static gboolean
add_metalink (GPtrArray *items, const GString *text, GError **error)
{
  g_autoptr (GPtrArray) files = engine_metalink_parse (text->str, text->len, error);

  if (files == NULL)
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (items,
                     cli_item_new_for_file (g_steal_pointer (&g_ptr_array_index (files, i))));
  g_ptr_array_set_free_func (files, NULL);
  return TRUE;
}

static void
add_lines (GPtrArray *items, const char *text)
{
  const char *start = g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text;
  g_auto (GStrv) lines = g_strsplit_set (start, "\r\n", -1);

  for (int i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);

      if (*line != '\0' && *line != '#')
        g_ptr_array_add (items, cli_item_new (line));
    }
}

gboolean
cli_read_input (GPtrArray *items, const char *path, GError **error)
{
  GString *text = read_text (path, error);
  gboolean read = TRUE;

  if (text == NULL)
    return FALSE;
  if (engine_metalink_is (text->str, text->len))
    read = add_metalink (items, text, error);
  else
    add_lines (items, text->str);
  g_string_free (text, TRUE);
  return read;
}

gboolean
cli_read_metalink (GPtrArray *items, const char *path, GError **error)
{
  GString *text = read_text (path, error);
  gboolean read;

  if (text == NULL)
    return FALSE;
  read = add_metalink (items, text, error);
  g_string_free (text, TRUE);
  return read;
}

EngineCookies *
cli_read_cookies (const char *path, GError **error)
{
  GString *text = read_text (path, error);
  EngineCookies *cookies = NULL;

  if (text == NULL)
    return NULL;
  cookies = engine_cookies_parse (text->str, error);
  if (cookies == NULL)
    g_prefix_error (error, "%s: ", path);
  g_string_free (text, TRUE);
  return cookies;
}

EngineNetrc *
cli_read_netrc (const char *path, GError **error)
{
  GString *text = read_text (path, error);
  EngineNetrc *netrc = NULL;

  if (text == NULL)
    return NULL;
  netrc = engine_netrc_parse (text->str, error);
  if (netrc == NULL)
    g_prefix_error (error, "%s: ", path);
  g_string_free (text, TRUE);
  return netrc;
}
