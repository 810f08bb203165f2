/* state.h: the states of a download and the legal moves between them.
 *
 * Pure; any thread. One table; an illegal move is a bug and asserts.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ENGINE_STATE_QUEUED,
  ENGINE_STATE_CONNECTING,
  ENGINE_STATE_ACTIVE,
  ENGINE_STATE_PAUSED,
  ENGINE_STATE_WAITING, /* see EngineReason */
  ENGINE_STATE_VERIFYING,
  ENGINE_STATE_COMPLETED,
  ENGINE_STATE_FAILED,
  ENGINE_STATE_CANCELLED,
} EngineState;
#define ENGINE_N_STATES 9

/* Why a download waits. */
typedef enum
{
  ENGINE_REASON_NONE,
  ENGINE_REASON_RETRY,   /* for the time of its next try */
  ENGINE_REASON_HOST,    /* for its host's turn */
  ENGINE_REASON_NETWORK, /* for the network to come back */
  ENGINE_REASON_DISK,    /* for room on the disk, or for the disk itself */
} EngineReason;

/** engine_state_can_move: Returns: whether @from to @to is a legal move */
gboolean engine_state_can_move (EngineState from, EngineState to);

/** engine_state_is_running: Returns: whether workers act on it: connecting, active or verifying */
gboolean engine_state_is_running (EngineState state);

/** engine_state_is_ended: Returns: whether only a person moves it on: completed, failed or
 * cancelled */
gboolean engine_state_is_ended (EngineState state);

/** engine_state_get_nick: Returns: (transfer none): its word on the disk and in tests; not
 * translated */
const char *engine_state_get_nick (EngineState state);

/**
 * engine_state_from_nick:
 * @state: (out)
 *
 * Returns: whether @nick is one of ours
 */
gboolean engine_state_from_nick (const char *nick, EngineState *state);

G_END_DECLS
