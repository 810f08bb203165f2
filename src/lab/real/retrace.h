/* retrace.h: a recorded free run as one order of its steps, as the model would take them.
 *
 * Pure; any thread. The order comes from the data: each thread's steps are in its own order, each
 * step has to be enabled where it is put, and has to see what it saw for real. Clocks only say what
 * is tried first, and forbid what was over before another began.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/real/play.h"

G_BEGIN_DECLS

/* One run, step by step. */
typedef struct
{
  int number;       /* which run, from 1 */
  gboolean bad;     /* as the run was judged */
  gboolean is_part; /* its first steps: there were more than were recorded */
  GArray *moves;    /* (element-type LabMove) owned: from the start */
  int n_inferred;   /* steps that the clocks alone would have put elsewhere */
} LabWalk;

/**
 * lab_walk_new:
 * @play: recorded
 * @record: of so many steps of each thread there is a record
 *
 * Returns: (transfer full) (nullable): an order that explains all that was recorded and how it
 * ended; %NULL where none was found in reasonable time
 */
LabWalk *lab_walk_new (const LabProgram *program, const LabPlay *play, int record);
void lab_walk_free (LabWalk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabWalk, lab_walk_free)

G_END_DECLS
