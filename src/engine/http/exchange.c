/* One exchange over libsoup. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/http/exchange.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "engine/http/credentials.h"
#include "engine/http/decoding.h"
#include "engine/http/http-error.h"
#include "engine/http/proxy.h"
#include "engine/http/race.h"
#include "engine/http/redirect.h"
#include "engine/http/reply-private.h"
#include "engine/http/session-private.h"
#include "engine/plan/address.h"

/* A redirect's body up to this size is read, so that the connection can be kept. */
#define MOST_DRAINED 65536

struct _EngineExchange
{
  EngineSession *session;
  const EngineSpec *spec;
  gboolean insecure;

  char *address;        /* owned; of the current hop */
  char *host;           /* owned; of the current hop, for messages */
  SoupMessage *message; /* owned */
  GInputStream *body;   /* owned; decoded where it must be */
  EngineTrail *trail;   /* owned */
  EngineReply reply;
};

static void
network_event_cb (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *connection,
                  gpointer user_data)
{
  if (event == G_SOCKET_CLIENT_CONNECTED && G_IS_SOCKET_CONNECTION (connection))
    g_object_set_data_full (G_OBJECT (message), "bobbin-socket",
                            g_object_ref (
                                g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection))),
                            g_object_unref);
}

/* Nobody is asked where certificates count: libsoup then refuses by itself. */
static gboolean
accept_certificate_cb (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer user_data)
{
  return TRUE;
}

/* Names that are ours to say: a download in parts depends on them. */
static gboolean
is_ours (const char *name)
{
  static const char *const names[] = { "range",      "if-range",       "accept-encoding",
                                       "connection", "content-length", "transfer-encoding",
                                       NULL };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_strv_contains (names, lower);
}

static void
add_own_headers (SoupMessageHeaders *headers, const EngineSpec *spec)
{
  if (spec->referrer != NULL)
    soup_message_headers_replace (headers, "Referer", spec->referrer);
  for (int i = 0; spec->headers != NULL && spec->headers[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (spec->headers[i], ":", 2);

      if (g_strv_length (parts) == 2 && !is_ours (g_strstrip (parts[0])))
        soup_message_headers_append (headers, parts[0], g_strstrip (parts[1]));
    }
}

/* RFC 6265, 5.4: one header, whatever its sources. */
static void
add_cookies (EngineExchange *self, SoupMessageHeaders *headers, GUri *uri)
{
  g_autofree char *own = g_strdup (soup_message_headers_get_list (headers, "Cookie"));
  g_autofree char *file = NULL;
  g_autofree char *trail = engine_trail_dup_header (self->trail, uri);
  g_autofree char *joined = NULL;
  const char *parts[4] = { NULL };
  int n = 0;

  if (self->spec->cookies != NULL)
    file = engine_cookies_dup_header (self->spec->cookies, self->address,
                                      base_clock_wall_us () / BASE_SECOND_US);
  if (own != NULL)
    parts[n++] = own;
  if (file != NULL)
    parts[n++] = file;
  if (trail != NULL)
    parts[n++] = trail;
  joined = g_strjoinv ("; ", (char **) parts);
  if (n > 0)
    soup_message_headers_replace (headers, "Cookie", joined);
}

/* libsoup's own way round a proxy's question needs its memory, which we do without. Over https
 * it asks by a message of its own: tunnel.c. */
static void
add_proxy_authorization (EngineExchange *self, SoupMessageHeaders *headers)
{
  const char *value = g_str_has_prefix (self->address, "http:")
                          ? engine_session_get_proxy_authorization (self->session, self->address)
                          : NULL;

  if (value != NULL)
    soup_message_headers_replace (headers, "Proxy-Authorization", value);
}

static SoupMessage *
make_message (EngineExchange *self, const EngineRequest *request, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (self->address, SOUP_HTTP_URI_FLAGS, error);
  SoupMessage *message;
  SoupMessageHeaders *headers;

  if (uri == NULL)
    {
      g_clear_error (error);
      g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_ADDRESS,
                   _ ("%s is not an address that can be downloaded"), self->host);
      return NULL;
    }
  message = soup_message_new_from_uri (request->head_only ? "HEAD" : "GET", uri);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  headers = soup_message_get_request_headers (message);
  if (engine_address_same_origin (self->address, self->spec->address))
    add_own_headers (headers, self->spec);
  add_cookies (self, headers, uri);
  add_proxy_authorization (self, headers);
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  if (request->start >= 0)
    {
      g_autofree char *range = engine_range_format (request->start, request->end);

      soup_message_headers_replace (headers, "Range", range);
      if (request->if_range != NULL)
        soup_message_headers_replace (headers, "If-Range", request->if_range);
    }
  g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), NULL);
  if (self->insecure)
    g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), self);
  engine_credentials_attach (message, self->session, self->spec, self->address);
  return message;
}

