/* Measuring what counting together costs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/real/cost.h"

#include <glib/gi18n.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

#include "base/clock.h"
#include "base/thread.h"
#include "lab/real/hand-over.h"
#include "lab/real/fifo.h"
#include "lab/real/start.h"
#include "lab/real/timed-lock.h"

/* A run is to take about so long; between these many increments of each thread. */
#define RUN_NS 2000000
#define FEWEST_INCREMENTS 256
#define MOST_INCREMENTS 200000

/* No wait of a run goes beyond this. */
#define DEADLINE_US (30 * BASE_SECOND_US)

#define QUEUE_CAPACITY 256

/* A spin lock's holder may have lost its processor: after so many looks one lets others run. */
#define SPINS 100

typedef struct
{
  LabCostKind kind;
  int threads;
  int increments;
  LabStart start;
  struct timespec deadline; /* on the monotonic clock */
  gint64 deadline_us;       /* the same */

  /* Relaxed, whatever guards it: a lock orders it, and where there is none that is the point. */
  _Alignas(64) _Atomic gint64 count;

  _Alignas(64) pthread_mutex_t mutex;
  GMutex gmutex;    /* allowed: it is what is measured */
  _Atomic int spin; /* 1: taken */
  sem_t semaphore;
  pthread_rwlock_t rwlock;
  LabFifo *queue; /* owned */
} Bench;

typedef struct
{
  Bench *bench;
  bool is_owner;
  gint64 begin_ns;
  gint64 end_ns;
} Part;

static gint64
now_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

static void
add (Bench *bench, gint64 n)
{
  gint64 count = atomic_load_explicit (&bench->count, memory_order_relaxed);

  atomic_store_explicit (&bench->count, count + n, memory_order_relaxed);
}

static void
count_with_mutex (Bench *bench)
{
  for (int i = 0; i < bench->increments; i++)
    if (lab_timed_lock (&bench->mutex, &bench->deadline) == 0)
      {
        add (bench, 1);
        pthread_mutex_unlock (&bench->mutex);
      }
}

/* GLib has no timed one; nobody holds it for longer than an addition. */
static void
count_with_gmutex (Bench *bench)
{
  for (int i = 0; i < bench->increments; i++)
    {
      g_mutex_lock (&bench->gmutex); /* allowed: it is what is measured */
      add (bench, 1);
      g_mutex_unlock (&bench->gmutex); /* allowed: it is what is measured */
    }
}

static void
take_spin_lock (Bench *bench)
{
  int looks = 0;

  while (atomic_exchange_explicit (&bench->spin, 1, memory_order_acquire) != 0)
    while (atomic_load_explicit (&bench->spin, memory_order_relaxed) != 0)
      if (++looks % SPINS == 0)
        sched_yield ();
}

static void
count_with_spin_lock (Bench *bench)
{
  for (int i = 0; i < bench->increments; i++)
    {
      take_spin_lock (bench);
      add (bench, 1);
      atomic_store_explicit (&bench->spin, 0, memory_order_release);
    }
}

static void
count_with_cas (Bench *bench)
{
  for (int i = 0; i < bench->increments; i++)
    {
      gint64 seen = atomic_load_explicit (&bench->count, memory_order_relaxed);

      while (!atomic_compare_exchange_weak_explicit (&bench->count, &seen, seen + 1,
                                                     memory_order_relaxed, memory_order_relaxed))
        ;
    }
}

static void
count_with_semaphore (Bench *bench)
{
  for (int i = 0; i < bench->increments; i++)
    if (sem_clockwait (&bench->semaphore, CLOCK_MONOTONIC, &bench->deadline) == 0)
      {
        add (bench, 1);
        sem_post (&bench->semaphore);
      }
}

static void
count_with_rwlock (Bench *bench)
{
  for (int i = 0; i < bench->increments; i++)
    if (pthread_rwlock_clockwrlock (&bench->rwlock, CLOCK_MONOTONIC, &bench->deadline) == 0)
      {
        add (bench, 1);
        pthread_rwlock_unlock (&bench->rwlock);
      }
}

static void
send (Bench *bench, int batch)
{
  for (int sent = 0; sent < bench->increments; sent += batch)
    lab_fifo_put (bench->queue, MIN (batch, bench->increments - sent), bench->deadline_us);
}

static void
own (Bench *bench)
{
  gint64 all = (gint64) bench->threads * bench->increments;
  gint64 total = 0;
  gint64 message;

  while (total < all && lab_fifo_get (bench->queue, &message, bench->deadline_us))
    total += message;
  add (bench, total);
}

/* Volatile: the compiler would make one addition of the loop. */
static void
count_alone (Bench *bench)
{
  volatile gint64 mine = 0;

  for (int i = 0; i < bench->increments; i++)
    mine = mine + 1;
  atomic_fetch_add_explicit (&bench->count, mine, memory_order_relaxed);
}

