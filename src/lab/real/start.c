/* Beginning at once. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/real/start.h"

#include <sched.h>
#include <time.h>

/* From the last one's arrival to the start: time enough for the others to hear of it. */
#define RUN_UP_NS 2000

static gint64
now_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

void
lab_start_init (LabStart *self, int threads)
{
  self->threads = threads;
  self->gate = LAB_START_SHUT;
  pthread_mutex_init (&self->lock, NULL);
  pthread_cond_init (&self->moved, NULL);
  pthread_barrier_init (&self->barrier, NULL, threads);
  atomic_init (&self->present, 0);
  atomic_init (&self->from_ns, 0);
}

void
lab_start_clear (LabStart *self)
{
  pthread_barrier_destroy (&self->barrier);
  pthread_cond_destroy (&self->moved);
  pthread_mutex_destroy (&self->lock);
}

static void
move_gate (LabStart *self, LabStartGate gate)
{
  pthread_mutex_lock (&self->lock);
  self->gate = gate;
  pthread_cond_broadcast (&self->moved);
  pthread_mutex_unlock (&self->lock);
}

int
lab_start_make (
    LabStart *self, pthread_t *threads, void *(*function) (void *), void *data, gsize stride)
{
  int made = 0;

  while (made < self->threads &&
         pthread_create (&threads[made], NULL, function, (char *) data + made * stride) == 0)
    made++;
  move_gate (self, made == self->threads ? LAB_START_OPEN : LAB_START_HOME);
  return made;
}

bool
lab_start_pass (LabStart *self)
{
  LabStartGate gate;
  gint64 from_ns;

  /* The maker always moves the gate: this needs no deadline. */
  pthread_mutex_lock (&self->lock);
  while (self->gate == LAB_START_SHUT)
    pthread_cond_wait (&self->moved, &self->lock);
  gate = self->gate;
  pthread_mutex_unlock (&self->lock);
  if (gate == LAB_START_HOME)
    return false;
  pthread_barrier_wait (&self->barrier);
  if (atomic_fetch_add_explicit (&self->present, 1, memory_order_relaxed) + 1 == self->threads)
    atomic_store_explicit (&self->from_ns, now_ns () + RUN_UP_NS, memory_order_relaxed);
  while ((from_ns = atomic_load_explicit (&self->from_ns, memory_order_relaxed)) == 0)
    sched_yield ();
  while (now_ns () < from_ns)
    ;
  return true;
}
