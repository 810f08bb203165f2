/* Specs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/spec.h"

EngineSpec *
engine_spec_new (const char *address, const char *folder)
{
  EngineSpec *self = g_new0 (EngineSpec, 1);

  self->address = g_strdup (address);
  self->folder = g_strdup (folder);
  return self;
}

EngineSpec *
engine_spec_copy (const EngineSpec *self)
{
  EngineSpec *copy = g_memdup2 (self, sizeof *self);

  copy->address = g_strdup (self->address);
  copy->folder = g_strdup (self->folder);
  copy->name = g_strdup (self->name);
  copy->checksum = g_strdup (self->checksum);
  copy->referrer = g_strdup (self->referrer);
  copy->user = g_strdup (self->user);
  copy->password = g_strdup (self->password);
  copy->headers = g_strdupv (self->headers);
  return copy;
}

void
engine_spec_free (EngineSpec *self)
{
  g_free (self->address);
  g_free (self->folder);
  g_free (self->name);
  g_free (self->checksum);
  g_free (self->referrer);
  g_free (self->user);
  g_free (self->password);
  g_strfreev (self->headers);
  g_free (self);
}
