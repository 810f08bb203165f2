/* The downloads that ran together. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/threads/batch.h"

struct _UiBatch
{
  GArray *items;      /* owned (element-type UiBatchItem) */
  GHashTable *places; /* owned; id to place in items, from 1 */
  int running;
  gint64 began_us;
  gint64 ended_us;  /* when the last of them stopped */
  gint64 looked_us; /* to when the running ones' `took_us` is counted */
};

UiBatch *
ui_batch_new (void)
{
  UiBatch *self = g_new0 (UiBatch, 1);

  self->items = g_array_new (FALSE, FALSE, sizeof (UiBatchItem));
  self->places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
ui_batch_free (UiBatch *self)
{
  g_hash_table_unref (self->places);
  g_array_unref (self->items);
  g_free (self);
}

static UiBatchItem *
find (UiBatch *self, gint64 id)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, &id));

  return place > 0 ? &g_array_index (self->items, UiBatchItem, place - 1) : NULL;
}

static void
count_to (UiBatch *self, gint64 now_us)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      UiBatchItem *item = &g_array_index (self->items, UiBatchItem, i);

      if (item->running)
        item->took_us += now_us - MAX (self->looked_us, item->began_us);
    }
  self->looked_us = now_us;
}

static UiBatchItem *
add (UiBatch *self, gint64 id)
{
  UiBatchItem item = { .id = id };

  g_array_append_val (self->items, item);
  g_hash_table_insert (self->places, g_memdup2 (&id, sizeof id),
                       GUINT_TO_POINTER (self->items->len));
  return find (self, id);
}

void
ui_batch_begin (UiBatch *self, gint64 id, gint64 now_us)
{
  UiBatchItem *item;

  count_to (self, now_us);
  if (self->running == 0)
    {
      g_array_set_size (self->items, 0);
      g_hash_table_remove_all (self->places);
      self->began_us = now_us;
    }
  item = find (self, id);
  if (item == NULL)
    item = add (self, id);
  if (item->running)
    return;
  item->running = TRUE;
  item->began_us = now_us;
  self->running++;
}

void
ui_batch_end (UiBatch *self, gint64 id, gint64 bytes, gint64 now_us)
{
  UiBatchItem *item = find (self, id);

  count_to (self, now_us);
  if (item == NULL || !item->running)
    return;
  item->running = FALSE;
  item->bytes += MAX (bytes, 0);
  self->running--;
  self->ended_us = now_us;
}

const GArray *
ui_batch_get_items (UiBatch *self, gint64 now_us)
{
  count_to (self, now_us);
  return self->items;
}

gboolean
ui_batch_is_running (const UiBatch *self)
{
  return self->running > 0;
}

gint64
ui_batch_get_together_us (const UiBatch *self, gint64 now_us)
{
  if (self->items->len == 0)
    return 0;
  return (self->running > 0 ? now_us : self->ended_us) - self->began_us;
}

gint64
ui_batch_get_alone_us (UiBatch *self, gint64 now_us)
{
  const GArray *items = ui_batch_get_items (self, now_us);
  gint64 alone_us = 0;

  for (guint i = 0; i < items->len; i++)
    alone_us += g_array_index (items, UiBatchItem, i).took_us;
  return alone_us;
}
