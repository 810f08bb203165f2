/* What a person orders: pause, resume, retry, cancel, remove, move.
 *
 * Main thread. Each acts where the state allows it and else does nothing.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/thread.h"
#include "engine/model/engine-private.h"

/* Asks a run to end; what it was cancelled for stands in `wanted`. */
static void
let_go (EngineDownload *download, EngineState wanted)
{
  if (download->transfer == NULL)
    return;
  download->wanted = wanted;
  engine_transfer_cancel (download->transfer);
}

static void
pause_one (Engine *self, EngineDownload *download)
{
  if (download->state == ENGINE_STATE_PAUSED ||
      !engine_state_can_move (download->state, ENGINE_STATE_PAUSED) ||
      engine_state_is_ended (download->state))
    return;
  let_go (download, ENGINE_STATE_PAUSED);
  engine_move_to (self, download, ENGINE_STATE_PAUSED, ENGINE_REASON_NONE, NULL);
  engine_keep (self, download);
}

static void
queue_one (Engine *self, EngineDownload *download)
{
  download->attempt = 0;
  if (download->sources != NULL)
    engine_sources_forgive (download->sources);
  engine_move_to (self, download, ENGINE_STATE_QUEUED, ENGINE_REASON_NONE, NULL);
  engine_keep (self, download);
}

static void
resume_one (Engine *self, EngineDownload *download)
{
  if (download->state == ENGINE_STATE_PAUSED || download->state == ENGINE_STATE_WAITING)
    queue_one (self, download);
}

void
engine_pause (Engine *self, EngineDownload *download)
{
  BASE_ASSERT_MAIN ();
  pause_one (self, download);
  engine_admit (self);
}

void
engine_resume (Engine *self, EngineDownload *download)
{
  BASE_ASSERT_MAIN ();
  resume_one (self, download);
  engine_admit (self);
}

void
engine_retry (Engine *self, EngineDownload *download)
{
  BASE_ASSERT_MAIN ();
  if (download->state == ENGINE_STATE_FAILED || download->state == ENGINE_STATE_CANCELLED ||
      download->state == ENGINE_STATE_WAITING)
    queue_one (self, download);
  engine_admit (self);
}

void
engine_cancel (Engine *self, EngineDownload *download)
{
  BASE_ASSERT_MAIN ();
  if (engine_state_is_ended (download->state))
    return;
  let_go (download, ENGINE_STATE_CANCELLED);
  engine_move_to (self, download, ENGINE_STATE_CANCELLED, ENGINE_REASON_NONE, NULL);
  engine_keep (self, download);
  g_signal_emit_by_name (self, "finished", download);
  engine_admit (self);
}

EngineDownload *
engine_find_unfinished (Engine *self, const EngineSpec *spec)
{
  EngineDownload *download = engine_find_address (self, spec->address);

  if (download == NULL)
    return engine_find_by_name (self, spec);
  /* What an interrupted command had completed is looked at again, not fetched again. */
  if (download == NULL ||
      (download->state == ENGINE_STATE_COMPLETED &&
       (!download->record->for_command ||
        (g_strcmp0 (spec->checksum, download->record->spec->checksum) != 0 &&
         !download->record->spec->via_metalink))) ||
      download->transfer != NULL || download->state == ENGINE_STATE_QUEUED ||
      strcmp (download->record->spec->folder, spec->folder) != 0 ||
      g_strcmp0 (download->record->spec->name, spec->name) != 0)
    return NULL;
  return download;
}

void
engine_go_on (Engine *self, EngineDownload *download, const EngineSpec *spec)
{
  EngineSpec *old = download->record->spec;
  EngineSpec *now = engine_spec_copy (spec);
  g_autofree char *normal = engine_address_normalize (spec->address, NULL);
  g_autofree char *address = NULL;

  BASE_ASSERT_MAIN ();
  if (normal != NULL)
    {
      g_free (now->address);
      now->address = g_steal_pointer (&normal);
    }
  engine_spec_take_credentials (now);
  address = g_steal_pointer (&now->address);
  /* The list finds it by this very string. */
  now->address = g_steal_pointer (&old->address);
  /* It is asked again where the file is; until then all that is known is that it is elsewhere. */
  now->via_metalink = old->via_metalink && now->mirrors == NULL;
  engine_spec_free (old);
  download->record->spec = now;
  engine_download_drop_sources (download);
  if (strcmp (now->address, address) != 0)
    engine_try_address (self, download, g_steal_pointer (&address));
  queue_one (self, download);
  engine_admit (self);
}

