/* Addresses. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/address.h"

#include <glib/gi18n.h>
#include <string.h>

#include "engine/plan/error.h"

/* Longer than any server takes; a guard for memory, not a rule. */
#define LONGEST 65536

#define FLAGS                                                                                      \
  (G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY |               \
   G_URI_FLAGS_ENCODED_FRAGMENT | G_URI_FLAGS_SCHEME_NORMALIZE)

static char *
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, ENGINE_ERROR, ENGINE_ERROR_ADDRESS, why);
  return NULL;
}

/* What browsers percent-encode in an address that is otherwise written out. */
static char *
encode (const char *text)
{
  GString *out = g_string_sized_new (strlen (text));

  for (const char *p = text; *p != '\0'; p++)
    {
      unsigned char c = *p;

      if (c <= 0x20 || c >= 0x7f || strchr ("\"<>\\^`{|}", c) != NULL ||
          (c == '%' && !(g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]))))
        g_string_append_printf (out, "%%%02X", c);
      else
        g_string_append_c (out, c);
    }
  return g_string_free (out, FALSE);
}

/* Splits `scheme://authority` from what follows. */
static const char *
find_path (const char *address)
{
  const char *authority = strstr (address, "://");

  return authority == NULL ? NULL : authority + 3 + strcspn (authority + 3, "/?#\\");
}

static char *
host_to_ascii (const char *host, GError **error)
{
  g_autofree char *ascii = NULL;

  if (host == NULL || *host == '\0')
    return refuse (error, _ ("the address names no server"));
  if (strchr (host, ':') != NULL)
    return g_hostname_is_ip_address (host) || strchr (host, '%') != NULL
               ? g_strdup (host)
               : refuse (error, _ ("the server's name in the address is not valid"));
  ascii = g_hostname_to_ascii (host);
  if (ascii == NULL || strlen (ascii) > 253 || strpbrk (ascii, " \t%<>\"{}|\\^`[]@") != NULL)
    return refuse (error, _ ("the server's name in the address is not valid"));
  return g_ascii_strdown (ascii, -1);
}

static char *
check_scheme (const char *text, GError **error)
{
  g_autofree char *scheme = g_uri_parse_scheme (text);
  g_autofree char *lower = scheme != NULL ? g_ascii_strdown (scheme, -1) : NULL;
  g_autofree char *why = NULL;

  if (lower == NULL || strstr (text, "://") == NULL)
    return refuse (error, _ ("this is not a web address"));
  if (strcmp (lower, "http") == 0 || strcmp (lower, "https") == 0)
    return g_steal_pointer (&lower);
  /* Translators: %s is the beginning of an address, such as ftp */
  why = g_strdup_printf (_ ("%s is not a scheme that can be downloaded"), lower);
  return refuse (error, why);
}

static gboolean
has_control (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return TRUE;
  return FALSE;
}

/* Everything but the path as GUri reads it, the path as browsers write it. */
static GUri *
parse (const char *text, GError **error)
{
  const char *path = find_path (text);
  g_autofree char *front = g_strndup (text, path - text);
  g_autofree char *encoded = encode (path);
  g_autofree char *whole = g_strconcat (front, *encoded == '/' ? "" : "/", encoded, NULL);
  GUri *uri = g_uri_parse (whole, FLAGS, NULL);

  if (uri == NULL)
    refuse (error, _ ("this is not a web address"));
  return uri;
}

char *
engine_address_normalize (const char *text, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *scheme = NULL;
  g_autofree char *host = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GUri) normal = NULL;
  int port;

  if (strlen (trimmed) > LONGEST)
    return refuse (error, _ ("the address is too long"));
  if (has_control (trimmed) || !g_utf8_validate (trimmed, -1, NULL))
    return refuse (error, _ ("the address has characters that no address can have"));
  scheme = check_scheme (trimmed, error);
  if (scheme == NULL)
    return NULL;
  uri = parse (trimmed, error);
  if (uri == NULL)
    return NULL;
  host = host_to_ascii (g_uri_get_host (uri), error);
  if (host == NULL)
    return NULL;
  port = g_uri_get_port (uri);
  if (port == 0)
    return refuse (error, _ ("the address names port 0, which no server has"));
  if ((port == 80 && strcmp (scheme, "http") == 0) ||
      (port == 443 && strcmp (scheme, "https") == 0))
    port = -1;
  normal =
      g_uri_build_with_user (FLAGS, scheme, g_uri_get_user (uri), g_uri_get_password (uri), NULL,
                             host, port, g_uri_get_path (uri), g_uri_get_query (uri), NULL);
  return g_uri_to_string (normal);
}

