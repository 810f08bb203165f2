/* A connection's life.
 *
 * Invariants:
 * 1. No byte of a reply is written before engine_judge_reply() has seen its head.
 * 2. Only one that is alone in its transfer starts over: the others let go first.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/connection.h"

#include <glib/gi18n.h>

#include "base/clock.h"
#include "engine/http/exchange.h"
#include "engine/plan/error.h"
#include "engine/run/body.h"
#include "engine/run/first-reply.h"
#include "engine/run/judge.h"
#include "engine/run/lane.h"
#include "engine/run/listing.h"
#include "engine/run/mirrors.h"
#include "engine/run/opening.h"
#include "engine/run/proof.h"
#include "engine/run/standard.h"

/* A file that changes under each of so many tries is given up. */
#define MOST_STARTS 5

/* Lets go of all that we hold, so that the next request asks for the whole. Alone. */
static EngineStep
start_over (EngineLane *lane, GError **error)
{
  EngineTransfer *t = lane->transfer;
  EngineTally *tally = engine_transfer_steal_tally (t);
  gboolean too_often;

  if (tally != NULL)
    engine_tally_stop (tally);
  engine_lane_let_go (lane);
  engine_lane_log (lane, ENGINE_LOG_STARTED_OVER, 0, 0, NULL);
  pthread_mutex_lock (&t->lock);
  too_often = ++t->starts > MOST_STARTS;
  t->turning = FALSE;
  t->sharing = FALSE;
  t->adopted = FALSE;
  t->compares = FALSE;
  t->compared = FALSE;
  if (!too_often)
    {
      engine_segments_reset (t->segments, -1);
      engine_validator_clear (&t->validator);
      engine_mirrors_forget (t);
      t->home = lane->source;
    }
  pthread_mutex_unlock (&t->lock);
  if (!too_often)
    return ENGINE_STEP_ON;
  g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_CHANGED,
               _ ("the file on the server changes faster than it can be downloaded"));
  return ENGINE_STEP_FAILED;
}

static EngineStep
write_body (EngineLane *lane, EngineExchange *exchange, gboolean fresh, GError **error)
{
  EngineStep step = ENGINE_STEP_ON;
  gboolean adopted;

  pthread_mutex_lock (&lane->transfer->lock);
  adopted = lane->transfer->adopted;
  pthread_mutex_unlock (&lane->transfer->lock);
  engine_lane_show (lane, ENGINE_ACTIVITY_RECEIVING);
  if (!adopted)
    step = engine_first_reply_begin (lane, exchange, fresh, error);
  if (step != ENGINE_STEP_ON)
    return step;
  if (!engine_body_copy (lane, exchange, error))
    return ENGINE_STEP_FAILED;
  return engine_body_conclude (lane, exchange, error);
}

/* One of several whose reply is not of the file that the others fetch. */
static EngineStep
stand_back (EngineLane *lane, const EngineReply *reply)
{
  EngineVerdict verdict = engine_validator_compare (&lane->transfer->validator, &reply->validator);

  engine_lane_turn_back (lane, verdict == ENGINE_CHANGED || reply->status == 416);
  return ENGINE_STEP_LEAVE;
}

/* The whole new file is in this reply: claim it all anew and write it. */
static EngineStep
start_over_here (EngineLane *lane, EngineExchange *exchange, GError **error)
{
  EngineStep step = start_over (lane, error);

  if (step == ENGINE_STEP_ON)
    step = engine_lane_take (lane, error);
  return step == ENGINE_STEP_ON ? write_body (lane, exchange, TRUE, error) : step;
}

static EngineStep
accept_proof (EngineLane *lane, const EngineValidator *theirs)
{
  EngineTransfer *t = lane->transfer;

  pthread_mutex_lock (&t->lock);
  if (t->members == 1)
    {
      engine_validator_clear (&t->validator);
      engine_validator_copy (&t->validator, theirs);
    }
  lane->mirror->proven = TRUE;
  pthread_mutex_unlock (&t->lock);
  return ENGINE_STEP_ON;
}