void
engine_sign_in (Engine *self, EngineDownload *download, const char *user, const char *password)
{
  EngineSpec *now = engine_spec_copy (download->record->spec);

  BASE_ASSERT_MAIN ();
  g_free (now->user);
  g_free (now->password);
  now->user = g_strdup (user);
  now->password = g_strdup (password);
  engine_spec_free (download->record->spec);
  download->record->spec = now;
  engine_retry (self, download);
}

void
engine_start_now (Engine *self, EngineDownload *download)
{
  BASE_ASSERT_MAIN ();
  if (engine_state_is_running (download->state) || download->state == ENGINE_STATE_COMPLETED)
    return;
  download->starts_now = TRUE;
  if (download->state == ENGINE_STATE_QUEUED)
    {
      engine_dequeue (self, download);
      engine_enqueue (self, download);
    }
  else
    queue_one (self, download);
  engine_admit (self);
}

static void
for_all (Engine *self, void (*order) (Engine *, EngineDownload *))
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (EngineDownload) download = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      order (self, download);
    }
  engine_admit (self);
}

void
engine_pause_all (Engine *self)
{
  BASE_ASSERT_MAIN ();
  for_all (self, pause_one);
}

void
engine_resume_all (Engine *self)
{
  BASE_ASSERT_MAIN ();
  for_all (self, resume_one);
}

/* Where a download of this position stands in the list, or would stand. */
static guint
find_place (Engine *self, double position)
{
  guint low = 0;
  guint high = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      g_autoptr (EngineDownload) there = g_list_model_get_item (G_LIST_MODEL (self->list), middle);

      if (there->record->position < position)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
take_out (Engine *self, EngineDownload *download)
{
  pause_one (self, download);
  let_go (download, ENGINE_STATE_PAUSED);
  download->in_list = FALSE;
  if (g_hash_table_lookup (self->by_address, download->record->spec->address) == download)
    g_hash_table_remove (self->by_address, download->record->spec->address);
  g_hash_table_add (self->removed, g_object_ref (download));
  if (download->transfer == NULL)
    g_hash_table_remove (self->by_id, &download->record->id);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  guint left = *(const guint *) a;
  guint right = *(const guint *) b;

  return left < right ? -1 : left > right;
}

/* Neighbours go together: whoever watches the list is told once for each run of them. */
static void
remove_places (Engine *self, GArray *places)
{
  g_array_sort (places, compare_places);
  for (guint end = places->len; end > 0;)
    {
      guint start = end - 1;

      while (start > 0 &&
             g_array_index (places, guint, start - 1) + 1 == g_array_index (places, guint, start))
        start--;
      g_list_store_splice (self->list, g_array_index (places, guint, start), end - start, NULL, 0);
      end = start;
    }
}

void
engine_remove (Engine *self, GPtrArray *downloads)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));

  BASE_ASSERT_MAIN ();
  for (guint i = 0; i < downloads->len; i++)
    {
      EngineDownload *download = g_ptr_array_index (downloads, i);
      guint place;

      if (!download->in_list)
        continue;
      place = find_place (self, download->record->position);
      g_array_append_val (ids, download->record->id);
      g_array_append_val (places, place);
      take_out (self, download);
    }
  remove_places (self, places);
  if (self->journal != NULL)
    engine_journal_remove (self->journal, ids, NULL, NULL);
  else
    g_array_unref (ids);
  engine_admit (self);
}

void
engine_put_in_list (Engine *self, EngineDownload *download)
{
  download->in_list = TRUE;
  g_object_set_data (G_OBJECT (download), "engine", self);
  g_hash_table_replace (self->by_id, &download->record->id, g_object_ref (download));
  g_hash_table_replace (self->by_address, download->record->spec->address, download);
  if (download->state == ENGINE_STATE_QUEUED && download->queue_place == NULL)
    {
      self->unfinished++;
      engine_enqueue (self, download);
    }
}

