/* A new address for a download that has begun: the old one may have expired.
 *
 * Main thread. The run proves that the bytes are the same before it writes any
 * (transfer's order says `moved`); where they are not, the old address comes back.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "base/thread.h"
#include "engine/model/engine-private.h"

static void
set_address (Engine *self, EngineDownload *download, char *address /* transfer full */)
{
  EngineSpec *spec = download->record->spec;

  if (g_hash_table_lookup (self->by_address, spec->address) == download)
    g_hash_table_remove (self->by_address, spec->address);
  g_free (spec->address);
  spec->address = address;
  /* A person's own word counts more than a list that was given before. */
  g_clear_pointer (&spec->mirrors, g_strfreev);
  spec->via_metalink = FALSE;
  engine_download_drop_sources (download);
  g_hash_table_replace (self->by_address, spec->address, download);
  g_free (download->shown_address);
  download->shown_address = engine_address_dup_shown (address);
  g_free (download->host);
  download->host = engine_address_dup_host (address);
  engine_download_touch (download);
}

gboolean
engine_change_address (Engine *self, EngineDownload *download, const char *address, GError **error)
{
  g_autofree char *now = engine_address_normalize (address, error);

  BASE_ASSERT_MAIN ();
  if (now == NULL)
    return FALSE;
  if (download->transfer != NULL || engine_state_is_running (download->state) ||
      download->state == ENGINE_STATE_COMPLETED || !download->in_list)
    {
      g_set_error_literal (error, ENGINE_ERROR, ENGINE_ERROR_IN_USE,
                           _ ("pause the download first, then change its address"));
      return FALSE;
    }
  if (download->old_address == NULL)
    download->old_address = g_strdup (download->record->spec->address);
  set_address (self, download, g_steal_pointer (&now));
  if (download->state == ENGINE_STATE_QUEUED)
    engine_keep (self, download);
  else if (download->state == ENGINE_STATE_PAUSED || download->state == ENGINE_STATE_WAITING)
    engine_resume (self, download);
  else
    engine_retry (self, download);
  return TRUE;
}

void
engine_settle_address (Engine *self, EngineDownload *download, const GError *error)
{
  if (download->old_address == NULL)
    return;
  if (g_error_matches (error, ENGINE_ERROR, ENGINE_ERROR_CHANGED))
    set_address (self, download, g_steal_pointer (&download->old_address));
  else if (error == NULL)
    g_clear_pointer (&download->old_address, g_free);
}