static EngineStep
prove (EngineLane *lane, EngineExchange **exchange, gboolean sampled, GError **error)
{
  EngineValidator theirs = { 0 };
  EngineProof proof;
  EngineStep step = ENGINE_STEP_FAILED;

  engine_validator_copy (&theirs, &engine_exchange_get_reply (*exchange)->validator);
  g_clear_pointer (exchange, engine_exchange_close);
  engine_lane_show (lane, ENGINE_ACTIVITY_COMPARING);
  proof = engine_proof_run (lane, &theirs, sampled, error);
  engine_lane_show (lane, ENGINE_ACTIVITY_CONNECTING);
  if (proof != ENGINE_PROOF_FAILED)
    engine_lane_log (lane, ENGINE_LOG_COMPARED, proof == ENGINE_PROOF_EQUAL, 0, NULL);
  if (proof == ENGINE_PROOF_EQUAL)
    step = accept_proof (lane, &theirs);
  else if (proof == ENGINE_PROOF_DIFFERENT && engine_mirrors_can_spare (lane))
    step = engine_mirrors_fail_differing (error);
  else if (proof == ENGINE_PROOF_DIFFERENT && lane->transfer->order->moved)
    g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_CHANGED,
                 _ ("the new address leads to another file than the one begun"));
  else if (proof == ENGINE_PROOF_DIFFERENT && engine_lane_is_alone (lane))
    step = start_over (lane, error);
  else if (proof == ENGINE_PROOF_DIFFERENT)
    {
      engine_lane_turn_back (lane, TRUE);
      step = ENGINE_STEP_LEAVE;
    }
  engine_validator_clear (&theirs);
  return step;
}

/* Nobody can say whether the body was whole; we asked whether anything follows. */
static EngineStep
conclude_unknown (EngineLane *lane,
                  const EngineReply *reply,
                  EngineJudgement judgement,
                  GError **error)
{
  gint64 said = engine_judge_said_length (reply);
  gint64 position = engine_claim_get_position (lane->claim);

  lane->asks_for_end = FALSE;
  g_clear_error (error);
  if (reply->status == 206 || (said >= 0 && said != position))
    return engine_body_fail_cut (error);
  engine_body_finish_unknown (lane, judgement != ENGINE_JUDGED_COMPLETE && said < 0);
  return ENGINE_STEP_ON;
}

/* With the lock held: its address is not the one that our bytes are known to be of. */
static gboolean
is_moved (EngineLane *lane)
{
  return lane->transfer->order->moved || engine_standard_is_elsewhere (lane);
}

/* With the lock held. */
static gboolean
is_proven (EngineLane *lane)
{
  return lane->mirror->proven || (engine_standard_is_elsewhere (lane) && lane->admitted);
}

static EngineExchange *
ask (EngineLane *lane, gint64 start, GError **error)
{
  EngineTransfer *t = lane->transfer;
  gint64 end = engine_claim_get_end (lane->claim);
  g_autofree char *if_range = NULL;
  EngineRequest request = {
    .spec = lane->mirror->spec,
    .start = start,
    .end = end == engine_lane_get_total (lane) ? -1 : end,
    .timeout_s = t->order->timeout_s,
    .insecure = t->order->insecure,
  };

  lane->opened_us = base_clock_now_us ();
  pthread_mutex_lock (&t->lock);
  t->asked_us = t->adopted ? 0 : lane->opened_us;
  if (engine_segments_get_done (t->segments) > 0 && !lane->asks_for_end &&
      !lane->mirror->rotating && (!is_moved (lane) || is_proven (lane)))
    if_range = engine_validator_dup_if_range (engine_standard_get (lane));
  pthread_mutex_unlock (&t->lock);
  request.if_range = if_range;
  lane->asked_if_range = if_range != NULL;
  engine_lane_show (lane, ENGINE_ACTIVITY_CONNECTING);
  return engine_exchange_open (lane->worker->session, &request, lane->cancellable, error);
}

