/* The table of legal moves. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/state.h"

#include <string.h>

#define TO(state) (1u << ENGINE_STATE_##state)

static const guint moves[ENGINE_N_STATES] = {
  [ENGINE_STATE_QUEUED] =
      TO (CONNECTING) | TO (PAUSED) | TO (WAITING) | TO (FAILED) | TO (CANCELLED),
  [ENGINE_STATE_CONNECTING] = TO (ACTIVE) | TO (VERIFYING) | TO (WAITING) | TO (PAUSED) |
                              TO (FAILED) | TO (CANCELLED) | TO (COMPLETED) | TO (QUEUED),
  [ENGINE_STATE_ACTIVE] = TO (CONNECTING) | TO (VERIFYING) | TO (WAITING) | TO (PAUSED) |
                          TO (FAILED) | TO (CANCELLED) | TO (COMPLETED) | TO (QUEUED),
  [ENGINE_STATE_VERIFYING] =
      TO (COMPLETED) | TO (FAILED) | TO (WAITING) | TO (PAUSED) | TO (CANCELLED) | TO (QUEUED),
  [ENGINE_STATE_WAITING] =
      TO (QUEUED) | TO (CONNECTING) | TO (PAUSED) | TO (FAILED) | TO (CANCELLED),
  [ENGINE_STATE_PAUSED] = TO (QUEUED) | TO (FAILED) | TO (CANCELLED),
  [ENGINE_STATE_COMPLETED] = TO (QUEUED),
  [ENGINE_STATE_FAILED] = TO (QUEUED) | TO (PAUSED) | TO (CANCELLED),
  [ENGINE_STATE_CANCELLED] = TO (QUEUED),
};

static const char *const nicks[ENGINE_N_STATES] = {
  [ENGINE_STATE_QUEUED] = "queued",       [ENGINE_STATE_CONNECTING] = "connecting",
  [ENGINE_STATE_ACTIVE] = "active",       [ENGINE_STATE_PAUSED] = "paused",
  [ENGINE_STATE_WAITING] = "waiting",     [ENGINE_STATE_VERIFYING] = "verifying",
  [ENGINE_STATE_COMPLETED] = "completed", [ENGINE_STATE_FAILED] = "failed",
  [ENGINE_STATE_CANCELLED] = "cancelled",
};

gboolean
engine_state_can_move (EngineState from, EngineState to)
{
  return (moves[from] & (1u << to)) != 0;
}

gboolean
engine_state_is_running (EngineState state)
{
  return state == ENGINE_STATE_CONNECTING || state == ENGINE_STATE_ACTIVE ||
         state == ENGINE_STATE_VERIFYING;
}

gboolean
engine_state_is_ended (EngineState state)
{
  return state == ENGINE_STATE_COMPLETED || state == ENGINE_STATE_FAILED ||
         state == ENGINE_STATE_CANCELLED;
}

const char *
engine_state_get_nick (EngineState state)
{
  return nicks[state];
}

gboolean
engine_state_from_nick (const char *nick, EngineState *state)
{
  for (int i = 0; nick != NULL && i < ENGINE_N_STATES; i++)
    if (strcmp (nicks[i], nick) == 0)
      {
        *state = i;
        return TRUE;
      }
  return FALSE;
}
