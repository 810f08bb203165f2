/* The finish. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/finish.h"

#include <glib/gi18n.h>
#include <string.h>

#include "engine/plan/address.h"
#include "engine/plan/checksum.h"
#include "engine/plan/error.h"
#include "engine/run/repair.h"
#include "engine/run/sibling.h"

/* Digesting and syncing so much takes about a millisecond. */
#define SHORT (256 * 1024)

/* What the file must have: as the person says, else the server, else a file beside it. */
static char *
dup_wanted (EngineTransfer *transfer, const char *user_agent)
{
  const EngineSpec *spec = transfer->order->spec;
  char *wanted = NULL;

  if (spec->checksum != NULL)
    return g_strdup (spec->checksum);
  pthread_mutex_lock (&transfer->lock);
  wanted = g_strdup (transfer->digest);
  pthread_mutex_unlock (&transfer->lock);
  if (wanted == NULL && spec->find_checksum)
    {
      g_autoptr (EngineSession) session = engine_session_new (user_agent);

      engine_session_enter (session);
      wanted = engine_sibling_find (transfer, session);
      engine_session_leave (session);
    }
  return wanted;
}

/* The whole file's digest: what was followed so far is not read again. */
static char *
digest (EngineTransfer *transfer, GChecksumType kind, GError **error)
{
  EngineTally *tally = engine_transfer_steal_tally (transfer);

  if (tally != NULL && engine_tally_get_kind (tally) != kind)
    engine_tally_stop (g_steal_pointer (&tally));
  if (tally == NULL)
    tally = engine_tally_begin (transfer->part, kind, engine_transfer_get_reach, transfer);
  return engine_tally_end (tally, error);
}

/* A server that never said its length may have sent something else. */
static gboolean
has_promised_size (EngineTransfer *transfer, GError **error)
{
  gint64 size = transfer->order->spec->size;
  gint64 total;

  pthread_mutex_lock (&transfer->lock);
  total = engine_segments_get_total (transfer->segments);
  pthread_mutex_unlock (&transfer->lock);
  if (size < 0 || total == size)
    return TRUE;
  g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_CHANGED,
               _ ("the server's file is not as long as the Metalink says"));
  return FALSE;
}

/* The whole is wrong, and nobody knows where: whoever gave any of it may be to blame. */
static void
blame_all (EngineTransfer *transfer)
{
  pthread_mutex_lock (&transfer->lock);
  for (guint i = 0; i < transfer->brought->len; i++)
    transfer->blamed |= G_GUINT64_CONSTANT (1)
                        << g_array_index (transfer->brought, EngineBrought, i).source;
  pthread_mutex_unlock (&transfer->lock);
}

static gboolean
verify (EngineTransfer *transfer, const char *user_agent, GError **error)
{
  g_autofree char *wanted = dup_wanted (transfer, user_agent);
  g_autofree char *expected = NULL;
  g_autofree char *got = NULL;
  GChecksumType kind;

  if (!has_promised_size (transfer, error))
    return FALSE;
  if (wanted == NULL)
    return engine_repair_check (transfer, error);
  expected = engine_checksum_parse (wanted, &kind);
  if (expected == NULL)
    {
      g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_CHECKSUM,
                   _ ("the checksum %s is of no known kind"), wanted);
      return FALSE;
    }
  got = digest (transfer, kind, error);
  if (got == NULL)
    return FALSE;
  if (strcmp (got, expected) == 0)
    return TRUE;
  if (!engine_repair_check (transfer, error))
    return FALSE;
  blame_all (transfer);
  g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_CHECKSUM,
               _ ("the checksum is %s, not %s as expected"), got, expected);
  return FALSE;
}

gboolean
engine_finish_is_short (EngineTransfer *transfer)
{
  gint64 total;

  pthread_mutex_lock (&transfer->lock);
  total = engine_segments_get_total (transfer->segments);
  pthread_mutex_unlock (&transfer->lock);
  /* A file beside it is asked for in a session of the finisher's own. */
  return total <= SHORT && !transfer->order->spec->find_checksum;
}

void
engine_finish_run (EngineTransfer *transfer, const char *user_agent)
{
  const EngineSpec *spec = transfer->order->spec;
  g_autofree char *final_name = NULL;
  g_autofree char *origin = engine_address_dup_shown (spec->address);
  GError *error = NULL;

  engine_transfer_post_verifying (transfer);
  if (!verify (transfer, user_agent, &error))
    {
      engine_transfer_post_ended (transfer, ENGINE_ENDED_ERROR, NULL, error, -1);
      return;
    }
  engine_part_file_set_origin (transfer->part, origin);
  if (engine_part_file_finish (transfer->part, spec->on_conflict == ENGINE_ON_CONFLICT_OVERWRITE,
                               spec->on_conflict == ENGINE_ON_CONFLICT_RENAME, &final_name, &error))
    engine_transfer_post_ended (transfer, ENGINE_ENDED_COMPLETED, final_name, NULL, -1);
  else
    engine_transfer_post_ended (transfer, ENGINE_ENDED_ERROR, NULL, error, -1);
}
