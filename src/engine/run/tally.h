/* tally.h: a checksum that keeps up with a file as it arrives.
 *
 * A thread of its own follows the bytes that are there from the file's start on
 * without a gap, reading them back while they are still in memory, so that
 * little is left to do when the last byte comes.
 *
 * Begun, finished and stopped by workers and finishers, one at a time.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/disk/part-file.h"

G_BEGIN_DECLS

typedef struct _EngineTally EngineTally;

/* How far the file is there without a gap, in bytes; -1: it is not wanted any more. The tally's
 * own thread asks. */
typedef gint64 (*EngineTallyReach) (gpointer user_data);

/**
 * engine_tally_begin:
 * @part: borrowed: open until the tally has ended
 *
 * Returns: (transfer full)
 */
EngineTally *engine_tally_begin (EnginePartFile *part,
                                 GChecksumType kind,
                                 EngineTallyReach reach,
                                 gpointer user_data);

GChecksumType engine_tally_get_kind (EngineTally *self);

/** engine_tally_get_position: Returns: how many bytes are digested. Any thread while it lives */
gint64 engine_tally_get_position (EngineTally *self);

/**
 * engine_tally_end:
 * @self: (transfer full)
 *
 * To be called once all bytes are there; waits until they are digested.
 *
 * Returns: (transfer full): the digest in hexadecimal; %NULL with the disk's error, or
 *   ENGINE_ERROR_CANCELLED where it is not wanted any more
 */
char *engine_tally_end (EngineTally *self, GError **error);

/** engine_tally_stop: @self: (transfer full): ends it with no result */
void engine_tally_stop (EngineTally *self);

G_END_DECLS
