/* The queue. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/real/fifo.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

struct _LabFifo
{
  pthread_mutex_t lock;
  pthread_cond_t not_empty; /* with lock */
  pthread_cond_t not_full;  /* with lock */
  gint64 *ring;             /* guarded by lock; owned */
  int capacity;             /* written once */
  int first;                /* guarded by lock */
  int length;               /* guarded by lock */
};

LabFifo *
lab_fifo_new (int capacity)
{
  LabFifo *self = g_new0 (LabFifo, 1);
  pthread_condattr_t monotonic;

  pthread_condattr_init (&monotonic);
  pthread_condattr_setclock (&monotonic, CLOCK_MONOTONIC);
  pthread_mutex_init (&self->lock, NULL);
  pthread_cond_init (&self->not_empty, &monotonic);
  pthread_cond_init (&self->not_full, &monotonic);
  pthread_condattr_destroy (&monotonic);
  self->ring = g_new (gint64, capacity);
  self->capacity = capacity;
  return self;
}

void
lab_fifo_free (LabFifo *self)
{
  pthread_cond_destroy (&self->not_empty);
  pthread_cond_destroy (&self->not_full);
  pthread_mutex_destroy (&self->lock);
  g_free (self->ring);
  g_free (self);
}

static struct timespec
to_timespec (gint64 us)
{
  return (struct timespec){ .tv_sec = us / G_TIME_SPAN_SECOND,
                            .tv_nsec = us % G_TIME_SPAN_SECOND * 1000 };
}

gboolean
lab_fifo_put (LabFifo *self, gint64 message, gint64 deadline_us)
{
  struct timespec deadline = to_timespec (deadline_us);
  int waited = 0;

  pthread_mutex_lock (&self->lock);
  while (self->length == self->capacity && waited != ETIMEDOUT)
    waited = pthread_cond_timedwait (&self->not_full, &self->lock, &deadline);
  if (self->length < self->capacity)
    {
      self->ring[(self->first + self->length++) % self->capacity] = message;
      pthread_cond_signal (&self->not_empty);
      waited = 0;
    }
  pthread_mutex_unlock (&self->lock);
  return waited == 0;
}

gboolean
lab_fifo_get (LabFifo *self, gint64 *message, gint64 deadline_us)
{
  struct timespec deadline = to_timespec (deadline_us);
  int waited = 0;

  pthread_mutex_lock (&self->lock);
  while (self->length == 0 && waited != ETIMEDOUT)
    waited = pthread_cond_timedwait (&self->not_empty, &self->lock, &deadline);
  if (self->length > 0)
    {
      *message = self->ring[self->first];
      self->first = (self->first + 1) % self->capacity;
      self->length--;
      pthread_cond_signal (&self->not_full);
      waited = 0;
    }
  pthread_mutex_unlock (&self->lock);
  return waited == 0;
}
