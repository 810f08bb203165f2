/* hostile-private.h: between the hostile server's own files. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <pthread.h>
#include <stdbool.h>

#include "support/hostile-request.h"
#include "support/hostile-server.h"

G_BEGIN_DECLS

typedef struct
{
  char *content_type; /* owned */
  GBytes *bytes;      /* owned reference */
} HostileDocument;

struct _HostileServer
{
  /* Written once, before any thread can see it. */
  GSocket *listener;            /* owned */
  GTlsCertificate *certificate; /* owned, nullable */
  char *base;                   /* owned; scheme, address and port */
  int port;
  int wake_fd; /* readable once the server stops */
  gint64 start_us;
  pthread_t acceptor;

  pthread_mutex_t lock;
  gboolean stopping;     /* guarded by lock */
  GPtrArray *threads;    /* guarded by lock; of pthread_t, one a connection */
  GPtrArray *log;        /* guarded by lock; HostileEntry */
  GHashTable *counts;    /* guarded by lock; key to number of requests */
  GHashTable *busy;      /* guarded by lock; key to requests being answered */
  GHashTable *documents; /* guarded by lock; path to HostileDocument */
  guint64 connections;   /* guarded by lock */
  guint answering;       /* guarded by lock */
  guint most_answering;  /* guarded by lock */
};

/* One connection; its thread's. */
typedef struct
{
  HostileServer *server; /* not owned: outlives it */
  GSocket *socket;       /* owned */
  GIOStream *stream;     /* owned; TLS or plain */
  guint64 id;
  GString *inbox;      /* owned; read and not yet used */
  guint requests;      /* answered on this connection */
  _Atomic bool *ended; /* to be set as the very last thing */
} HostileConn;

/** hostile_conn_write: Returns: whether all was taken */
gboolean hostile_conn_write (HostileConn *self, const void *data, gsize length);

/** hostile_conn_wait: Returns: %TRUE after @ms (-1: never); %FALSE as soon as the peer or the
 * server is gone */
gboolean hostile_conn_wait (HostileConn *self, gint64 ms);

/** hostile_conn_reset: the connection will end with RST */
void hostile_conn_reset (HostileConn *self);

/** hostile_server_number: Returns: which request with @key this is, from 1 */
guint hostile_server_number (HostileServer *self, const char *key);

/** hostile_server_enter: Returns: how many with @key are being answered, this one included */
guint hostile_server_enter (HostileServer *self, const char *key);
void hostile_server_leave (HostileServer *self, const char *key);

/** hostile_server_dup_document: Returns: (transfer full) (nullable) */
HostileDocument *hostile_server_dup_document (HostileServer *self, const char *path);
void hostile_document_free (HostileDocument *document);

/* What an answer did, for the log. */
typedef struct
{
  int status;
  gint64 sent;
} HostileOutcome;

/**
 * hostile_reply:
 *
 * Answers @request as its path and query ask.
 *
 * Returns: whether the connection may be used again
 */
gboolean hostile_reply (HostileConn *conn, const HostileRequest *request, HostileOutcome *outcome);

/* The body of an answer, as it is to be sent. */
typedef struct
{
  HostilePayload payload;
  gint64 start; /* bytes of the payload */
  gint64 end;
  gint64 chunk;     /* > 0: chunked, of so many bytes each */
  gint64 rate;      /* bytes per second, 0: at once */
  gint64 slow_from; /* after so many bytes at `slow_rate`, -1: never */
  gint64 slow_rate;
  gint64 cut;   /* closes after so many bytes, -1: never */
  gint64 reset; /* RST after so many bytes, -1: never */
  gint64 stall; /* falls silent after so many bytes, -1: never */
  gint64 pause; /* waits after so many bytes, -1: never */
  gint64 pause_ms;
  gint64 extra; /* bytes sent beyond the body */
  gboolean no_last_chunk;
  gboolean bad_chunk; /* a chunk's size that is none, in place of the second */
} HostileBody;

/** hostile_body_send: Returns: whether the connection may be used again; @sent: counts up */
gboolean hostile_body_send (HostileConn *conn, const HostileBody *body, gint64 *sent);

/** hostile_auth_dup_challenge: Returns: (transfer full) (nullable): what is wanted still; %NULL:
 * the request may pass */
char *hostile_auth_dup_challenge (const HostileRequest *request, const char *wanted);

G_END_DECLS
