/* Cookies. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/cookies.h"

#include <glib/gi18n.h>
#include <stdatomic.h>
#include <string.h>

#include "engine/plan/error.h"

/* How curl and browsers' exporters mark a cookie that scripts must not see. */
#define HTTP_ONLY "#HttpOnly_"

typedef struct
{
  char *domain; /* owned; lower case, without its leading dot */
  gboolean subdomains;
  char *path; /* owned */
  gboolean secure;
  gint64 expires; /* seconds since 1970, 0: never */
  char *name;     /* owned */
  char *value;    /* owned */
} Cookie;

static void
cookie_free (gpointer data)
{
  Cookie *cookie = data;

  g_free (cookie->domain);
  g_free (cookie->path);
  g_free (cookie->name);
  g_free (cookie->value);
  g_free (cookie);
}

struct _EngineCookies
{
  _Atomic int references; /* release on the way down, acquire at zero */
  GPtrArray *cookies;     /* owned; never changed once parsed */
};

static gboolean
is_yes (const char *field)
{
  return g_ascii_strcasecmp (field, "TRUE") == 0;
}

static gboolean
has_control (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return TRUE;
  return FALSE;
}

static Cookie *
parse_line (const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", 7);
  guint n = g_strv_length (fields);
  const char *domain = fields[0];
  char *end;
  gint64 expires;
  Cookie *cookie;

  /* An empty value is often written without its tab. */
  if (n < 6 || *fields[2] != '/' || *fields[5] == '\0')
    return NULL;
  expires = g_ascii_strtoll (fields[4], &end, 10);
  if (end == fields[4] || has_control (fields[5]) || (n == 7 && has_control (fields[6])))
    return NULL;
  domain += *domain == '.';
  if (*domain == '\0')
    return NULL;
  cookie = g_new0 (Cookie, 1);
  cookie->domain = g_ascii_strdown (domain, -1);
  cookie->subdomains = is_yes (fields[1]);
  cookie->path = g_strdup (fields[2]);
  cookie->secure = is_yes (fields[3]);
  cookie->expires = expires;
  cookie->name = g_strdup (fields[5]);
  cookie->value = g_strdup (n == 7 ? fields[6] : "");
  return cookie;
}

static EngineCookies *
make (GPtrArray *cookies /* transfer full */)
{
  EngineCookies *self = g_new0 (EngineCookies, 1);

  atomic_init (&self->references, 1);
  self->cookies = cookies;
  return self;
}

EngineCookies *
engine_cookies_parse (const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *cookies = g_ptr_array_new_with_free_func (cookie_free);
  gboolean any_line = FALSE;

  for (int i = 0; lines[i] != NULL; i++)
    {
      const char *line = lines[i];
      Cookie *cookie;

      if (strlen (line) > 0 && line[strlen (line) - 1] == '\r')
        lines[i][strlen (line) - 1] = '\0';
      if (g_str_has_prefix (line, HTTP_ONLY))
        line += strlen (HTTP_ONLY);
      if (*line == '\0' || *line == '#')
        continue;
      any_line = TRUE;
      cookie = parse_line (line);
      if (cookie != NULL)
        g_ptr_array_add (cookies, cookie);
    }
  if (cookies->len > 0 || !any_line)
    return make (cookies);
  g_ptr_array_unref (cookies);
  g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_ADDRESS, _ ("this is no Netscape cookie file"));
  return NULL;
}

EngineCookies *
engine_cookies_ref (EngineCookies *self)
{
  atomic_fetch_add_explicit (&self->references, 1, memory_order_relaxed);
  return self;
}

void
engine_cookies_unref (EngineCookies *self)
{
  if (atomic_fetch_sub_explicit (&self->references, 1, memory_order_acq_rel) > 1)
    return;
  g_ptr_array_unref (self->cookies);
  g_free (self);
}

/* RFC 6265, 5.1.3: an address of numbers has no subdomains. */
static gboolean
is_for_host (const Cookie *cookie, const char *host)
{
  gsize n = strlen (host);
  gsize m = strlen (cookie->domain);

  if (strcmp (host, cookie->domain) == 0)
    return TRUE;
  return cookie->subdomains && n > m && host[n - m - 1] == '.' &&
         strcmp (host + n - m, cookie->domain) == 0 && !g_hostname_is_ip_address (cookie->domain);
}

/* RFC 6265, 5.1.4. */
static gboolean
is_for_path (const Cookie *cookie, const char *path)
{
  gsize m = strlen (cookie->path);

  return g_str_has_prefix (path, cookie->path) &&
         (path[m] == '\0' || path[m] == '/' || cookie->path[m - 1] == '/');
}

static int
longer_path_first (gconstpointer a, gconstpointer b)
{
  const Cookie *left = *(const Cookie *const *) a;
  const Cookie *right = *(const Cookie *const *) b;
  gsize n = strlen (left->path);
  gsize m = strlen (right->path);

  return n > m ? -1 : n < m;
}

char *
engine_cookies_dup_header (EngineCookies *self, const char *address, gint64 now_unix)
{
  g_autoptr (GUri) uri =
      g_uri_parse (address,
                   G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY | G_URI_FLAGS_HAS_PASSWORD,
                   NULL);
  g_autoptr (GPtrArray) sent = g_ptr_array_new ();
  g_autofree char *host = NULL;
  gboolean secure;
  GString *header;

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return NULL;
  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  secure = g_ascii_strcasecmp (g_uri_get_scheme (uri), "https") == 0;
  for (guint i = 0; i < self->cookies->len; i++)
    {
      Cookie *cookie = g_ptr_array_index (self->cookies, i);
      const char *path = *g_uri_get_path (uri) != '\0' ? g_uri_get_path (uri) : "/";

      if (is_for_host (cookie, host) && is_for_path (cookie, path) && (secure || !cookie->secure) &&
          (cookie->expires == 0 || cookie->expires > now_unix))
        g_ptr_array_add (sent, cookie);
    }
  if (sent->len == 0)
    return NULL;
  g_ptr_array_sort (sent, longer_path_first);
  header = g_string_new (NULL);
  for (guint i = 0; i < sent->len; i++)
    {
      const Cookie *cookie = g_ptr_array_index (sent, i);

      g_string_append_printf (header, "%s%s=%s", i > 0 ? "; " : "", cookie->name, cookie->value);
    }
  return g_string_free (header, FALSE);
}
