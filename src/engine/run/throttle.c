/* The speed limit. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/throttle.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>

#include "base/clock.h"
#include "engine/plan/bucket.h"

/* A limit that is changed is in force for one who waits after at most this. */
#define LONGEST_WAIT_US (100 * BASE_MILLISECOND_US)

struct _EngineThrottle
{
  pthread_mutex_t lock;
  EngineBucket bucket; /* guarded by lock */

  /* Relaxed: how often the limit was changed. Who misses a change for a moment waits at most
   * LONGEST_WAIT_US longer. */
  _Atomic guint changes;

  /* Relaxed: most downloads have no limit, and then no lock is taken. */
  _Atomic gboolean limited;
};

EngineThrottle *
engine_throttle_new (gint64 bytes_per_second)
{
  EngineThrottle *self = g_new0 (EngineThrottle, 1);

  pthread_mutex_init (&self->lock, NULL);
  engine_throttle_set_rate (self, bytes_per_second);
  return self;
}

void
engine_throttle_free (EngineThrottle *self)
{
  pthread_mutex_destroy (&self->lock);
  g_free (self);
}

void
engine_throttle_set_rate (EngineThrottle *self, gint64 bytes_per_second)
{
  pthread_mutex_lock (&self->lock);
  if (self->bucket.rate != bytes_per_second)
    atomic_fetch_add_explicit (&self->changes, 1, memory_order_relaxed);
  engine_bucket_set_rate (&self->bucket, bytes_per_second, base_clock_now_us ());
  pthread_mutex_unlock (&self->lock);
  atomic_store_explicit (&self->limited, bytes_per_second > 0, memory_order_relaxed);
}

gboolean
engine_throttle_is_limited (EngineThrottle *self)
{
  return atomic_load_explicit (&self->limited, memory_order_relaxed);
}

gsize
engine_throttle_reserve (EngineThrottle *self, gsize wanted, gint64 *due_us)
{
  gint64 portion;

  *due_us = 0;
  if (!atomic_load_explicit (&self->limited, memory_order_relaxed))
    return wanted;
  pthread_mutex_lock (&self->lock);
  portion = MIN ((gint64) wanted, engine_bucket_get_portion (&self->bucket));
  *due_us = engine_bucket_reserve (&self->bucket, portion, base_clock_now_us ());
  pthread_mutex_unlock (&self->lock);
  return portion;
}

void
engine_throttle_give_back (EngineThrottle *self, gsize bytes)
{
  if (bytes == 0 || !atomic_load_explicit (&self->limited, memory_order_relaxed))
    return;
  pthread_mutex_lock (&self->lock);
  engine_bucket_give_back (&self->bucket, bytes);
  pthread_mutex_unlock (&self->lock);
}

gboolean
engine_throttle_wait (EngineThrottle *self, gint64 due_us, GCancellable *cancellable)
{
  guint changes = atomic_load_explicit (&self->changes, memory_order_relaxed);

  while (changes == atomic_load_explicit (&self->changes, memory_order_relaxed))
    {
      gint64 wait_us = MIN (due_us - base_clock_now_us (), LONGEST_WAIT_US);
      struct pollfd cancelled = { .events = POLLIN };

      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      if (wait_us < BASE_MILLISECOND_US)
        return TRUE;
      cancelled.fd = g_cancellable_get_fd (cancellable);
      poll (&cancelled, 1, wait_us / BASE_MILLISECOND_US);
      g_cancellable_release_fd (cancellable);
    }
  return TRUE;
}
