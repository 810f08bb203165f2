/* Desks. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/desks.h"

struct _EngineDesks
{
  _Atomic int references; /* release on the way down, acquire at zero */
  EngineDesk desks[ENGINE_MOST_WORKERS];
};

EngineDesks *
engine_desks_new (void)
{
  EngineDesks *self = g_new0 (EngineDesks, 1);

  atomic_init (&self->references, 1);
  return self;
}

EngineDesks *
engine_desks_ref (EngineDesks *self)
{
  atomic_fetch_add_explicit (&self->references, 1, memory_order_relaxed);
  return self;
}

void
engine_desks_unref (EngineDesks *self)
{
  if (atomic_fetch_sub_explicit (&self->references, 1, memory_order_acq_rel) == 1)
    g_free (self);
}

EngineDesk *
engine_desks_sit (EngineDesks *self, int *number)
{
  for (int i = 0; i < ENGINE_MOST_WORKERS; i++)
    {
      EngineDesk *desk = &self->desks[i];

      if (atomic_exchange_explicit (&desk->taken, 1, memory_order_relaxed))
        continue;
      *number = i;
      atomic_store_explicit (&desk->download, -1, memory_order_relaxed);
      atomic_store_explicit (&desk->received, 0, memory_order_relaxed);
      engine_desk_set_activity (desk, ENGINE_ACTIVITY_IDLE);
      return desk;
    }
  return NULL;
}

void
engine_desk_leave (EngineDesk *desk)
{
  atomic_store_explicit (&desk->taken, 0, memory_order_relaxed);
}

int
engine_desks_view (EngineDesks *self, EngineWorkerView *views, int n)
{
  int workers = 0;

  for (int i = 0; i < ENGINE_MOST_WORKERS; i++)
    {
      EngineDesk *desk = &self->desks[i];

      if (!atomic_load_explicit (&desk->taken, memory_order_relaxed))
        continue;
      if (workers < n)
        views[workers] = (EngineWorkerView){
          .number = i,
          .activity = atomic_load_explicit (&desk->activity, memory_order_relaxed),
          .download = atomic_load_explicit (&desk->download, memory_order_relaxed),
          .received = atomic_load_explicit (&desk->received, memory_order_relaxed),
        };
      workers++;
    }
  return workers;
}
