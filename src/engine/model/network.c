/* The network going away and coming back.
 *
 * While it is away nothing of the network is tried: what ran waits with that as its
 * reason, what is queued stays so, and no try is counted. What this machine serves
 * to itself goes on. Main thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/thread.h"
#include "engine/engine.h"
#include "engine/model/engine-private.h"

gboolean
engine_needs_network (EngineDownload *download)
{
  const char *host = download->host; /* host:port */

  /* RFC 6761, 6.3: localhost is this machine, and so is what ends in it. */
  return host != NULL && !g_str_has_prefix (host, "localhost:") &&
         strstr (host, ".localhost:") == NULL && !g_str_has_prefix (host, "127.") &&
         !g_str_has_prefix (host, "[::1]:");
}

static void
hold (Engine *self, EngineDownload *download)
{
  download->wanted = ENGINE_STATE_WAITING;
  engine_transfer_cancel (download->transfer);
  engine_move_to (self, download, ENGINE_STATE_WAITING, ENGINE_REASON_NETWORK, NULL);
  engine_keep (self, download);
}

static void
hold_all (Engine *self)
{
  GHashTableIter iter;
  g_autoptr (GPtrArray) running = g_ptr_array_new_with_free_func (g_object_unref);
  gpointer download;

  g_hash_table_iter_init (&iter, self->running_downloads);
  while (g_hash_table_iter_next (&iter, &download, NULL))
    g_ptr_array_add (running, g_object_ref (download));
  for (guint i = 0; i < running->len; i++)
    {
      EngineDownload *one = g_ptr_array_index (running, i);

      /* One that verifies has all its bytes. */
      if ((one->state == ENGINE_STATE_CONNECTING || one->state == ENGINE_STATE_ACTIVE) &&
          engine_needs_network (one))
        hold (self, one);
    }
}

/* A retry that waits has most likely failed because of this: it need not wait any longer. */
static void
let_all_go_on (Engine *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (EngineDownload) download = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (download->state == ENGINE_STATE_WAITING &&
          (download->reason == ENGINE_REASON_NETWORK || download->reason == ENGINE_REASON_RETRY))
        {
          download->attempt = 0;
          engine_move_to (self, download, ENGINE_STATE_QUEUED, ENGINE_REASON_NONE, NULL);
        }
    }
  engine_admit (self);
}

void
engine_set_network_away (Engine *self, gboolean away)
{
  BASE_ASSERT_MAIN ();

  if (self->network_away == away || self->stopping)
    return;
  self->network_away = away;
  if (away)
    hold_all (self);
  else
    let_all_go_on (self);
}
