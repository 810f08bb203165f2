/* The pools. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/pool.h"

#include "base/thread.h"
#include "engine/run/connection.h"
#include "engine/run/crew.h"
#include "engine/run/finish.h"
#include "engine/run/worker.h"

/* Finishing is mostly waiting for the disk to sync. Syncing now and then has a thread of its own,
 * so that a long digest does not hold it up. */
#define FINISHERS 2
#define SYNCERS 1

struct _EnginePool
{
  EngineCrew *workers;      /* owned */
  GThreadPool *finishers;   /* owned */
  GThreadPool *syncers;     /* owned */
  EngineDesks *desks;       /* owned reference */
  EngineThrottle *throttle; /* owned */
  char *user_agent;         /* owned */
};

/* What a worker is to do. */
typedef struct
{
  EngineTransfer *transfer; /* owned reference */
  int source;
} Fetch;

static void
fetch (gpointer task, gpointer user_data)
{
  g_autofree Fetch *work = task;
  g_autoptr (EngineTransfer) transfer = g_steal_pointer (&work->transfer);
  EnginePool *self = user_data;
  EngineWorker *worker = engine_worker_get (self->user_agent, self->desks);
  gboolean whole;

  engine_session_enter (worker->session);
  whole = engine_connection_run (transfer, work->source, worker);
  engine_session_leave (worker->session);
  /* A hand-over costs more than a small file's finish, and there are more workers than finishers to
   * wait for the disk. */
  if (whole && engine_finish_is_short (transfer))
    engine_finish_run (transfer, self->user_agent);
  else if (whole)
    g_thread_pool_push (self->finishers, g_steal_pointer (&transfer), NULL);
}

static void
finish (gpointer task, gpointer user_data)
{
  EnginePool *self = user_data;
  g_autoptr (EngineTransfer) transfer = task;

  base_thread_set_name ("finisher");
  engine_finish_run (transfer, self->user_agent);
}

static void
sync_now (gpointer task, gpointer user_data)
{
  g_autoptr (EngineTransfer) transfer = task;
  GError *error = NULL;

  base_thread_set_name ("syncer");
  engine_transfer_sync (transfer, &error);
  engine_transfer_post_synced (transfer, error);
}

EnginePool *
engine_pool_new (int workers, const char *user_agent)
{
  EnginePool *self = g_new0 (EnginePool, 1);

  self->user_agent = g_strdup (user_agent);
  self->desks = engine_desks_new ();
  self->throttle = engine_throttle_new (0);
  self->finishers = g_thread_pool_new (finish, self, FINISHERS, TRUE, NULL);
  self->syncers = g_thread_pool_new (sync_now, self, SYNCERS, FALSE, NULL);
  self->workers = engine_crew_new (fetch, self, workers);
  return self;
}

void
engine_pool_free (EnginePool *self)
{
  /* Workers first: they hand on to the finishers. */
  engine_crew_free (self->workers);
  g_thread_pool_free (self->finishers, FALSE, TRUE);
  /* A sync that has not begun is needless: what ended has synced itself. */
  g_thread_pool_free (self->syncers, TRUE, TRUE);
  engine_throttle_free (self->throttle);
  engine_desks_unref (self->desks);
  g_free (self->user_agent);
  g_free (self);
}

void
engine_pool_set_workers (EnginePool *self, int workers)
{
  BASE_ASSERT_MAIN ();

  engine_crew_set_most (self->workers, workers);
}

EngineThrottle *
engine_pool_get_throttle (EnginePool *self)
{
  return self->throttle;
}

const char *
engine_pool_get_user_agent (EnginePool *self)
{
  return self->user_agent;
}

EngineDesks *
engine_pool_get_desks (EnginePool *self)
{
  return self->desks;
}

gboolean
engine_pool_run (EnginePool *self, EngineTransfer *transfer, int source)
{
  Fetch *work;

  BASE_ASSERT_MAIN ();

  if (!engine_transfer_join (transfer, source))
    return FALSE;
  work = g_new0 (Fetch, 1);
  work->transfer = engine_transfer_ref (transfer);
  work->source = source;
  engine_crew_push (self->workers, work);
  return TRUE;
}

void
engine_pool_sync (EnginePool *self, EngineTransfer *transfer)
{
  BASE_ASSERT_MAIN ();

  g_thread_pool_push (self->syncers, engine_transfer_ref (transfer), NULL);
}
