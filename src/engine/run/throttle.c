/* The speed limit. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/throttle.h"

#include <poll.h>
#include <pthread.h>

#include "base/clock.h"

/* So much may come at once after a quiet moment, in microseconds of the rate. */
#define BURST_US (50 * BASE_MILLISECOND_US)

/* A limit that is changed is in force for one who waits after at most this. */
#define LONGEST_WAIT_US (200 * BASE_MILLISECOND_US)

struct _EngineThrottle
{
  pthread_mutex_t lock;
  gint64 rate;       /* guarded by lock; bytes per second, 0: none */
  double tokens;     /* guarded by lock; bytes, below 0 where too much was taken */
  gint64 counted_us; /* guarded by lock; when tokens were last added */
};

EngineThrottle *
engine_throttle_new (void)
{
  EngineThrottle *self = g_new0 (EngineThrottle, 1);

  pthread_mutex_init (&self->lock, NULL);
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
  if (self->rate != bytes_per_second)
    {
      self->rate = bytes_per_second;
      self->tokens = 0;
      self->counted_us = base_clock_now_us ();
    }
  pthread_mutex_unlock (&self->lock);
}

gsize
engine_throttle_allow (EngineThrottle *self, gsize wanted)
{
  gint64 rate;

  pthread_mutex_lock (&self->lock);
  rate = self->rate;
  pthread_mutex_unlock (&self->lock);
  if (rate == 0)
    return wanted;
  return CLAMP ((gsize) (rate * BURST_US / BASE_SECOND_US), 1, wanted);
}

/* Returns: microseconds until the bucket is above the ground again, 0 where it is. */
static gint64
refill (EngineThrottle *self, gint64 spent)
{
  gint64 now_us = base_clock_now_us ();
  gint64 wait_us = 0;

  pthread_mutex_lock (&self->lock);
  if (self->rate > 0)
    {
      double per_us = (double) self->rate / BASE_SECOND_US;

      self->tokens += (now_us - self->counted_us) * per_us;
      self->tokens = MIN (self->tokens, BURST_US * per_us) - spent;
      self->counted_us = now_us;
      if (self->tokens < 0)
        wait_us = -self->tokens / per_us;
    }
  pthread_mutex_unlock (&self->lock);
  return wait_us;
}

gboolean
engine_throttle_spend (EngineThrottle *self, gint64 bytes, GCancellable *cancellable)
{
  gint64 wait_us = refill (self, bytes);

  while (wait_us > 0 && !g_cancellable_is_cancelled (cancellable))
    {
      struct pollfd cancelled = { .fd = g_cancellable_get_fd (cancellable), .events = POLLIN };

      poll (&cancelled, 1, MAX (1, MIN (wait_us, LONGEST_WAIT_US) / BASE_MILLISECOND_US));
      g_cancellable_release_fd (cancellable);
      wait_us = refill (self, 0);
    }
  return !g_cancellable_is_cancelled (cancellable);
}
