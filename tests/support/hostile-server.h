/* hostile-server.h: a web server on loopback that misbehaves as it is asked to.
 *
 * What it does is chosen by the request's path and query, so that a test (or a
 * person with `build/tests/support/hostile-server`) needs no set-up. A thread for each
 * connection, raw bytes on the wire, a log of every request. README.md beside this
 * file lists the behaviours.
 *
 * Made and stopped by one thread; everything else may be called by any.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "support/hostile-payload.h"

G_BEGIN_DECLS

typedef struct _HostileServer HostileServer;

typedef struct
{
  int port;                     /* 0: a free one */
  const char *address;          /* NULL: 127.0.0.1 */
  GTlsCertificate *certificate; /* borrowed, nullable: with its chain and key: speaks TLS */
} HostileOptions;

/** hostile_server_start: Returns: (transfer full): a server that listens, or %NULL with a reason */
HostileServer *hostile_server_start (const HostileOptions *options, GError **error);

/** hostile_server_stop: (self transfer full): ends every connection and joins every thread */
void hostile_server_stop (HostileServer *self);

int hostile_server_get_port (HostileServer *self);

/** hostile_server_dup_address: Returns: (transfer full): `http://127.0.0.1:PORT` and the formatted
 * path */
char *hostile_server_dup_address (HostileServer *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/** hostile_server_put: @path is served with these bytes from now on, and obeys the query like any
 * file */
void hostile_server_put (HostileServer *self,
                         const char *path,
                         const char *content_type,
                         const char *text);

/* One request, as the log has it. */
typedef struct
{
  guint64 connection; /* from 1 */
  gint64 time_us;     /* since the server's start */
  char *method;
  char *target;
  char *path;
  char *head;      /* as it came */
  int status;      /* of our reply; 0: none was sent */
  gint64 start;    /* of the range asked for, -1: none */
  gint64 end;      /* -1: to the end */
  gint64 sent;     /* bytes of body */
  gint64 ended_us; /* -1: not yet */
} HostileEntry;

/** hostile_server_dup_log: Returns: (transfer full) (element-type HostileEntry): a copy of all so
 * far, in order */
GPtrArray *hostile_server_dup_log (HostileServer *self);

/** hostile_server_count: Returns: the number of requests for @path so far; %NULL: for all */
guint hostile_server_count (HostileServer *self, const char *path);

/** hostile_server_get_most_at_once: Returns: most requests that were being answered at one time */
guint hostile_server_get_most_at_once (HostileServer *self);

/** hostile_server_forget: empties the log and every count */
void hostile_server_forget (HostileServer *self);

/** hostile_server_dup_log_json: Returns: (transfer full): the log, one JSON object a line, as
 * `/log` shows it */
char *hostile_server_dup_log_json (HostileServer *self);

/** hostile_entry_dup_header: Returns: (transfer full) (nullable): the first header of that name */
char *hostile_entry_dup_header (const HostileEntry *entry, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HostileServer, hostile_server_stop)

G_END_DECLS
