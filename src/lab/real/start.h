/* start.h: how the threads of a run begin at once, or not at all.
 *
 * A pthread barrier that waits for a thread which could not be made never opens; so
 * the threads first wait at a gate, which opens when all are made. And a barrier
 * wakes its threads one after another, for longer than a short run takes; so behind
 * it the first wait for the last, and then all for one moment by the clock, which is
 * two microseconds later: some tens of nanoseconds from first to last, where each has
 * a processor of its own.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

G_BEGIN_DECLS

typedef enum
{
  LAB_START_SHUT,
  LAB_START_OPEN, /* all threads are made */
  LAB_START_HOME, /* they are not, and those that are go home */
} LabStartGate;

typedef struct
{
  int threads; /* written once */
  pthread_mutex_t lock;
  pthread_cond_t moved; /* with lock */
  LabStartGate gate;    /* guarded by lock */
  pthread_barrier_t barrier;
  _Atomic int present;    /* relaxed: threads that are past the barrier */
  _Atomic gint64 from_ns; /* relaxed: the moment, on the monotonic clock; 0: not all are present */
} LabStart;

void lab_start_init (LabStart *self, int threads);

/** lab_start_clear: once all threads are joined */
void lab_start_clear (LabStart *self);

/**
 * lab_start_make:
 * @threads: (out): room for as many as it was inited with
 * @data: (array): what each is called with, @stride bytes apart
 *
 * Makes the threads and opens the gate, or sends home those that it could make.
 *
 * Returns: how many there are to be joined; if not all, none of them did anything
 */
int lab_start_make (
    LabStart *self, pthread_t *threads, void *(*function) (void *), void *data, gsize stride);

/** lab_start_pass: a thread's first call. Returns: whether the run takes place */
bool lab_start_pass (LabStart *self);

G_END_DECLS