static void
note_socket (EngineExchange *self)
{
  GSocket *socket = g_object_get_data (G_OBJECT (self->message), "bobbin-socket");

  if (socket != NULL)
    engine_session_note_socket (self->session, soup_message_get_connection_id (self->message),
                                socket);
}

/* A proxy finds the host by itself. */
static gboolean
race (EngineExchange *self, const EngineRequest *request, GCancellable *cancellable, GError **error)
{
  g_autofree char *host = engine_address_dup_host (self->address);
  char *colon = strrchr (host, ':');
  int port = (int) g_ascii_strtoll (colon + 1, NULL, 10);
  GError *theirs = NULL;

  *colon = '\0';
  if (!engine_race_is_due (host) || !engine_proxy_is_direct (self->address) ||
      engine_race_host (host, port, request->timeout_s, cancellable, &theirs))
    return TRUE;
  g_propagate_error (error, engine_http_error_new (theirs, self->host, 0));
  return FALSE;
}

static GError *
explain (EngineExchange *self, GError *theirs /* transfer full, nullable */)
{
  GTlsCertificateFlags refused =
      self->insecure ? 0 : soup_message_get_tls_peer_certificate_errors (self->message);
  gboolean reached = g_object_get_data (G_OBJECT (self->message), "bobbin-socket") != NULL;
  gboolean given_up = g_error_matches (theirs, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  GError *error = engine_http_error_new (theirs, self->host, refused);

  return given_up ? error : engine_tunnel_explain (error, self->address, reached, refused);
}

/* Whether the answer is the server's, and not a proxy's on the way. */
static gboolean
is_let_through (EngineExchange *self, GError **error)
{
  GError *refusal = engine_tunnel_dup_refusal (engine_session_get_tunnel (self->session));
  int status = soup_message_get_status (self->message);

  if (refusal == NULL && status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED &&
      !engine_proxy_is_direct (self->address))
    refusal = engine_tunnel_refusal_new (status, NULL);
  if (refusal == NULL)
    return TRUE;
  g_propagate_error (error, refusal);
  return FALSE;
}

/* Sends one request; no redirect is followed. */
static gboolean
send_once (EngineExchange *self,
           const EngineRequest *request,
           GCancellable *cancellable,
           GError **error)
{
  GError *theirs = NULL;

  self->message = make_message (self, request, error);
  if (self->message == NULL || !race (self, request, cancellable, error))
    return FALSE;
  engine_tunnel_forget (engine_session_get_tunnel (self->session));
  self->body = soup_session_send (engine_session_get_soup (self->session), self->message,
                                  cancellable, &theirs);
  if (self->body == NULL)
    {
      g_propagate_error (error, explain (self, theirs));
      return FALSE;
    }
  if (!is_let_through (self, error))
    return FALSE;
  note_socket (self);
  return engine_reply_read (&self->reply, self->message, base_clock_wall_us () / BASE_SECOND_US,
                            error);
}

static void
drop_message (EngineExchange *self)
{
  if (self->body != NULL)
    g_input_stream_close (self->body, NULL, NULL);
  g_clear_object (&self->body);
  if (self->message != NULL)
    g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->message);
  engine_reply_clear (&self->reply);
  memset (&self->reply, 0, sizeof self->reply);
}

/* Reads what a redirect says for people, so that its connection can be used again. */
static void
drain (EngineExchange *self, GCancellable *cancellable)
{
  char buffer[4096];
  gsize drained = 0;

  while (drained < MOST_DRAINED)
    {
      gssize n = g_input_stream_read (self->body, buffer, sizeof buffer, cancellable, NULL);

      if (n <= 0)
        return;
      drained += n;
    }
}

static gboolean
go_to (EngineExchange *self, char *address /* transfer full */)
{
  g_free (self->address);
  g_free (self->host);
  self->address = address;
  self->host = engine_address_dup_host (address);
  *strrchr (self->host, ':') = '\0'; /* people know a server without its port */
  return TRUE;
}

static gboolean
follow (EngineExchange *self,
        const EngineRequest *request,
        GCancellable *cancellable,
        GError **error)
{
  for (int hops = 0;; hops++)
    {
      char *next;

      if (!send_once (self, request, cancellable, error))
        return FALSE;
      if (!engine_redirect_is (self->reply.status))
        return TRUE;
      if (hops == ENGINE_MOST_REDIRECTS)
        {
          g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_REDIRECT,
                       _ ("the server redirects without end"));
          return FALSE;
        }
      next =
          engine_redirect_resolve (self->address,
                                   soup_message_headers_get_one (soup_message_get_response_headers (
                                                                     self->message),
                                                                 "Location"),
                                   error);
      if (next == NULL)
        return FALSE;
      engine_trail_note (self->trail, self->message);
      drain (self, cancellable);
      drop_message (self);
      go_to (self, next);
    }
}

