/* Opening part files. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/opening.h"

#include <glib/gi18n.h>

#include "engine/disk/small-file.h"
#include "engine/plan/error.h"
#include "engine/plan/file-name.h"

/* Nobody has so many files of one name; a folder that says so is broken. */
#define MOST_NUMBERS 10000

static gint64
end_of (GArray *ranges)
{
  return ranges->len == 0 ? 0 : g_array_index (ranges, EngineRange, ranges->len - 1).end;
}

/* After a crash just before the journal's last word: the file has its final name already. */
static gboolean
is_finished (EngineTransfer *transfer)
{
  const EngineOrder *order = transfer->order;
  gint64 size = 0;
  char *name;

  if (order->spec->no_resume)
    return FALSE;
  name = engine_part_file_find_finished (order->spec->folder, order->name, &order->file,
                                         order->total, &size);
  if (name == NULL)
    return FALSE;
  pthread_mutex_lock (&transfer->lock);
  engine_segments_reset (transfer->segments, size);
  if (size > 0)
    engine_segments_add_done (transfer->segments, 0, size);
  transfer->resumed_from = size;
  transfer->finished_name = name;
  pthread_mutex_unlock (&transfer->lock);
  return TRUE;
}

/* After a crash just before the journal's first word of a small file. */
static gboolean
is_small_and_finished (EngineTransfer *transfer, const char *name, const EngineReply *reply)
{
  const EngineOrder *order = transfer->order;

  if (order->spec->no_resume ||
      !engine_small_file_is (order->spec->folder, name, order->id, reply->validator.length))
    return FALSE;
  pthread_mutex_lock (&transfer->lock);
  transfer->resumed_from = reply->validator.length;
  transfer->finished_name = g_strdup (name);
  pthread_mutex_unlock (&transfer->lock);
  return TRUE;
}

/* It may be of several connections and not compared yet, and nothing names its version. */
static gboolean
is_whole_and_nameless (const EngineOrder *order)
{
  const EngineRange *first = order->done != NULL && order->done->len == 1
                                 ? &g_array_index (order->done, EngineRange, 0)
                                 : NULL;

  return order->validator.etag == NULL && order->validator.last_modified == NULL && first != NULL &&
         first->start == 0 && first->end == order->total && order->max_connections > 1;
}

/* Returns: whether the part file is the one that the journal means, with all that was written. */
static gboolean
is_as_known (EnginePartFile *part, const EngineOrder *order)
{
  return engine_file_id_equal (engine_part_file_get_id (part), &order->file) &&
         engine_part_file_get_size (part) >= end_of (order->done);
}

gboolean
engine_opening_resume (EngineTransfer *transfer, GError **error)
{
  const EngineOrder *order = transfer->order;
  g_autoptr (EnginePartFile) part = NULL;

  if (order->name != NULL && order->file.inode != 0)
    {
      if (is_finished (transfer))
        return TRUE;
      if (!engine_part_file_look (order->spec->folder, order->name, &order->file, order->total,
                                  error))
        return FALSE;
    }
  if (order->name != NULL && order->done != NULL && order->done->len > 0 &&
      !order->spec->no_resume && engine_part_file_is_taken (order->spec->folder, order->name, TRUE))
    {
      part = engine_part_file_open (order->spec->folder, order->name, ENGINE_PART_RESUME, error);
      if (part == NULL)
        return FALSE;
    }
  if (part == NULL || !is_as_known (part, order) || is_whole_and_nameless (order))
    {
      engine_transfer_forget (transfer);
      return TRUE;
    }
  pthread_mutex_lock (&transfer->lock);
  transfer->part = g_steal_pointer (&part);
  transfer->resumed_from = engine_segments_get_done (transfer->segments);
  pthread_mutex_unlock (&transfer->lock);
  return TRUE;
}

