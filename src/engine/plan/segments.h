/* segments.h: which bytes of one file are done, being fetched, or free to take.
 *
 * Pure: no clock, lock, file or socket. The caller holds its own lock.
 * All positions are bytes from the start of the entity; ranges are half-open.
 *
 * Invariants: each byte of a file of known length is in exactly one of done,
 * claimed, free; a claim's done bytes become done as it advances; what a failed
 * claim did not fetch is free again.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 start;
  gint64 end; /* one past the last byte; -1: unknown, only in a claim */
} EngineRange;

typedef struct _EngineSegments EngineSegments;

/* A piece that one connection fetches. Owned by the segments. */
typedef struct _EngineClaim EngineClaim;

/**
 * engine_segments_new:
 * @total: the file's length in bytes, -1 where not known yet
 */
EngineSegments *engine_segments_new (gint64 total);
void engine_segments_free (EngineSegments *self);

/**
 * engine_segments_set_total:
 *
 * Makes the length known. The claim without an end gets @total as its end.
 *
 * Returns: %FALSE where bytes beyond @total are done, or another length was known
 */
gboolean engine_segments_set_total (EngineSegments *self, gint64 total);
gint64 engine_segments_get_total (EngineSegments *self);

/**
 * engine_segments_add_done:
 *
 * Marks a range as already on the disk (from the journal), before any claim.
 *
 * Returns: %FALSE where it is empty, out of the file, or overlaps what is done
 */
gboolean engine_segments_add_done (EngineSegments *self, gint64 start, gint64 end);

/**
 * engine_segments_claim:
 * @min_split: (bytes) leave a piece that is shorter than twice this whole
 *
 * Takes the first free piece; where none is free, the second half of the claim
 * with most left to fetch (its owner learns the new end at its next
 * engine_segments_advance()). Of a file of unknown length there is one claim, to the end.
 *
 * Returns: (nullable) (transfer none): the claim, or %NULL where nothing is
 *   left that is worth a connection
 */
EngineClaim *engine_segments_claim (EngineSegments *self, gint64 min_split);

/** engine_claim_get_position: Returns: the next byte that it will fetch */
gint64 engine_claim_get_position (const EngineClaim *claim);

/** engine_claim_get_end: Returns: one past its last byte now (a split lowers it), -1 where unknown */
gint64 engine_claim_get_end (const EngineClaim *claim);

/**
 * engine_segments_advance:
 * @bytes: how many more, from its position on, are in the file
 *
 * Returns: how many of them count: fewer where a split has lowered the end
 *   meanwhile (those beyond are another claim's, and equal)
 */
gint64 engine_segments_advance (EngineSegments *self, EngineClaim *claim, gint64 bytes);

/**
 * engine_segments_release:
 * @claim: (transfer full)
 *
 * Ends the claim, finished or not; what it did not fetch is free again.
 */
void engine_segments_release (EngineSegments *self, EngineClaim *claim);

/**
 * engine_segments_finish_unknown:
 * @claim: a claim without an end
 *
 * The body ended here: the file's length is the claim's position.
 */
void engine_segments_finish_unknown (EngineSegments *self, EngineClaim *claim);

gboolean engine_segments_is_complete (EngineSegments *self);

/** engine_segments_get_done: Returns: how many bytes are done */
gint64 engine_segments_get_done (EngineSegments *self);

/** engine_segments_get_contiguous: Returns: how many bytes from the start on are done with no gap */
gint64 engine_segments_get_contiguous (EngineSegments *self);

/** engine_segments_count_claims: Returns: how many claims are out */
int engine_segments_count_claims (EngineSegments *self);

/**
 * engine_segments_dup_done:
 *
 * Returns: (transfer full) (element-type EngineRange): what is done, in order,
 *   neighbours merged
 */
GArray *engine_segments_dup_done (EngineSegments *self);

/**
 * engine_segments_dup_claimed:
 *
 * Returns: (transfer full) (element-type EngineRange): what each claim has yet
 *   to fetch, in order of position
 */
GArray *engine_segments_dup_claimed (EngineSegments *self);

/**
 * engine_segments_reset:
 *
 * Forgets all that is done, for a file that starts over. No claim may be out.
 */
void engine_segments_reset (EngineSegments *self, gint64 total);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineSegments, engine_segments_free)

G_END_DECLS