static void
count_up (Bench *bench)
{
  switch (bench->kind)
    {
    case LAB_COST_MUTEX:
      count_with_mutex (bench);
      break;
    case LAB_COST_GMUTEX:
      count_with_gmutex (bench);
      break;
    case LAB_COST_SPIN_LOCK:
      count_with_spin_lock (bench);
      break;
    case LAB_COST_ATOMIC_ADD:
      for (int i = 0; i < bench->increments; i++)
        atomic_fetch_add_explicit (&bench->count, 1, memory_order_relaxed);
      break;
    case LAB_COST_COMPARE_AND_SWAP:
      count_with_cas (bench);
      break;
    case LAB_COST_SEMAPHORE:
      count_with_semaphore (bench);
      break;
    case LAB_COST_READ_WRITE_LOCK:
      count_with_rwlock (bench);
      break;
    case LAB_COST_QUEUE:
      send (bench, 1);
      break;
    case LAB_COST_QUEUE_BATCH:
      send (bench, LAB_COST_BATCH);
      break;
    case LAB_COST_OWN:
      count_alone (bench);
      break;
    case LAB_COST_RACY:
    case LAB_N_COSTS:
    default:
      for (int i = 0; i < bench->increments; i++)
        add (bench, 1);
      break;
    }
}

static void *
run_part (void *data)
{
  Part *part = data;

  base_thread_set_name (part->is_owner ? "lab-owner" : "lab-cost");
  if (!lab_start_pass (&part->bench->start))
    return NULL;
  part->begin_ns = now_ns ();
  if (part->is_owner)
    own (part->bench);
  else
    count_up (part->bench);
  part->end_ns = now_ns ();
  return NULL;
}

static bool
has_owner (LabCostKind kind)
{
  return kind == LAB_COST_QUEUE || kind == LAB_COST_QUEUE_BATCH;
}

static void
bench_init (Bench *bench, int actors)
{
  bench->deadline_us = base_clock_now_us () + DEADLINE_US;
  bench->deadline = (struct timespec){ .tv_sec = bench->deadline_us / BASE_SECOND_US };
  lab_start_init (&bench->start, actors);
  atomic_init (&bench->count, 0);
  pthread_mutex_init (&bench->mutex, NULL);
  g_mutex_init (&bench->gmutex); /* allowed: it is what is measured */
  atomic_init (&bench->spin, 0);
  sem_init (&bench->semaphore, 0, 1);
  pthread_rwlock_init (&bench->rwlock, NULL);
  bench->queue = lab_fifo_new (QUEUE_CAPACITY);
}

static void
bench_clear (Bench *bench)
{
  lab_fifo_free (bench->queue);
  pthread_rwlock_destroy (&bench->rwlock);
  sem_destroy (&bench->semaphore);
  g_mutex_clear (&bench->gmutex); /* allowed: it is what is measured */
  pthread_mutex_destroy (&bench->mutex);
  lab_start_clear (&bench->start);
}

/* Returns: how long it took in nanoseconds, or -1 where no threads could be made. */
static gint64
run_once (LabCostKind kind, int threads, int increments, gint64 *total)
{
  Bench bench = { .kind = kind, .threads = threads, .increments = increments };
  int actors = threads + has_owner (kind);
  pthread_t handles[LAB_COST_MOST_THREADS + 1];
  Part parts[LAB_COST_MOST_THREADS + 1] = { 0 };
  gint64 begin_ns = G_MAXINT64;
  gint64 end_ns = 0;
  int made;

  bench_init (&bench, actors);
  for (int i = 0; i < actors; i++)
    parts[i] = (Part){ .bench = &bench, .is_owner = i == threads };
  made = lab_start_make (&bench.start, handles, run_part, parts, sizeof (Part));
  for (int i = 0; i < made; i++)
    {
      pthread_join (handles[i], NULL);
      begin_ns = MIN (begin_ns, parts[i].begin_ns);
      end_ns = MAX (end_ns, parts[i].end_ns);
    }
  *total = atomic_load_explicit (&bench.count, memory_order_relaxed);
  bench_clear (&bench);
  return made == actors ? end_ns - begin_ns : -1;
}

static int
by_size (const void *a, const void *b)
{
  const double *left = a;
  const double *right = b;

  return *left < *right ? -1 : *left > *right;
}

/* Returns: how many increments take about RUN_NS; 0 where no threads could be made. */
static int
choose_increments (LabCostKind kind, int threads)
{
  gint64 total;
  gint64 took_ns = run_once (kind, threads, FEWEST_INCREMENTS, &total);

  if (took_ns < 0)
    return 0;
  return CLAMP ((gint64) FEWEST_INCREMENTS * RUN_NS / MAX (took_ns, 1), FEWEST_INCREMENTS,
                MOST_INCREMENTS);
}

