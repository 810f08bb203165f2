/* Reading a Metalink in place of a file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/listing.h"

#include <glib/gi18n.h>
#include <string.h>

#include "engine/plan/error.h"
#include "engine/plan/metalink.h"
#include "engine/run/body.h"

static gboolean
has_ending (const char *address)
{
  g_autofree char *path = g_ascii_strdown (address, strcspn (address, "?#"));

  return g_str_has_suffix (path, ".meta4") || g_str_has_suffix (path, ".metalink");
}

/* Servers that know nothing of Metalink send it as what its ending, or nothing, says. */
static gboolean
is_named_so (EngineTransfer *t, const EngineReply *reply)
{
  const char *type = reply->content_type;

  if (type != NULL && strcmp (type, "text/html") == 0)
    return FALSE;
  return has_ending (t->order->spec->address) ||
         (reply->final_address != NULL && has_ending (reply->final_address));
}

gboolean
engine_listing_is_due (EngineLane *lane, const EngineReply *reply)
{
  EngineTransfer *t = lane->transfer;
  gboolean whole =
      reply->status == 200 || (reply->status == 206 && reply->has_range &&
                               reply->range.start == 0 && reply->range.end == reply->range.total);
  gboolean nothing;

  pthread_mutex_lock (&t->lock);
  nothing = !t->adopted && !t->no_listing && engine_segments_get_done (t->segments) == 0;
  pthread_mutex_unlock (&t->lock);
  return t->order->may_list && nothing && whole && reply->content_length <= ENGINE_MOST_METALINK &&
         (engine_metalink_is_type (reply->content_type) || is_named_so (t, reply));
}

/* Returns: (transfer full) (nullable): the body */
static GString *
read_text (EngineLane *lane, EngineExchange *exchange, GError **error)
{
  const EngineReply *reply = engine_exchange_get_reply (exchange);
  GString *text = g_string_new (NULL);
  gssize n = 1;

  while (n > 0 && text->len <= ENGINE_MOST_METALINK)
    {
      n = engine_exchange_read (exchange, lane->worker->buffer, ENGINE_WORKER_BUFFER,
                                lane->cancellable, error);
      if (n > 0)
        g_string_append_len (text, (const char *) lane->worker->buffer, n);
    }
  if (n == 0 && ((reply->content_length >= 0 && (gint64) text->len < reply->content_length &&
                  !reply->decoded) ||
                 engine_exchange_judge_end (exchange) == ENGINE_END_CUT))
    {
      engine_body_fail_cut (error);
      n = -1;
    }
  if (n >= 0)
    return text;
  g_string_free (text, TRUE);
  return NULL;
}

static EngineStep
take (EngineLane *lane, const GString *text, GError **error)
{
  EngineTransfer *t = lane->transfer;
  GPtrArray *files = engine_metalink_parse (text->str, text->len, error);

  if (files == NULL)
    return ENGINE_STEP_FAILED;
  pthread_mutex_lock (&t->lock);
  t->files = files;
  pthread_mutex_unlock (&t->lock);
  return ENGINE_STEP_ENDED;
}

EngineStep
engine_listing_read (EngineLane *lane, EngineExchange *exchange, GError **error)
{
  EngineTransfer *t = lane->transfer;
  const EngineReply *reply = engine_exchange_get_reply (exchange);
  GString *text;
  EngineStep step = ENGINE_STEP_ON;

  engine_lane_show (lane, ENGINE_ACTIVITY_RECEIVING);
  text = read_text (lane, exchange, error);
  if (text == NULL)
    return ENGINE_STEP_FAILED;
  if (engine_metalink_is (text->str, text->len) || engine_metalink_is_type (reply->content_type))
    step = take (lane, text, error);
  else
    {
      pthread_mutex_lock (&t->lock);
      t->no_listing = TRUE;
      pthread_mutex_unlock (&t->lock);
    }
  g_string_free (text, TRUE);
  return step;
}

EngineStep
engine_listing_fetch (EngineLane *lane, GError **error)
{
  EngineTransfer *t = lane->transfer;
  EngineRequest request = { .spec = t->order->spec,
                            .start = -1,
                            .end = -1,
                            .timeout_s = t->order->timeout_s,
                            .insecure = t->order->insecure };
  g_autoptr (EngineExchange) exchange =
      engine_exchange_open (lane->worker->session, &request, lane->cancellable, error);
  const EngineReply *reply;
  EngineStep step = ENGINE_STEP_FAILED;

  if (exchange == NULL)
    return ENGINE_STEP_FAILED;
  reply = engine_exchange_get_reply (exchange);
  if (reply->status == 200)
    step = engine_listing_read (lane, exchange, error);
  else
    {
      lane->retry_after_s = reply->retry_after_s;
      *error = engine_error_new_http (reply->status, reply->reason);
    }
  if (step != ENGINE_STEP_ON)
    return step;
  g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_CHANGED,
               _ ("the address does not lead to a Metalink any more"));
  return ENGINE_STEP_FAILED;
}
