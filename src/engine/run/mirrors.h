/* mirrors.h: a transfer's addresses: whether one may be written from, and what is known of each.
 *
 * Workers, but where it is said otherwise.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/run/lane.h"

G_BEGIN_DECLS

/**
 * engine_mirrors_admit:
 *
 * Before a further connection claims its first piece: does its address have the file that we have
 * begun? Equal length, the last 64 KiB of each range that we hold, and eight random blocks.
 *
 * Returns: ENGINE_STEP_ON; LEAVE where there is nothing to compare yet; FAILED with
 *   ENGINE_ERROR_CHANGED where it has another file, or with what was in the way
 */
EngineStep engine_mirrors_admit (EngineLane *lane, GError **error);

/** engine_mirrors_can_spare: Returns: whether another address than @lane's is left */
gboolean engine_mirrors_can_spare (EngineLane *lane);

/** engine_mirrors_fail_differing: Returns: ENGINE_STEP_FAILED: @lane's address has another file */
EngineStep engine_mirrors_fail_differing (GError **error);

/** engine_mirrors_forget: with the lock held: nothing that was compared counts any more */
void engine_mirrors_forget (EngineTransfer *transfer);

/** engine_mirrors_teach: with the lock held: tells @sources what is known of each. Main thread */
void engine_mirrors_teach (EngineTransfer *self, gint64 now_us, EngineSources *sources);

G_END_DECLS
