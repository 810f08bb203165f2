/* ramp.h: how many connections one download gets: more while more bring more.
 *
 * Pure; time comes in. From one connection on: 1, 2, 4, 8…, a step at a time while the total rate
 * grows by more than 5 %; where it falls, the last step is taken back; then it stays.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A step is measured for so long, in microseconds; shorter where the server answers at once. */
#define ENGINE_RAMP_STEP_US 500000
#define ENGINE_RAMP_SHORTEST_US 50000

typedef struct
{
  int level;         /* how many it may have now; at least 1 */
  int last_level;    /* before the last step */
  int most;          /* the limit when it settled, 0: it has not */
  double last_rate;  /* bytes per second before the last step, below 0: none */
  gint64 step_us;    /* when the last step was made, 0: not begun */
  gint64 step_bytes; /* how much there was then */
} EngineRamp;

/* What is known when a step is thought about. */
typedef struct
{
  gint64 now_us;
  gint64 received;    /* bytes in this run */
  gint64 left;        /* bytes to come */
  gint64 answer_us;   /* how long the server took for its first answer */
  int connections;    /* that receive now */
  int most;           /* the limit */
  gboolean preparing; /* another connection is on its way to deliver */
} EngineRampView;

void engine_ramp_begin (EngineRamp *self);

/** engine_ramp_look: Returns: how many connections it may have from now on */
int engine_ramp_look (EngineRamp *self, const EngineRampView *view);

/** engine_ramp_settle: the server wants no more than @connections, in this run */
void engine_ramp_settle (EngineRamp *self, int connections);

G_END_DECLS
