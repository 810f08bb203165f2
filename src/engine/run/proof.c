/* The overlap check. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/proof.h"

#include <string.h>

#include "engine/http/exchange.h"
#include "engine/plan/error.h"

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

/* The worker's buffer holds what the server sends, a block of our own what we have. */
static EngineProof
compare_block (
    EngineLane *lane, const EngineValidator *theirs, gint64 start, gint64 end, GError **error)
{
  EngineTransfer *transfer = lane->transfer;
  EngineWorker *worker = lane->worker;
  EngineRequest request = {
    .spec = transfer->order->spec,
    .start = start,
    .end = end,
    .timeout_s = transfer->order->timeout_s,
    .insecure = transfer->order->insecure,
  };
  gsize length = end - start;
  g_autofree guint8 *ours = g_malloc (length);
  g_autoptr (EngineExchange) exchange = NULL;
  const EngineReply *reply;
  gssize n;

  exchange = engine_exchange_open (worker->session, &request, lane->cancellable, error);
  if (exchange == NULL)
    return ENGINE_PROOF_FAILED;
  reply = engine_exchange_get_reply (exchange);
  if (reply->status != 200 && reply->status != 206)
    {
      *error = engine_error_new_http (reply->status, reply->reason);
      return ENGINE_PROOF_FAILED;
    }
  if (!agrees (theirs, reply, start, end))
    return ENGINE_PROOF_DIFFERENT;
  n = read_all (lane, exchange, worker->buffer, length, error);
  if (n < 0)
    return ENGINE_PROOF_FAILED;
  if ((gsize) n != length)
    return ENGINE_PROOF_DIFFERENT;
  n = engine_part_file_read (transfer->part, ours, length, start, error);
  if (n < 0)
    return ENGINE_PROOF_FAILED;
  return (gsize) n == length && memcmp (ours, worker->buffer, length) == 0 ? ENGINE_PROOF_EQUAL
                                                                           : ENGINE_PROOF_DIFFERENT;
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

EngineProof
engine_proof_run_pieces (EngineLane *lane, GError **error)
{
  EngineTransfer *transfer = lane->transfer;
  g_autoptr (GArray) pieces = NULL;
  EngineValidator ours = { 0 };
  EngineProof proof = ENGINE_PROOF_EQUAL;

  pthread_mutex_lock (&transfer->lock);
  pieces = g_array_copy (transfer->pieces);
  engine_validator_copy (&ours, &transfer->validator);
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
