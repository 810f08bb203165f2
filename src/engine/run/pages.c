/* Fetching pages together. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/pages.h"

#include <glib/gi18n.h>
#include <stdatomic.h>

#include "base/clock.h"
#include "engine/http/exchange.h"
#include "engine/plan/address.h"
#include "engine/plan/error.h"
#include "engine/run/worker.h"

#define TIMEOUT_S 10

/* What the workers of one call share. */
typedef struct
{
  gint64 start_us;
  const char *user_agent;
  EngineDesks *desks;
  GCancellable *cancellable;
  _Atomic int workers; /* relaxed: hands out numbers, each once */
} Call;

/* Which worker of its call a thread is; the pool's threads die with the call. */
static _Thread_local int this_number = -1;

void
engine_page_result_free (EnginePageResult *result)
{
  g_free (result->address);
  g_free (result->error);
  g_free (result);
}

static gboolean
read_page (EnginePageResult *result, Call *call, EngineWorker *worker, GError **error)
{
  g_autofree char *address = engine_address_normalize (result->address, error);
  g_autoptr (EngineSpec) spec = address != NULL ? engine_spec_new (address, "/") : NULL;
  EngineRequest request = { .spec = spec, .start = -1, .end = -1, .timeout_s = TIMEOUT_S };
  g_autoptr (EngineExchange) exchange = NULL;
  const EngineReply *reply;
  gint64 length = 0;
  gssize n;

  if (spec == NULL)
    return FALSE;
  exchange = engine_exchange_open (worker->session, &request, call->cancellable, error);
  if (exchange == NULL)
    return FALSE;
  reply = engine_exchange_get_reply (exchange);
  if (reply->status != 200)
    {
      *error = engine_error_new_http (reply->status, reply->reason);
      return FALSE;
    }
  while ((n = engine_exchange_read (exchange, worker->buffer, ENGINE_WORKER_BUFFER,
                                    call->cancellable, error)) > 0)
    {
      if (length == 0)
        result->first_us = base_clock_now_us () - call->start_us;
      length += n;
    }
  if (n == 0)
    result->length = length;
  return n == 0;
}

static void
fetch_page (gpointer task, gpointer user_data)
{
  EnginePageResult *result = task;
  Call *call = user_data;
  EngineWorker *worker = engine_worker_get (call->user_agent, call->desks);
  g_autoptr (GError) error = NULL;

  if (this_number < 0)
    this_number = atomic_fetch_add_explicit (&call->workers, 1, memory_order_relaxed);
  result->worker = this_number;
  result->start_us = base_clock_now_us () - call->start_us;
  engine_session_enter (worker->session);
  if (!read_page (result, call, worker, &error))
    /* Translators: %s is a reason such as "404 Not Found" */
    result->error = g_strdup_printf (_ ("Error: %s"), error->message);
  engine_session_leave (worker->session);
  result->end_us = base_clock_now_us () - call->start_us;
  if (result->first_us == 0)
    result->first_us = result->end_us;
}

GPtrArray *
engine_pages_fetch (const char *const *addresses,
                    int workers,
                    const char *user_agent,
                    GCancellable *cancellable)
{
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_page_result_free);
  Call call = { .user_agent = user_agent, .cancellable = cancellable };
  GThreadPool *pool;

  call.desks = engine_desks_new ();
  /* Exclusive, so that its threads, and with them their sessions, end with the call. */
  pool = g_thread_pool_new (fetch_page, &call, workers, TRUE, NULL);
  call.start_us = base_clock_now_us ();
  for (int i = 0; addresses[i] != NULL; i++)
    {
      EnginePageResult *result = g_new0 (EnginePageResult, 1);

      result->address = g_strdup (addresses[i]);
      result->length = -1;
      g_ptr_array_add (results, result);
      g_thread_pool_push (pool, result, NULL);
    }
  g_thread_pool_free (pool, FALSE, TRUE);
  engine_desks_unref (call.desks);
  return results;
}
