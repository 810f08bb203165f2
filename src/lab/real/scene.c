/* What the threads of a real run share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/real/scene.h"

#include <time.h>

#include "lab/real/timed-lock.h"

static bool
looks_at_many (const LabProgram *program)
{
  if (program->n_always > 0)
    return true;
  for (int i = 0; i < program->n_instructions; i++)
    {
      const LabInstruction *at = &program->instructions[i];

      if (at->op == LAB_DO_ATOMIC || (at->op == LAB_DO_AWAIT && at->has_block))
        return true;
    }
  return false;
}

static void
init_locks (LabScene *self)
{
  int n = self->program->n_items[LAB_ITEM_LOCK];
  pthread_mutexattr_t normal;

  self->locks = g_new0 (LabSceneLock, n);
  pthread_mutexattr_init (&normal);
  pthread_mutexattr_settype (&normal, PTHREAD_MUTEX_NORMAL);
  for (int i = 0; i < n; i++)
    pthread_mutex_init (&self->locks[i].mutex, &normal);
  pthread_mutexattr_destroy (&normal);
}

static void
init_queues (LabScene *self)
{
  int n = self->program->n_items[LAB_ITEM_QUEUE];

  self->queues = g_new0 (LabSceneQueue, n);
  for (int i = 0; i < n; i++)
    {
      const LabItem *item = &self->program->items[LAB_ITEM_QUEUE][i];

      for (int k = 0; k < item->n_contents; k++)
        lab_scene_put (self, i, item->contents[k]);
      self->queues[i].capacity = item->capacity;
    }
}

static LabQuick
make_quick (const LabProgram *program, const LabInstruction *at)
{
  const LabExprCode *code;
  LabQuick quick = { .shared = at->to_shared, .slot = at->to_own };

  if (at->op != LAB_DO_ASSIGN || at->value.end != at->value.first + 1)
    return quick;
  code = &program->codes[at->value.first];
  if (at->to_shared >= 0 && code->op == LAB_EXPR_CONSTANT)
    {
      quick.kind = LAB_QUICK_STORE_CONSTANT;
      quick.value = code->value;
    }
  else if (at->to_shared >= 0 && code->op == LAB_EXPR_OWN)
    {
      quick.kind = LAB_QUICK_STORE_OWN;
      quick.slot = code->arg;
    }
  else if (at->to_own >= 0 && code->op == LAB_EXPR_SHARED)
    {
      quick.kind = LAB_QUICK_LOAD;
      quick.shared = code->arg;
    }
  quick.settled = at[1].op <= LAB_DO_SKIP || at[1].op == LAB_DO_END;
  return quick;
}

static void
init_quick (LabScene *self)
{
  self->quick = g_new0 (LabQuick, self->program->n_instructions);
  /* The last instruction is an end. */
  for (int i = 0; !self->together && !self->buffers && i + 1 < self->program->n_instructions; i++)
    self->quick[i] = make_quick (self->program, &self->program->instructions[i]);
}

void
lab_scene_init (LabScene *self, LabProgram *program, bool buffers)
{
  int n_shared = program->n_items[LAB_ITEM_SHARED];
  pthread_condattr_t monotonic;

  *self = (LabScene){ .program = lab_program_ref (program),
                      .together = looks_at_many (program),
                      .buffers = buffers && program->tso };
  self->shared =
      g_aligned_alloc0 (MAX (n_shared, 1), sizeof (LabSceneWord), _Alignof(LabSceneWord));
  for (int i = 0; i < n_shared; i++)
    atomic_init (&self->shared[i].value, program->items[LAB_ITEM_SHARED][i].initial);
  pthread_condattr_init (&monotonic);
  pthread_condattr_setclock (&monotonic, CLOCK_MONOTONIC);
  pthread_mutex_init (&self->whole, NULL);
  pthread_cond_init (&self->moved, &monotonic);
  pthread_mutex_init (&self->sleep_lock, NULL);
  self->sleepers = g_new0 (LabSleeper, program->n_threads);
  for (int i = 0; i < program->n_threads; i++)
    {
      self->sleepers[i].condition = -1;
      pthread_cond_init (&self->sleepers[i].wake, &monotonic);
    }
  pthread_condattr_destroy (&monotonic);
  init_quick (self);
  init_locks (self);
  init_queues (self);
  atomic_init (&self->stop, false);
}

