/* A connection's life.
 *
 * Invariants:
 * 1. No byte of a reply is written before engine_judge_reply() has seen its head.
 * 2. A byte counts as done only after it is in the part file.
 * 3. A body that may have been cut is never taken for a whole file.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/connection.h"

#include <glib/gi18n.h>

#include "base/clock.h"
#include "engine/disk/crash-point.h"
#include "engine/http/exchange.h"
#include "engine/plan/error.h"
#include "engine/run/judge.h"
#include "engine/run/opening.h"
#include "engine/run/proof.h"

/* A trickle never times out on the socket: under this rate for so long is a stall. */
#define SLOWEST_RATE 1024
#define SLOWEST_US (60 * BASE_SECOND_US)

/* A file that changes under each of so many tries is given up. */
#define MOST_STARTS 5

#define WRITEBACK (32 * 1024 * 1024)

typedef enum
{
  STEP_ON,      /* look what is left */
  STEP_WHOLE,   /* all there */
  STEP_SKIPPED, /* the name is taken and left alone */
  STEP_FAILED,  /* with an error */
} Step;

/* One worker's run of one transfer. */
typedef struct
{
  EngineTransfer *transfer;
  EngineWorker *worker;
  int starts;            /* how often the file was begun from its first byte */
  gboolean proven;       /* what we hold was compared with what the server has */
  gboolean ask_whole;    /* no Range header: the server cannot stand one for an empty file */
  gboolean asks_for_end; /* the next request only asks whether anything follows */
  gint64 retry_after_s;  /* of the reply that failed, -1 not said */

  /* For the low-speed rule. */
  gint64 window_us;
  gint64 window_bytes;
} Run;

static gint64
get_held (Run *run)
{
  gint64 held;

  pthread_mutex_lock (&run->transfer->lock);
  held = engine_segments_get_done (run->transfer->segments);
  pthread_mutex_unlock (&run->transfer->lock);
  return held;
}

static gint64
get_total (Run *run)
{
  gint64 total;

  pthread_mutex_lock (&run->transfer->lock);
  total = engine_segments_get_total (run->transfer->segments);
  pthread_mutex_unlock (&run->transfer->lock);
  return total;
}

/* Lets go of all that we hold, so that the next request asks for the whole. */
static Step
start_over (Run *run, EngineClaim **claim, GError **error)
{
  if (++run->starts > MOST_STARTS)
    {
      g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_CHANGED,
                   _ ("the file on the server changes faster than it can be downloaded"));
      return STEP_FAILED;
    }
  pthread_mutex_lock (&run->transfer->lock);
  engine_segments_release (run->transfer->segments, g_steal_pointer (claim));
  engine_segments_reset (run->transfer->segments, -1);
  engine_validator_clear (&run->transfer->validator);
  pthread_mutex_unlock (&run->transfer->lock);
  run->proven = FALSE;
  return STEP_ON;
}

/* What the accepted reply says becomes what the transfer knows. */
static gboolean
adopt (Run *run, const EngineReply *reply, GError **error)
{
  EngineTransfer *t = run->transfer;
  gint64 total =
      reply->status == 206 ? reply->range.total : (reply->decoded ? -1 : reply->content_length);
  gboolean fits = TRUE;

  pthread_mutex_lock (&t->lock);
  if (total >= 0)
    fits = engine_segments_set_total (t->segments, total);
  engine_validator_clear (&t->validator);
  engine_validator_copy (&t->validator, &reply->validator);
  if (t->validator.length < 0)
    t->validator.length = engine_segments_get_total (t->segments);
  g_free (t->final_address);
  t->final_address = g_strdup (reply->final_address);
  t->http_status = reply->status;
  pthread_mutex_unlock (&t->lock);
  if (!fits)
    g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_PROTOCOL,
                 _ ("the server's answer contradicts itself about the file's length"));
  return fits;
}

/* Opens the part file where this is the first reply, and makes room for the whole. */
static Step
make_ready (Run *run, const EngineReply *reply, gboolean fresh, GError **error)
{
  EngineTransfer *t = run->transfer;
  gboolean skipped = FALSE;
  gint64 total;

  if ((fresh || t->part == NULL) && !engine_opening_begin (t, reply, &skipped, error))
    return STEP_FAILED;
  if (skipped)
    return STEP_SKIPPED;
  if (!adopt (run, reply, error))
    return STEP_FAILED;
  engine_transfer_post_reply (t);
  total = get_total (run);
  if (total > 0 && !engine_part_file_reserve (t->part, total, error))
    return STEP_FAILED;
  return STEP_ON;
}

