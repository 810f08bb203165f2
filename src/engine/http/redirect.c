/* Redirects. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/http/redirect.h"

#include <glib/gi18n.h>
#include <string.h>

#include "engine/plan/address.h"
#include "engine/plan/error.h"

/* No way needs more; a guard for memory. */
#define MOST_COOKIES 100

gboolean
engine_redirect_is (int status)
{
  return status == SOUP_STATUS_MOVED_PERMANENTLY || status == SOUP_STATUS_FOUND ||
         status == SOUP_STATUS_SEE_OTHER || status == SOUP_STATUS_TEMPORARY_REDIRECT ||
         status == SOUP_STATUS_PERMANENT_REDIRECT;
}

/* What is not UTF-8 is taken byte by byte, as browsers do. */
static char *
encode_bytes (const char *location)
{
  GString *out = g_string_new (NULL);
  gboolean utf8 = g_utf8_validate (location, -1, NULL);

  for (const char *p = location; *p != '\0'; p++)
    if (*p == ' ' || (!utf8 && (guint8) *p >= 0x80))
      g_string_append_printf (out, "%%%02X", (guint8) *p);
    else
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

static char *
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, ENGINE_ERROR, ENGINE_ERROR_REDIRECT, why);
  return NULL;
}

char *
engine_redirect_resolve (const char *address, const char *location, GError **error)
{
  g_autofree char *trimmed = location != NULL ? g_strstrip (g_strdup (location)) : NULL;
  g_autofree char *encoded = NULL;
  g_autofree char *absolute = NULL;
  g_autofree char *next = NULL;

  if (trimmed == NULL || *trimmed == '\0')
    return refuse (error, _ ("the server redirects, but does not say where to"));
  encoded = encode_bytes (trimmed);
  absolute = g_uri_resolve_relative (address, encoded,
                                     G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);
  if (absolute != NULL)
    next = engine_address_normalize (absolute, NULL);
  if (next == NULL)
    return refuse (error, _ ("the server redirects to what is not a web address"));
  if (g_str_has_prefix (address, "https:") && !g_str_has_prefix (next, "https:"))
    return refuse (error, _ ("the server redirects from a secure address to one that is not"));
  return g_steal_pointer (&next);
}

typedef struct
{
  char *host;         /* owned */
  SoupCookie *cookie; /* owned */
} Crumb;

static void
crumb_free (gpointer data)
{
  Crumb *crumb = data;

  g_free (crumb->host);
  soup_cookie_free (crumb->cookie);
  g_free (crumb);
}

struct _EngineTrail
{
  GPtrArray *crumbs; /* owned */
};

EngineTrail *
engine_trail_new (void)
{
  EngineTrail *self = g_new0 (EngineTrail, 1);

  self->crumbs = g_ptr_array_new_with_free_func (crumb_free);
  return self;
}

void
engine_trail_free (EngineTrail *self)
{
  g_ptr_array_unref (self->crumbs);
  g_free (self);
}

/* A cookie set again replaces the old one. */
static void
forget (EngineTrail *self, const char *host, SoupCookie *cookie)
{
  for (guint i = self->crumbs->len; i-- > 0;)
    {
      const Crumb *crumb = g_ptr_array_index (self->crumbs, i);

      if (strcmp (crumb->host, host) == 0 &&
          strcmp (soup_cookie_get_name (crumb->cookie), soup_cookie_get_name (cookie)) == 0 &&
          g_strcmp0 (soup_cookie_get_path (crumb->cookie), soup_cookie_get_path (cookie)) == 0)
        g_ptr_array_remove_index (self->crumbs, i);
    }
}

void
engine_trail_note (EngineTrail *self, SoupMessage *message)
{
  const char *host = g_uri_get_host (soup_message_get_uri (message));
  GSList *cookies = soup_cookies_from_response (message);

  for (GSList *l = cookies; l != NULL; l = l->next)
    {
      Crumb *crumb = g_new0 (Crumb, 1);

      crumb->host = g_strdup (host);
      crumb->cookie = l->data;
      forget (self, host, crumb->cookie);
      g_ptr_array_add (self->crumbs, crumb);
    }
  g_slist_free (cookies);
  if (self->crumbs->len > MOST_COOKIES)
    g_ptr_array_remove_range (self->crumbs, 0, self->crumbs->len - MOST_COOKIES);
}

char *
engine_trail_dup_header (EngineTrail *self, GUri *uri)
{
  GSList *cookies = NULL;
  char *header = NULL;

  for (guint i = self->crumbs->len; i-- > 0;)
    {
      const Crumb *crumb = g_ptr_array_index (self->crumbs, i);

      if (strcmp (crumb->host, g_uri_get_host (uri)) == 0 &&
          soup_cookie_applies_to_uri (crumb->cookie, uri))
        cookies = g_slist_prepend (cookies, crumb->cookie);
    }
  if (cookies != NULL)
    header = soup_cookies_to_cookie_header (cookies);
  g_slist_free (cookies);
  return header;
}
