/* Listening, the threads, and the log. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/hostile-server.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "support/hostile-private.h"

#define LONGEST_HEAD (1024 * 1024)
#define BACKLOG 256

/* From so many connections on, those that have ended are cleared away first. */
#define MOST_THREADS 64

static void
entry_free (gpointer data)
{
  HostileEntry *entry = data;

  g_free (entry->method);
  g_free (entry->target);
  g_free (entry->path);
  g_free (entry->head);
  g_free (entry);
}

void
hostile_document_free (HostileDocument *document)
{
  g_free (document->content_type);
  g_bytes_unref (document->bytes);
  g_free (document);
}

static gint64
now_us (HostileServer *self)
{
  return g_get_monotonic_time () - self->start_us;
}

/* Answers go on one at a time over a connection. */
static HostileEntry *
log_request (HostileConn *conn, const HostileRequest *request, const char *head)
{
  HostileServer *self = conn->server;
  HostileEntry *entry = g_new0 (HostileEntry, 1);

  entry->connection = conn->id;
  entry->method = g_strdup (request->method);
  entry->target = g_strdup (request->target);
  entry->path = g_strdup (request->path);
  entry->head = g_strdup (head);
  entry->start = request->has_range ? request->start : -1;
  entry->end = request->has_range ? request->end : -1;
  entry->ended_us = -1;
  pthread_mutex_lock (&self->lock);
  entry->time_us = now_us (self);
  self->answering++;
  self->most_answering = MAX (self->most_answering, self->answering);
  g_ptr_array_add (self->log, entry);
  pthread_mutex_unlock (&self->lock);
  return entry;
}

/* The log may have been emptied meanwhile; then there is nothing to complete. */
static void
log_outcome (HostileConn *conn, HostileEntry *entry, const HostileOutcome *outcome)
{
  HostileServer *self = conn->server;

  pthread_mutex_lock (&self->lock);
  self->answering--;
  if (g_ptr_array_find (self->log, entry, NULL))
    {
      entry->status = outcome->status;
      entry->sent = outcome->sent;
      entry->ended_us = now_us (self);
    }
  pthread_mutex_unlock (&self->lock);
}

/* Up to the empty line, which is dropped; NULL where the peer has gone. */
static char *
read_head (HostileConn *conn)
{
  GInputStream *input = g_io_stream_get_input_stream (conn->stream);
  char buffer[4096];

  for (;;)
    {
      char *end = strstr (conn->inbox->str, "\r\n\r\n");
      gssize n;

      if (end != NULL)
        {
          char *head = g_strndup (conn->inbox->str, end - conn->inbox->str);

          g_string_erase (conn->inbox, 0, end + 4 - conn->inbox->str);
          return head;
        }
      if (conn->inbox->len > LONGEST_HEAD)
        return NULL;
      n = g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL);
      if (n <= 0)
        return NULL;
      g_string_append_len (conn->inbox, buffer, n);
    }
}

static void
serve (HostileConn *conn)
{
  gboolean goes_on = TRUE;

  while (goes_on)
    {
      g_autofree char *head = read_head (conn);
      g_autoptr (HostileRequest) request = head != NULL ? hostile_request_parse (head) : NULL;
      HostileOutcome outcome = { 0 };
      HostileEntry *entry;

      if (request == NULL)
        return;
      entry = log_request (conn, request, head);
      conn->requests++;
      goes_on = hostile_reply (conn, request, &outcome);
      log_outcome (conn, entry, &outcome);
    }
}

static gboolean
accept_any_cb (GTlsConnection *tls,
               GTlsCertificate *peer,
               GTlsCertificateFlags errors,
               gpointer data)
{
  return TRUE;
}

static GIOStream *
wrap (HostileConn *conn)
{
  g_autoptr (GIOStream) plain =
      G_IO_STREAM (g_socket_connection_factory_create_connection (conn->socket));
  GIOStream *tls;

  if (conn->server->certificate == NULL)
    return g_steal_pointer (&plain);
  tls = g_tls_server_connection_new (plain, conn->server->certificate, NULL);
  if (tls == NULL)
    return NULL;
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (accept_any_cb), NULL);
  if (g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL))
    return tls;
  g_object_unref (tls);
  return NULL;
}

static void *
conn_main (void *data)
{
  HostileConn *conn = data;

  conn->stream = wrap (conn);
  if (conn->stream != NULL)
    {
      serve (conn);
      g_io_stream_close (conn->stream, NULL, NULL);
      g_object_unref (conn->stream);
    }
  g_socket_close (conn->socket, NULL);
  g_object_unref (conn->socket);
  g_string_free (conn->inbox, TRUE);
  atomic_store (conn->ended, true);
  g_free (conn);
  return NULL;
}

/* What hostile_server_stop() shuts down and joins. */
typedef struct
{
  pthread_t thread;
  GSocket *socket;    /* owned */
  _Atomic bool ended; /* the thread's last word: it can be joined without waiting */
} Running;

