/* runner.h: one real run: threads that meet at a barrier and then count.
 *
 * The counter is _Atomic; the broken increment is a relaxed load and a relaxed
 * store. So there is a race condition and no data race: nothing is undefined, and
 * ThreadSanitizer has nothing to report.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "lab/real/fifo.h"
#include "lab/real/memory.h"

G_BEGIN_DECLS

#define LAB_MOST_THREADS 64

typedef enum
{
  LAB_MECHANISM_RACY,
  LAB_MECHANISM_YIELD, /* racy, with a yield between read and write: a wrong fix */
  LAB_MECHANISM_MUTEX,
  LAB_MECHANISM_FETCH_ADD,
  LAB_MECHANISM_CAS,
  LAB_MECHANISM_QUEUE,
} LabMechanism;

/* One increment as its thread saw it. Times are nanoseconds on the monotonic clock. */
typedef struct
{
  LabWord loaded;  /* the word it read, or got */
  gint64 asked_ns; /* it wanted the lock, or a place in the queue */
  gint64 start_ns; /* it read */
  gint64 end_ns;   /* it had written */
} LabStep;

/* What one run does. Plain numbers. */
typedef struct
{
  LabMechanism mechanism;
  int threads;
  int increments; /* of each thread */
  int nudge;      /* 0: none; else yields once in so many times between read and write */
  gboolean record;
  guint64 seed; /* where in its count each thread's nudge begins */
} LabPlan;

/* What one run did. */
typedef struct
{
  LabPlan plan;
  LabWord last;    /* the counter in the end */
  gint64 begin_ns; /* when the barrier had opened */
  gint64 end_ns;
  LabStep **steps;      /* owned; of each thread, @increments many; NULL where not recorded */
  LabStep *owner_steps; /* owned; the queue's owner, threads × increments many; NULL */
  gboolean stuck;       /* a wait came to its deadline */
} LabRun;

/**
 * lab_runner_run:
 *
 * Runs once. All its threads are joined when it returns. Never the main thread.
 *
 * Returns: (transfer full): what happened, or %NULL where no threads could be made
 */
LabRun *lab_runner_run (const LabPlan *plan);
void lab_run_free (LabRun *run);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabRun, lab_run_free)

G_END_DECLS
