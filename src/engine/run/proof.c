/* The overlap check. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/proof.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/clock.h"
#include "engine/http/exchange.h"
#include "engine/plan/error.h"
#include "engine/run/standard.h"

static gboolean
agrees (const EngineValidator *theirs, const EngineReply *reply, gint64 start, gint64 end)
{
  return reply->status == 206 && reply->has_range && reply->range.start == start &&
         reply->range.end == end &&
         engine_validator_compare (theirs, &reply->validator) != ENGINE_CHANGED;
}

static gssize
read_all (EngineLane *lane, EngineExchange *exchange, guint8 *buffer, gsize length, GError **error)
{
  gsize got = 0;

  while (got < length)
    {
      gssize n =
          engine_exchange_read (exchange, buffer + got, length - got, lane->cancellable, error);

      if (n < 0)
        return -1;
      if (n == 0)
        break;
      got += n;
    }
  return got;
}

/* What the server sends, in the worker's buffer, against what is on the disk. */
static EngineProof
compare_body (EngineLane *lane, EngineExchange *exchange, gint64 start, gint64 end, GError **error)
{
  gsize length = end - start;
  g_autofree guint8 *ours = g_malloc (length);
  gssize n = read_all (lane, exchange, lane->worker->buffer, length, error);

  if (n < 0)
    return ENGINE_PROOF_FAILED;
  if ((gsize) n != length)
    return ENGINE_PROOF_DIFFERENT;
  n = engine_part_file_read (lane->transfer->part, ours, length, start, error);
  if (n < 0)
    return ENGINE_PROOF_FAILED;
  return (gsize) n == length && memcmp (ours, lane->worker->buffer, length) == 0
             ? ENGINE_PROOF_EQUAL
             : ENGINE_PROOF_DIFFERENT;
}

static EngineExchange *
ask (EngineLane *lane, gint64 start, gint64 end, GError **error)
{
  EngineTransfer *transfer = lane->transfer;
  EngineRequest request = {
    .spec = lane->mirror->spec,
    .start = start,
    .end = end,
    .timeout_s = transfer->order->timeout_s,
    .insecure = transfer->order->insecure,
  };
  EngineExchange *exchange;
  const EngineReply *reply;

  lane->opened_us = base_clock_now_us ();
  exchange = engine_exchange_open (lane->worker->session, &request, lane->cancellable, error);
  if (exchange == NULL)
    return NULL;
  reply = engine_exchange_get_reply (exchange);
  if (reply->status == 200 || reply->status == 206)
    return exchange;
  lane->retry_after_s = reply->retry_after_s;
  *error = engine_error_new_http (reply->status, reply->reason);
  engine_exchange_close (exchange);
  return NULL;
}

static EngineProof
compare_block (
    EngineLane *lane, const EngineValidator *theirs, gint64 start, gint64 end, GError **error)
{
  g_autoptr (EngineExchange) exchange = ask (lane, start, end, error);

  if (exchange == NULL)
    return ENGINE_PROOF_FAILED;
  if (!agrees (theirs, engine_exchange_get_reply (exchange), start, end))
    return ENGINE_PROOF_DIFFERENT;
  return compare_body (lane, exchange, start, end, error);
}

static gint64
random_below (gint64 n)
{
  guint64 x = ((guint64) g_random_int () << 32) | g_random_int ();

  return x % (guint64) n;
}

/* A block inside what we hold, each byte of which is as likely. */
static EngineRange
pick_block (GArray *done, gint64 held)
{
  gint64 at = random_below (held);
  EngineRange block = { 0, 0 };

  for (guint i = 0; i < done->len; i++)
    {
      const EngineRange *range = &g_array_index (done, EngineRange, i);
      gint64 length = range->end - range->start;

      if (at < length)
        {
          block.start = MAX (range->start, range->start + at - ENGINE_PROOF_BLOCK / 2);
          block.end = MIN (range->end, block.start + ENGINE_PROOF_BLOCK);
          break;
        }
      at -= length;
    }
  return block;
}

/* All of it, a block after the other. */
static EngineProof
compare_all (EngineLane *lane, const EngineValidator *theirs, GArray *done, GError **error)
{
  EngineProof proof = ENGINE_PROOF_EQUAL;

  for (guint i = 0; i < done->len; i++)
    {
      const EngineRange *range = &g_array_index (done, EngineRange, i);

      for (gint64 at = range->start; at < range->end && proof == ENGINE_PROOF_EQUAL;
           at += ENGINE_PROOF_BLOCK)
        proof = compare_block (lane, theirs, at, MIN (at + ENGINE_PROOF_BLOCK, range->end), error);
    }
  return proof;
}

