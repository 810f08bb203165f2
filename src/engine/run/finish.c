/* The finish. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/finish.h"

#include <glib/gi18n.h>
#include <string.h>

#include "engine/plan/address.h"
#include "engine/plan/error.h"

#define BLOCK (512 * 1024)

/* Digesting and syncing so much takes about a millisecond. */
#define SHORT (256 * 1024)

static gboolean
checksum_type (const char *name, gsize length, GChecksumType *type)
{
  static const struct
  {
    const char *name;
    GChecksumType type;
  } known[] = {
    { "md5", G_CHECKSUM_MD5 },       { "sha1", G_CHECKSUM_SHA1 },
    { "sha256", G_CHECKSUM_SHA256 }, { "sha384", G_CHECKSUM_SHA384 },
    { "sha512", G_CHECKSUM_SHA512 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strlen (known[i].name) == length && g_ascii_strncasecmp (name, known[i].name, length) == 0)
      {
        *type = known[i].type;
        return TRUE;
      }
  return FALSE;
}

static char *
digest_part (EngineTransfer *transfer, GChecksumType type, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (type);
  g_autofree guint8 *block = g_malloc (BLOCK);
  gint64 position = 0;
  gssize n;

  while ((n = engine_part_file_read (transfer->part, block, BLOCK, position, error)) > 0)
    {
      if (engine_transfer_is_cancelled (transfer))
        {
          g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_CANCELLED, _ ("cancelled"));
          return NULL;
        }
      g_checksum_update (checksum, block, n);
      position += n;
    }
  return n < 0 ? NULL : g_strdup (g_checksum_get_string (checksum));
}

static gboolean
verify (EngineTransfer *transfer, GError **error)
{
  const char *wanted = transfer->order->spec->checksum;
  const char *equals = wanted != NULL ? strchr (wanted, '=') : NULL;
  g_autofree char *got = NULL;
  GChecksumType type;

  if (wanted == NULL)
    return TRUE;
  if (equals == NULL || !checksum_type (wanted, equals - wanted, &type))
    {
      g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_CHECKSUM,
                   _ ("the checksum %s is of no known kind"), wanted);
      return FALSE;
    }
  got = digest_part (transfer, type, error);
  if (got == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (got, equals + 1) == 0)
    return TRUE;
  g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_CHECKSUM,
               _ ("the checksum is %s, not %s as expected"), got, equals + 1);
  return FALSE;
}

gboolean
engine_finish_is_short (EngineTransfer *transfer)
{
  gint64 total;

  pthread_mutex_lock (&transfer->lock);
  total = engine_segments_get_total (transfer->segments);
  pthread_mutex_unlock (&transfer->lock);
  return total <= SHORT;
}

void
engine_finish_run (EngineTransfer *transfer)
{
  const EngineSpec *spec = transfer->order->spec;
  g_autofree char *final_name = NULL;
  g_autofree char *origin = engine_address_dup_shown (spec->address);
  GError *error = NULL;

  engine_transfer_post_verifying (transfer);
  if (!verify (transfer, &error))
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