static EngineJudgement
judge (EngineLane *lane, const EngineReply *reply, gint64 start, GError **error)
{
  EngineTransfer *t = lane->transfer;
  EngineAsked asked = {
    .start = start,
    .held = engine_lane_get_held (lane),
    .total = engine_lane_get_total (lane),
    .if_range = lane->asked_if_range,
    .at_end = lane->asks_for_end || lane->at_end,
  };
  EngineJudgement judgement;

  lane->at_end = FALSE;
  pthread_mutex_lock (&t->lock);
  asked.begun = t->adopted;
  asked.ours = engine_standard_get (lane);
  asked.moved = is_moved (lane);
  asked.proven = is_proven (lane);
  asked.compares = t->compares;
  t->asked_us = 0;
  pthread_mutex_unlock (&t->lock);
  judgement = engine_judge_reply (&asked, reply, error);
  engine_lane_log (lane, ENGINE_LOG_ANSWERED, reply->status, 0, reply->content_type);
  if (judgement == ENGINE_JUDGED_FAIL)
    {
      lane->retry_after_s = reply->retry_after_s;
      pthread_mutex_lock (&t->lock);
      if (t->members == 1)
        t->http_status = reply->status;
      pthread_mutex_unlock (&t->lock);
    }
  return judgement;
}

/* What is held came from others too: it is not given up for one address that has changed. */
static gboolean
is_to_be_spared (EngineLane *lane, EngineJudgement judgement)
{
  return (judgement == ENGINE_JUDGED_START_OVER || judgement == ENGINE_JUDGED_START_OVER_HERE) &&
         engine_mirrors_can_spare (lane);
}

static EngineStep
act (EngineLane *lane, EngineJudgement judgement, EngineExchange **exchange, GError **error)
{
  const EngineReply *reply = engine_exchange_get_reply (*exchange);

  if (is_to_be_spared (lane, judgement))
    return engine_mirrors_fail_differing (error);
  switch (judgement)
    {
    case ENGINE_JUDGED_WRITE:
      return write_body (lane, *exchange, engine_lane_get_held (lane) == 0, error);
    case ENGINE_JUDGED_PROVE:
    case ENGINE_JUDGED_PROVE_SAMPLED:
      return prove (lane, exchange, judgement == ENGINE_JUDGED_PROVE_SAMPLED, error);
    case ENGINE_JUDGED_START_OVER_HERE:
      return engine_lane_is_alone (lane) ? start_over_here (lane, *exchange, error)
                                         : stand_back (lane, reply);
    case ENGINE_JUDGED_START_OVER:
      return engine_lane_is_alone (lane) ? start_over (lane, error) : stand_back (lane, reply);
    case ENGINE_JUDGED_ASK_PLAIN:
      pthread_mutex_lock (&lane->transfer->lock);
      lane->mirror->rotating = TRUE;
      pthread_mutex_unlock (&lane->transfer->lock);
      return ENGINE_STEP_ON;
    case ENGINE_JUDGED_ASK_WHOLE:
      lane->ask_whole = TRUE;
      return ENGINE_STEP_ON;
    case ENGINE_JUDGED_COMPLETE:
      engine_body_finish_unknown (lane, FALSE);
      return ENGINE_STEP_ON;
    case ENGINE_JUDGED_FAIL:
    default:
      return ENGINE_STEP_FAILED;
    }
}

/* What came unpacked by us has no length and no parts: the server's are of what it was packed in.
 */
static gboolean
cannot_go_on (EngineLane *lane, gint64 start, const GError *error)
{
  return start > 0 && engine_lane_get_total (lane) < 0 && engine_lane_is_alone (lane) &&
         g_error_matches (error, ENGINE_ERROR, ENGINE_ERROR_PROTOCOL);
}

