/* body.h: from a reply's body into the part file, as far as the claim reaches.
 *
 * Workers only.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/http/exchange.h"
#include "engine/run/lane.h"

G_BEGIN_DECLS

/**
 * engine_body_copy:
 *
 * Reads and writes until the body or the lane's claim has ended; a claim that is split meanwhile
 * ends sooner, one whose neighbour nobody fetches ends later.
 *
 * Returns: whether it got there
 */
gboolean engine_body_copy (EngineLane *lane, EngineExchange *exchange, GError **error);

/** engine_body_keep: writes @n bytes of the worker's buffer where the claim is. Returns: whether
 * they are in the part file, and counted */
gboolean engine_body_keep (EngineLane *lane, gssize n, GError **error);

/** engine_body_end: all that is wanted of the body was read: makes its connection usable again */
void engine_body_end (EngineLane *lane, EngineExchange *exchange);

/**
 * engine_body_conclude:
 *
 * The body has ended, or the claim: is that all there is of it?
 *
 * Returns: ENGINE_STEP_ON; or ENGINE_STEP_FAILED where the body was cut
 */
EngineStep engine_body_conclude (EngineLane *lane, EngineExchange *exchange, GError **error);

/** engine_body_finish_unknown: the file ends where the claim is; @unproven: nobody could prove it
 */
void engine_body_finish_unknown (EngineLane *lane, gboolean unproven);

/** engine_body_fail_cut: Returns: ENGINE_STEP_FAILED, the server has closed early */
EngineStep engine_body_fail_cut (GError **error);

G_END_DECLS