gboolean
lab_cost_measure (LabCostKind kind, int threads, GCancellable *cancellable, LabCost *cost)
{
  double each_ns[LAB_COST_RUNS];

  *cost = (LabCost){ .kind = kind, .threads = threads };
  cost->increments = choose_increments (kind, threads);
  if (cost->increments == 0)
    return FALSE;
  for (; cost->runs < LAB_COST_RUNS; cost->runs++)
    {
      gint64 all = (gint64) threads * cost->increments;
      gint64 total;
      gint64 took_ns;

      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      took_ns = run_once (kind, threads, cost->increments, &total);
      if (took_ns < 0)
        return FALSE;
      each_ns[cost->runs] = (double) took_ns / all;
      cost->lost += all - total;
    }
  qsort (each_ns, LAB_COST_RUNS, sizeof (double), by_size);
  cost->median_ns = each_ns[LAB_COST_RUNS / 2];
  cost->p10_ns = each_ns[LAB_COST_RUNS / 10];
  cost->p90_ns = each_ns[LAB_COST_RUNS - 1 - LAB_COST_RUNS / 10];
  return TRUE;
}

static const struct
{
  const char *id;
  const char *title;
} names[LAB_N_COSTS] = {
  [LAB_COST_RACY] = { "racy", N_ ("Nothing guards it") },
  [LAB_COST_MUTEX] = { "mutex", N_ ("Mutex (pthread)") },
  [LAB_COST_GMUTEX] = { "gmutex", N_ ("Mutex (GLib)") },
  [LAB_COST_SPIN_LOCK] = { "spin-lock", N_ ("Spin lock") },
  [LAB_COST_ATOMIC_ADD] = { "atomic-add", N_ ("Atomic add") },
  [LAB_COST_COMPARE_AND_SWAP] = { "compare-and-swap", N_ ("Compare and swap") },
  [LAB_COST_SEMAPHORE] = { "semaphore", N_ ("Semaphore") },
  [LAB_COST_READ_WRITE_LOCK] = { "read-write-lock", N_ ("Read-write lock") },
  [LAB_COST_QUEUE] = { "queue", N_ ("Queue, a message each") },
  [LAB_COST_QUEUE_BATCH] = { "queue-batch", N_ ("Queue, in batches of 64") },
  [LAB_COST_OWN] = { "own", N_ ("A counter each, merged") },
};

const char *
lab_cost_get_id (LabCostKind kind)
{
  return names[kind].id;
}

const char *
lab_cost_get_title (LabCostKind kind)
{
  return _ (names[kind].title);
}

/* What a thread of its own is told. */
typedef struct
{
  int threads[LAB_COST_MOST_THREADS];
  int n_threads;
  LabCostMeasured measured;
  gpointer user_data;
  LabHandOver asked;
  LabHandOver answered;
} Measurement;

/* One cost on its way to the caller's main context. */
typedef struct
{
  LabCost cost;
  LabCostMeasured measured;
  gpointer user_data;
  LabHandOver given;
} News;

static gboolean
tell (gpointer data)
{
  News *news = data;

  lab_hand_over_take (&news->given);
  news->measured (&news->cost, news->user_data);
  return G_SOURCE_REMOVE;
}

static void
send_news (GTask *task, const Measurement *measurement, const LabCost *cost)
{
  News *news;

  if (measurement->measured == NULL)
    return;
  news = g_new (News, 1);
  *news = (News){ .cost = *cost,
                  .measured = measurement->measured,
                  .user_data = measurement->user_data };
  lab_hand_over_give (&news->given);
  /* allowed: one message in some dozens of milliseconds */
  g_main_context_invoke_full (g_task_get_context (task), G_PRIORITY_DEFAULT, tell, news, g_free);
}

static void
measure_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Measurement *measurement = data;
  GArray *costs = g_array_new (FALSE, FALSE, sizeof (LabCost));

  lab_hand_over_take (&measurement->asked);
  for (int t = 0; t < measurement->n_threads; t++)
    for (int kind = 0; kind < LAB_N_COSTS; kind++)
      {
        LabCost cost;

        if (!lab_cost_measure (kind, measurement->threads[t], cancellable, &cost))
          {
            g_array_unref (costs);
            if (!g_task_return_error_if_cancelled (task))
              g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                                       _ ("the system gives no more threads"));
            return;
          }
        g_array_append_val (costs, cost);
        send_news (task, measurement, &cost);
      }
  lab_hand_over_give (&measurement->answered);
  g_task_return_pointer (task, costs, (GDestroyNotify) g_array_unref);
}

void
lab_cost_measure_async (const int *threads,
                        int n_threads,
                        LabCostMeasured measured,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Measurement *measurement = g_new0 (Measurement, 1);

  g_return_if_fail (n_threads <= LAB_COST_MOST_THREADS);
  for (int i = 0; i < n_threads; i++)
    measurement->threads[i] = CLAMP (threads[i], 1, LAB_COST_MOST_THREADS);
  measurement->n_threads = n_threads;
  measurement->measured = measured;
  measurement->user_data = user_data;
  lab_hand_over_give (&measurement->asked);
  g_task_set_task_data (task, measurement, g_free);
  g_task_run_in_thread (task, measure_in_thread);
}

GArray *
lab_cost_measure_finish (GAsyncResult *result, GError **error)
{
  Measurement *measurement = g_task_get_task_data (G_TASK (result));

  lab_hand_over_take (&measurement->answered);
  return g_task_propagate_pointer (G_TASK (result), error);
}
