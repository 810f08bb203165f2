/* From a run's first reply to a transfer that others may join. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/first-reply.h"

#include <glib/gi18n.h>

#include "base/clock.h"
#include "engine/plan/error.h"
#include "engine/run/body.h"
#include "engine/run/opening.h"
#include "engine/run/small.h"
#include "engine/run/standard.h"

/* A reply proves that pieces can be had; else other addresses may send them. */
static gboolean
can_share (EngineTransfer *t, const EngineReply *reply)
{
  gboolean parts = reply->status == 206 && reply->has_range && reply->range.total >= 0;

  return (parts || (t->mirrors->len > 1 && reply->status == 200 && !reply->decoded &&
                    reply->content_length > 0)) &&
         t->order->max_connections > 1 && t->doubts == 0 && t->starts <= 1;
}

/* Nothing that the server says would tell one version from another. */
static gboolean
is_nameless (const EngineReply *reply)
{
  return reply->validator.etag == NULL && reply->validator.last_modified == NULL;
}

/* What the accepted reply says becomes what the transfer knows. */
static gboolean
adopt (EngineLane *lane, const EngineReply *reply, GError **error)
{
  EngineTransfer *t = lane->transfer;
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
  g_free (t->digest);
  t->digest = g_strdup (reply->digest);
  t->http_status = reply->status;
  t->answer_us = base_clock_now_us () - lane->opened_us;
  t->adopted = fits;
  t->home = lane->source;
  pthread_mutex_unlock (&t->lock);
  if (!fits)
    g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_PROTOCOL,
                 _ ("the server's answer contradicts itself about the file's length"));
  return fits;
}

/* The file is there already: of this download, by a run that was killed. */
static EngineStep
take_finished (EngineLane *lane, const EngineReply *reply, GError **error)
{
  if (!adopt (lane, reply, error))
    return ENGINE_STEP_FAILED;
  engine_lane_advance (lane, reply->validator.length);
  return ENGINE_STEP_ENDED;
}

/* Opens the part file where this is the first reply, makes room for the whole, lets others in. */
static EngineStep
make_ready (EngineLane *lane, const EngineReply *reply, gboolean fresh, GError **error)
{
  EngineTransfer *t = lane->transfer;
  gboolean skipped = FALSE;
  gint64 total;

  if (!engine_standard_is_met (t, reply, error))
    return ENGINE_STEP_FAILED;
  if ((fresh || t->part == NULL) && !engine_opening_begin (t, reply, &skipped, error))
    return ENGINE_STEP_FAILED;
  if (skipped)
    return t->finished_name != NULL ? take_finished (lane, reply, error) : ENGINE_STEP_ENDED;
  if (!adopt (lane, reply, error))
    return ENGINE_STEP_FAILED;
  engine_transfer_post_reply (t);
  pthread_mutex_lock (&t->lock);
  total = engine_segments_get_total (t->segments);
  pthread_mutex_unlock (&t->lock);
  if (total > 0 && !engine_part_file_reserve (t->part, total, error))
    return ENGINE_STEP_FAILED;
  engine_transfer_begin_tally (t);
  pthread_mutex_lock (&t->lock);
  t->sharing = can_share (t, reply);
  lane->mirror->whole_only = reply->status != 206;
  t->compares = t->sharing && reply->status == 206 && is_nameless (reply);
  /* What an earlier run has brought would have to be compared as well. */
  g_array_set_size (t->pieces, 0);
  if (t->compares && !fresh)
    t->compares = t->sharing = FALSE;
  pthread_mutex_unlock (&t->lock);
  return ENGINE_STEP_ON;
}

EngineStep
engine_first_reply_begin (EngineLane *lane,
                          EngineExchange *exchange,
                          gboolean fresh,
                          GError **error)
{
  const EngineReply *reply = engine_exchange_get_reply (exchange);
  g_autoptr (GError) cut = NULL;
  gsize held = fresh ? engine_small_read (lane, exchange, &cut) : 0;
  EngineStep step;

  if (held > 0 && engine_small_is_whole (reply, held) && adopt (lane, reply, NULL) &&
      engine_small_keep (lane, reply, held))
    {
      engine_body_end (lane, exchange);
      return ENGINE_STEP_ENDED;
    }
  step = make_ready (lane, reply, fresh, error);
  if (step == ENGINE_STEP_ON && held > 0 && !engine_body_keep (lane, held, error))
    return ENGINE_STEP_FAILED;
  if (step != ENGINE_STEP_ON || cut == NULL)
    return step;
  g_propagate_error (error, g_steal_pointer (&cut));
  return ENGINE_STEP_FAILED;
}
