/* A body's way to the disk.
 *
 * Invariants:
 * 1. A byte counts as done only after it is in the part file.
 * 2. A body that may have been cut is never taken for a whole file.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/body.h"

#include <glib/gi18n.h>

#include "base/clock.h"
#include "engine/plan/error.h"

/* A trickle never times out on the socket: under this rate for so long is a stall. */
#define SLOWEST_RATE 1024
#define SLOWEST_US (60 * BASE_SECOND_US)

#define WRITEBACK (32 * 1024 * 1024)

/* A server that answers with so little of what it was asked for, so often in a row, is given up. */
#define SHORT_REPLY 65536
#define MOST_SHORT_REPLIES 20

/* libsoup cannot read the end of a chunked body into less than a line of it. */
#define END_READ 4096

/* Who waits longer than this for the speed limit is not to be taken for silent. */
#define REST_US (100 * BASE_MILLISECOND_US)

static gboolean
is_trickle (EngineLane *lane, gssize n, GError **error)
{
  gint64 now_us = base_clock_now_us ();

  lane->window_bytes += n;
  if (now_us - lane->window_us < SLOWEST_US)
    return FALSE;
  if (lane->window_bytes < SLOWEST_RATE * (SLOWEST_US / BASE_SECOND_US))
    {
      g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_TIMEOUT,
                   _ ("the server sends next to nothing"));
      return TRUE;
    }
  lane->window_us = now_us;
  lane->window_bytes = 0;
  return FALSE;
}

gboolean
engine_body_keep (EngineLane *lane, gssize n, GError **error)
{
  EngineTransfer *t = lane->transfer;
  gint64 position = engine_claim_get_position (lane->claim);

  engine_lane_show (lane, ENGINE_ACTIVITY_WRITING);
  if (!engine_part_file_write (t->part, lane->worker->buffer, n, position, error))
    return FALSE;
  engine_lane_show (lane, ENGINE_ACTIVITY_RECEIVING);
  engine_lane_advance (lane, n);
  if (position / WRITEBACK != (position + n) / WRITEBACK)
    engine_part_file_start_writeback (t->part, MAX (0, position + n - WRITEBACK), position + n);
  engine_transfer_post_progress (t);
  return TRUE;
}

static gboolean
wait_for (EngineLane *lane, EngineThrottle *throttle, gint64 due_us, GError **error)
{
  gboolean rests = due_us - base_clock_now_us () > REST_US;
  gboolean went_on;

  if (due_us == 0)
    return TRUE;
  engine_lane_show (lane, ENGINE_ACTIVITY_WAITING);
  if (rests)
    engine_lane_set_resting (lane, TRUE);
  went_on = engine_throttle_wait (throttle, due_us, lane->cancellable);
  if (rests)
    {
      engine_lane_set_resting (lane, FALSE);
      /* That it was slow was our wish. */
      lane->window_us = base_clock_now_us ();
      lane->window_bytes = 0;
    }
  engine_lane_show (lane, ENGINE_ACTIVITY_RECEIVING);
  if (!went_on)
    g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_CANCELLED, _ ("cancelled"));
  return went_on;
}

/* Reads as much as both limits allow, when they allow it. */
static gssize
read_some (EngineLane *lane, EngineExchange *exchange, gsize want, GError **error)
{
  EngineTransfer *t = lane->transfer;
  gint64 own_due_us;
  gint64 due_us;
  gsize own = engine_throttle_reserve (t->own_throttle, want, &own_due_us);
  gsize all = engine_throttle_reserve (t->throttle, own, &due_us);
  gssize n = -1;

  if (wait_for (lane, t->own_throttle, own_due_us, error) &&
      wait_for (lane, t->throttle, due_us, error))
    n = engine_exchange_read (exchange, lane->worker->buffer, all, lane->cancellable, error);
  engine_throttle_give_back (t->own_throttle, own - MAX (n, 0));
  engine_throttle_give_back (t->throttle, all - MAX (n, 0));
  return n;
}

