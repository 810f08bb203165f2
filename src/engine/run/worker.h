/* worker.h: what each thread of the pool owns: a session and a buffer.
 *
 * Made when a thread first needs it, freed when the thread ends, which it does after 30 s of rest.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/http/session.h"
#include "engine/run/desks.h"

G_BEGIN_DECLS

/* Measured: from 512 KiB on, libsoup reads as fast as a bare socket. */
#define ENGINE_WORKER_BUFFER (512 * 1024)

typedef struct
{
  EngineSession *session; /* owned */
  guint8 *buffer;         /* owned; ENGINE_WORKER_BUFFER bytes, aligned to a page */
  EngineDesks *desks;     /* owned reference */
  EngineDesk *desk;       /* its place in `desks` */
  int number;             /* of its desk */
} EngineWorker;

/**
 * engine_worker_get:
 * @user_agent: used where the worker is new
 * @desks: where it then sits
 *
 * Returns: (transfer none): the calling thread's own. Threads of the pool only
 */
EngineWorker *engine_worker_get (const char *user_agent, EngineDesks *desks);

G_END_DECLS