static gboolean
is_trickle (Run *run, gssize n)
{
  gint64 now_us = base_clock_now_us ();

  run->window_bytes += n;
  if (now_us - run->window_us < SLOWEST_US)
    return FALSE;
  if (run->window_bytes < SLOWEST_RATE * (SLOWEST_US / BASE_SECOND_US))
    return TRUE;
  run->window_us = now_us;
  run->window_bytes = 0;
  return FALSE;
}

static gboolean
keep (Run *run, EngineClaim *claim, gssize n, GError **error)
{
  EngineTransfer *t = run->transfer;
  gint64 position = engine_claim_get_position (claim);

  if (!engine_part_file_write (t->part, run->worker->buffer, n, position, error))
    return FALSE;
  pthread_mutex_lock (&t->lock);
  engine_segments_advance (t->segments, claim, n);
  pthread_mutex_unlock (&t->lock);
  if (position / WRITEBACK != (position + n) / WRITEBACK)
    engine_part_file_start_writeback (t->part, MAX (0, position + n - WRITEBACK), position + n);
  engine_transfer_post_progress (t);
  return TRUE;
}

static gint64
get_claim_end (Run *run, EngineClaim *claim)
{
  gint64 end;

  pthread_mutex_lock (&run->transfer->lock);
  end = engine_claim_get_end (claim);
  pthread_mutex_unlock (&run->transfer->lock);
  return end;
}

/* Returns: whether the body was read to its end, or to the end of the claim. */
static gboolean
copy_body (Run *run, EngineExchange *exchange, EngineClaim *claim, GError **error)
{
  EngineTransfer *t = run->transfer;

  run->window_us = base_clock_now_us ();
  run->window_bytes = 0;
  for (;;)
    {
      gint64 end = get_claim_end (run, claim);
      gint64 left = end < 0 ? G_MAXINT64 : end - engine_claim_get_position (claim);
      gsize want = MIN ((gint64) ENGINE_WORKER_BUFFER, left);
      gssize n;

      if (left <= 0)
        return TRUE;
      n = engine_exchange_read (exchange, run->worker->buffer,
                                engine_throttle_allow (t->throttle, want), t->cancellable, error);
      if (n < 0)
        return FALSE;
      if (n == 0)
        return TRUE;
      if (!keep (run, claim, n, error))
        return FALSE;
      if (is_trickle (run, n))
        {
          g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_TIMEOUT,
                       _ ("the server sends next to nothing"));
          return FALSE;
        }
      if (!engine_throttle_spend (t->throttle, n, t->cancellable))
        {
          g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_CANCELLED, _ ("cancelled"));
          return FALSE;
        }
    }
}

/* A short file leaves libsoup's end of the body unread; reading it keeps the connection. */
static void
read_end (Run *run, EngineExchange *exchange)
{
  engine_exchange_read (exchange, run->worker->buffer, 1, run->transfer->cancellable, NULL);
}

static Step
fail_closed_early (GError **error)
{
  g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_CLOSED_EARLY,
               _ ("the server closed the connection early"));
  return STEP_FAILED;
}

static void
finish_unknown (Run *run, EngineClaim *claim, gboolean unproven)
{
  EngineTransfer *t = run->transfer;

  pthread_mutex_lock (&t->lock);
  engine_segments_finish_unknown (t->segments, claim);
  t->length_unproven = unproven;
  pthread_mutex_unlock (&t->lock);
}

/* The body has ended: is that all there is? */
static Step
conclude (Run *run, EngineExchange *exchange, EngineClaim *claim, GError **error)
{
  const EngineReply *reply = engine_exchange_get_reply (exchange);
  gint64 end = get_claim_end (run, claim);
  gint64 position = engine_claim_get_position (claim);

  if (end >= 0)
    {
      /* RFC 9110, 15.3.7: a server may send less than was asked for, if it says so. */
      gboolean as_said = reply->has_range && position == reply->range.end;

      if (position < end && !as_said)
        return fail_closed_early (error);
      read_end (run, exchange);
      return STEP_ON;
    }
  switch (engine_exchange_judge_end (exchange))
    {
    case ENGINE_END_PROVEN:
      finish_unknown (run, claim, FALSE);
      return STEP_ON;
    case ENGINE_END_CUT:
      return fail_closed_early (error);
    case ENGINE_END_UNKNOWN:
    default:
      run->asks_for_end = TRUE;
      return STEP_ON;
    }
}

