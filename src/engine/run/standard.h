/* standard.h: what the replies to a lane are held against: what we hold, and what was promised.
 *
 * Workers.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/http/reply.h"
#include "engine/run/lane.h"

G_BEGIN_DECLS

/**
 * engine_standard_is_met:
 *
 * A stale address says so by the length, or by a web page in place of a file that is none.
 *
 * Returns: %FALSE with ENGINE_ERROR_CHANGED
 */
gboolean
engine_standard_is_met (EngineTransfer *transfer, const EngineReply *reply, GError **error);

/** engine_standard_get: with the lock held. Returns: (transfer none): what @lane's replies are
 * compared with */
const EngineValidator *engine_standard_get (EngineLane *lane);

/** engine_standard_is_elsewhere: with the lock held. Returns: whether @lane asks another address
 * than the one that `validator` is of */
gboolean engine_standard_is_elsewhere (EngineLane *lane);

G_END_DECLS
