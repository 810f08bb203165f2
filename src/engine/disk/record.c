/* Records. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/record.h"

EngineRecord *
engine_record_new (EngineSpec *spec)
{
  EngineRecord *self = g_new0 (EngineRecord, 1);

  self->spec = spec;
  self->total = -1;
  self->validator.length = -1;
  self->done = g_array_new (FALSE, FALSE, sizeof (EngineRange));
  self->synced = g_array_new (FALSE, FALSE, sizeof (EngineRange));
  return self;
}

EngineRecord *
engine_record_copy (const EngineRecord *self)
{
  EngineRecord *copy = g_memdup2 (self, sizeof *self);

  copy->spec = engine_spec_copy (self->spec);
  copy->error_nick = g_strdup (self->error_nick);
  copy->error_message = g_strdup (self->error_message);
  copy->name = g_strdup (self->name);
  copy->final_address = g_strdup (self->final_address);
  engine_validator_copy (&copy->validator, &self->validator);
  copy->done = g_array_copy (self->done);
  copy->synced = g_array_copy (self->synced);
  return copy;
}

void
engine_record_free (EngineRecord *self)
{
  if (self == NULL)
    return;
  engine_spec_free (self->spec);
  g_free (self->error_nick);
  g_free (self->error_message);
  g_free (self->name);
  g_free (self->final_address);
  engine_validator_clear (&self->validator);
  g_array_unref (self->done);
  g_array_unref (self->synced);
  g_free (self);
}
