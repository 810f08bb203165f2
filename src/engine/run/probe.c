/* Asking before downloading. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/probe.h"

#include "engine/disk/part-file.h"
#include "engine/http/exchange.h"
#include "engine/plan/error.h"
#include "engine/plan/file-name.h"

/* A server that takes longer is asked for the file itself; nobody waits for its sizes. */
#define TIMEOUT_S 5

void
engine_probe_free (EngineProbe *self)
{
  g_free (self->name);
  g_free (self);
}

static EngineProbe *
read_reply (const EngineSpec *spec, const EngineReply *reply, GError **error)
{
  EngineProbe *self;

  if (reply->status < 200 || reply->status > 299)
    {
      g_propagate_error (error, engine_error_new_http (reply->status, reply->reason));
      return NULL;
    }
  self = g_new0 (EngineProbe, 1);
  self->length = reply->chunked ? -1 : reply->content_length;
  self->can_resume = reply->accepts_ranges && self->length > 0;
  self->name = engine_file_name_choose (spec->name, reply->disposition, reply->final_address,
                                        spec->address, reply->content_type);
  self->is_taken = engine_part_file_is_taken (spec->folder, self->name, FALSE);
  return self;
}

EngineProbe *
engine_probe_ask (const EngineSpec *spec,
                  const char *user_agent,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (EngineSession) session = engine_session_new (user_agent);
  EngineRequest request = {
    .spec = spec, .start = -1, .end = -1, .timeout_s = TIMEOUT_S, .head_only = TRUE
  };
  EngineExchange *exchange;
  EngineProbe *self = NULL;

  engine_session_enter (session);
  exchange = engine_exchange_open (session, &request, cancellable, error);
  if (exchange != NULL)
    {
      self = read_reply (spec, engine_exchange_get_reply (exchange), error);
      engine_exchange_close (exchange);
    }
  engine_session_leave (session);
  return self;
}
