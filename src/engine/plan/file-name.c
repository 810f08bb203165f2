/* Safe file names. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/file-name.h"

#include <string.h>

/* File systems take 255 bytes: room for `.part` and a number. */
#define LONGEST 240
#define LONGEST_EXTENSION 24

/* Marks that turn the reading direction, and others that show nothing: a name such
 * as `photo<RLO>gpj.exe` reads as `photoexe.jpg`. */
static gboolean
is_deceiving (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e ||
         c == 0x200f || c == 0x061c || c == 0x200b || c == 0xfeff || c == 0x2028 || c == 0x2029 ||
         c == 0x00ad || (c >= 0x206a && c <= 0x206f) || c == 0x2060 || c == 0x180e;
}

static gboolean
is_forbidden (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c < 0xa0) ||
         (c < 0x80 && strchr ("/\\:*?\"<>|", (int) c) != NULL);
}

/* Bytes that are not UTF-8 are most often Latin-1, as HTTP once had it. */
static char *
to_utf8 (const char *name)
{
  char *converted;

  if (g_utf8_validate (name, -1, NULL))
    return g_strdup (name);
  converted = g_convert (name, -1, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
  return converted != NULL ? converted : g_utf8_make_valid (name, -1);
}

static GString *
replace_characters (const char *utf8)
{
  GString *out = g_string_new (NULL);

  for (const char *p = utf8; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_forbidden (c))
        g_string_append_c (out, '_');
      else if (!is_deceiving (c))
        g_string_append_unichar (out, c);
    }
  return out;
}

static gboolean
is_edge (gunichar c)
{
  return c == '.' || g_unichar_isspace (c);
}

