/* Tunnels. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/http/tunnel.h"

#include <glib/gi18n.h>

#include "engine/http/proxy.h"
#include "engine/plan/error.h"

struct _EngineTunnel
{
  SoupSession *soup; /* borrowed: its owner owns us too */
  gulong handler;
  int status;   /* of the last refusal, 0: none */
  char *reason; /* owned, nullable */
};

static void
got_headers_cb (SoupMessage *message, gpointer user_data)
{
  EngineTunnel *self = user_data;
  int status = soup_message_get_status (message);

  self->status = status / 100 == 2 ? 0 : status;
  g_free (self->reason);
  self->reason = g_strdup (soup_message_get_reason_phrase (message));
}

static void
request_queued_cb (SoupSession *soup, SoupMessage *message, gpointer user_data)
{
  g_autofree char *address = NULL;
  g_autofree char *value = NULL;

  if (g_strcmp0 (soup_message_get_method (message), SOUP_METHOD_CONNECT) != 0)
    return;
  g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), user_data);
  address = g_uri_to_string (soup_message_get_uri (message));
  value = engine_proxy_dup_authorization (address);
  if (value != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Proxy-Authorization",
                                  value);
}

EngineTunnel *
engine_tunnel_new (SoupSession *soup)
{
  EngineTunnel *self = g_new0 (EngineTunnel, 1);

  self->soup = soup;
  self->handler = g_signal_connect (soup, "request-queued", G_CALLBACK (request_queued_cb), self);
  return self;
}

void
engine_tunnel_free (EngineTunnel *self)
{
  g_signal_handler_disconnect (self->soup, self->handler);
  g_free (self->reason);
  g_free (self);
}

void
engine_tunnel_forget (EngineTunnel *self)
{
  self->status = 0;
  g_clear_pointer (&self->reason, g_free);
}

GError *
engine_tunnel_refusal_new (int status, const char *reason)
{
  g_autoptr (GError) said = engine_error_new_http (status, reason);

  return g_error_new (ENGINE_ERROR, status >= 500 ? ENGINE_ERROR_CONNECT : ENGINE_ERROR_PROXY,
                      _ ("the proxy refused: %s"), said->message);
}

GError *
engine_tunnel_dup_refusal (EngineTunnel *self)
{
  return self->status != 0 ? engine_tunnel_refusal_new (self->status, self->reason) : NULL;
}

GError *
engine_tunnel_explain (GError *error,
                       const char *address,
                       gboolean reached,
                       GTlsCertificateFlags certificate_errors)
{
  g_autoptr (GError) theirs = error;
  gboolean secure = FALSE;
  g_autofree char *proxy = engine_proxy_dup_host (address, &secure);

  if (proxy == NULL)
    return g_steal_pointer (&theirs);
  switch (theirs->code)
    {
    case ENGINE_ERROR_RESOLVE:
    case ENGINE_ERROR_CONNECT:
    case ENGINE_ERROR_TIMEOUT:
      if (!reached)
        return g_error_new (ENGINE_ERROR, ENGINE_ERROR_CONNECT,
                            /* Translators: the name of a host */
                            _ ("the proxy %s cannot be reached"), proxy);
      if (theirs->code == ENGINE_ERROR_TIMEOUT)
        return g_error_new (ENGINE_ERROR, ENGINE_ERROR_TIMEOUT,
                            /* Translators: the name of a host */
                            _ ("nothing came through the proxy %s in time"), proxy);
      return g_steal_pointer (&theirs);
    case ENGINE_ERROR_TLS:
      /* The server has shown none: it was the proxy's own. */
      if (secure && certificate_errors == 0)
        return g_error_new (ENGINE_ERROR, ENGINE_ERROR_TLS,
                            /* Translators: the name of a host */
                            _ ("there is no secure connection to the proxy %s"), proxy);
      return g_steal_pointer (&theirs);
    default:
      return g_steal_pointer (&theirs);
    }
}
