/* lane.h: one worker's part in a transfer, as the others in it see it.
 *
 * Workers only. A lane lives on its worker's stack from engine_lane_enter() to
 * engine_lane_leave(). Whoever leaves a transfer last decides how it goes on.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/run/transfer.h"

G_BEGIN_DECLS

/* What a step of a lane's work came to. */
typedef enum
{
  ENGINE_STEP_ON,     /* look what is left */
  ENGINE_STEP_LEAVE,  /* nothing is left for this connection */
  ENGINE_STEP_ENDED,  /* the name is taken and left alone, or has the whole file already */
  ENGINE_STEP_FAILED, /* with an error */
} EngineStep;

/* How a transfer goes on after one has left it. */
typedef enum
{
  ENGINE_LEFT_OVER,  /* this worker is done with it */
  ENGINE_LEFT_STAY,  /* it has not left: it is the last, and there is more to do */
  ENGINE_LEFT_WHOLE, /* all bytes are there: the finish is due */
} EngineLeft;

/** engine_lane_enter: @source: which address it asks. Returns: whether it is the first, which opens
 * the part file and asks alone */
gboolean
engine_lane_enter (EngineLane *self, EngineTransfer *transfer, int source, EngineWorker *worker);

/**
 * engine_lane_take:
 *
 * Claims the next piece, of whoever it is best taken from, or sees why not.
 *
 * Returns: ENGINE_STEP_ON with `claim` set, or how it ends
 */
EngineStep engine_lane_take (EngineLane *self, GError **error);

/** engine_lane_let_go: releases the claim; what it has not fetched is free */
void engine_lane_let_go (EngineLane *self);

/** engine_lane_advance: @n bytes from the claim's position on are in the part file */
void engine_lane_advance (EngineLane *self, gint64 n);

/** engine_lane_read_on: Returns: whether the claim reaches further now; @limit as of
 * engine_segments_extend() */
gboolean engine_lane_read_on (EngineLane *self, gint64 limit);

/** engine_lane_set_resting: whether the speed limit holds it back, so that nobody takes it for
 * silent */
void engine_lane_set_resting (EngineLane *self, gboolean resting);

/**
 * engine_lane_forgive:
 *
 * Returns: whether @error only says that another connection took over this one's piece. Then a new
 *   one may be begun
 */
gboolean engine_lane_forgive (EngineLane *self, const GError *error);

/** engine_lane_get_held: Returns: (bytes) of the file that are in the part file */
gint64 engine_lane_get_held (EngineLane *self);

/** engine_lane_get_total: Returns: (bytes) of the file, -1 unknown */
gint64 engine_lane_get_total (EngineLane *self);

/** engine_lane_is_alone: Returns: whether no other connection has part in the transfer, or soon
 * will */
gboolean engine_lane_is_alone (EngineLane *self);

/**
 * engine_lane_turn_back:
 * @certain: the server's file is another for sure
 *
 * The reply to one of several connections is not of the file that the others fetch: no more
 * are begun; and where it is certain, or seen twice, all let go and the last one starts over.
 */
void engine_lane_turn_back (EngineLane *self, gboolean certain);

/**
 * engine_lane_leave:
 * @step: LEAVE, ENDED or FAILED
 * @error: (transfer full) (nullable): with FAILED
 *
 * Posts LEFT or ENDED, unless it stays or all is there.
 */
EngineLeft engine_lane_leave (EngineLane *self, EngineStep step, GError *error);

/** engine_transfer_wants_comparing: with the lock held. Returns: whether its pieces are yet to be
 * compared */
static inline gboolean
engine_transfer_wants_comparing (const EngineTransfer *self)
{
  return self->compares && !self->compared && self->pieces->len > 1 &&
         engine_segments_is_complete (self->segments);
}

/** engine_lane_log: adds an entry of this connection to the transfer's log */
void engine_lane_log (EngineLane *self, EngineLogKind kind, gint64 a, gint64 b, const char *detail);

static inline void
engine_lane_show (EngineLane *self, EngineActivity activity)
{
  engine_desk_set_activity (self->worker->desk, activity);
}

G_END_DECLS
