/* A download whose address has turned out to lead to a Metalink: it becomes the first file of it,
 * and the others are downloads of their own.
 *
 * Main thread. The address stays what names it: the same command, or the next start of the
 * program, asks it again for where the file is now.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/model/engine-private.h"

/* Its addresses from number @from on. */
static GStrv
dup_addresses (const EngineMetalinkFile *file, guint from)
{
  GStrv all = g_new0 (char *, file->addresses->len + 1);

  for (guint i = from; i < file->addresses->len; i++)
    all[i - from] = g_strdup (g_ptr_array_index (file->addresses, i));
  return all;
}

static void
take_promises (EngineSpec *spec, const EngineMetalinkFile *file)
{
  if (spec->checksum == NULL)
    spec->checksum = g_strdup (file->checksum);
  spec->size = file->size;
  g_clear_pointer (&spec->pieces, engine_pieces_unref);
  spec->pieces = file->pieces != NULL ? engine_pieces_ref (file->pieces) : NULL;
}

/* What belongs to the list's origin is not for another. */
static EngineSpec *
make_spec (const EngineSpec *list, const EngineMetalinkFile *file)
{
  const char *address = g_ptr_array_index (file->addresses, 0);
  EngineSpec *spec = engine_spec_copy (list);

  g_free (spec->address);
  spec->address = g_strdup (address);
  g_clear_pointer (&spec->mirrors, g_strfreev);
  g_clear_pointer (&spec->checksum, g_free);
  g_clear_pointer (&spec->suggested_name, g_free);
  g_free (spec->name);
  spec->name = g_strdup (file->name);
  spec->via_metalink = FALSE;
  spec->mirrors = dup_addresses (file, 1);
  take_promises (spec, file);
  if (engine_address_same_origin (list->address, address))
    return spec;
  g_clear_pointer (&spec->user, g_free);
  g_clear_pointer (&spec->password, g_free);
  g_clear_pointer (&spec->referrer, g_free);
  g_clear_pointer (&spec->headers, g_strfreev);
  return spec;
}

/* Whoever has asked for the list may know them already; else, the first time, they are new. */
static void
add_others (Engine *self, EngineDownload *download, GPtrArray *files)
{
  GPtrArray *specs = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_spec_free);
  gboolean handled = FALSE;

  for (guint i = 1; i < files->len; i++)
    g_ptr_array_add (specs, make_spec (download->record->spec, g_ptr_array_index (files, i)));
  g_signal_emit_by_name (self, "listed", download, specs, &handled);
  if (handled || download->record->spec->via_metalink)
    g_ptr_array_unref (specs);
  else
    engine_add (self, specs, NULL, NULL);
}

void
engine_take_listing (Engine *self, EngineDownload *download, GPtrArray *files)
{
  EngineSpec *spec = download->record->spec;
  const EngineMetalinkFile *first = g_ptr_array_index (files, 0);

  if (files->len > 1)
    add_others (self, download, files);
  spec->via_metalink = TRUE;
  g_strfreev (spec->mirrors);
  spec->mirrors = dup_addresses (first, 0);
  g_free (spec->suggested_name);
  spec->suggested_name = g_strdup (first->name);
  take_promises (spec, first);
  engine_download_drop_sources (download);
}
