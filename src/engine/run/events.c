/* Events: making and freeing. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/events.h"

#include "engine/run/transfer.h"

EngineEvent *
engine_event_new (EngineEventKind kind, EngineTransfer *transfer)
{
  EngineEvent *self = g_new0 (EngineEvent, 1);

  self->kind = kind;
  self->transfer = engine_transfer_ref (transfer);
  self->retry_after_s = -1;
  return self;
}

void
engine_snapshot_clear (EngineSnapshot *self)
{
  g_clear_pointer (&self->done, g_array_unref);
  g_clear_pointer (&self->fetching, g_array_unref);
  g_clear_pointer (&self->lanes, g_array_unref);
  g_clear_pointer (&self->log, g_array_unref);
}

void
engine_event_free (EngineEvent *self)
{
  engine_snapshot_clear (&self->snapshot);
  engine_validator_clear (&self->validator);
  g_clear_pointer (&self->synced, g_array_unref);
  g_clear_pointer (&self->brought, g_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self->name);
  g_free (self->final_address);
  g_clear_error (&self->error);
  engine_transfer_unref (self->transfer);
  g_free (self);
}