static Step
write_body (Run *run, EngineExchange *exchange, EngineClaim *claim, gboolean fresh, GError **error)
{
  Step step = make_ready (run, engine_exchange_get_reply (exchange), fresh, error);

  if (step != STEP_ON)
    return step;
  if (!copy_body (run, exchange, claim, error))
    return STEP_FAILED;
  return conclude (run, exchange, claim, error);
}

/* The whole new file is in this reply: claim it all anew and write it. */
static Step
start_over_here (Run *run, EngineExchange *exchange, EngineClaim **claim, GError **error)
{
  EngineTransfer *t = run->transfer;
  Step step;

  step = start_over (run, claim, error);
  if (step != STEP_ON)
    return step;
  step = make_ready (run, engine_exchange_get_reply (exchange), TRUE, error);
  if (step != STEP_ON)
    return step;
  pthread_mutex_lock (&t->lock);
  *claim = engine_segments_claim (t->segments, t->order->min_segment);
  pthread_mutex_unlock (&t->lock);
  if (*claim != NULL && !copy_body (run, exchange, *claim, error))
    return STEP_FAILED;
  return *claim != NULL ? conclude (run, exchange, *claim, error) : STEP_ON;
}

static Step
prove (
    Run *run, const EngineValidator *theirs, gboolean sampled, EngineClaim **claim, GError **error)
{
  switch (engine_proof_run (run->transfer, run->worker, theirs, sampled, error))
    {
    case ENGINE_PROOF_EQUAL:
      pthread_mutex_lock (&run->transfer->lock);
      engine_validator_clear (&run->transfer->validator);
      engine_validator_copy (&run->transfer->validator, theirs);
      pthread_mutex_unlock (&run->transfer->lock);
      run->proven = TRUE;
      return STEP_ON;
    case ENGINE_PROOF_DIFFERENT:
      return start_over (run, claim, error);
    case ENGINE_PROOF_FAILED:
    default:
      return STEP_FAILED;
    }
}

/* Nobody can say whether the body was whole; we asked whether anything follows. */
static Step
conclude_unknown (Run *run,
                  const EngineReply *reply,
                  EngineJudgement judgement,
                  EngineClaim *claim,
                  GError **error)
{
  run->asks_for_end = FALSE;
  g_clear_error (error);
  if (reply->status == 206)
    return fail_closed_early (error);
  finish_unknown (run, claim, judgement != ENGINE_JUDGED_COMPLETE);
  return STEP_ON;
}

static EngineExchange *
ask (Run *run, EngineClaim *claim, gint64 start, GError **error)
{
  EngineTransfer *t = run->transfer;
  gint64 end = get_claim_end (run, claim);
  g_autofree char *if_range = NULL;
  EngineRequest request = {
    .spec = t->order->spec,
    .start = start,
    .end = end == get_total (run) ? -1 : end,
    .timeout_s = t->order->timeout_s,
    .insecure = t->order->insecure,
  };

  pthread_mutex_lock (&t->lock);
  if (engine_segments_get_done (t->segments) > 0 && !run->asks_for_end)
    if_range = engine_validator_dup_if_range (&t->validator);
  pthread_mutex_unlock (&t->lock);
  request.if_range = if_range;
  return engine_exchange_open (run->worker->session, &request, t->cancellable, error);
}

static EngineJudgement
judge (Run *run, const EngineReply *reply, gint64 start, GError **error)
{
  EngineAsked asked = {
    .start = start,
    .held = get_held (run),
    .total = get_total (run),
    .ours = &run->transfer->validator,
    .proven = run->proven,
  };
  EngineJudgement judgement = engine_judge_reply (&asked, reply, error);

  if (judgement == ENGINE_JUDGED_FAIL)
    {
      run->retry_after_s = reply->retry_after_s;
      pthread_mutex_lock (&run->transfer->lock);
      run->transfer->http_status = reply->status;
      pthread_mutex_unlock (&run->transfer->lock);
    }
  return judgement;
}

