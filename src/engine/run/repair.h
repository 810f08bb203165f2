/* repair.h: finding the pieces of a whole file that are damaged, where their checksums are known.
 *
 * Finishers only.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/run/transfer.h"

G_BEGIN_DECLS

/**
 * engine_repair_check:
 *
 * Compares each piece with what was promised. Those that differ are no longer done: the next
 * run fetches them alone.
 *
 * Returns: %TRUE where all pieces are right, or nothing is known of any; else ENGINE_ERROR_DAMAGED,
 * or the disk's error
 */
gboolean engine_repair_check (EngineTransfer *transfer, GError **error);

G_END_DECLS