/* With the lock held. Threads that have ended keep their stacks until they are joined. */
static void
reap (HostileServer *self)
{
  for (guint i = self->threads->len; i-- > 0;)
    {
      Running *running = g_ptr_array_index (self->threads, i);

      if (!atomic_load (&running->ended))
        continue;
      pthread_join (running->thread, NULL);
      g_object_unref (running->socket);
      g_ptr_array_remove_index_fast (self->threads, i);
    }
}

static void
start_conn (HostileServer *self, GSocket *socket)
{
  HostileConn *conn = g_new0 (HostileConn, 1);
  Running *running = g_new0 (Running, 1);

  conn->server = self;
  conn->socket = socket;
  conn->inbox = g_string_new (NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  running->socket = g_object_ref (socket);
  conn->ended = &running->ended;
  pthread_mutex_lock (&self->lock);
  if (self->threads->len >= MOST_THREADS)
    reap (self);
  conn->id = ++self->connections;
  if (pthread_create (&running->thread, NULL, conn_main, conn) != 0)
    g_error ("no thread for a connection");
  g_ptr_array_add (self->threads, running);
  pthread_mutex_unlock (&self->lock);
}

static void *
accept_main (void *data)
{
  HostileServer *self = data;

  for (;;)
    {
      struct pollfd fds[] = { { self->wake_fd, POLLIN, 0 },
                              { g_socket_get_fd (self->listener), POLLIN, 0 } };
      GSocket *socket;

      if (poll (fds, G_N_ELEMENTS (fds), -1) < 0 && errno != EINTR)
        return NULL;
      if (fds[0].revents != 0)
        return NULL;
      if (fds[1].revents == 0)
        continue;
      socket = g_socket_accept (self->listener, NULL, NULL);
      if (socket != NULL)
        start_conn (self, socket);
    }
}

HostileServer *
hostile_server_start (const HostileOptions *options, GError **error)
{
  const HostileOptions plain = { 0 };
  const HostileOptions *o = options != NULL ? options : &plain;
  const char *address = o->address != NULL ? o->address : "127.0.0.1";
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string (address, o->port);
  g_autoptr (GSocketAddress) got = NULL;
  g_autoptr (GSocket) listener = g_socket_new (g_socket_address_get_family (wanted),
                                               G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  HostileServer *self;

  if (listener == NULL)
    return NULL;
  g_socket_set_listen_backlog (listener, BACKLOG);
  if (!g_socket_bind (listener, wanted, TRUE, error) || !g_socket_listen (listener, error))
    return NULL;
  got = g_socket_get_local_address (listener, error);
  if (got == NULL)
    return NULL;

  self = g_new0 (HostileServer, 1);
  self->listener = g_steal_pointer (&listener);
  self->certificate = o->certificate != NULL ? g_object_ref (o->certificate) : NULL;
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
  self->base = g_strdup_printf (strchr (address, ':') != NULL ? "%s://[%s]:%d" : "%s://%s:%d",
                                o->certificate != NULL ? "https" : "http", address, self->port);
  self->start_us = g_get_monotonic_time ();
  self->wake_fd = eventfd (0, EFD_CLOEXEC);
  self->threads = g_ptr_array_new_with_free_func (g_free);
  self->log = g_ptr_array_new_with_free_func (entry_free);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->busy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->documents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) hostile_document_free);
  pthread_mutex_init (&self->lock, NULL);
  if (pthread_create (&self->acceptor, NULL, accept_main, self) != 0)
    g_error ("no thread to accept connections in");
  return self;
}

void
hostile_server_stop (HostileServer *self)
{
  guint64 one = 1;

  if (write (self->wake_fd, &one, sizeof one) != sizeof one)
    g_error ("the hostile server cannot be woken");
  pthread_join (self->acceptor, NULL);
  for (guint i = 0; i < self->threads->len; i++)
    {
      Running *running = g_ptr_array_index (self->threads, i);

      g_socket_shutdown (running->socket, TRUE, TRUE, NULL);
      pthread_join (running->thread, NULL);
      g_object_unref (running->socket);
    }
  g_object_unref (self->listener);
  g_clear_object (&self->certificate);
  g_ptr_array_unref (self->threads);
  g_ptr_array_unref (self->log);
  g_hash_table_unref (self->counts);
  g_hash_table_unref (self->busy);
  g_hash_table_unref (self->documents);
  close (self->wake_fd);
  pthread_mutex_destroy (&self->lock);
  g_free (self->base);
  g_free (self);
}

int
hostile_server_get_port (HostileServer *self)
{
  return self->port;
}

char *
hostile_server_dup_address (HostileServer *self, const char *format, ...)
{
  g_autofree char *path = NULL;
  va_list args;

  va_start (args, format);
  path = g_strdup_vprintf (format, args);
  va_end (args);
  return g_strconcat (self->base, path, NULL);
}
