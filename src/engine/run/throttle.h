/* throttle.h: the process's speed limit, shared by all workers.
 *
 * Any thread. A token bucket behind one lock, held for arithmetic only; the
 * waiting is done by the caller, cancellable, with no lock held.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _EngineThrottle EngineThrottle;

EngineThrottle *engine_throttle_new (void);
void engine_throttle_free (EngineThrottle *self);

/** engine_throttle_set_rate: @bytes_per_second: 0 for no limit. In force at each worker's next read */
void engine_throttle_set_rate (EngineThrottle *self, gint64 bytes_per_second);

/**
 * engine_throttle_allow:
 * @wanted: bytes that the caller would read
 *
 * Returns: how many it may ask the socket for now, at most @wanted, at least 1
 */
gsize engine_throttle_allow (EngineThrottle *self, gsize wanted);

/**
 * engine_throttle_spend:
 * @bytes: were read
 *
 * Takes them from the bucket and waits as long as the limit says. Workers only.
 *
 * Returns: %FALSE where @cancellable ended the wait
 */
gboolean engine_throttle_spend (EngineThrottle *self, gint64 bytes, GCancellable *cancellable);

G_END_DECLS
