/* livelock.h: going round for ever though everybody may move. The folder's own.
 *
 * A livelock is a reachable cycle on which every thread and every store buffer that is enabled
 * somewhere on it also moves. A cycle may pass a state more than once.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/explore/components.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean found;
  GArray *path;  /* (element-type LabMove) owned: to a state on the cycle */
  GArray *cycle; /* (element-type LabMove) owned: round from there */
} LabLivelock;

/** lab_livelock_find: Returns: %FALSE where it was cancelled */
gboolean lab_livelock_find (const LabGraph *graph,
                            const LabComponents *components,
                            GCancellable *cancellable,
                            LabLivelock *livelock);

G_END_DECLS
