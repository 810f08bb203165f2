/* Requests. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/hostile-request.h"

#include <string.h>

/* Percent-decoding that leaves any byte but NUL. */
static char *
decode (const char *text, gsize length)
{
  GString *out = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    if (text[i] == '%' && i + 2 < length && g_ascii_isxdigit (text[i + 1]) &&
        g_ascii_isxdigit (text[i + 2]))
      {
        g_string_append_c (out, g_ascii_xdigit_value (text[i + 1]) * 16 +
                                    g_ascii_xdigit_value (text[i + 2]));
        i += 2;
      }
    else
      g_string_append_c (out, text[i] == '+' ? ' ' : text[i]);
  return g_string_free (out, FALSE);
}

static void
parse_query (HostileRequest *self, const char *query)
{
  g_auto (GStrv) pairs = g_strsplit (query, "&", -1);

  for (int i = 0; pairs[i] != NULL; i++)
    {
      const char *equals = strchr (pairs[i], '=');
      gsize length = equals != NULL ? (gsize) (equals - pairs[i]) : strlen (pairs[i]);

      g_ptr_array_add (self->query, decode (pairs[i], length));
      g_ptr_array_add (self->query,
                       equals != NULL ? decode (equals + 1, strlen (equals + 1)) : g_strdup (""));
    }
}

static void
parse_range (HostileRequest *self)
{
  const char *range = hostile_request_get_header (self, "Range");
  const char *p = range != NULL && g_str_has_prefix (range, "bytes=") ? range + 6 : NULL;
  char *rest;

  if (p == NULL || !g_ascii_isdigit (*p) || strchr (p, ',') != NULL)
    return;
  self->start = g_ascii_strtoll (p, &rest, 10);
  if (*rest != '-')
    return;
  self->end = g_ascii_isdigit (rest[1]) ? g_ascii_strtoll (rest + 1, NULL, 10) + 1 : -1;
  self->has_range = TRUE;
}

static void
parse_target (HostileRequest *self)
{
  const char *target = self->target;
  const char *authority = strstr (target, "://");
  const char *question;

  /* What is asked of a proxy comes with scheme and host. */
  if (*target != '/' && authority != NULL)
    target = strchr (authority + 3, '/') != NULL ? strchr (authority + 3, '/') : "/";
  question = strchr (target, '?');
  self->path = question != NULL ? g_strndup (target, question - target) : g_strdup (target);
  if (question != NULL)
    parse_query (self, question + 1);
}

HostileRequest *
hostile_request_parse (const char *head)
{
  g_autoptr (HostileRequest) self = g_new0 (HostileRequest, 1);
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);
  g_auto (GStrv) words = g_strsplit (lines[0] != NULL ? lines[0] : "", " ", 3);

  self->query = g_ptr_array_new_with_free_func (g_free);
  self->headers = g_ptr_array_new_with_free_func (g_free);
  if (g_strv_length (words) != 3)
    return NULL;
  self->method = g_strdup (words[0]);
  self->target = g_strdup (words[1]);
  self->http_1_0 = strcmp (words[2], "HTTP/1.0") == 0;
  for (int i = 1; lines[i] != NULL; i++)
    {
      const char *colon = strchr (lines[i], ':');

      if (colon == NULL)
        continue;
      g_ptr_array_add (self->headers, g_strndup (lines[i], colon - lines[i]));
      g_ptr_array_add (self->headers, g_strstrip (g_strdup (colon + 1)));
    }
  parse_target (self);
  parse_range (self);
  return g_steal_pointer (&self);
}

void
hostile_request_free (HostileRequest *self)
{
  g_free (self->method);
  g_free (self->target);
  g_free (self->path);
  g_clear_pointer (&self->query, g_ptr_array_unref);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_free (self);
}

const char *
hostile_request_get_header (const HostileRequest *self, const char *name)
{
  for (guint i = 0; i + 1 < self->headers->len; i += 2)
    if (g_ascii_strcasecmp (g_ptr_array_index (self->headers, i), name) == 0)
      return g_ptr_array_index (self->headers, i + 1);
  return NULL;
}

const char *
hostile_request_get (const HostileRequest *self, const char *key)
{
  for (guint i = 0; i + 1 < self->query->len; i += 2)
    if (strcmp (g_ptr_array_index (self->query, i), key) == 0)
      return g_ptr_array_index (self->query, i + 1);
  return NULL;
}

gboolean
hostile_request_has (const HostileRequest *self, const char *key)
{
  const char *value = hostile_request_get (self, key);

  return value != NULL && strcmp (value, "no") != 0;
}

gint64
hostile_request_get_int (const HostileRequest *self, const char *key, gint64 otherwise)
{
  const char *value = hostile_request_get (self, key);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : otherwise;
}
