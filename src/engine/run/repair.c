/* Damaged pieces. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/repair.h"

#include <glib/gi18n.h>
#include <string.h>

#include "engine/plan/digest.h"
#include "engine/plan/error.h"

#define BLOCK (512 * 1024)

/* Returns: whether it could be read; @right: whether it is what was promised */
static gboolean
check_piece (EngineTransfer *transfer, guint n, gint64 total, gboolean *right, GError **error)
{
  EnginePieces *pieces = transfer->order->spec->pieces;
  g_autoptr (EngineDigest) digest = engine_digest_new (engine_pieces_get_kind (pieces));
  g_autofree guint8 *block = g_malloc (BLOCK);
  g_autofree char *hex = NULL;
  gint64 position = n * engine_pieces_get_length (pieces);
  gint64 end = MIN (position + engine_pieces_get_length (pieces), total);

  while (position < end)
    {
      gssize got = engine_part_file_read (transfer->part, block, MIN (BLOCK, end - position),
                                          position, error);

      if (got < 0)
        return FALSE;
      if (got == 0)
        break;
      engine_digest_update (digest, block, got);
      position += got;
    }
  hex = engine_digest_finish (digest);
  *right = strcmp (hex, engine_pieces_get_digest (pieces, n)) == 0;
  return TRUE;
}

/* With the lock held: who has given a byte of a damaged piece? That is theirs no longer. */
static void
blame (EngineTransfer *transfer, const gboolean *right, gint64 total)
{
  gint64 length = engine_pieces_get_length (transfer->order->spec->pieces);
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (EngineBrought));

  for (guint i = 0; i < transfer->brought->len; i++)
    {
      const EngineBrought *brought = &g_array_index (transfer->brought, EngineBrought, i);
      gint64 end = MIN (brought->range.end, total);

      for (gint64 n = brought->range.start / length; n * length < end; n++)
        {
          EngineBrought part = *brought;

          part.range.start = MAX (part.range.start, n * length);
          part.range.end = MIN (end, (n + 1) * length);
          if (right[n])
            g_array_append_val (kept, part);
          else
            transfer->blamed |= G_GUINT64_CONSTANT (1) << brought->source;
        }
    }
  g_array_unref (transfer->brought);
  transfer->brought = kept;
}

/* Only the good pieces stay done, and nothing counts as synced. */
static void
keep_good (EngineTransfer *transfer, const gboolean *right, gint64 total)
{
  EnginePieces *pieces = transfer->order->spec->pieces;
  gint64 length = engine_pieces_get_length (pieces);

  pthread_mutex_lock (&transfer->lock);
  engine_segments_reset (transfer->segments, total);
  for (guint n = 0; n < engine_pieces_get_count (pieces); n++)
    if (right[n])
      engine_segments_add_done (transfer->segments, n * length, MIN ((n + 1) * length, total));
  g_array_set_size (transfer->synced, 0);
  blame (transfer, right, total);
  pthread_mutex_unlock (&transfer->lock);
}

gboolean
engine_repair_check (EngineTransfer *transfer, GError **error)
{
  const EngineSpec *spec = transfer->order->spec;
  g_autofree gboolean *right = NULL;
  guint count = spec->pieces != NULL ? engine_pieces_get_count (spec->pieces) : 0;
  guint damaged = 0;
  gint64 total;

  pthread_mutex_lock (&transfer->lock);
  total = engine_segments_get_total (transfer->segments);
  pthread_mutex_unlock (&transfer->lock);
  if (count == 0 || total != spec->size)
    return TRUE;
  right = g_new0 (gboolean, count);
  for (guint n = 0; n < count; n++)
    {
      if (!check_piece (transfer, n, total, &right[n], error))
        return FALSE;
      damaged += !right[n];
    }
  if (damaged == 0)
    return TRUE;
  keep_good (transfer, right, total);
  g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_DAMAGED,
               ngettext ("%u piece of the file is damaged", "%u pieces of the file are damaged",
                         damaged),
               damaged);
  return FALSE;
}
