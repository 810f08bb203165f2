/* What the workers did. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/threads/history.h"

struct _UiHistory
{
  UiTick *ticks; /* a ring */
  int taken;     /* ticks so far */
  int n_workers;
  gint64 received[UI_HISTORY_WORKERS]; /* at the last tick */
  guint64 handled;                     /* likewise */
  GArray *downloads;                   /* owned (element-type gint64), by letter */
};

UiHistory *
ui_history_new (void)
{
  UiHistory *self = g_new0 (UiHistory, 1);

  self->ticks = g_new0 (UiTick, UI_HISTORY_TICKS);
  self->downloads = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

void
ui_history_free (UiHistory *self)
{
  g_array_unref (self->downloads);
  g_free (self->ticks);
  g_free (self);
}

int
ui_history_get_n_ticks (const UiHistory *self)
{
  return MIN (self->taken, UI_HISTORY_TICKS);
}

const UiTick *
ui_history_get_tick (const UiHistory *self, int i)
{
  int first = self->taken - ui_history_get_n_ticks (self);

  return &self->ticks[(first + i) % UI_HISTORY_TICKS];
}

int
ui_history_get_n_workers (const UiHistory *self)
{
  return self->n_workers;
}

int
ui_history_get_letter (const UiHistory *self, gint64 download)
{
  for (guint i = 0; i < self->downloads->len; i++)
    if (g_array_index (self->downloads, gint64, i) == download)
      return i;
  return -1;
}

const GArray *
ui_history_get_downloads (const UiHistory *self)
{
  return self->downloads;
}

static gboolean
is_in_view (const UiHistory *self, gint64 download, gint64 now_us)
{
  for (int i = 0; i < ui_history_get_n_ticks (self); i++)
    {
      const UiTick *tick = ui_history_get_tick (self, i);

      if (tick->time_us < now_us - UI_HISTORY_US)
        continue;
      for (int w = 0; w < UI_HISTORY_WORKERS; w++)
        if (tick->cells[w].download == download)
          return TRUE;
    }
  return FALSE;
}

/* A letter is given once and stays as long as its download is in view; then another may have it. */
static void
give_letter (UiHistory *self, gint64 download, gint64 now_us)
{
  if (ui_history_get_letter (self, download) >= 0)
    return;
  for (guint i = 0; i < self->downloads->len; i++)
    {
      gint64 *held = &g_array_index (self->downloads, gint64, i);

      if (is_in_view (self, *held, now_us))
        continue;
      *held = download;
      return;
    }
  g_array_append_val (self->downloads, download);
}

static void
fill_cell (UiHistory *self, UiCell *cell, const EngineWorkerView *view, double seconds)
{
  gint64 came = view->received - self->received[view->number];

  self->received[view->number] = view->received;
  cell->download = view->activity == ENGINE_ACTIVITY_IDLE ? -1 : view->download;
  cell->activity = view->activity;
  cell->rate = came > 0 && seconds > 0 ? came / seconds : 0;
  /* Bytes that came between two looks were received, whatever it does just now. */
  if (cell->rate > 0 && cell->download >= 0 && cell->activity != ENGINE_ACTIVITY_WRITING)
    cell->activity = ENGINE_ACTIVITY_RECEIVING;
}

void
ui_history_add (UiHistory *self,
                gint64 now_us,
                const EngineWorkerView *views,
                int n,
                int depth,
                guint64 handled)
{
  gint64 before_us =
      self->taken > 0 ? self->ticks[(self->taken - 1) % UI_HISTORY_TICKS].time_us : 0;
  double seconds = self->taken > 0 ? (now_us - before_us) / 1e6 : 0;
  UiTick *tick = &self->ticks[self->taken % UI_HISTORY_TICKS];

  tick->time_us = now_us;
  tick->depth = depth;
  tick->messages = seconds > 0 ? (handled - self->handled) / seconds : 0;
  self->handled = handled;
  for (int w = 0; w < UI_HISTORY_WORKERS; w++)
    tick->cells[w] = (UiCell){ .download = -1 };
  self->taken++;
  self->n_workers = 0;
  for (int i = 0; i < n; i++)
    {
      if (views[i].number < 0 || views[i].number >= UI_HISTORY_WORKERS)
        continue;
      self->n_workers = MAX (self->n_workers, views[i].number + 1);
      fill_cell (self, &tick->cells[views[i].number], &views[i], seconds);
      if (tick->cells[views[i].number].download >= 0)
        give_letter (self, tick->cells[views[i].number].download, now_us);
    }
}