static gboolean
fail_twin (GError **error, const char *name, int pid)
{
  if (pid > 0)
    g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_IN_USE,
                 /* Translators: the name of a file, and the number of a process */
                 _ ("%s is being downloaded by another Bobbin (process %d)"), name, pid);
  else
    g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_IN_USE,
                 _ ("%s is being downloaded by another Bobbin"), name);
  return FALSE;
}

/* Whether a part file of this name may be replaced: what another download has begun may not, also
 * while that one does not run. @error only where there is nothing to choose. */
static gboolean
may_replace (EngineTransfer *transfer, const char *name, gboolean *twin, GError **error)
{
  const EngineOrder *order = transfer->order;
  int pid = 0;
  EngineOwner owner;

  *twin = FALSE;
  if (order->journal == NULL || !engine_part_file_is_taken (order->spec->folder, name, TRUE))
    return TRUE;
  owner = engine_journal_find_owner (order->journal, order->id, order->spec->address,
                                     order->spec->folder, name, &pid);
  if (owner == ENGINE_OWNER_NONE)
    return TRUE;
  *twin = owner == ENGINE_OWNER_TWIN;
  if (*twin)
    return fail_twin (error, name, pid);
  g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_IN_USE,
               _ ("%s.part belongs to another download in the list"), name);
  return FALSE;
}

/* The first name, from @wanted on, that neither a finished file nor another download has. */
static EnginePartFile *
open_free_name (EngineTransfer *transfer,
                const char *wanted,
                const EngineFileId *ours,
                GError **error)
{
  const EngineSpec *spec = transfer->order->spec;

  for (int n = 0; n < MOST_NUMBERS; n++)
    {
      g_autofree char *name = n == 0 ? g_strdup (wanted) : engine_file_name_with_number (wanted, n);
      g_autoptr (GError) refused = NULL;
      EnginePartFile *part = NULL;
      gboolean twin;

      if (spec->on_conflict == ENGINE_ON_CONFLICT_RENAME &&
          engine_part_file_is_taken (spec->folder, name, FALSE))
        continue;
      if (may_replace (transfer, name, &twin, &refused))
        part = engine_part_file_open_in_place_of (spec->folder, name, ours, &refused);
      if (part != NULL && spec->on_conflict == ENGINE_ON_CONFLICT_RENAME &&
          engine_part_file_is_taken (spec->folder, name, FALSE))
        {
          /* Another has finished under this name between the two looks. */
          engine_part_file_discard (part);
          engine_part_file_unref (part);
          continue;
        }
      if (part != NULL)
        return part;
      if (twin || spec->on_conflict != ENGINE_ON_CONFLICT_RENAME ||
          !g_error_matches (refused, ENGINE_ERROR, ENGINE_ERROR_IN_USE))
        {
          g_propagate_error (error, g_steal_pointer (&refused));
          return NULL;
        }
    }
  g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_NAME, _ ("there is no free name like %s left"),
               wanted);
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
  EngineFileId ours = transfer->order->file;
  EnginePartFile *part;
  gboolean taken;

  *skipped = FALSE;
  if (name == NULL)
    name = engine_file_name_choose (spec->name != NULL ? spec->name : spec->suggested_name,
                                    reply->disposition, reply->final_address, spec->address,
                                    reply->content_type);
  taken = engine_part_file_is_taken (spec->folder, name, FALSE);
  if (taken && is_small_and_finished (transfer, name, reply))
    {
      *skipped = TRUE;
      return TRUE;
    }
  if (taken && spec->on_conflict == ENGINE_ON_CONFLICT_SKIP)
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
      ours = *engine_part_file_get_id (part);
      engine_part_file_unref (part);
    }
  part = open_free_name (transfer, name, &ours, error);
  if (part == NULL)
    return FALSE;
  pthread_mutex_lock (&transfer->lock);
  g_free (transfer->name);
  transfer->name = g_strdup (engine_part_file_get_name (part));
  transfer->part = part;
  g_array_set_size (transfer->synced, 0);
  transfer->resumed_from = 0;
  pthread_mutex_unlock (&transfer->lock);
  return TRUE;
}