void
lab_scene_clear (LabScene *self)
{
  for (int i = 0; i < self->program->n_items[LAB_ITEM_LOCK]; i++)
    pthread_mutex_destroy (&self->locks[i].mutex);
  for (int i = 0; i < self->program->n_items[LAB_ITEM_QUEUE]; i++)
    g_free (self->queues[i].ring);
  for (int i = 0; i < self->program->n_threads; i++)
    pthread_cond_destroy (&self->sleepers[i].wake);
  pthread_mutex_destroy (&self->sleep_lock);
  pthread_cond_destroy (&self->moved);
  pthread_mutex_destroy (&self->whole);
  g_free (self->sleepers);
  g_free (self->queues);
  g_free (self->locks);
  g_free (self->quick);
  g_aligned_free (self->shared);
  lab_program_unref (self->program);
}

struct timespec
lab_scene_in (gint64 us)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  now.tv_nsec += us % G_TIME_SPAN_SECOND * 1000;
  now.tv_sec += us / G_TIME_SPAN_SECOND + now.tv_nsec / 1000000000;
  now.tv_nsec %= 1000000000;
  return now;
}

gint64
lab_scene_load (LabScene *self, int shared)
{
  return self->program->tso
             ? atomic_load_explicit (&self->shared[shared].value, memory_order_acquire)
             : atomic_load_explicit (&self->shared[shared].value, memory_order_seq_cst);
}

void
lab_scene_store (LabScene *self, int shared, gint64 value)
{
  if (self->program->tso)
    atomic_store_explicit (&self->shared[shared].value, value, memory_order_release);
  else
    atomic_store_explicit (&self->shared[shared].value, value, memory_order_seq_cst);
}

bool
lab_scene_take_lock (LabScene *self, int lock, int thread, gint64 patience_us)
{
  LabSceneLock *at = &self->locks[lock];
  struct timespec until;

  if (pthread_mutex_trylock (&at->mutex) != 0)
    {
      if (patience_us == 0)
        return false;
      until = lab_scene_in (patience_us);
      if (lab_timed_lock (&at->mutex, &until) != 0)
        return false;
    }
  /* Relaxed: only its own number tells a thread anything, and that it wrote itself. */
  atomic_store_explicit (&at->owner, thread + 1, memory_order_relaxed);
  return true;
}

bool
lab_scene_release_lock (LabScene *self, int lock, int thread)
{
  LabSceneLock *at = &self->locks[lock];

  if (atomic_load_explicit (&at->owner, memory_order_relaxed) != thread + 1)
    return false;
  atomic_store_explicit (&at->owner, 0, memory_order_relaxed);
  pthread_mutex_unlock (&at->mutex);
  return true;
}

static void
grow (LabSceneQueue *queue)
{
  gsize allocated = queue->allocated > 0 ? queue->allocated * 2 : 8;
  gint64 *ring = g_new (gint64, allocated);

  for (gsize i = 0; i < queue->length; i++)
    ring[i] = queue->ring[(queue->first + i) % queue->allocated];
  g_free (queue->ring);
  queue->ring = ring;
  queue->allocated = allocated;
  queue->first = 0;
}

bool
lab_scene_put (LabScene *self, int queue, gint64 value)
{
  LabSceneQueue *at = &self->queues[queue];

  if (at->capacity > 0 && at->length >= (gsize) at->capacity)
    return false;
  if (at->length == at->allocated)
    grow (at);
  at->ring[(at->first + at->length++) % at->allocated] = value;
  return true;
}

bool
lab_scene_get (LabScene *self, int queue, gint64 *value)
{
  LabSceneQueue *at = &self->queues[queue];

  if (at->length == 0)
    return false;
  *value = at->ring[at->first];
  at->first = (at->first + 1) % at->allocated;
  at->length--;
  return true;
}

void
lab_scene_wait_moved (LabScene *self, gint64 patience_us)
{
  struct timespec until = lab_scene_in (patience_us);

  /* The caller looks again in any case. */
  pthread_cond_clockwait (&self->moved, &self->whole, CLOCK_MONOTONIC, &until);
}
