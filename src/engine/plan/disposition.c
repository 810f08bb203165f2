/* Content-Disposition: the name that it says.
 *
 * RFC 6266 (the header), RFC 8187 (filename*), and the broken forms that browsers
 * take: raw UTF-8 and Latin-1, percent-encodings and RFC 2047 words in plain
 * filename, unquoted names with spaces, a missing type.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/file-name.h"

#include <string.h>

static const char *
skip_space (const char *p)
{
  while (*p == ' ' || *p == '\t')
    p++;
  return p;
}

/* `C:\a\b.txt`, as a page on Windows writes it: the backslashes are no escapes. */
static gboolean
is_unescaped_path (const char *p)
{
  return g_ascii_isalpha (p[0]) && p[1] == ':' && p[2] == '\\' && p[3] != '\\';
}

/* RFC 9110, 5.6.4: a quoted string at *@p, its quoted pairs resolved. */
static char *
take_quoted (const char **p)
{
  GString *out = g_string_new (NULL);
  const char *q = *p + 1;
  gboolean literal = is_unescaped_path (q);

  while (*q != '\0' && *q != '"')
    {
      if (*q == '\\' && q[1] != '\0' && (!literal || q[1] == '"'))
        q++;
      g_string_append_c (out, *q++);
    }
  *p = *q == '"' ? q + 1 : q;
  return g_string_free (out, FALSE);
}

static char *
take_value (const char **p)
{
  char *value;
  gsize length;

  if (**p == '"')
    return take_quoted (p);
  length = strcspn (*p, ";");
  value = g_strstrip (g_strndup (*p, length));
  *p += length;
  return value;
}

/* The value of parameter @name, the first one of that name; NULL where there is none. */
static char *
find_parameter (const char *header, const char *name)
{
  const char *p = header;

  while (*p != '\0')
    {
      g_autofree char *key = NULL;
      g_autofree char *value = NULL;
      gsize length;

      p = skip_space (p);
      length = strcspn (p, "=;\"");
      key = g_strstrip (g_strndup (p, length));
      p += length;
      if (*p == '=')
        {
          p = skip_space (p + 1);
          value = take_value (&p);
        }
      if (value != NULL && g_ascii_strcasecmp (key, name) == 0)
        return g_steal_pointer (&value);
      p += strcspn (p, ";");
      if (*p == ';')
        p++;
    }
  return NULL;
}

static char *
convert (const char *bytes, gsize length, const char *charset)
{
  if (memchr (bytes, '\0', length) != NULL)
    return NULL;
  return g_convert (bytes, length, "UTF-8", charset, NULL, NULL, NULL);
}

static gboolean
has_escapes (const char *text)
{
  for (const char *p = strchr (text, '%'); p != NULL; p = strchr (p + 1, '%'))
    if (g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]))
      return TRUE;
  return FALSE;
}

/* Bytes of percent-encoded text; NULL where an escape is broken or stands for NUL. */
static GBytes *
unescape (const char *text)
{
  return g_uri_unescape_bytes (text, -1, NULL, NULL);
}

static char *
unescape_in_charset (const char *text, const char *charset)
{
  g_autoptr (GBytes) bytes = unescape (text);
  const char *data;
  gsize length;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  return data != NULL ? convert (data, length, charset) : g_strdup ("");
}

/* RFC 8187, 3.2.1: charset'language'value. */
static char *
decode_extended (const char *value)
{
  const char *first = strchr (value, '\'');
  const char *second = first != NULL ? strchr (first + 1, '\'') : NULL;
  g_autofree char *charset = NULL;

  if (second == NULL)
    return NULL;
  charset = g_strndup (value, first - value);
  if (g_ascii_strcasecmp (charset, "UTF-8") != 0 && g_ascii_strcasecmp (charset, "ISO-8859-1") != 0)
    return NULL;
  return unescape_in_charset (second + 1, charset);
}

static char *
decode_word_text (const char *text, gsize length, char encoding, const char *charset)
{
  g_autofree char *part = g_strndup (text, length);

  if (g_ascii_toupper (encoding) == 'B')
    {
      gsize size;
      g_autofree unsigned char *data = g_base64_decode (part, &size);

      return convert ((const char *) data, size, charset);
    }
  for (char *p = part; *p != '\0'; p++)
    *p = *p == '_' ? ' ' : *p == '=' ? '%' : *p;
  return unescape_in_charset (part, charset);
}

/* RFC 2047 words, which do not belong here and are sent all the same. */
static char *
decode_words (const char *value)
{
  GString *out = g_string_new (NULL);
  const char *p = value;

  while (*p != '\0')
    {
      const char *charset = p + 2;
      const char *kind = g_str_has_prefix (p, "=?") ? strchr (charset, '?') : NULL;
      const char *text = kind != NULL && kind[1] != '\0' && kind[2] == '?' ? kind + 3 : NULL;
      const char *end = text != NULL ? strstr (text, "?=") : NULL;
      g_autofree char *name = end != NULL ? g_strndup (charset, kind - charset) : NULL;
      g_autofree char *decoded =
          end != NULL ? decode_word_text (text, end - text, kind[1], name) : NULL;

      if (decoded == NULL)
        {
          g_string_append_c (out, *p++);
          continue;
        }
      g_string_append (out, decoded);
      p = end + 2;
      if (g_str_has_prefix (skip_space (p), "=?"))
        p = skip_space (p);
    }
  return g_string_free (out, FALSE);
}

static char *
decode_plain (const char *value)
{
  if (strstr (value, "=?") != NULL)
    return decode_words (value);
  if (has_escapes (value))
    {
      char *decoded = unescape_in_charset (value, "UTF-8");

      if (decoded != NULL)
        return decoded;
    }
  if (g_utf8_validate (value, -1, NULL))
    return g_strdup (value);
  return convert (value, strlen (value), "ISO-8859-1");
}

/* A path's last component: names from servers have no folders. */
static char *
last_component (const char *name)
{
  const char *slash = strrchr (name, '/');
  const char *backslash = strrchr (name, '\\');
  const char *last = MAX (slash, backslash);

  return g_strdup (last != NULL ? last + 1 : name);
}

char *
engine_file_name_from_disposition (const char *value)
{
  g_autofree char *extended = find_parameter (value, "filename*");
  g_autofree char *name = extended != NULL ? decode_extended (extended) : NULL;

  if (name == NULL || *name == '\0')
    {
      g_autofree char *plain = find_parameter (value, "filename");

      g_free (name);
      name = plain != NULL ? decode_plain (plain) : NULL;
    }
  if (name == NULL || *name == '\0')
    return NULL;
  return last_component (name);
}
