/* A proxy. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/test-proxy.h"

#include <stdatomic.h>
#include <string.h>

#define REFUSAL                                                                                    \
  "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\n"    \
  "Content-Length: 0\r\n\r\n"

struct _TestProxy
{
  GSocketService *service; /* owned */
  GMainContext *context;   /* owned; the service's */
  GMainLoop *loop;         /* owned */
  GThread *thread;
  GTlsCertificate *certificate; /* owned, nullable */
  char *authorization;          /* owned, nullable: as HTTP has it */
  char *user;                   /* owned, nullable */
  char *password;               /* owned, nullable */
  int port;
  _Atomic int count;
  _Atomic int asked;
  const char *_Atomic refusal; /* borrowed, nullable */
  GCancellable *end;           /* owned; of silences */
};

static gboolean
read_exactly (GInputStream *in, void *buffer, gsize n)
{
  gsize got;

  return g_input_stream_read_all (in, buffer, n, &got, NULL, NULL) && got == n;
}

static gboolean
write_all (GOutputStream *out, const void *data, gsize n)
{
  return g_output_stream_write_all (out, data, n, NULL, NULL, NULL);
}

/* One way of a tunnel; ends when its source does. */
typedef struct
{
  GIOStream *from;
  GIOStream *to;
  GSocketConnection *end; /* what is shut down then */
} Way;

static gpointer
pump (gpointer data)
{
  Way *way = data;
  char buffer[16384];
  gssize n;

  while ((n = g_input_stream_read (g_io_stream_get_input_stream (way->from), buffer, sizeof buffer,
                                   NULL, NULL)) > 0)
    if (!write_all (g_io_stream_get_output_stream (way->to), buffer, n))
      break;
  g_socket_shutdown (g_socket_connection_get_socket (way->end), FALSE, TRUE, NULL);
  return NULL;
}

static void
tunnel (GIOStream *client, GSocketConnection *plain, GSocketConnection *server)
{
  Way there = { client, G_IO_STREAM (server), server };
  Way back = { G_IO_STREAM (server), client, plain };
  GThread *thread = g_thread_new ("back", pump, &back);

  pump (&there);
  g_thread_join (thread);
}

static GSocketConnection *
connect_to (TestProxy *self, const char *host, int port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  GSocketConnection *server;

  g_socket_client_set_enable_proxy (client, FALSE);
  server = g_socket_client_connect_to_host (client, host, port, NULL, NULL);
  if (server != NULL)
    atomic_fetch_add (&self->count, 1);
  return server;
}

/* RFC 1928 and 1929. */
static gboolean
greet_socks (TestProxy *self, GInputStream *in, GOutputStream *out)
{
  guint8 buffer[256];
  guint8 user[256] = { 0 };
  guint8 password[256] = { 0 };
  guint8 n;

  if (!read_exactly (in, &n, 1) || !read_exactly (in, buffer, n))
    return FALSE;
  if (self->user == NULL)
    return write_all (out, "\x05\x00", 2);
  if (memchr (buffer, 2, n) == NULL)
    {
      write_all (out, "\x05\xff", 2);
      return FALSE;
    }
  if (!write_all (out, "\x05\x02", 2) || !read_exactly (in, buffer, 2) ||
      !read_exactly (in, user, buffer[1]) || !read_exactly (in, &n, 1) ||
      !read_exactly (in, password, n))
    return FALSE;
  if (strcmp ((char *) user, self->user) != 0 || strcmp ((char *) password, self->password) != 0)
    {
      write_all (out, "\x01\x01", 2);
      return FALSE;
    }
  return write_all (out, "\x01\x00", 2);
}

/* Whether the request is not passed on, which ends the connection. */
static gboolean
is_refused (TestProxy *self, GOutputStream *out)
{
  const char *refusal = atomic_load (&self->refusal);
  g_autofree char *reply = NULL;
  GPollFD fd;

  atomic_fetch_add (&self->asked, 1);
  if (refusal == NULL)
    return FALSE;
  if (strcmp (refusal, "silent") == 0)
    {
      if (g_cancellable_make_pollfd (self->end, &fd))
        g_poll (&fd, 1, -1);
      g_cancellable_release_fd (self->end);
      return TRUE;
    }
  reply = g_strdup_printf (
      "HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>", refusal);
  write_all (out, reply, strlen (reply));
  return TRUE;
}

static void
serve_socks (TestProxy *self, GSocketConnection *plain)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (plain));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (plain));
  guint8 request[4];
  guint8 address[256] = { 0 };
  guint8 port[2];
  guint8 n;
  g_autofree char *host = NULL;
  g_autoptr (GSocketConnection) server = NULL;

  if (!greet_socks (self, in, out) || !read_exactly (in, request, 4))
    return;
  if (atomic_load (&self->refusal) != NULL && strcmp (self->refusal, "silent") != 0)
    {
      atomic_fetch_add (&self->asked, 1);
      /* "connection not allowed by ruleset" */
      write_all (out, "\x05\x02\x00\x01\0\0\0\0\0\0", 10);
      return;
    }
  if (is_refused (self, out))
    return;
  if (request[3] == 1 && read_exactly (in, address, 4))
    host = g_strdup_printf ("%d.%d.%d.%d", address[0], address[1], address[2], address[3]);
  else if (request[3] == 3 && read_exactly (in, &n, 1) && read_exactly (in, address, n))
    host = g_strdup ((char *) address);
  if (host == NULL || !read_exactly (in, port, 2))
    return;
  server = connect_to (self, host, port[0] * 256 + port[1]);
  write_all (out, server != NULL ? "\x05\x00\x00\x01\0\0\0\0\0\0" : "\x05\x05\x00\x01\0\0\0\0\0\0",
             10);
  if (server != NULL)
    tunnel (G_IO_STREAM (plain), plain, server);
}

