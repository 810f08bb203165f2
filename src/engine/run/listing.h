/* listing.h: an address that leads to a Metalink: its files are what is wanted, not the list.
 *
 * A worker's, alone in its transfer.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/http/exchange.h"
#include "engine/run/lane.h"

G_BEGIN_DECLS

/** engine_listing_is_due: Returns: whether what @reply brings may be a Metalink, by its type or
 * name, and nothing of a file is there yet */
gboolean engine_listing_is_due (EngineLane *lane, const EngineReply *reply);

/**
 * engine_listing_read:
 *
 * Returns: ENGINE_STEP_ENDED with the transfer's `files` set; ON where it is a file like any other,
 *   which is to be asked for again; FAILED where it cannot be read
 */
EngineStep engine_listing_read (EngineLane *lane, EngineExchange *exchange, GError **error);

/**
 * engine_listing_fetch:
 *
 * Of a download that goes on: its address is known to lead to a Metalink. Nothing of what is on the
 * disk is touched.
 *
 * Returns: ENGINE_STEP_ENDED, or FAILED
 */
EngineStep engine_listing_fetch (EngineLane *lane, GError **error);

G_END_DECLS
