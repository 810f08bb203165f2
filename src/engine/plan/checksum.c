/* Checksums as they are written. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/checksum.h"

#include <string.h>

static const struct
{
  const char *name;
  const char *formal; /* as RFC 9530 and Metalink have it */
  GChecksumType kind;
  gsize digits;
} kinds[] = {
  { "md5", "md5", G_CHECKSUM_MD5, 32 },
  { "sha1", "sha-1", G_CHECKSUM_SHA1, 40 },
  { "sha256", "sha-256", G_CHECKSUM_SHA256, 64 },
  { "sha384", "sha-384", G_CHECKSUM_SHA384, 96 },
  { "sha512", "sha-512", G_CHECKSUM_SHA512, 128 },
};

static gboolean
equals (const char *text, gsize length, const char *name)
{
  return strlen (name) == length && g_ascii_strncasecmp (text, name, length) == 0;
}

gboolean
engine_checksum_kind_from_name (const char *name, gsize length, GChecksumType *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (equals (name, length, kinds[i].name) || equals (name, length, kinds[i].formal))
      {
        *kind = kinds[i].kind;
        return TRUE;
      }
  /* RFC 3230 calls SHA-1 so. */
  *kind = G_CHECKSUM_SHA1;
  return equals (name, length, "sha");
}

static gsize
find_kind (GChecksumType kind)
{
  gsize i = 0;

  while (kinds[i].kind != kind)
    i++;
  return i;
}

const char *
engine_checksum_kind_get_name (GChecksumType kind)
{
  return kinds[find_kind (kind)].name;
}

int
engine_checksum_strength (GChecksumType kind)
{
  return (int) find_kind (kind);
}

gboolean
engine_checksum_is_digest (GChecksumType kind, const char *hex)
{
  gsize digits = kinds[find_kind (kind)].digits;

  return strlen (hex) == digits && strspn (hex, "0123456789abcdefABCDEF") == digits;
}

char *
engine_checksum_parse (const char *text, GChecksumType *kind)
{
  const char *sign = strchr (text, '=');
  GChecksumType found;

  if (sign == NULL || !engine_checksum_kind_from_name (text, sign - text, &found) ||
      !engine_checksum_is_digest (found, sign + 1))
    return NULL;
  if (kind != NULL)
    *kind = found;
  return g_ascii_strdown (sign + 1, -1);
}

static char *
format (GChecksumType kind, const char *hex)
{
  g_autofree char *lower = g_ascii_strdown (hex, -1);

  return g_strdup_printf ("%s=%s", engine_checksum_kind_get_name (kind), lower);
}

/* Digests in headers are base64; in old Digest headers sometimes hexadecimal. */
static char *
decode (GChecksumType kind, const char *value)
{
  g_autofree char *stripped = g_strdup (value);
  gsize digits = kinds[find_kind (kind)].digits;
  g_autofree guint8 *raw = NULL;
  GString *hex;
  gsize size;

  g_strstrip (stripped);
  if (engine_checksum_is_digest (kind, stripped))
    return g_steal_pointer (&stripped);
  if (strspn (stripped, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") !=
      strlen (stripped))
    return NULL;
  raw = g_base64_decode (stripped, &size);
  if (size * 2 != digits)
    return NULL;
  hex = g_string_sized_new (digits);
  for (gsize i = 0; i < size; i++)
    g_string_append_printf (hex, "%02x", raw[i]);
  return g_string_free (hex, FALSE);
}

char *
engine_checksum_from_header (const char *value)
{
  g_auto (GStrv) members = g_strsplit (value, ",", -1);
  g_autofree char *best = NULL;
  GChecksumType best_kind = G_CHECKSUM_MD5;

  for (int i = 0; members[i] != NULL; i++)
    {
      char *member = g_strstrip (members[i]);
      const char *sign = strchr (member, '=');
      g_autofree char *text = NULL;
      g_autofree char *hex = NULL;
      GChecksumType kind;
      gsize length;

      if (sign == NULL || !engine_checksum_kind_from_name (member, sign - member, &kind))
        continue;
      /* RFC 8941, 3.3.5: a byte sequence stands between colons; parameters may follow. */
      text = g_strdup (sign + 1);
      length = strlen (text);
      if (*text == ':' && strchr (text + 1, ':') != NULL)
        {
          *strchr (text + 1, ':') = '\0';
          memmove (text, text + 1, length);
        }
      hex = decode (kind, text);
      if (hex == NULL ||
          (best != NULL && engine_checksum_strength (kind) <= engine_checksum_strength (best_kind)))
        continue;
      g_free (best);
      best = format (kind, hex);
      best_kind = kind;
    }
  return g_steal_pointer (&best);
}

static const char *
base_name (const char *path)
{
  const char *slash = strrchr (path, '/');

  return slash != NULL ? slash + 1 : path;
}

/* `SHA256 (NAME) = HEX`, as BSD and --tag have it. */
static char *
from_tagged_line (const char *line, const char *name)
{
  const char *open = strstr (line, " (");
  const char *close = open != NULL ? g_strrstr (open, ") = ") : NULL;
  g_autofree char *said = NULL;
  GChecksumType kind;

  if (close == NULL || !engine_checksum_kind_from_name (line, open - line, &kind))
    return NULL;
  said = g_strndup (open + 2, close - open - 2);
  if (strcmp (base_name (said), name) != 0 || !engine_checksum_is_digest (kind, close + 4))
    return NULL;
  return format (kind, close + 4);
}

/* `HEX  NAME` or `HEX *NAME`, or the digest alone. */
static char *
from_plain_line (const char *line, const char *name, gboolean alone, GChecksumType kind)
{
  gsize digits = kinds[find_kind (kind)].digits;
  g_autofree char *hex = g_strndup (line, digits);
  const char *rest;

  if (!engine_checksum_is_digest (kind, hex))
    return NULL;
  rest = line + digits;
  if (*rest == '\0')
    return alone ? format (kind, hex) : NULL;
  if (*rest != ' ' && *rest != '\t')
    return NULL;
  while (*rest == ' ' || *rest == '\t')
    rest++;
  rest += *rest == '*';
  return strcmp (base_name (rest), name) == 0 ? format (kind, hex) : NULL;
}

char *
engine_checksum_from_file (const char *text, const char *name, gboolean alone, GChecksumType kind)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (int i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      char *found = from_tagged_line (line, name);

      if (found == NULL)
        found = from_plain_line (line, name, alone, kind);
      if (found != NULL)
        return found;
    }
  return NULL;
}
