/* clock.h: the two clocks, so that no caller mixes them up.
 *
 * Any thread. Times are microseconds.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BASE_SECOND_US G_TIME_SPAN_SECOND
#define BASE_MILLISECOND_US G_TIME_SPAN_MILLISECOND

/**
 * base_clock_now_us:
 *
 * Returns: (microseconds) the monotonic clock: for durations and deadlines.
 *   It means nothing after a restart, so it never goes to the disk
 */
gint64 base_clock_now_us (void);

/**
 * base_clock_wall_us:
 *
 * Returns: (microseconds since 1970, UTC) for what a person or the disk is told
 */
gint64 base_clock_wall_us (void);

G_END_DECLS
