/* A pool thread's belongings. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/worker.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/thread.h"

static void
worker_free (gpointer data)
{
  EngineWorker *self = data;

  engine_session_free (self->session);
  free (self->buffer);
  engine_desk_leave (self->desk);
  engine_desks_unref (self->desks);
  g_free (self);
}

static GPrivate this_worker = G_PRIVATE_INIT (worker_free);

EngineWorker *
engine_worker_get (const char *user_agent, EngineDesks *desks)
{
  EngineWorker *self = g_private_get (&this_worker);
  void *buffer = NULL;

  if (self != NULL)
    return self;

  base_thread_set_name ("download-worker");
  self = g_new0 (EngineWorker, 1);
  if (posix_memalign (&buffer, sysconf (_SC_PAGESIZE), ENGINE_WORKER_BUFFER) != 0)
    g_error ("no memory for a worker's buffer");
  self->buffer = buffer;
  self->session = engine_session_new (user_agent);
  self->desks = engine_desks_ref (desks);
  self->desk = engine_desks_sit (desks, &self->number);
  /* A thread that a lower limit ends may still have its desk for a moment. */
  g_assert (self->desk != NULL);
  g_private_set (&this_worker, self);
  return self;
}
