/* desks.h: where each worker of a pool sits, and what it does there, for people to see.
 *
 * A worker writes its own desk and nobody waits for that; anybody reads. What is read
 * may be a moment old, and its parts from different moments.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdatomic.h>

#include "engine/plan/lane.h"

G_BEGIN_DECLS

/* As many workers as a pool can have. */
#define ENGINE_MOST_WORKERS 256

/* All relaxed: a picture for people, never a decision. */
typedef struct
{
  _Atomic int taken;
  _Atomic int activity;
  _Atomic gint64 download;
  _Atomic gint64 received;
} EngineDesk;

typedef struct _EngineDesks EngineDesks;

EngineDesks *engine_desks_new (void);
EngineDesks *engine_desks_ref (EngineDesks *self);
void engine_desks_unref (EngineDesks *self);

/** engine_desks_sit: Returns: (transfer none): the first free desk, until engine_desk_leave();
 * %NULL where none is free */
EngineDesk *engine_desks_sit (EngineDesks *self, int *number);
void engine_desk_leave (EngineDesk *desk);

/** engine_desk_set_activity: the desk's worker says what it does now */
static inline void
engine_desk_set_activity (EngineDesk *desk, EngineActivity activity)
{
  atomic_store_explicit (&desk->activity, (int) activity, memory_order_relaxed);
}

/** engine_desks_view: Returns: how many workers there are; the first @n of them are in @views */
int engine_desks_view (EngineDesks *self, EngineWorkerView *views, int n);

G_END_DECLS
