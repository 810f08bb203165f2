/* throttle.h: a speed limit, shared by all workers that it is for.
 *
 * Any thread. A bucket behind one lock, held for arithmetic only; the waiting
 * is done by the caller, cancellable, with no lock held.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _EngineThrottle EngineThrottle;

EngineThrottle *engine_throttle_new (gint64 bytes_per_second);
void engine_throttle_free (EngineThrottle *self);

/** engine_throttle_set_rate: @bytes_per_second: 0 for no limit. In force within a tenth of a
 * second, also for who waits */
void engine_throttle_set_rate (EngineThrottle *self, gint64 bytes_per_second);

/** engine_throttle_is_limited: Any thread; may be wrong for a moment where that changes */
gboolean engine_throttle_is_limited (EngineThrottle *self);

/**
 * engine_throttle_reserve:
 * @wanted: bytes that the caller would read
 * @due_us: (out): (monotonic) when it may; in the past: now
 *
 * Returns: how many it may read then, at most @wanted, at least 1
 */
gsize engine_throttle_reserve (EngineThrottle *self, gsize wanted, gint64 *due_us);

/** engine_throttle_give_back: @bytes of what was reserved were not read */
void engine_throttle_give_back (EngineThrottle *self, gsize bytes);

/**
 * engine_throttle_wait:
 * @due_us: as of engine_throttle_reserve()
 *
 * Waits until then, or until the limit is changed. Workers only.
 *
 * Returns: %FALSE where @cancellable ended the wait
 */
gboolean engine_throttle_wait (EngineThrottle *self, gint64 due_us, GCancellable *cancellable);

G_END_DECLS
