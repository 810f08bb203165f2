/* connection.h: a worker's loop: claim a piece, ask for it, write what comes.
 *
 * Workers only.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/run/transfer.h"
#include "engine/run/worker.h"

G_BEGIN_DECLS

/**
 * engine_connection_run:
 *
 * Fetches pieces of @transfer, from its address @source, until nothing is left that is worth this
 * connection, or it fails, or is cancelled. The worker has been announced by
 * engine_transfer_join().
 *
 * Returns: %TRUE where all bytes are in the part file, no connection is left and the finish is
 *   due; %FALSE where the rest has been posted
 */
gboolean engine_connection_run (EngineTransfer *transfer, int source, EngineWorker *worker);

G_END_DECLS
