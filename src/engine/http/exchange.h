/* exchange.h: one request and its reply, redirects followed, the body to read.
 *
 * A worker's, through its own session, from open to close. What belongs to the
 * address's own origin (credentials, headers, referrer) is sent to no other.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engine/http/reply.h"
#include "engine/http/session.h"
#include "engine/plan/spec.h"

G_BEGIN_DECLS

/* RFC 9110, 15.4 leaves the number to the client; browsers stop at 20. */
#define ENGINE_MOST_REDIRECTS 20

typedef struct
{
  const EngineSpec *spec; /* borrowed while the exchange lives */
  gint64 start;           /* first byte asked for; -1: the whole, with no Range header */
  gint64 end;             /* one past the last, -1: to the end */
  const char *if_range;   /* nullable */
  int timeout_s;
  gboolean insecure;
  gboolean head_only; /* HEAD: the head of the reply, no body */
} EngineRequest;

typedef struct _EngineExchange EngineExchange;

/**
 * engine_exchange_open:
 *
 * Sends the request and reads the reply's head, whatever its status.
 *
 * Returns: (transfer full): the exchange, or %NULL with an ENGINE_ERROR
 */
EngineExchange *engine_exchange_open (EngineSession *session,
                                      const EngineRequest *request,
                                      GCancellable *cancellable,
                                      GError **error);

/** engine_exchange_get_reply: Returns: (transfer none) */
const EngineReply *engine_exchange_get_reply (EngineExchange *self);

/**
 * engine_exchange_read:
 *
 * Returns: how many bytes of the body are in @buffer, 0 at its end, -1 with an ENGINE_ERROR
 */
gssize engine_exchange_read (
    EngineExchange *self, void *buffer, gsize size, GCancellable *cancellable, GError **error);

/**
 * engine_exchange_read_soon:
 * @end_us: the time of base_clock_now_us() up to which it may wait
 *
 * Returns: as engine_exchange_read(); -1 with no error where nothing came in time
 */
gssize engine_exchange_read_soon (EngineExchange *self,
                                  void *buffer,
                                  gsize size,
                                  gint64 end_us,
                                  GCancellable *cancellable,
                                  GError **error);

typedef enum
{
  ENGINE_END_PROVEN,  /* the whole body came */
  ENGINE_END_CUT,     /* it was cut */
  ENGINE_END_UNKNOWN, /* nothing tells */
} EngineEnd;

/**
 * engine_exchange_judge_end:
 *
 * To be asked right after a read has returned 0. libsoup before 3.6.5 takes a chunked
 * body cut at a chunk's boundary for complete: it is only if the connection that
 * did not announce its end is still open.
 */
EngineEnd engine_exchange_judge_end (EngineExchange *self);

/** engine_exchange_close: ends it; the connection is kept for the next where the body was read
 * whole */
void engine_exchange_close (EngineExchange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineExchange, engine_exchange_close)

G_END_DECLS
