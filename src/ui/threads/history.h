/* history.h: what the pool's workers did over the last 30 seconds, in ticks of a tenth of a second.
 *
 * Pure: time and views come in as parameters. One owner.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

#define UI_HISTORY_TICKS 300
#define UI_HISTORY_WORKERS 64
#define UI_HISTORY_TICK_US 100000
#define UI_HISTORY_US (UI_HISTORY_TICKS * (gint64) UI_HISTORY_TICK_US)

/* One worker in one tick. */
typedef struct
{
  gint64 download; /* -1: idle */
  double rate;     /* bytes per second in this tick */
  EngineActivity activity;
} UiCell;

typedef struct
{
  gint64 time_us;
  int depth;       /* messages that waited for the window */
  double messages; /* per second, through the queue to the window */
  UiCell cells[UI_HISTORY_WORKERS];
} UiTick;

typedef struct _UiHistory UiHistory;

UiHistory *ui_history_new (void);
void ui_history_free (UiHistory *self);

/**
 * ui_history_add:
 * @now_us: (monotonic microseconds): later than in the call before
 * @depth: messages that wait
 * @handled: messages that were handled so far
 */
void ui_history_add (UiHistory *self,
                     gint64 now_us,
                     const EngineWorkerView *views,
                     int n,
                     int depth,
                     guint64 handled);

/** ui_history_get_n_ticks: Returns: how many ticks there are, at most %UI_HISTORY_TICKS */
int ui_history_get_n_ticks (const UiHistory *self);

/** ui_history_get_tick: Returns: tick @i, 0 is the oldest */
const UiTick *ui_history_get_tick (const UiHistory *self, int i);

/** ui_history_get_n_workers: Returns: how many workers there were in the last tick */
int ui_history_get_n_workers (const UiHistory *self);

/** ui_history_get_letter: Returns: a number from 0 by which a person tells @download from the
 * others in view; -1 not in view */
int ui_history_get_letter (const UiHistory *self, gint64 download);

/** ui_history_get_downloads: Returns: (element-type gint64): those in view, by letter */
const GArray *ui_history_get_downloads (const UiHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiHistory, ui_history_free)

G_END_DECLS
