/* segments.h: which bytes of one file are done, being fetched, or free to take.
 *
 * Pure: no clock, lock, file or socket. The caller holds its own lock.
 * All positions are bytes from the start of the entity; ranges are half-open.
 *
 * Invariants: each byte of a file of known length is in exactly one of done,
 * claimed, free (two claims share bytes only as rivals, see engine_segments_claim());
 * a claim's done bytes become done as it advances, each counted once; what a
 * failed claim did not fetch is free again.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "engine/plan/pace.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 start;
  gint64 end; /* one past the last byte; -1: unknown, only in a claim */
} EngineRange;

typedef struct _EngineSegments EngineSegments;

/* A piece that one connection fetches. Owned by the segments. */
typedef struct _EngineClaim EngineClaim;

/* No piece that another connection could take over is shorter, in bytes. Cuts lie on its multiples.
 */
#define ENGINE_SMALLEST_PIECE 65536

/* A claim whose connection delivers nothing for so long is silent, in microseconds. */
#define ENGINE_SILENT_US 2000000

/* A claim under 0.3 of the median rate for so long is a straggler, in microseconds. */
#define ENGINE_STRAGGLING_US 2000000

/* Who asks for a piece, and when. */
typedef struct
{
  gint64 min_split; /* bytes: a piece that another fetches well is not cut below this */
  double rate;      /* bytes per second that the one who asks expects, below 0: not known */
  gint64 now_us;
  gboolean
      tail; /* it has a connection already, which is better used for a short piece than for none */
  gpointer owner; /* whose claim it becomes; engine_claim_get_owner() */
  gint64 window;  /* bytes: no piece is longer, so that the file grows from its start; 0: any */
} EngineWish;

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
 * @robbed: (out) (nullable) (transfer none): a claim that has nothing left now, because all of it
 *   was taken over; its owner still releases it
 *
 * Takes, in this order: the first free piece; a rival's place beside a claim that has been
 * silent for ENGINE_SILENT_US (both fetch the same, the first that advances has it); a part
 * of the claim that would finish last, cut so that both finish together
 * (remaining × my rate / (its rate + my rate), halves where rates are unknown), and down to
 * ENGINE_SMALLEST_PIECE where a slow one would otherwise be waited for, or in the tail. A split's
 * victim learns its new end from engine_claim_get_end(). Of a file of unknown length there is one
 * claim, to the end.
 *
 * With a window, what follows the file's start is fetched first, by all: pieces get shorter towards
 * the end, so that little of the file is missing anywhere when its last byte comes.
 *
 * Returns: (nullable) (transfer none): the claim, or %NULL where nothing is
 *   left that is worth a connection
 */
EngineClaim *
engine_segments_claim (EngineSegments *self, const EngineWish *wish, EngineClaim **robbed);

/** engine_segments_is_worth_joining: Returns: whether engine_segments_claim() would give a piece */
gboolean engine_segments_is_worth_joining (EngineSegments *self, const EngineWish *wish);

/**
 * engine_segments_extend:
 * @limit: (bytes) one past the last that the claim's connection could deliver, -1: all
 * @robbed: (out) (nullable) (transfer none): as of engine_segments_claim()
 *
 * A claim that has reached its end reads on into what follows, where that is free, or is claimed
 * by a connection that has not delivered a byte in half a second. Not one that was advanced by more
 * than counted: its connection is past its end.
 *
 * Returns: whether there is more for it now
 */
gboolean engine_segments_extend (
    EngineSegments *self, EngineClaim *claim, gint64 limit, gint64 now_us, EngineClaim **robbed);

/** engine_segments_count_stragglers: Returns: how many claims are silent, or have straggled for
 * ENGINE_STRAGGLING_US */
int engine_segments_count_stragglers (EngineSegments *self, gint64 now_us);

/** engine_claim_get_owner: Returns: (transfer none): what the wish said */
gpointer engine_claim_get_owner (const EngineClaim *claim);

/** engine_claim_is_rival: Returns: whether another claim has the same bytes */
gboolean engine_claim_is_rival (const EngineClaim *claim);

/** engine_claim_get_start: Returns: where it began */
gint64 engine_claim_get_start (const EngineClaim *claim);

/** engine_claim_get_rate: Returns: bytes per second now, below 0 not known */
double engine_claim_get_rate (const EngineClaim *claim, gint64 now_us);

/** engine_claim_set_resting: while @resting its connection is not listened to, so it is not silent
 * either */
void engine_claim_set_resting (EngineClaim *claim, gboolean resting, gint64 now_us);

/** engine_claim_get_position: Returns: the next byte that it will fetch */
gint64 engine_claim_get_position (const EngineClaim *claim);

/** engine_claim_get_end: Returns: one past its last byte now (a split lowers it), -1 where unknown.
 * With no lock too */
gint64 engine_claim_get_end (const EngineClaim *claim);

/**
 * engine_segments_advance:
 * @bytes: how many more, from its position on, are in the file
 * @robbed: (out) (nullable) (transfer none): its rival, which came second and has nothing left now
 *
 * Returns: how many of them count: fewer where a split has lowered the end
 *   meanwhile (those beyond are another claim's, and equal)
 */
gint64 engine_segments_advance (
    EngineSegments *self, EngineClaim *claim, gint64 bytes, gint64 now_us, EngineClaim **robbed);

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

/** engine_segments_get_contiguous: Returns: how many bytes from the start on are done with no gap
 */
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
 *   to fetch, in order of position; of rivals the first
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
