/* Small files. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/small.h"

#include "base/clock.h"
#include "engine/disk/small-file.h"
#include "engine/plan/address.h"
#include "engine/plan/file-name.h"

/* Fetched in a moment from any server; so much is lost where the program is killed in it. */
#define MOST (64 * 1024)

/* What takes longer is to be seen, and to be held on to. */
#define MOMENT_US (20 * BASE_MILLISECOND_US)

/* Who waits for the speed limit is no small matter, and what is to be checked is read again. */
static gboolean
is_plain (EngineTransfer *t, const EngineReply *reply)
{
  const EngineSpec *spec = t->order->spec;

  /* One of several addresses may have something else there. */
  if (t->mirrors->len > 1 || (spec->size >= 0 && spec->size != reply->content_length))
    return FALSE;
  return spec->checksum == NULL && !spec->find_checksum && spec->pieces == NULL &&
         reply->digest == NULL && !reply->decoded && !t->order->moved &&
         !engine_throttle_is_limited (t->throttle) && !engine_throttle_is_limited (t->own_throttle);
}

/* The whole file is in this reply, and nothing of it anywhere else. */
static gboolean
is_small (EngineLane *lane, const EngineReply *reply)
{
  EngineTransfer *t = lane->transfer;
  gint64 total = reply->validator.length;
  gboolean first;

  if (total <= 0 || total > MOST || reply->content_length != total ||
      (reply->has_range && reply->range.start != 0))
    return FALSE;
  pthread_mutex_lock (&t->lock);
  first = t->part == NULL && t->name == NULL && t->starts == 0 && t->members == 1 &&
          engine_claim_get_position (lane->claim) == 0;
  pthread_mutex_unlock (&t->lock);
  return first && is_plain (t, reply);
}

gsize
engine_small_read (EngineLane *lane, EngineExchange *exchange, GError **error)
{
  const EngineReply *reply = engine_exchange_get_reply (exchange);
  gint64 end_us = base_clock_now_us () + MOMENT_US;
  gsize total;
  gsize length = 0;
  gssize n = 1;

  if (!is_small (lane, reply))
    return 0;
  total = reply->content_length;
  while (length < total && n > 0)
    {
      n = engine_exchange_read_soon (exchange, lane->worker->buffer + length, total - length,
                                     end_us, lane->cancellable, error);
      length += MAX (n, 0);
    }
  return length;
}

gboolean
engine_small_is_whole (const EngineReply *reply, gsize length)
{
  return (gint64) length == reply->content_length;
}

gboolean
engine_small_keep (EngineLane *lane, const EngineReply *reply, gsize length)
{
  EngineTransfer *t = lane->transfer;
  const EngineSpec *spec = t->order->spec;
  g_autofree char *name = NULL;
  g_autofree char *origin = NULL;
  EngineFileId file;

  name = engine_file_name_choose (spec->name != NULL ? spec->name : spec->suggested_name,
                                  reply->disposition, reply->final_address, spec->address,
                                  reply->content_type);
  origin = engine_address_dup_shown (spec->address);
  if (!engine_small_file_keep (spec->folder, name, lane->worker->buffer, length, t->order->id,
                               origin, &file))
    return FALSE;
  engine_lane_advance (lane, length);
  pthread_mutex_lock (&t->lock);
  t->name = g_strdup (name);
  t->finished_name = g_steal_pointer (&name);
  t->file = file;
  pthread_mutex_unlock (&t->lock);
  return TRUE;
}
