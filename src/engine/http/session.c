/* A worker's session. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/http/session.h"

#include <string.h>

#include "engine/http/proxy.h"
#include "engine/http/session-private.h"

/* A worker has one exchange at a time, and one more while it proves a resume. */
#define CONNECTIONS 4

/* Above so many, those that libsoup has closed are forgotten. */
#define MOST_SOCKETS 16

struct _EngineSession
{
  GMainContext *context; /* owned; never iterated */
  SoupSession *soup;     /* owned */
  EngineTunnel *tunnel;  /* owned */
  GHashTable *sockets;   /* owned; connection id to GSocket */
  GHashTable *asked;     /* owned; a set: whom we have told user and password by Basic */

  /* Of the latest origin that was asked for. */
  char *proxy_for;           /* owned, nullable */
  char *proxy_authorization; /* owned, nullable */
};

EngineSession *
engine_session_new (const char *user_agent)
{
  EngineSession *self = g_new0 (EngineSession, 1);

  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->soup =
      soup_session_new_with_options ("max-conns", CONNECTIONS, "max-conns-per-host", CONNECTIONS,
                                     "idle-timeout", 0, "user-agent", user_agent, "proxy-resolver",
                                     engine_proxy_get_resolver (), NULL);
  self->tunnel = engine_tunnel_new (self->soup);
  soup_session_remove_feature_by_type (self->soup, SOUP_TYPE_CONTENT_DECODER);
  self->sockets = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_main_context_pop_thread_default (self->context);
  return self;
}

void
engine_session_free (EngineSession *self)
{
  soup_session_abort (self->soup);
  engine_tunnel_free (self->tunnel);
  g_hash_table_unref (self->sockets);
  g_hash_table_unref (self->asked);
  g_free (self->proxy_for);
  g_free (self->proxy_authorization);
  g_object_unref (self->soup);
  g_main_context_unref (self->context);
  g_free (self);
}

void
engine_session_enter (EngineSession *self)
{
  g_main_context_push_thread_default (self->context);
}

void
engine_session_leave (EngineSession *self)
{
  g_main_context_pop_thread_default (self->context);
}

void
engine_session_set_timeout (EngineSession *self, int seconds)
{
  if ((int) soup_session_get_timeout (self->soup) != seconds)
    soup_session_set_timeout (self->soup, seconds);
}

void
engine_session_drop_idle (EngineSession *self)
{
  g_hash_table_remove_all (self->sockets);
  soup_session_abort (self->soup);
}

SoupSession *
engine_session_get_soup (EngineSession *self)
{
  return self->soup;
}

EngineTunnel *
engine_session_get_tunnel (EngineSession *self)
{
  return self->tunnel;
}

static gboolean
is_closed (gpointer id, gpointer socket, gpointer user_data)
{
  return g_socket_is_closed (socket);
}

void
engine_session_note_socket (EngineSession *self, guint64 id, GSocket *socket)
{
  if (g_hash_table_size (self->sockets) >= MOST_SOCKETS)
    g_hash_table_foreach_remove (self->sockets, is_closed, NULL);
  g_hash_table_replace (self->sockets, g_memdup2 (&id, sizeof id), g_object_ref (socket));
}

GSocket *
engine_session_find_socket (EngineSession *self, guint64 id)
{
  return g_hash_table_lookup (self->sockets, &id);
}

const char *
engine_session_get_proxy_authorization (EngineSession *self, const char *address)
{
  const char *authority = strstr (address, "://");
  gsize n = authority != NULL ? authority + 3 - address : 0;

  /* Finding a proxy costs as much as sending the request. */
  n += strcspn (address + n, "/?#");
  if (self->proxy_for != NULL && strncmp (self->proxy_for, address, n) == 0 &&
      self->proxy_for[n] == '\0')
    return self->proxy_authorization;
  g_free (self->proxy_for);
  g_free (self->proxy_authorization);
  self->proxy_for = g_strndup (address, n);
  self->proxy_authorization = engine_proxy_dup_authorization (address);
  return self->proxy_authorization;
}

void
engine_session_remember (EngineSession *self, const char *key)
{
  g_hash_table_add (self->asked, g_strdup (key));
}

gboolean
engine_session_remembers (EngineSession *self, const char *key)
{
  return g_hash_table_contains (self->asked, key);
}
