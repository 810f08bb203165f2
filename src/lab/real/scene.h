/* scene.h: what the threads of a real run of a race program share: atomic words, pthread mutexes,
 * sleepers on conditions, queues.
 *
 * No access is a data race: shared variables are _Atomic, all else is behind a lock.
 * - Without `memory tso` loads and stores are sequentially consistent, so that what happens for
 *   real is an interleaving. With it they are acquire and release, on x86 plain moves: the
 *   processor's own store buffer shows. That never goes beyond TSO on a processor whose stores
 *   reach all others at once (x86, ARMv8, RISC-V).
 * - A program with `atomic`, `await` with a block, or `always` has steps that look at many things
 *   at once. Then each access is made under one lock, and the claims are tried under it.
 * - Every wait ends after LAB_SCENE_SLICE_US at the latest, so that a thread looks whether it is
 *   to stop.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "lab/machine/machine.h"

G_BEGIN_DECLS

#define LAB_SCENE_SLICE_US 2000

/* A line of the cache each, so that the threads fight for one only where the program says so. */
typedef struct
{
  _Alignas(64) _Atomic gint64 value;
} LabSceneWord;

typedef struct
{
  pthread_mutex_t mutex; /* PTHREAD_MUTEX_NORMAL: taking one's own is defined, and blocks */
  _Atomic int owner;     /* number of the thread from 1, 0: free; written by the holder alone */
} LabSceneLock;

/* A step that is one plain store or load and nothing else, made ready: between the store of one
 * thread and its next load there must be less than the store takes to arrive, or no store buffer
 * shows. */
typedef enum
{
  LAB_QUICK_NONE,
  LAB_QUICK_STORE_CONSTANT,
  LAB_QUICK_STORE_OWN,
  LAB_QUICK_LOAD,
} LabQuickKind;

typedef struct
{
  LabQuickKind kind;
  int shared;
  int slot; /* of the thread: loaded into, or stored from */
  gint64 value;
  bool settled; /* what follows is a step, or the end: no condition is to be decided */
} LabQuick;

/* A ring that grows. Guarded by the scene's `whole`. */
typedef struct
{
  gint64 *ring; /* owned */
  gsize allocated;
  gsize first;
  gsize length;
  gint64 capacity; /* 0: without bound */
} LabSceneQueue;

/* A thread's place among those that sleep on a condition. Guarded by the scene's `sleep_lock`. */
typedef struct
{
  int condition; /* -1: it does not sleep */
  bool woken;
  pthread_cond_t wake; /* with sleep_lock; on the monotonic clock */
} LabSleeper;

typedef struct
{
  LabProgram *program; /* owned reference; immutable */
  bool together;       /* written once: each access is made under `whole` */
  bool buffers;        /* written once: stores go into buffers of our own, drained by steps */

  LabQuick *quick;      /* owned; one for each instruction */
  LabSceneWord *shared; /* owned, aligned; one for each shared variable */
  LabSceneLock *locks;  /* owned; one for each lock */

  pthread_mutex_t whole;
  pthread_cond_t moved;  /* with whole; a queue, or where `together` a variable, has changed */
  LabSceneQueue *queues; /* owned */

  pthread_mutex_t sleep_lock; /* may be taken while a program's lock is held, never before one */
  LabSleeper *sleepers;       /* owned; one for each thread */

  _Atomic bool stop; /* relaxed: the run is over */
} LabScene;

void lab_scene_init (LabScene *self, LabProgram *program, bool buffers);

/** lab_scene_clear: once all threads are joined and have let go of their locks */
void lab_scene_clear (LabScene *self);

gint64 lab_scene_load (LabScene *self, int shared);
void lab_scene_store (LabScene *self, int shared, gint64 value);

/** lab_scene_take_lock: @patience_us: 0: only try. Returns: whether @thread (from 0) holds it now
 */
bool lab_scene_take_lock (LabScene *self, int lock, int thread, gint64 patience_us);

/** lab_scene_release_lock: Returns: %FALSE, and nothing done, where @thread does not hold it */
bool lab_scene_release_lock (LabScene *self, int lock, int thread);

/* The caller holds `whole`. */
bool lab_scene_put (LabScene *self, int queue, gint64 value);
bool lab_scene_get (LabScene *self, int queue, gint64 *value);

/** lab_scene_wait_moved: the caller holds `whole`; waits for a change, at most @patience_us */
void lab_scene_wait_moved (LabScene *self, gint64 patience_us);

/** lab_scene_in: Returns: the moment @us microseconds from now, on the monotonic clock */
struct timespec lab_scene_in (gint64 us);

G_END_DECLS
