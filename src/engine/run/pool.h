/* pool.h: the threads that fetch and the threads that finish.
 *
 * Who may run is decided by the main thread's admission, so
 * nothing waits in the pool's queue for long and nothing waits inside libsoup.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/run/desks.h"
#include "engine/run/transfer.h"

G_BEGIN_DECLS

typedef struct _EnginePool EnginePool;

/**
 * engine_pool_new:
 * @workers: 1 to 256
 *
 * Main thread.
 */
EnginePool *engine_pool_new (int workers, const char *user_agent);

/** engine_pool_free: waits for all tasks to end; whoever calls has cancelled them. Never the main
 * thread */
void engine_pool_free (EnginePool *self);

/** engine_pool_set_workers: takes effect at once; a worker that is busy ends its task first. Main
 * thread */
void engine_pool_set_workers (EnginePool *self, int workers);

/** engine_pool_get_throttle: Returns: (transfer none) */
EngineThrottle *engine_pool_get_throttle (EnginePool *self);

/** engine_pool_get_desks: Returns: (transfer none): where the workers sit */
EngineDesks *engine_pool_get_desks (EnginePool *self);

/**
 * engine_pool_run:
 *
 * One more worker fetches @transfer, from its address @source; its events say how it goes. Main
 * thread.
 *
 * Returns: %FALSE where no more is wanted
 */
gboolean engine_pool_run (EnginePool *self, EngineTransfer *transfer, int source);

/** engine_pool_sync: makes last what @transfer has written; ENGINE_EVENT_SYNCED says when. Main
 * thread */
void engine_pool_sync (EnginePool *self, EngineTransfer *transfer);

/** engine_pool_get_user_agent: Returns: (transfer none) */
const char *engine_pool_get_user_agent (EnginePool *self);

G_END_DECLS
