/* opening.h: from a name to the part file that a transfer writes.
 *
 * Workers only.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/http/reply.h"
#include "engine/run/transfer.h"

G_BEGIN_DECLS

/**
 * engine_opening_resume:
 *
 * Opens the part file that the journal knows, and takes over what of it may be trusted. Where it is
 * gone or another file, the transfer begins with nothing.
 *
 * Returns: %FALSE where the disk or another program is in the way
 */
gboolean engine_opening_resume (EngineTransfer *transfer, GError **error);

/**
 * engine_opening_begin:
 * @reply: gives the name, where nobody has yet
 * @skipped: (out): the name is taken and is to be left alone; or is this download's own, from a run
 *   that was killed, and then the transfer has its finished name
 *
 * Opens a new, empty part file. Nothing may be done in the transfer's segments.
 */
gboolean engine_opening_begin (EngineTransfer *transfer,
                               const EngineReply *reply,
                               gboolean *skipped,
                               GError **error);

G_END_DECLS