static int
compare_positions (gconstpointer a, gconstpointer b)
{
  double left = (*(EngineDownload *const *) a)->record->position;
  double right = (*(EngineDownload *const *) b)->record->position;

  return left < right ? -1 : left > right;
}

/* Puts @downloads where their positions say, those that become neighbours together. */
static void
insert_all (Engine *self, GPtrArray *downloads)
{
  g_ptr_array_sort (downloads, compare_positions);
  for (guint start = 0, end; start < downloads->len; start = end)
    {
      EngineDownload *first = g_ptr_array_index (downloads, start);
      guint place = find_place (self, first->record->position);
      g_autoptr (EngineDownload) next = g_list_model_get_item (G_LIST_MODEL (self->list), place);

      end = start + 1;
      while (end < downloads->len &&
             (next == NULL || ((EngineDownload *) downloads->pdata[end])->record->position <
                                  next->record->position))
        end++;
      g_list_store_splice (self->list, place, 0, downloads->pdata + start, end - start);
    }
}

void
engine_restore (Engine *self, GPtrArray *downloads)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_record_free);
  g_autoptr (GPtrArray) back = g_ptr_array_new ();

  BASE_ASSERT_MAIN ();
  for (guint i = 0; i < downloads->len; i++)
    {
      EngineDownload *download = g_ptr_array_index (downloads, i);

      if (download->in_list)
        continue;
      g_hash_table_remove (self->removed, download);
      download->forgotten = FALSE;
      engine_put_in_list (self, download);
      g_ptr_array_add (back, download);
      download->record->state = download->state;
      g_ptr_array_add (records, engine_record_copy (download->record));
    }
  insert_all (self, back);
  if (self->journal != NULL)
    engine_journal_add (self->journal, records, NULL, NULL);
  else
    g_ptr_array_unref (records);
}

/* Doubles between two neighbours are finite: when none is left, all get whole numbers again. */
static void
number_anew (Engine *self)
{
  GListModel *list = G_LIST_MODEL (self->list);
  guint n = g_list_model_get_n_items (list);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (EngineDownload) download = g_list_model_get_item (list, i);

      if (download->record->position == i + 1)
        continue;
      download->record->position = i + 1;
      engine_keep (self, download);
    }
  self->last_position = n;
}

int
engine_get_index (Engine *self, EngineDownload *download)
{
  BASE_ASSERT_MAIN ();
  return download->in_list ? (int) find_place (self, download->record->position) : -1;
}

void
engine_move (Engine *self, EngineDownload *download, int offset)
{
  GListModel *list = G_LIST_MODEL (self->list);
  guint n = g_list_model_get_n_items (list);
  guint from = find_place (self, download->record->position);
  guint to = (guint) CLAMP ((gint64) from + offset, 0, (gint64) n - 1);
  g_autoptr (EngineDownload) before = NULL;
  g_autoptr (EngineDownload) after = NULL;
  double low;

  BASE_ASSERT_MAIN ();
  if (!download->in_list || to == from)
    return;
  /* Between its new neighbours: no other row's position changes. */
  before = to > from ? g_list_model_get_item (list, to)
                     : (to > 0 ? g_list_model_get_item (list, to - 1) : NULL);
  after = to > from ? g_list_model_get_item (list, to + 1) : g_list_model_get_item (list, to);
  low = before != NULL ? before->record->position : after->record->position - 2;
  g_object_ref (download);
  g_list_store_remove (self->list, from);
  download->record->position = after != NULL ? (low + after->record->position) / 2 : low + 1;
  self->last_position = MAX (self->last_position, download->record->position);
  g_list_store_insert (self->list, to, download);
  if (download->record->position == low ||
      (after != NULL && download->record->position == after->record->position))
    number_anew (self);
  if (download->queue_place != NULL)
    {
      engine_dequeue (self, download);
      engine_enqueue (self, download);
    }
  engine_keep (self, download);
  g_object_unref (download);
}