/* Takes an encoding off that was not asked for. Then nothing is known of positions. */
static gboolean
decode (EngineExchange *self, GError **error)
{
  const char *encoding =
      soup_message_headers_get_list (soup_message_get_response_headers (self->message),
                                     "Content-Encoding");
  EngineDecoding decoding =
      engine_decoding_choose (encoding, self->reply.content_type, self->reply.final_address,
                              self->reply.disposition);
  gboolean whole = self->reply.status == SOUP_STATUS_OK ||
                   (self->reply.has_range && self->reply.range.start == 0 &&
                    self->reply.range.end == self->reply.range.total);

  if (decoding == ENGINE_DECODING_NONE)
    return TRUE;
  if (self->reply.status != SOUP_STATUS_OK && self->reply.status != SOUP_STATUS_PARTIAL_CONTENT)
    return TRUE;
  if (decoding == ENGINE_DECODING_UNKNOWN || !whole)
    {
      g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_PROTOCOL,
                   _ ("the server sends the file in an encoding that was not asked for (%s)"),
                   encoding);
      return FALSE;
    }
  g_autoptr (GInputStream) encoded = g_steal_pointer (&self->body);
  self->body = engine_decoding_wrap (decoding, encoded);
  self->reply.decoded = TRUE;
  self->reply.accepts_ranges = FALSE;
  self->reply.has_range = FALSE;
  self->reply.status = SOUP_STATUS_OK;
  self->reply.validator.length = -1;
  return TRUE;
}

EngineExchange *
engine_exchange_open (EngineSession *session,
                      const EngineRequest *request,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (EngineExchange) self = g_new0 (EngineExchange, 1);

  self->session = session;
  self->spec = request->spec;
  self->insecure = request->insecure;
  self->trail = engine_trail_new ();
  go_to (self, g_strdup (request->spec->address));
  engine_session_set_timeout (session, request->timeout_s);

  if (!follow (self, request, cancellable, error) || !decode (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

const EngineReply *
engine_exchange_get_reply (EngineExchange *self)
{
  return &self->reply;
}

static gssize
fail_read (EngineExchange *self, GError *theirs /* transfer full */, GError **error)
{
  if (self->reply.decoded && !g_error_matches (theirs, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      (g_error_matches (theirs, G_IO_ERROR, G_IO_ERROR_INVALID_DATA) ||
       g_error_matches (theirs, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)))
    {
      g_error_free (theirs);
      g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_CLOSED_EARLY,
                   _ ("what the server sends does not unpack"));
      return -1;
    }
  g_propagate_error (error, engine_http_error_new (theirs, self->host, 0));
  return -1;
}

gssize
engine_exchange_read (
    EngineExchange *self, void *buffer, gsize size, GCancellable *cancellable, GError **error)
{
  GError *theirs = NULL;
  gssize n = g_input_stream_read (self->body, buffer, size, cancellable, &theirs);

  return n >= 0 ? n : fail_read (self, theirs, error);
}

/* Returns: whether it is worth another look. */
static gboolean
wait_for_more (EngineExchange *self, gint64 end_us, GCancellable *cancellable)
{
  GSocket *socket =
      engine_session_find_socket (self->session, soup_message_get_connection_id (self->message));
  gint64 left_us = end_us - base_clock_now_us ();

  return socket != NULL && left_us > 0 &&
         g_socket_condition_timed_wait (socket, G_IO_IN, left_us, cancellable, NULL);
}

gssize
engine_exchange_read_soon (EngineExchange *self,
                           void *buffer,
                           gsize size,
                           gint64 end_us,
                           GCancellable *cancellable,
                           GError **error)
{
  if (!G_IS_POLLABLE_INPUT_STREAM (self->body) ||
      !g_pollable_input_stream_can_poll (G_POLLABLE_INPUT_STREAM (self->body)))
    return -1;
  for (;;)
    {
      GError *theirs = NULL;
      gssize n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (self->body),
                                                           buffer, size, cancellable, &theirs);

      if (n >= 0)
        return n;
      if (!g_error_matches (theirs, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return fail_read (self, theirs, error);
      g_error_free (theirs);
      if (!wait_for_more (self, end_us, cancellable))
        return -1;
    }
}

static gboolean
is_still_open (EngineExchange *self)
{
  GSocket *socket =
      engine_session_find_socket (self->session, soup_message_get_connection_id (self->message));
  char byte;
  ssize_t n;

  if (socket == NULL || g_socket_is_closed (socket))
    return FALSE;
  n = recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

EngineEnd
engine_exchange_judge_end (EngineExchange *self)
{
  /* With a length libsoup reports a body that falls short of it as an error. */
  if (self->reply.content_length >= 0)
    return ENGINE_END_PROVEN;
  if (self->reply.chunked && !self->reply.announced_close)
    return is_still_open (self) ? ENGINE_END_PROVEN : ENGINE_END_CUT;
  return ENGINE_END_UNKNOWN;
}

void
engine_exchange_close (EngineExchange *self)
{
  drop_message (self);
  engine_trail_free (self->trail);
  g_free (self->address);
  g_free (self->host);
  g_free (self);
}
