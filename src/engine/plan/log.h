/* log.h: what happened to a download and when, one entry each.
 *
 * Pure data; an entry belongs to whoever holds it.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What `a`, `b` and `detail` of an entry mean, each. Bytes are positions in the file. */
typedef enum
{
  ENGINE_LOG_ASKED,        /* a connection asks for bytes from a to b (-1: to the end) */
  ENGINE_LOG_ANSWERED,     /* status a; detail: the reply's Content-Type, or NULL */
  ENGINE_LOG_SPLIT,        /* it takes over bytes a to b from another connection */
  ENGINE_LOG_HEDGED,       /* it fetches bytes a to b beside a silent connection */
  ENGINE_LOG_READ_ON,      /* it reads on up to byte b */
  ENGINE_LOG_STALLED,      /* a connections are slow or silent */
  ENGINE_LOG_DROPPED,      /* its piece is fetched by another now */
  ENGINE_LOG_LEFT,         /* a connection ended with an error: detail */
  ENGINE_LOG_COMPARED,     /* the bytes we hold are the server's (a: 1) or not (0) */
  ENGINE_LOG_STARTED_OVER, /* the file on the server is another now */
  ENGINE_LOG_RETRY,        /* it is tried again in a milliseconds, because of detail */
  ENGINE_LOG_WHOLE,        /* all a bytes are there; they are being checked */
  ENGINE_LOG_COMPLETED,    /* it has its name: detail */
  ENGINE_LOG_FAILED,       /* given up: detail */
  ENGINE_LOG_ASIDE,        /* address a is not asked any more: detail, which names it */
} EngineLogKind;

typedef struct
{
  gint64 at_us; /* wall clock */
  EngineLogKind kind;
  int worker; /* whose connection, -1: none's */
  gint64 a;
  gint64 b;
  char *detail; /* owned, nullable */
} EngineLogEntry;

/** engine_log_new: Returns: (transfer full) (element-type EngineLogEntry): an empty log, which
 * frees its entries */
GArray *engine_log_new (void);

/** engine_log_add: appends an entry; of more than @most the oldest are dropped */
void engine_log_add (GArray *log, const EngineLogEntry *entry /* copied */, guint most);

/** engine_log_move: appends all of @from, which is empty then */
void engine_log_move (GArray *to, GArray *from, guint most);

/** engine_log_entry_describe: Returns: (transfer full): one translated line, without the time */
char *engine_log_entry_describe (const EngineLogEntry *entry);

G_END_DECLS
