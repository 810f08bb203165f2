/* speed-history.h: the speed of each download over the time that it ran, for the plot of its
 * details.
 *
 * Kept while the program runs, for what has run in it; a fixed amount for each:
 * when it is full, every second sample goes and the step doubles. Main thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

typedef struct _UiHistory UiSpeedHistory;

/** ui_speed_history_new: Returns: (transfer full): one that follows @engine from now on */
UiSpeedHistory *ui_speed_history_new (Engine *engine);
void ui_speed_history_free (UiSpeedHistory *self);

/** ui_speed_history_tick: takes a sample of all that run, if it is time; call it several times a
 * second
 */
void ui_speed_history_tick (UiSpeedHistory *self, gint64 now_us);

/* Rates at equal steps, the oldest first. Borrowed until the next tick. */
typedef struct
{
  const double *rates; /* bytes per second */
  guint n;
  double step_s;
} UiSpeeds;

/** ui_speed_history_get: @speeds: (out): Returns: whether anything is known of @download's speed */
gboolean ui_speed_history_get (EngineDownload *download, UiSpeeds *speeds);

/** ui_speed_history_add: adds one sample to @download's; what ui_speed_history_tick() does for
 * each. For tests too */
void ui_speed_history_add (EngineDownload *download, double rate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiSpeedHistory, ui_speed_history_free)

G_END_DECLS