static EngineStep
fetch_claim (EngineLane *lane, GError **error)
{
  gint64 start = lane->ask_whole ? -1 : engine_claim_get_position (lane->claim);
  g_autoptr (EngineExchange) exchange = ask (lane, start, error);
  const EngineReply *reply;
  EngineJudgement judgement;

  if (exchange == NULL && cannot_go_on (lane, start, *error))
    {
      g_clear_error (error);
      return start_over (lane, error);
    }
  if (exchange == NULL)
    return ENGINE_STEP_FAILED;
  reply = engine_exchange_get_reply (exchange);
  judgement = judge (lane, reply, start, error);
  if (lane->asks_for_end)
    return conclude_unknown (lane, reply, judgement, error);
  if (judgement == ENGINE_JUDGED_WRITE && engine_listing_is_due (lane, reply))
    return engine_listing_read (lane, exchange, error);
  return act (lane, judgement, &exchange, error);
}

static EngineStep
fetch_next (EngineLane *lane, GError **error)
{
  EngineStep step = engine_lane_take (lane, error);

  if (step != ENGINE_STEP_ON)
    return step;
  step = fetch_claim (lane, error);
  engine_lane_let_go (lane);
  if (step == ENGINE_STEP_FAILED && engine_lane_forgive (lane, *error))
    {
      g_clear_error (error);
      return ENGINE_STEP_ON;
    }
  return step;
}

/* All bytes are there: are they of one file? */
static EngineStep
compare_pieces (EngineLane *lane, GError **error)
{
  EngineTransfer *t = lane->transfer;
  EngineProof proof;

  engine_lane_show (lane, ENGINE_ACTIVITY_COMPARING);
  proof = engine_proof_run_pieces (lane, error);
  if (proof == ENGINE_PROOF_FAILED)
    {
      /* What could not be compared would be taken for whole by the next run. */
      engine_transfer_forget (t);
      return ENGINE_STEP_FAILED;
    }
  engine_lane_log (lane, ENGINE_LOG_COMPARED, proof == ENGINE_PROOF_EQUAL, 0, NULL);
  pthread_mutex_lock (&t->lock);
  t->compared = TRUE;
  /* Next time by one connection, so that it is of one version whatever comes. */
  t->doubts += proof == ENGINE_PROOF_DIFFERENT;
  pthread_mutex_unlock (&t->lock);
  return proof == ENGINE_PROOF_DIFFERENT ? start_over (lane, error) : ENGINE_STEP_LEAVE;
}

/* The last one has found that there is more to do. */
static EngineStep
stay (EngineLane *lane, GError **error)
{
  EngineTransfer *t = lane->transfer;
  gboolean turns;
  gboolean compares;

  pthread_mutex_lock (&t->lock);
  turns = t->turning;
  compares = engine_transfer_wants_comparing (t);
  pthread_mutex_unlock (&t->lock);
  if (turns)
    return start_over (lane, error);
  return compares ? compare_pieces (lane, error) : ENGINE_STEP_ON;
}

gboolean
engine_connection_run (EngineTransfer *transfer, int source, EngineWorker *worker)
{
  EngineLane lane;
  GError *error = NULL;
  EngineStep step = ENGINE_STEP_ON;
  EngineLeft left = ENGINE_LEFT_STAY;
  gboolean first = engine_lane_enter (&lane, transfer, source, worker);

  if (first && transfer->order->must_list)
    step = engine_listing_fetch (&lane, &error);
  else if (first && !engine_opening_resume (transfer, &error))
    step = ENGINE_STEP_FAILED;
  else if (transfer->finished_name != NULL)
    step = ENGINE_STEP_ENDED;
  else if (!first)
    step = engine_mirrors_admit (&lane, &error);
  while (left == ENGINE_LEFT_STAY)
    {
      while (step == ENGINE_STEP_ON)
        step = fetch_next (&lane, &error);
      left = engine_lane_leave (&lane, step, g_steal_pointer (&error));
      if (left == ENGINE_LEFT_STAY)
        step = stay (&lane, &error);
    }
  return left == ENGINE_LEFT_WHOLE;
}