EngineProof
engine_proof_run (EngineLane *lane, const EngineValidator *theirs, gboolean sampled, GError **error)
{
  EngineTransfer *transfer = lane->transfer;
  g_autoptr (GArray) done = NULL;
  EngineProof proof = ENGINE_PROOF_EQUAL;
  gint64 held;

  pthread_mutex_lock (&transfer->lock);
  done = engine_segments_dup_done (transfer->segments);
  held = engine_segments_get_done (transfer->segments);
  pthread_mutex_unlock (&transfer->lock);

  /* So little is better looked at whole than by chance. */
  if (sampled && held <= ENGINE_PROOF_SAMPLES * ENGINE_PROOF_BLOCK)
    return compare_all (lane, theirs, done, error);
  for (guint i = 0; i < done->len && proof == ENGINE_PROOF_EQUAL; i++)
    {
      const EngineRange *range = &g_array_index (done, EngineRange, i);
      gint64 start = MAX (range->start, range->end - ENGINE_PROOF_BLOCK);

      proof = compare_block (lane, theirs, start, range->end, error);
    }
  for (int i = 0; sampled && i < ENGINE_PROOF_SAMPLES && proof == ENGINE_PROOF_EQUAL; i++)
    {
      EngineRange block = pick_block (done, held);

      proof = compare_block (lane, theirs, block.start, block.end, error);
    }
  return proof;
}

/* Of the first reply only: the others are held against it. */
static EngineProof
judge_first (EngineLane *lane, const EngineReply *reply, gint64 start, GError **error)
{
  EngineTransfer *transfer = lane->transfer;
  gint64 total;

  pthread_mutex_lock (&transfer->lock);
  total = engine_segments_get_total (transfer->segments);
  pthread_mutex_unlock (&transfer->lock);
  if (reply->validator.length >= 0 && reply->validator.length != total)
    {
      g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_CHANGED,
                   _ ("the file at this address is not as long as the one begun"));
      return ENGINE_PROOF_FAILED;
    }
  if (!engine_standard_is_met (transfer, reply, error))
    return ENGINE_PROOF_FAILED;
  if (reply->status == 206 && reply->has_range && reply->range.start == start &&
      reply->range.total == total)
    return ENGINE_PROOF_EQUAL;
  g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_PROTOCOL,
               _ ("this address does not send the part of the file that was asked for"));
  return ENGINE_PROOF_FAILED;
}

EngineProof
engine_proof_run_first (EngineLane *lane, EngineValidator *theirs, GError **error)
{
  EngineTransfer *transfer = lane->transfer;
  g_autoptr (GArray) done = NULL;
  g_autoptr (EngineExchange) exchange = NULL;
  const EngineReply *reply;
  const EngineRange *last;
  EngineProof proof;
  gint64 start;

  pthread_mutex_lock (&transfer->lock);
  done = engine_segments_dup_done (transfer->segments);
  pthread_mutex_unlock (&transfer->lock);
  last = &g_array_index (done, EngineRange, done->len - 1);
  start = MAX (last->start, last->end - ENGINE_PROOF_BLOCK);
  exchange = ask (lane, start, last->end, error);
  if (exchange == NULL)
    return ENGINE_PROOF_FAILED;
  reply = engine_exchange_get_reply (exchange);
  engine_lane_log (lane, ENGINE_LOG_ANSWERED, reply->status, 0, reply->content_type);
  proof = judge_first (lane, reply, start, error);
  if (proof != ENGINE_PROOF_EQUAL)
    return proof;
  engine_validator_copy (theirs, &reply->validator);
  proof = compare_body (lane, exchange, start, last->end, error);
  g_clear_pointer (&exchange, engine_exchange_close);
  return proof == ENGINE_PROOF_EQUAL ? engine_proof_run (lane, theirs, TRUE, error) : proof;
}

EngineProof
engine_proof_run_pieces (EngineLane *lane, GError **error)
{
  EngineTransfer *transfer = lane->transfer;
  g_autoptr (GArray) pieces = NULL;
  EngineValidator ours = { 0 };
  EngineProof proof = ENGINE_PROOF_EQUAL;

  pthread_mutex_lock (&transfer->lock);
  pieces = g_array_copy (transfer->pieces);
  engine_validator_copy (&ours, engine_standard_get (lane));
  pthread_mutex_unlock (&transfer->lock);
  for (guint i = 0; i < pieces->len && proof == ENGINE_PROOF_EQUAL; i++)
    {
      const EngineRange *piece = &g_array_index (pieces, EngineRange, i);
      gint64 start = MAX (piece->start, piece->end - ENGINE_PROOF_BLOCK);

      proof = compare_block (lane, &ours, start, piece->end, error);
    }
  engine_validator_clear (&ours);
  return proof;
}
