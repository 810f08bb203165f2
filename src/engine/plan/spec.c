/* Specs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/spec.h"

#include "engine/plan/address.h"

EngineSpec *
engine_spec_new (const char *address, const char *folder)
{
  EngineSpec *self = g_new0 (EngineSpec, 1);

  self->address = g_strdup (address);
  self->folder = g_strdup (folder);
  self->size = -1;
  return self;
}

void
engine_spec_take_credentials (EngineSpec *self)
{
  g_autoptr (GUri) uri =
      g_uri_parse (self->address,
                   G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY,
                   NULL);
  g_autofree char *whole = NULL;

  if (uri == NULL || g_uri_get_user (uri) == NULL)
    return;
  if (self->user == NULL)
    {
      self->user = g_strdup (g_uri_get_user (uri));
      self->password = g_strdup (g_uri_get_password (uri));
    }
  whole = g_steal_pointer (&self->address);
  self->address = engine_address_dup_shown (whole);
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
  copy->suggested_name = g_strdup (self->suggested_name);
  copy->mirrors = g_strdupv (self->mirrors);
  copy->pieces = self->pieces != NULL ? engine_pieces_ref (self->pieces) : NULL;
  copy->cookies = self->cookies != NULL ? engine_cookies_ref (self->cookies) : NULL;
  copy->netrc = self->netrc != NULL ? engine_netrc_ref (self->netrc) : NULL;
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
  g_free (self->suggested_name);
  g_strfreev (self->mirrors);
  g_clear_pointer (&self->pieces, engine_pieces_unref);
  g_clear_pointer (&self->cookies, engine_cookies_unref);
  g_clear_pointer (&self->netrc, engine_netrc_unref);
  g_free (self);
}
