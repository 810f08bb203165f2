/* bucket.h: a limit of bytes per second, handed out first come, first served.
 *
 * Pure; time comes in; the caller holds its own lock. Who wants to read reserves first and waits
 * until its turn, so that connections which always want more get equal shares, whatever the
 * size of what comes. What was reserved and did not come is given back.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 rate;   /* bytes per second, 0: no limit */
  double due_us; /* when the next byte may come */
} EngineBucket;

/** engine_bucket_set_rate: @rate: bytes per second, 0: no limit. What was reserved before stays so
 */
void engine_bucket_set_rate (EngineBucket *self, gint64 rate, gint64 now_us);

/**
 * engine_bucket_get_portion:
 *
 * Returns: how many bytes one turn should take at most: so few that the turns of many
 *   connections come round in half a second
 */
gint64 engine_bucket_get_portion (const EngineBucket *self);

/**
 * engine_bucket_reserve:
 * @bytes: at most engine_bucket_get_portion()
 *
 * Returns: (microseconds) when they may be read; @now_us or before: at once
 */
gint64 engine_bucket_reserve (EngineBucket *self, gint64 bytes, gint64 now_us);

/** engine_bucket_give_back: @bytes of a reservation did not come */
void engine_bucket_give_back (EngineBucket *self, gint64 bytes);

G_END_DECLS