static char *
read_head (GInputStream *in, char first)
{
  GString *head = g_string_new_len (&first, 1);

  while (!g_str_has_suffix (head->str, "\r\n\r\n"))
    {
      char byte;

      if (head->len > 65536 || !read_exactly (in, &byte, 1))
        {
          g_string_free (head, TRUE);
          return NULL;
        }
      g_string_append_c (head, byte);
    }
  return g_string_free (head, FALSE);
}

/* The head as the server gets it: no words for us, and the connection ends with the answer. */
static char *
make_forwarded (const char *head, const char *path)
{
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);
  g_auto (GStrv) words = g_strsplit (lines[0], " ", 3);
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "%s %s HTTP/1.1\r\n", words[0], path);
  for (int i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    if (!g_str_has_prefix (lines[i], "Proxy-") && !g_str_has_prefix (lines[i], "Connection:"))
      g_string_append_printf (out, "%s\r\n", lines[i]);
  g_string_append (out, "Connection: close\r\n\r\n");
  return g_string_free (out, FALSE);
}

static void
serve_http (TestProxy *self, GIOStream *client, GSocketConnection *plain, char first)
{
  GInputStream *in = g_io_stream_get_input_stream (client);
  GOutputStream *out = g_io_stream_get_output_stream (client);

  for (;;)
    {
      g_autofree char *head = read_head (in, first);
      g_auto (GStrv) words = head != NULL ? g_strsplit (head, " ", 3) : NULL;
      g_autoptr (GSocketConnection) server = NULL;
      gboolean connect;
      g_autoptr (GUri) uri = NULL;
      g_autofree char *address = NULL;

      if (words == NULL || g_strv_length (words) != 3 || is_refused (self, out))
        return;
      if (self->authorization != NULL && strstr (head, self->authorization) == NULL)
        {
          if (!write_all (out, REFUSAL, strlen (REFUSAL)) || !read_exactly (in, &first, 1))
            return;
          continue;
        }
      connect = strcmp (words[0], "CONNECT") == 0;
      address = connect ? g_strconcat ("http://", words[1], NULL) : g_strdup (words[1]);
      uri = g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL);
      server = uri != NULL ? connect_to (self, g_uri_get_host (uri), g_uri_get_port (uri)) : NULL;
      if (server == NULL)
        {
          write_all (out, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", 47);
          return;
        }
      if (connect)
        write_all (out, "HTTP/1.1 200 Connected\r\n\r\n", 26);
      else
        {
          const char *path = strchr (strstr (words[1], "://") + 3, '/');
          g_autofree char *forwarded = make_forwarded (head, path);

          write_all (g_io_stream_get_output_stream (G_IO_STREAM (server)), forwarded,
                     strlen (forwarded));
        }
      tunnel (client, plain, server);
      return;
    }
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection *plain,
        GObject *source,
        gpointer user_data)
{
  TestProxy *self = user_data;
  g_autoptr (GIOStream) client = g_object_ref (G_IO_STREAM (plain));
  char first;

  if (self->certificate != NULL)
    {
      g_object_unref (client);
      client = g_tls_server_connection_new (G_IO_STREAM (plain), self->certificate, NULL);
    }
  if (!read_exactly (g_io_stream_get_input_stream (client), &first, 1))
    return TRUE;
  if (first == 5)
    serve_socks (self, plain);
  else
    serve_http (self, client, plain, first);
  return TRUE;
}

static gpointer
serve (gpointer data)
{
  TestProxy *self = data;

  g_main_context_push_thread_default (self->context);
  g_socket_service_start (self->service);
  g_main_loop_run (self->loop);
  g_socket_service_stop (self->service);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

TestProxy *
test_proxy_start (const char *user, const char *password, GTlsCertificate *certificate)
{
  TestProxy *self = g_new0 (TestProxy, 1);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) got = NULL;

  if (user != NULL)
    {
      g_autofree char *plain = g_strconcat (user, ":", password, NULL);
      g_autofree char *encoded = g_base64_encode ((guint8 *) plain, strlen (plain));

      self->authorization = g_strdup_printf ("Proxy-Authorization: Basic %s\r\n", encoded);
    }
  self->user = g_strdup (user);
  self->password = g_strdup (password);
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  self->end = g_cancellable_new ();
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_main_context_push_thread_default (self->context);
  self->service = g_threaded_socket_service_new (32);
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted,
                                                G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                                &got, NULL));
  g_main_context_pop_thread_default (self->context);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
  self->thread = g_thread_new ("proxy", serve, self);
  return self;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

void
test_proxy_stop (TestProxy *self)
{
  g_cancellable_cancel (self->end);
  g_main_context_invoke (self->context, quit_cb, self->loop);
  g_thread_join (self->thread);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_object_unref (self->end);
  g_clear_object (&self->certificate);
  g_free (self->authorization);
  g_free (self->user);
  g_free (self->password);
  g_free (self);
}

int
test_proxy_get_port (TestProxy *self)
{
  return self->port;
}

void
test_proxy_refuse (TestProxy *self, const char *status)
{
  atomic_store (&self->refusal, status);
}

int
test_proxy_count_asked (TestProxy *self)
{
  return atomic_load (&self->asked);
}

int
test_proxy_count (TestProxy *self)
{
  return atomic_load (&self->count);
}
