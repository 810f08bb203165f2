/* heartbeat.h: how long a window lets one wait, measured inside it.
 *
 * A beat is due every 10 ms, at the priority of a click. Its lateness is counted against a
 * timetable, and so is each beat that a stall swallowed: what comes out is how long an event waits
 * that arrives at any moment. The CPU time between two beats says how much of it was the window's
 * own work, whatever else the machine does. Frames are measured from "before-paint" to
 * "after-paint". One window, main thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** BenchIsFull: Returns: whether the window shows what it is there for */
typedef gboolean (*BenchIsFull) (gpointer user_data);

/**
 * bench_heartbeat_init:
 * @is_full: (nullable): asked after each frame until it is so
 *
 * Before the first window. The program's start is what BENCH_BEGUN says, in microseconds of the
 * monotonic clock.
 */
void bench_heartbeat_init (BenchIsFull is_full, gpointer user_data);

/** bench_heartbeat_run: begins or ends to beat: without a beat nothing wakes up */
void bench_heartbeat_run (gboolean on);

/** bench_heartbeat_reset: forgets what was measured */
void bench_heartbeat_reset (void);

/** bench_heartbeat_is_full: Returns: whether the window was full after a frame */
gboolean bench_heartbeat_is_full (void);

/** bench_heartbeat_dup_first: Returns: (transfer full): JSON: when the first frame was drawn and
 * the first full one, in ms since the start */
char *bench_heartbeat_dup_first (void);

/** bench_heartbeat_dup_report: Returns: (transfer full): JSON: all since the last reset */
char *bench_heartbeat_dup_report (void);

G_END_DECLS
