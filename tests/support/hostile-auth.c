/* Asking for a user and a password: Basic (RFC 7617) and Digest (RFC 7616, MD5 and auth).
 *
 * Wanted is written `basic:USER:PASSWORD` or `digest:USER:PASSWORD`.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "support/hostile-private.h"

#define REALM "hostile"
#define NONCE "6d6f7468657262697264"

/* A directive of a Digest header, without its quotes. */
static char *
find_directive (const char *header, const char *name)
{
  g_autofree char *pattern = g_strdup_printf ("(?:^|[ ,])%s=\"?([^\",]*)", name);
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (regex, header, 0, &match) ? g_match_info_fetch (match, 1) : g_strdup ("");
}

G_GNUC_PRINTF (1, 2)
static char *
md5 (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  return g_compute_checksum_for_string (G_CHECKSUM_MD5, text, -1);
}

static gboolean
passes_digest (const HostileRequest *request, const char *user, const char *password)
{
  const char *header = hostile_request_get_header (request, "Authorization");
  g_autofree char *said_user = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *nc = NULL;
  g_autofree char *cnonce = NULL;
  g_autofree char *qop = NULL;
  g_autofree char *response = NULL;
  g_autofree char *a1 = NULL;
  g_autofree char *a2 = NULL;
  g_autofree char *expected = NULL;

  if (header == NULL || !g_str_has_prefix (header, "Digest "))
    return FALSE;
  said_user = find_directive (header + 6, "username");
  uri = find_directive (header + 6, "uri");
  nc = find_directive (header + 6, "nc");
  cnonce = find_directive (header + 6, "cnonce");
  qop = find_directive (header + 6, "qop");
  response = find_directive (header + 6, "response");
  a1 = md5 ("%s:%s:%s", user, REALM, password);
  a2 = md5 ("%s:%s", request->method, uri);
  expected = *qop != '\0' ? md5 ("%s:%s:%s:%s:%s:%s", a1, NONCE, nc, cnonce, qop, a2)
                          : md5 ("%s:%s:%s", a1, NONCE, a2);
  return strcmp (said_user, user) == 0 && strcmp (uri, request->target) == 0 &&
         strcmp (expected, response) == 0;
}

static gboolean
passes_basic (const HostileRequest *request, const char *user, const char *password)
{
  const char *header = hostile_request_get_header (request, "Authorization");
  g_autofree char *plain = g_strdup_printf ("%s:%s", user, password);
  g_autofree char *encoded = g_base64_encode ((const guint8 *) plain, strlen (plain));

  return header != NULL && g_str_has_prefix (header, "Basic ") && strcmp (header + 6, encoded) == 0;
}

char *
hostile_auth_dup_challenge (const HostileRequest *request, const char *wanted)
{
  g_auto (GStrv) parts = g_strsplit (wanted, ":", 3);

  if (g_strv_length (parts) != 3)
    return g_strdup ("Bearer");
  if (strcmp (parts[0], "digest") == 0)
    return passes_digest (request, parts[1], parts[2])
               ? NULL
               : g_strdup ("Digest realm=\"" REALM "\", nonce=\"" NONCE
                           "\", qop=\"auth\", algorithm=MD5");
  return passes_basic (request, parts[1], parts[2]) ? NULL : g_strdup ("Basic realm=\"" REALM "\"");
}
