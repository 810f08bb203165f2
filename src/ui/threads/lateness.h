/* lateness.h: how late the main loop answers, measured by itself.
 *
 * A beat is due every 20 ms at the priority of input events; how late it comes is how long an event
 * would have waited. A beat that a long wait swallowed counts as well, as late as it would have
 * been: else one wait of a second would be one bad figure among a thousand good ones. Main thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double p50_ms;
  double p99_ms;
  double worst_ms;
  int beats; /* how many in the last minute these are of */
} UiLatenessFigures;

typedef struct _UiLateness UiLateness;

UiLateness *ui_lateness_new (void);
void ui_lateness_free (UiLateness *self);

/** ui_lateness_run: begins or ends to measure: while nothing is measured nothing wakes up */
void ui_lateness_run (UiLateness *self, gboolean on);

/** ui_lateness_take_beat: a beat that was due at @due_us came at @now_us; returns when the next is
 * due. For tests and the beat itself */
gint64 ui_lateness_take_beat (UiLateness *self, gint64 due_us, gint64 now_us);

/** ui_lateness_get: of the last minute */
void ui_lateness_get (UiLateness *self, gint64 now_us, UiLatenessFigures *figures);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiLateness, ui_lateness_free)

G_END_DECLS