static Step
act (Run *run,
     EngineJudgement judgement,
     EngineExchange **exchange,
     EngineClaim **claim,
     GError **error)
{
  EngineValidator theirs = { 0 };
  Step step;

  switch (judgement)
    {
    case ENGINE_JUDGED_WRITE:
      return write_body (run, *exchange, *claim, get_held (run) == 0, error);
    case ENGINE_JUDGED_START_OVER_HERE:
      return start_over_here (run, *exchange, claim, error);
    case ENGINE_JUDGED_PROVE:
    case ENGINE_JUDGED_PROVE_SAMPLED:
      engine_validator_copy (&theirs, &engine_exchange_get_reply (*exchange)->validator);
      g_clear_pointer (exchange, engine_exchange_close);
      step = prove (run, &theirs, judgement == ENGINE_JUDGED_PROVE_SAMPLED, claim, error);
      engine_validator_clear (&theirs);
      return step;
    case ENGINE_JUDGED_START_OVER:
      return start_over (run, claim, error);
    case ENGINE_JUDGED_ASK_WHOLE:
      run->ask_whole = TRUE;
      return STEP_ON;
    case ENGINE_JUDGED_COMPLETE:
      finish_unknown (run, *claim, FALSE);
      return STEP_ON;
    case ENGINE_JUDGED_FAIL:
    default:
      return STEP_FAILED;
    }
}

static Step
fetch_claim (Run *run, EngineClaim **claim, GError **error)
{
  gint64 start = run->ask_whole ? -1 : engine_claim_get_position (*claim);
  g_autoptr (EngineExchange) exchange = ask (run, *claim, start, error);
  EngineJudgement judgement;

  if (exchange == NULL)
    return STEP_FAILED;
  judgement = judge (run, engine_exchange_get_reply (exchange), start, error);
  if (run->asks_for_end)
    return conclude_unknown (run, engine_exchange_get_reply (exchange), judgement, *claim, error);
  return act (run, judgement, &exchange, claim, error);
}

static Step
fetch_next (Run *run, GError **error)
{
  EngineTransfer *t = run->transfer;
  EngineClaim *claim = NULL;
  gboolean whole;
  Step step;

  pthread_mutex_lock (&t->lock);
  whole = t->part != NULL && engine_segments_is_complete (t->segments);
  if (!whole)
    claim = engine_segments_claim (t->segments, t->order->min_segment);
  pthread_mutex_unlock (&t->lock);
  engine_crash_point ("split");
  if (whole)
    return STEP_WHOLE;
  if (claim == NULL)
    {
      g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_PROTOCOL, _ ("nothing is left to ask for"));
      return STEP_FAILED;
    }

  step = fetch_claim (run, &claim, error);
  pthread_mutex_lock (&t->lock);
  if (claim != NULL)
    engine_segments_release (t->segments, claim);
  pthread_mutex_unlock (&t->lock);
  return step;
}

gboolean
engine_connection_run (EngineTransfer *transfer, EngineWorker *worker)
{
  Run run = { .transfer = transfer, .worker = worker, .retry_after_s = -1 };
  GError *error = NULL;
  Step step = STEP_ON;

  if (!engine_opening_resume (transfer, &error))
    step = STEP_FAILED;
  if (transfer->finished_name != NULL)
    {
      engine_transfer_post_ended (transfer, ENGINE_ENDED_COMPLETED, transfer->finished_name, NULL,
                                  -1);
      return FALSE;
    }
  while (step == STEP_ON)
    step = fetch_next (&run, &error);

  if (step == STEP_SKIPPED)
    engine_transfer_post_ended (transfer, ENGINE_ENDED_SKIPPED, NULL, NULL, -1);
  else if (step == STEP_FAILED)
    {
      g_autoptr (GError) unsynced = NULL;

      /* If it cannot be synced, the journal is not told that it was: a power cut costs more then.
       */
      engine_transfer_sync (transfer, &unsynced);
      engine_transfer_post_ended (transfer, ENGINE_ENDED_ERROR, NULL, error, run.retry_after_s);
    }
  return step == STEP_WHOLE;
}
