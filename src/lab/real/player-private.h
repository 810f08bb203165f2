/* player-private.h: the kinds of steps a player takes. @move and @patience_us as in
 * lab_player_take(). */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/real/player.h"

G_BEGIN_DECLS

/** lab_player_fail: Returns: LAB_TOOK_FAILURE, noted */
LabTook lab_player_fail (LabPlayer *self, LabFailure failure);

/** lab_player_after: Returns: what a step took whose evaluation came to @fault */
LabTook lab_player_after (LabPlayer *self, LabFault fault);

/** lab_player_write_own: @slot: -1: nowhere */
void lab_player_write_own (LabPlayer *self, int slot, gint64 value);

/** lab_player_access: a step on shared variables or queues, once or, for a plain `await`, spinning
 * a while */
LabTook lab_player_access (LabPlayer *self, const LabInstruction *at, gint64 patience_us);

/** lab_player_access_inside: the same under the lock over all, with the claims */
LabTook lab_player_access_inside (LabPlayer *self, const LabInstruction *at, gint64 patience_us);

/** lab_player_drain: the oldest store leaves the buffer */
LabTook lab_player_drain (LabPlayer *self);

LabTook lab_player_go_to_sleep (LabPlayer *self, const LabInstruction *at);
LabTook lab_player_wake_up (LabPlayer *self,
                            const LabInstruction *at,
                            const LabMove *move,
                            gint64 patience_us);
LabTook lab_player_signal_one (LabPlayer *self, const LabInstruction *at, const LabMove *move);
LabTook lab_player_signal_all (LabPlayer *self, const LabInstruction *at);

G_END_DECLS