/* Up to where this reply can deliver; -1: to the end of the file. */
static gint64
get_limit (EngineExchange *exchange)
{
  const EngineReply *reply = engine_exchange_get_reply (exchange);

  return reply->has_range ? reply->range.end : -1;
}

gboolean
engine_body_copy (EngineLane *lane, EngineExchange *exchange, GError **error)
{
  lane->window_us = base_clock_now_us ();
  lane->window_bytes = 0;
  for (;;)
    {
      gint64 end = engine_claim_get_end (lane->claim);
      gint64 left = end < 0 ? G_MAXINT64 : end - engine_claim_get_position (lane->claim);
      gssize n;

      if (left <= 0)
        {
          if (!engine_lane_read_on (lane, get_limit (exchange)))
            return TRUE;
          continue;
        }
      n = read_some (lane, exchange, MIN ((gint64) ENGINE_WORKER_BUFFER, left), error);
      if (n < 0)
        return FALSE;
      if (n == 0)
        return TRUE;
      if (!engine_body_keep (lane, n, error) || is_trickle (lane, n, error))
        return FALSE;
    }
}

EngineStep
engine_body_fail_cut (GError **error)
{
  g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_CLOSED_EARLY,
               _ ("the server closed the connection early"));
  return ENGINE_STEP_FAILED;
}

void
engine_body_finish_unknown (EngineLane *lane, gboolean unproven)
{
  EngineTransfer *t = lane->transfer;

  pthread_mutex_lock (&t->lock);
  engine_segments_finish_unknown (t->segments, lane->claim);
  t->length_unproven = unproven;
  pthread_mutex_unlock (&t->lock);
}

/* RFC 9110, 15.3.7: a server may send less than was asked for, if it says so. */
static EngineStep
conclude_short (EngineLane *lane, const EngineReply *reply, gint64 position, GError **error)
{
  if (!reply->has_range || position != reply->range.end)
    return engine_body_fail_cut (error);
  if (reply->range.end - reply->range.start >= SHORT_REPLY)
    lane->short_replies = 0;
  else if (++lane->short_replies > MOST_SHORT_REPLIES)
    {
      g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_PROTOCOL,
                   _ ("the server sends the file in crumbs"));
      return ENGINE_STEP_FAILED;
    }
  return ENGINE_STEP_ON;
}

void
engine_body_end (EngineLane *lane, EngineExchange *exchange)
{
  /* A short file leaves libsoup's end of the body unread; reading it keeps the connection. It
   * reads the end of a chunked one by lines, for which a byte is not room enough. */
  engine_exchange_read (exchange, lane->worker->buffer, END_READ, lane->cancellable, NULL);
}

EngineStep
engine_body_conclude (EngineLane *lane, EngineExchange *exchange, GError **error)
{
  const EngineReply *reply = engine_exchange_get_reply (exchange);
  gint64 end = engine_claim_get_end (lane->claim);
  gint64 position = engine_claim_get_position (lane->claim);

  if (end >= 0 && position < end)
    return conclude_short (lane, reply, position, error);
  if (end >= 0)
    {
      if (!reply->has_range || position == reply->range.end)
        engine_body_end (lane, exchange);
      else
        lane->rate = -1;
      return ENGINE_STEP_ON;
    }
  if (reply->has_range && reply->range.total < 0)
    {
      /* Where a part of a file of unknown length ends, the file need not. */
      lane->at_end = position == reply->range.end;
      return conclude_short (lane, reply, position, error);
    }
  switch (engine_exchange_judge_end (exchange))
    {
    case ENGINE_END_PROVEN:
      /* libsoup takes a chunk's size that is none for 0, which is the end. */
      lane->asks_for_end = reply->chunked && reply->accepts_ranges;
      if (!lane->asks_for_end)
        engine_body_finish_unknown (lane, FALSE);
      return ENGINE_STEP_ON;
    case ENGINE_END_CUT:
      return engine_body_fail_cut (error);
    case ENGINE_END_UNKNOWN:
    default:
      lane->asks_for_end = TRUE;
      return ENGINE_STEP_ON;
    }
}
