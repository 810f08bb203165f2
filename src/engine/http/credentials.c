/* Answering challenges. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/http/credentials.h"

#include <string.h>

#include "engine/plan/address.h"

/* One message's; freed with it. */
typedef struct
{
  EngineSession *session;
  char *user;     /* owned */
  char *password; /* owned */
  char *key;      /* owned; what the session remembers of Basic */
  gboolean tried;
} Credentials;

static void
credentials_free (gpointer data)
{
  Credentials *self = data;

  g_free (self->user);
  g_free (self->password);
  g_free (self->key);
  g_free (self);
}

/* Whose user and password are for @address. */
static gboolean
find (const EngineSpec *spec, const char *address, const char **user, const char **password)
{
  gboolean own = engine_address_same_origin (address, spec->address);
  g_autofree char *host = NULL;

  *user = spec->user;
  *password = spec->password;
  if (own && spec->user != NULL)
    return TRUE;
  if (spec->netrc == NULL)
    return FALSE;
  host = engine_address_dup_host (address);
  *strrchr (host, ':') = '\0';
  return engine_netrc_find (spec->netrc, host, own, user, password);
}

static gboolean
authenticate_cb (SoupMessage *message, SoupAuth *auth, gboolean retrying, gpointer user_data)
{
  Credentials *self = user_data;

  if (retrying || self->tried || soup_auth_is_for_proxy (auth))
    return FALSE;
  self->tried = TRUE;
  if (g_ascii_strcasecmp (soup_auth_get_scheme_name (auth), "Basic") == 0)
    engine_session_remember (self->session, self->key);
  soup_auth_authenticate (auth, self->user, self->password);
  return TRUE;
}

static void
add_basic (SoupMessage *message, const Credentials *self)
{
  g_autofree char *plain = g_strconcat (self->user, ":", self->password, NULL);
  g_autofree char *encoded = g_base64_encode ((const guint8 *) plain, strlen (plain));
  g_autofree char *value = g_strconcat ("Basic ", encoded, NULL);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", value);
}

void
engine_credentials_attach (SoupMessage *message,
                           EngineSession *session,
                           const EngineSpec *spec,
                           const char *address)
{
  Credentials *self;
  g_autofree char *host = NULL;
  const char *user;
  const char *password;

  /* libsoup's memory knows no downloads: one's password would go out with another. */
  soup_message_add_flags (message, SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  if (!find (spec, address, &user, &password))
    return;
  self = g_new0 (Credentials, 1);
  self->session = session;
  self->user = g_strdup (user != NULL ? user : "");
  self->password = g_strdup (password != NULL ? password : "");
  host = engine_address_dup_host (address);
  self->key = g_strjoin ("\n", g_str_has_prefix (address, "https:") ? "https" : "http", host,
                         self->user, self->password, NULL);
  g_object_set_data_full (G_OBJECT (message), "bobbin-credentials", self, credentials_free);
  g_signal_connect (message, "authenticate", G_CALLBACK (authenticate_cb), self);
  if (engine_session_remembers (session, self->key))
    add_basic (message, self);
}
