/* The crew. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/crew.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <time.h>

/* Who has rested so long ends, and with it its connections, which servers close soon anyway. */
#define LONGEST_REST_S 30

typedef struct _Member Member;

/* A resting thread, on its own stack. */
struct _Member
{
  pthread_cond_t woken; /* with the crew's lock: has a task, or is to go */
  gpointer task;        /* guarded by the crew's lock */
  bool resting;         /* guarded by the crew's lock: is in the stack */
  Member *below;        /* guarded by the crew's lock */
};

struct _EngineCrew
{
  /* Written once, before any other thread can see it. */
  EngineCrewWork work;
  gpointer user_data;

  pthread_mutex_t lock;
  pthread_cond_t emptied; /* with lock: no thread is left */
  GQueue tasks;           /* guarded by lock; those that found no thread */
  Member *resting;        /* guarded by lock; a stack: the last one in is the first out */
  int threads;            /* guarded by lock */
  int most;               /* guarded by lock */
  bool closing;           /* guarded by lock */
  bool any_ended;         /* guarded by lock */
  pthread_t latest;       /* guarded by lock; the thread that ended last, where any has */
};

static void
member_init (Member *self)
{
  pthread_condattr_t monotonic;

  *self = (Member){ 0 };
  pthread_condattr_init (&monotonic);
  pthread_condattr_setclock (&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init (&self->woken, &monotonic);
  pthread_condattr_destroy (&monotonic);
}

/* With the lock held. */
static void
leave_stack (EngineCrew *self, Member *member)
{
  Member **place = &self->resting;

  while (*place != NULL && *place != member)
    place = &(*place)->below;
  if (*place != NULL)
    *place = member->below;
  member->resting = false;
}

/* With the lock held. Returns: (nullable): what to do next; NULL: nothing came, or it is to go */
static gpointer
rest (EngineCrew *self, Member *member)
{
  struct timespec until;
  int status = 0;

  clock_gettime (CLOCK_MONOTONIC, &until);
  until.tv_sec += LONGEST_REST_S;
  member->task = NULL;
  member->below = self->resting;
  member->resting = true;
  self->resting = member;
  while (member->resting && status != ETIMEDOUT)
    status = pthread_cond_timedwait (&member->woken, &self->lock, &until);
  if (member->resting)
    leave_stack (self, member);
  return member->task;
}

/* With the lock held. Returns: (nullable): what to do next; NULL: to end */
static gpointer
take (EngineCrew *self, Member *member)
{
  gpointer task = NULL;

  if (self->threads > self->most)
    return NULL;
  if (g_queue_is_empty (&self->tasks) && !self->closing)
    task = rest (self, member);
  /* Who was sent home may have been asked for again before it woke. */
  if (task == NULL && self->threads <= self->most)
    task = g_queue_pop_head (&self->tasks);
  return task;
}

/* With the lock held, which it lets go. Each waits for the one that ended before it, so that the
 * last one's end is the end of all. */
static void
leave (EngineCrew *self)
{
  pthread_t before = self->latest;
  bool has_before = self->any_ended;

  self->latest = pthread_self ();
  self->any_ended = true;
  self->threads--;
  if (self->threads == 0)
    pthread_cond_signal (&self->emptied);
  pthread_mutex_unlock (&self->lock);
  if (has_before)
    pthread_join (before, NULL);
}

static void *
run (void *data)
{
  EngineCrew *self = data;
  Member member;
  gpointer task;

  member_init (&member);
  pthread_mutex_lock (&self->lock);
  while ((task = take (self, &member)) != NULL)
    {
      pthread_mutex_unlock (&self->lock);
      self->work (task, self->user_data);
      pthread_mutex_lock (&self->lock);
    }
  pthread_cond_destroy (&member.woken);
  leave (self);
  return NULL;
}

EngineCrew *
engine_crew_new (EngineCrewWork work, gpointer user_data, int most)
{
  EngineCrew *self = g_new0 (EngineCrew, 1);

  self->work = work;
  self->user_data = user_data;
  self->most = most;
  g_queue_init (&self->tasks);
  pthread_mutex_init (&self->lock, NULL);
  pthread_cond_init (&self->emptied, NULL);
  return self;
}

/* With the lock held: @member is no longer resting, and finds @task, NULL: is to look around. */
static void
wake (EngineCrew *self, Member *member, gpointer task)
{
  leave_stack (self, member);
  member->task = task;
  pthread_cond_signal (&member->woken);
}

/* With the lock held. */
static void
add_thread (EngineCrew *self)
{
  pthread_t thread;

  self->threads++;
  if (pthread_create (&thread, NULL, run, self) == 0)
    return;
  self->threads--;
  /* One of those that are there does it when it is free; with none there is no way on. */
  if (self->threads == 0)
    g_error ("no thread for a download");
}

void
engine_crew_push (EngineCrew *self, gpointer task)
{
  pthread_mutex_lock (&self->lock);
  if (self->resting != NULL)
    wake (self, self->resting, task);
  else
    {
      g_queue_push_tail (&self->tasks, task);
      if (self->threads < self->most)
        add_thread (self);
    }
  pthread_mutex_unlock (&self->lock);
}

/* With the lock held. */
static void
send_home (EngineCrew *self, int n)
{
  while (n-- > 0 && self->resting != NULL)
    wake (self, self->resting, NULL);
}

void
engine_crew_set_most (EngineCrew *self, int most)
{
  pthread_mutex_lock (&self->lock);
  self->most = most;
  send_home (self, self->threads - most);
  for (guint waiting = g_queue_get_length (&self->tasks); waiting > 0 && self->threads < most;
       waiting--)
    add_thread (self);
  pthread_mutex_unlock (&self->lock);
}

void
engine_crew_free (EngineCrew *self)
{
  pthread_mutex_lock (&self->lock);
  self->closing = true;
  send_home (self, self->threads);
  while (self->threads > 0)
    pthread_cond_wait (&self->emptied, &self->lock);
  pthread_mutex_unlock (&self->lock);
  if (self->any_ended)
    pthread_join (self->latest, NULL);
  pthread_cond_destroy (&self->emptied);
  pthread_mutex_destroy (&self->lock);
  g_free (self);
}
