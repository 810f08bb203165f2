/* Opening part files. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/opening.h"

#include <glib/gi18n.h>

#include "engine/plan/error.h"
#include "engine/plan/file-name.h"

/* Nobody has so many files of one name; a folder that says so is broken. */
#define MOST_NUMBERS 10000

static gint64
end_of (GArray *ranges)
{
  return ranges->len == 0 ? 0 : g_array_index (ranges, EngineRange, ranges->len - 1).end;
}

gboolean
engine_opening_resume (EngineTransfer *transfer, GError **error)
{
  const EngineOrder *order = transfer->order;
  g_autoptr (EnginePartFile) part = NULL;

  if (order->name == NULL || order->done == NULL || order->done->len == 0 ||
      order->spec->no_resume ||
      !engine_part_file_is_taken (order->spec->folder, order->name, TRUE))
    return TRUE;
  part = engine_part_file_open (order->spec->folder, order->name, ENGINE_PART_RESUME, error);
  if (part == NULL)
    return FALSE;
  if (engine_part_file_get_inode (part) != order->inode ||
      engine_part_file_get_size (part) < end_of (order->done))
    return TRUE;

  pthread_mutex_lock (&transfer->lock);
  engine_validator_copy (&transfer->validator, &order->validator);
  for (guint i = 0; i < order->done->len; i++)
    {
      EngineRange *range = &g_array_index (order->done, EngineRange, i);

      engine_segments_add_done (transfer->segments, range->start, range->end);
    }
  if (order->total >= 0)
    engine_segments_set_total (transfer->segments, order->total);
  transfer->part = g_steal_pointer (&part);
  transfer->resumed_from = engine_segments_get_done (transfer->segments);
  pthread_mutex_unlock (&transfer->lock);
  return TRUE;
}

/* The first name, from @wanted on, that neither a finished file nor another download has. */
static EnginePartFile *
open_free_name (EngineTransfer *transfer, const char *wanted, GError **error)
{
  const EngineSpec *spec = transfer->order->spec;

  for (int n = 0; n < MOST_NUMBERS; n++)
    {
      g_autofree char *name =
          n == 0 ? g_strdup (wanted) : engine_file_name_with_number (wanted, n);
      g_autoptr (GError) refused = NULL;
      EnginePartFile *part;

      if (spec->on_conflict == ENGINE_ON_CONFLICT_RENAME &&
          engine_part_file_is_taken (spec->folder, name, FALSE))
        continue;
      part = engine_part_file_open (spec->folder, name, ENGINE_PART_FRESH, &refused);
      if (part != NULL)
        return part;
      if (spec->on_conflict != ENGINE_ON_CONFLICT_RENAME ||
          !g_error_matches (refused, ENGINE_ERROR, ENGINE_ERROR_IN_USE))
        {
          g_propagate_error (error, g_steal_pointer (&refused));
          return NULL;
        }
    }
  g_set_error (
      error, ENGINE_ERROR, ENGINE_ERROR_NAME, _ ("there is no free name like %s left"), wanted);
  return NULL;
}

gboolean
engine_opening_begin (EngineTransfer *transfer,
                      const EngineReply *reply,
                      gboolean *skipped,
                      GError **error)
{
  const EngineSpec *spec = transfer->order->spec;
  g_autofree char *name = g_strdup (transfer->name);
  EnginePartFile *part;

  *skipped = FALSE;
  if (name == NULL)
    name = engine_file_name_choose (spec->name,
                                    reply->disposition,
                                    reply->final_address,
                                    spec->address,
                                    reply->content_type);
  if (spec->on_conflict == ENGINE_ON_CONFLICT_SKIP &&
      engine_part_file_is_taken (spec->folder, name, FALSE))
    {
      pthread_mutex_lock (&transfer->lock);
      g_free (transfer->name);
      transfer->name = g_steal_pointer (&name);
      pthread_mutex_unlock (&transfer->lock);
      *skipped = TRUE;
      return TRUE;
    }

  if (transfer->part != NULL)
    {
      /* Ours from before the server's file changed. */
      pthread_mutex_lock (&transfer->lock);
      part = g_steal_pointer (&transfer->part);
      pthread_mutex_unlock (&transfer->lock);
      engine_part_file_unref (part);
    }
  part = open_free_name (transfer, name, error);
  if (part == NULL)
    return FALSE;
  pthread_mutex_lock (&transfer->lock);
  g_free (transfer->name);
  transfer->name = g_strdup (engine_part_file_get_name (part));
  transfer->part = part;
  transfer->resumed_from = 0;
  pthread_mutex_unlock (&transfer->lock);
  return TRUE;
}