char *
engine_address_dup_shown (const char *address)
{
  const char *authority = strstr (address, "://");
  const char *path = find_path (address);
  const char *at;

  if (authority == NULL)
    return g_strdup (address);
  authority += 3;
  at = g_strrstr_len (authority, path - authority, "@");
  if (at == NULL)
    return g_strdup (address);
  return g_strdup_printf ("%.*s%s", (int) (authority - address), address, at + 1);
}

static int
port_of (GUri *uri)
{
  if (g_uri_get_port (uri) > 0)
    return g_uri_get_port (uri);
  return g_ascii_strcasecmp (g_uri_get_scheme (uri), "https") == 0 ? 443 : 80;
}

char *
engine_address_dup_host (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, FLAGS, NULL);
  g_autofree char *host = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return g_strdup (address);
  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  return g_strdup_printf ("%s:%d", host, port_of (uri));
}

gboolean
engine_address_same_origin (const char *a, const char *b)
{
  g_autoptr (GUri) left = NULL;
  g_autoptr (GUri) right = NULL;

  /* Asked for each request, most of which are not redirected. */
  if (strcmp (a, b) == 0)
    return TRUE;
  left = g_uri_parse (a, FLAGS, NULL);
  right = g_uri_parse (b, FLAGS, NULL);
  return left != NULL && right != NULL && g_uri_get_host (left) != NULL &&
         g_uri_get_host (right) != NULL &&
         g_ascii_strcasecmp (g_uri_get_scheme (left), g_uri_get_scheme (right)) == 0 &&
         g_ascii_strcasecmp (g_uri_get_host (left), g_uri_get_host (right)) == 0 &&
         port_of (left) == port_of (right);
}

static const char *
correct_scheme (const char *scheme)
{
  static const char *const meant[][2] = {
    { "htps", "https" }, { "htttp", "http" },   { "htttps", "https" }, { "httpss", "https" },
    { "hhttp", "http" }, { "hhttps", "https" }, { "ttp", "http" },     { "ttps", "https" },
    { "htp", "http" },   { "hxxp", "http" },    { "hxxps", "https" },  { "hptts", "https" },
    { "hptt", "http" },  { "httpx", "https" },  { "http s", "https" }, { "httsp", "https" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (meant); i++)
    if (g_ascii_strcasecmp (scheme, meant[i][0]) == 0)
      return meant[i][1];
  return NULL;
}

static gboolean
looks_like_host (const char *text)
{
  gsize host = strcspn (text, "/?#:");
  const char *dot = memchr (text, '.', host);

  return host > 3 && dot != NULL && dot > text && dot < text + host - 2 &&
         strcspn (text, " \t") >= host && g_ascii_isalpha (text[host - 1]);
}

char *
engine_address_suggest (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  const char *sign = strstr (trimmed, "://");
  g_autofree char *scheme = sign != NULL ? g_strndup (trimmed, sign - trimmed) : NULL;
  g_autofree char *candidate = NULL;
  g_autofree char *normal = NULL;

  if (scheme != NULL && correct_scheme (scheme) != NULL)
    candidate = g_strconcat (correct_scheme (scheme), sign, NULL);
  else if (scheme == NULL && g_str_has_prefix (trimmed, "//"))
    candidate = g_strconcat ("https:", trimmed, NULL);
  else if (scheme == NULL && looks_like_host (trimmed))
    candidate = g_strconcat ("https://", trimmed, NULL);
  if (candidate != NULL)
    normal = engine_address_normalize (candidate, NULL);
  return normal != NULL ? g_steal_pointer (&candidate) : NULL;
}
