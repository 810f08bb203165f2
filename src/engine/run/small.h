/* small.h: a small file of known length, whole in memory before anything is on the disk.
 *
 * A part file is for what takes a while: to go on with, to show, to share. What is there at once
 * needs none of it, and its cost is more than that of fetching it.
 *
 * A worker's. What does not go this way goes the other with nothing lost: what was read is in the
 * worker's buffer.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/http/exchange.h"
#include "engine/run/lane.h"

G_BEGIN_DECLS

/**
 * engine_small_read:
 * @exchange: its reply was accepted to be written, and is the run's first
 * @error: why no more can be read; what came before that counts
 *
 * Reads a body that is small enough, as far as it comes at once.
 *
 * Returns: how many bytes of the file are in the worker's buffer, from its first on; 0 where it is
 * not for this way
 */
gsize engine_small_read (EngineLane *lane, EngineExchange *exchange, GError **error);

/** engine_small_is_whole: Returns: whether @length bytes, from engine_small_read(), are the whole
 * file */
gboolean engine_small_is_whole (const EngineReply *reply, gsize length);

/**
 * engine_small_keep:
 * @length: of the whole file
 *
 * Puts the file on the disk under its name.
 *
 * Returns: whether it is there, and the lane's transfer has all to say so
 */
gboolean engine_small_keep (EngineLane *lane, const EngineReply *reply, gsize length);

G_END_DECLS
