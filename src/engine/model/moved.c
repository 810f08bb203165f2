/* A new address for an old download: when a link has expired, another leads to the same bytes.
 *
 * Main thread. Until a run has proven that, the address before it is remembered, and counts
 * again where the new one is refused.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/model/engine-private.h"

static gboolean
can_go_on (EngineDownload *download)
{
  return download->transfer == NULL && download->record->received > 0 &&
         (download->state == ENGINE_STATE_PAUSED || download->state == ENGINE_STATE_FAILED ||
          download->state == ENGINE_STATE_CANCELLED);
}

EngineDownload *
engine_find_by_name (Engine *self, const EngineSpec *spec)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_autofree char *normal = NULL;

  if (spec->name == NULL || spec->no_resume)
    return NULL;
  normal = engine_address_normalize (spec->address, NULL);
  if (normal == NULL)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (EngineDownload) download = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (can_go_on (download) && g_strcmp0 (download->record->name, spec->name) == 0 &&
          g_strcmp0 (download->record->spec->folder, spec->folder) == 0)
        return download; /* the list's reference keeps it */
    }
  return NULL;
}

/* The list finds a download by the very string of its address. */
static void
change_address (Engine *self, EngineDownload *download, char *address)
{
  if (g_hash_table_lookup (self->by_address, download->record->spec->address) == download)
    g_hash_table_remove (self->by_address, download->record->spec->address);
  engine_download_set_address (download, address);
  if (download->in_list)
    g_hash_table_replace (self->by_address, download->record->spec->address, download);
}

void
engine_try_address (Engine *self, EngineDownload *download, char *address)
{
  if (download->moved_from == NULL)
    download->moved_from = g_strdup (download->record->spec->address);
  change_address (self, download, address);
}

void
engine_accept_address (EngineDownload *download)
{
  g_clear_pointer (&download->moved_from, g_free);
}

void
engine_refuse_address (Engine *self, EngineDownload *download)
{
  if (download->moved_from != NULL)
    change_address (self, download, g_steal_pointer (&download->moved_from));
}