/* Leading dots hide a file, trailing ones and spaces are lost elsewhere. */
static void
trim (GString *name)
{
  const char *start = name->str;

  while (*start != '\0' && is_edge (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  g_string_erase (name, 0, start - name->str);
  while (name->len > 0)
    {
      const char *last = g_utf8_prev_char (name->str + name->len);

      if (!is_edge (g_utf8_get_char (last)))
        return;
      g_string_truncate (name, last - name->str);
    }
}

/* Names that Windows keeps for devices, with any extension; a file may be carried there. */
static gboolean
is_reserved (const char *name)
{
  static const char *const devices[] = { "con", "prn", "aux", "nul", "conin$", "conout$", NULL };
  static const char *const digits[] = { "0", "1", "2", "3",        "4",        "5",        "6",
                                        "7", "8", "9", "\xc2\xb9", "\xc2\xb2", "\xc2\xb3", NULL };
  g_autofree char *stem = g_strchomp (g_ascii_strdown (name, strcspn (name, ".")));

  if (g_strv_contains (devices, stem))
    return TRUE;
  return (g_str_has_prefix (stem, "com") || g_str_has_prefix (stem, "lpt")) &&
         g_strv_contains (digits, stem + 3);
}

/* Where the extension begins: `.gz`, or `.tar.gz` as one; the name's end where there is none. */
static gsize
find_extension (const char *name)
{
  gsize length = strlen (name);
  const char *dot = strrchr (name, '.');
  gsize at;

  if (dot == NULL || dot == name || length - (dot - name) > LONGEST_EXTENSION ||
      strchr (dot, ' ') != NULL)
    return length;
  at = dot - name;
  if (at > 4 && g_ascii_strncasecmp (name + at - 4, ".tar", 4) == 0)
    at -= 4;
  return at;
}

/* At most @room bytes of @text, cut between characters. */
static char *
cut (const char *text, gsize length, gsize room)
{
  const char *end = text + MIN (length, room);

  if (length > room)
    while (end > text && ((unsigned char) *end & 0xc0) == 0x80)
      end--;
  return g_strndup (text, end - text);
}

static char *
shorten (const char *name, gsize longest)
{
  gsize dot = find_extension (name);
  gsize extension = strlen (name) - dot;
  g_autofree char *stem = NULL;

  if (strlen (name) <= longest)
    return g_strdup (name);
  stem = cut (name, dot, longest - extension);
  return g_strconcat (stem, name + dot, NULL);
}

char *
engine_file_name_make_safe (const char *name)
{
  g_autofree char *utf8 = to_utf8 (name);
  g_autoptr (GString) out = replace_characters (utf8);

  trim (out);
  if (out->len == 0)
    return g_strdup ("download");
  if (is_reserved (out->str))
    g_string_prepend_c (out, '_');
  g_autofree char *shortened = shorten (out->str, LONGEST);
  g_string_assign (out, shortened);
  trim (out); /* the cut may have bared a space */
  return g_strdup (out->str);
}

char *
engine_file_name_from_address (const char *address)
{
  const char *authority = strstr (address, "://");
  const char *path = authority != NULL ? strchr (authority + 3, '/') : address;
  gsize length;
  const char *end;
  const char *start;
  g_autofree char *segment = NULL;
  char *decoded;

  if (path == NULL)
    return NULL;
  length = strcspn (path, "?#");
  end = path + length;
  start = end;
  while (start > path && start[-1] != '/')
    start--;
  if (start == end)
    return NULL;
  segment = g_strndup (start, end - start);
  decoded = g_uri_unescape_string (segment, NULL);
  /* It does not decode: an escape of NUL, or none at all. */
  return decoded != NULL ? decoded : g_steal_pointer (&segment);
}

static const char *
extension_of_type (const char *content_type)
{
  static const char *const known[][2] = {
    { "text/html", ".html" },
    { "text/plain", ".txt" },
    { "application/pdf", ".pdf" },
    { "application/zip", ".zip" },
    { "application/json", ".json" },
    { "application/xml", ".xml" },
    { "text/xml", ".xml" },
    { "text/csv", ".csv" },
    { "image/jpeg", ".jpg" },
    { "image/png", ".png" },
    { "image/gif", ".gif" },
    { "image/webp", ".webp" },
    { "image/svg+xml", ".svg" },
    { "video/mp4", ".mp4" },
    { "video/webm", ".webm" },
    { "audio/mpeg", ".mp3" },
    { "audio/ogg", ".ogg" },
    { "application/gzip", ".gz" },
    { "application/epub+zip", ".epub" },
    { "application/x-7z-compressed", ".7z" },
  };

  for (gsize i = 0; content_type != NULL && i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i][0], content_type) == 0)
      return known[i][1];
  return "";
}

/* The host's name, where the path names nothing. */
static char *
name_from_host (const char *address)
{
  const char *authority = strstr (address, "://");

  if (authority == NULL)
    return g_strdup ("download");
  authority += 3;
  return g_strndup (authority, strcspn (authority, ":/?#"));
}

char *
engine_file_name_choose (const char *wanted,
                         const char *disposition,
                         const char *address,
                         const char *first_address,
                         const char *content_type)
{
  g_autofree char *name = wanted != NULL ? g_strdup (wanted) : NULL;

  if (name == NULL && disposition != NULL)
    name = engine_file_name_from_disposition (disposition);
  if (name == NULL || *name == '\0')
    {
      g_free (name);
      name = engine_file_name_from_address (address);
    }
  if (name == NULL)
    name = engine_file_name_from_address (first_address);
  if (name == NULL)
    {
      g_autofree char *host = name_from_host (first_address);

      name = g_strconcat (host, extension_of_type (content_type), NULL);
    }
  return engine_file_name_make_safe (name);
}

char *
engine_file_name_with_number (const char *name, int n)
{
  g_autofree char *number = g_strdup_printf (" (%d)", n);
  gsize dot = find_extension (name);
  gsize extension = strlen (name) - dot;
  g_autofree char *stem = cut (name, dot, LONGEST - extension - strlen (number));

  return g_strconcat (stem, number, name + dot, NULL);
}
