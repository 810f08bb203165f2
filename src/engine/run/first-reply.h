/* first-reply.h: what a run learns from the first reply that it accepts.
 *
 * A worker's, alone in its transfer.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/http/exchange.h"
#include "engine/run/lane.h"

G_BEGIN_DECLS

/**
 * engine_first_reply_begin:
 * @fresh: nothing is held: the reply gives the file its name
 *
 * Takes over what the reply says, opens the part file, makes room for the whole, and lets other
 * connections in where pieces can be had. A small file is on the disk at once.
 *
 * Returns: ENGINE_STEP_ON where the body is to be read on; ENDED where nothing is left to do, or
 *   FAILED
 */
EngineStep engine_first_reply_begin (EngineLane *lane,
                                     EngineExchange *exchange,
                                     gboolean fresh,
                                     GError **error);

G_END_DECLS
