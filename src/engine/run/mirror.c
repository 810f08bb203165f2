/* One address of a file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/mirror.h"

#include "engine/plan/address.h"

EngineMirror *
engine_mirror_new (const EngineSpec *spec, const char *address)
{
  EngineMirror *self = g_new0 (EngineMirror, 1);

  self->spec = engine_spec_copy (spec);
  self->validator.length = -1;
  g_free (self->spec->address);
  self->spec->address = g_strdup (address);
  if (engine_address_same_origin (spec->address, address))
    return self;
  g_clear_pointer (&self->spec->user, g_free);
  g_clear_pointer (&self->spec->password, g_free);
  g_clear_pointer (&self->spec->referrer, g_free);
  g_clear_pointer (&self->spec->headers, g_strfreev);
  return self;
}

void
engine_mirror_free (EngineMirror *self)
{
  engine_spec_free (self->spec);
  engine_validator_clear (&self->validator);
  g_clear_error (&self->why);
  g_free (self);
}
