/* pace.h: how fast something comes, as it is now and not as it was on average.
 *
 * Pure; time comes in. An exponentially weighted mean with a time constant of a
 * second, so that a stall shows within a second and a single late packet does not.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double rate;    /* bytes per second up to mark_us, below 0: not known yet */
  gint64 mark_us; /* how far it is counted */
  gint64 bytes;   /* since mark_us */
  gboolean begun; /* a byte has come */
} EnginePace;

/**
 * engine_pace_begin:
 * @rate: (bytes per second) what is expected, below 0: nothing is known
 */
void engine_pace_begin (EnginePace *self, double rate, gint64 now_us);

/** engine_pace_add: @bytes more have come */
void engine_pace_add (EnginePace *self, gint64 bytes, gint64 now_us);

/** engine_pace_get: Returns: bytes per second as it is now, below 0 while nothing is known */
double engine_pace_get (const EnginePace *self, gint64 now_us);

G_END_DECLS
