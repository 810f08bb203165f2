/* cost.h: what each way to count together costs: nanoseconds an increment.
 *
 * Timed inside the threads, from the first one's start to the last one's end; each run's total is
 * checked. Runs are short, some milliseconds, and of several the median and the spread are said.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  LAB_COST_RACY, /* nothing guards it; for comparison */
  LAB_COST_MUTEX,
  LAB_COST_GMUTEX,
  LAB_COST_SPIN_LOCK,
  LAB_COST_ATOMIC_ADD,
  LAB_COST_COMPARE_AND_SWAP,
  LAB_COST_SEMAPHORE,
  LAB_COST_READ_WRITE_LOCK,
  LAB_COST_QUEUE,       /* a message for each increment, to one owner */
  LAB_COST_QUEUE_BATCH, /* a message for each LAB_COST_BATCH increments */
  LAB_COST_OWN,         /* counters of one's own, merged at the end */
  LAB_N_COSTS,
} LabCostKind;

#define LAB_COST_BATCH 64
#define LAB_COST_MOST_THREADS 16
#define LAB_COST_RUNS 11

/** lab_cost_get_id: Returns: `mutex`; the same for ever */
const char *lab_cost_get_id (LabCostKind kind);

/** lab_cost_get_title: Returns: translated */
const char *lab_cost_get_title (LabCostKind kind);

typedef struct
{
  LabCostKind kind;
  int threads;    /* that count; a queue's owner comes on top */
  int increments; /* of each thread in each run */
  int runs;
  double median_ns; /* an increment */
  double p10_ns;
  double p90_ns;
  gint64 lost; /* of all runs together: those that are missing in the totals */
} LabCost;

/**
 * lab_cost_measure:
 * @threads: 1 to LAB_COST_MOST_THREADS
 * @cost: (out): zeroed and partly filled where %FALSE is returned
 *
 * Some tens of milliseconds. Never the main thread.
 *
 * Returns: %FALSE where no threads could be made or the call was cancelled
 */
gboolean lab_cost_measure (LabCostKind kind, int threads, GCancellable *cancellable, LabCost *cost);

/**
 * lab_cost_measure_async:
 * @threads: (array length=n_threads): numbers of threads, each measured with every kind
 * @measured: (nullable): called in the caller's main context after each; its cost is the call's
 *
 * @callback in the caller's main context.
 */
typedef void (*LabCostMeasured) (const LabCost *cost, gpointer user_data);
void lab_cost_measure_async (const int *threads,
                             int n_threads,
                             LabCostMeasured measured,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/** lab_cost_measure_finish: Returns: (transfer full) (nullable) (element-type LabCost): all of them
 */
GArray *lab_cost_measure_finish (GAsyncResult *result, GError **error);

G_END_DECLS
