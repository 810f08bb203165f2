/* The threads' bodies: one function an increment, by mechanism. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/real/body.h"

#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>

#include "base/thread.h"
#include "lab/real/timed-lock.h"

gint64
lab_body_now_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

/* A thread's own count towards its next nudge. */
typedef struct
{
  int every; /* 0: never */
  int left;
} Nudge;

static void
nudge (Nudge *self)
{
  if (self->every == 0 || --self->left > 0)
    return;
  self->left = self->every;
  sched_yield ();
}

static void
read_add_write (LabStage *stage, int writer, guint sequence, Nudge *between, LabWord *loaded)
{
  *loaded = atomic_load_explicit (&stage->count, memory_order_relaxed);
  nudge (between);
  atomic_store_explicit (&stage->count,
                         lab_word_pack (lab_word_get_value (*loaded) + 1, writer, sequence),
                         memory_order_relaxed);
}

static void
lock_add_unlock (LabStage *stage, int writer, guint sequence, Nudge *between, LabStep *step)
{
  struct timespec deadline = { .tv_sec = stage->deadline_us / G_TIME_SPAN_SECOND };

  if (lab_timed_lock (&stage->lock, &deadline) != 0)
    {
      atomic_store_explicit (&stage->stuck, true, memory_order_relaxed);
      return;
    }
  if (step->asked_ns != 0)
    step->start_ns = lab_body_now_ns ();
  read_add_write (stage, writer, sequence, between, &step->loaded);
  pthread_mutex_unlock (&stage->lock);
}

/* fetch_add on the whole word would count in the writer's place too: what is added makes the value
 * one more, and says who, in one compare-and-swap of the processor's. */
static void
swap (LabStage *stage, int writer, guint sequence, Nudge *between, LabWord *loaded)
{
  LabWord seen = atomic_load_explicit (&stage->count, memory_order_relaxed);

  do
    nudge (between);
  while (!atomic_compare_exchange_weak_explicit (&stage->count, &seen,
                                                 lab_word_pack (lab_word_get_value (seen) + 1,
                                                                writer, sequence),
                                                 memory_order_relaxed, memory_order_relaxed));
  *loaded = seen;
}

static void
add_atomically (LabStage *stage, LabWord *loaded)
{
  /* One hardware instruction; the low bits are the value, and never overflow into the rest. */
  *loaded = atomic_fetch_add_explicit (&stage->count, 1, memory_order_relaxed);
}

static void
increment (LabActor *self, guint sequence, Nudge *between, LabStep *step)
{
  LabStage *stage = self->stage;

  switch (stage->plan->mechanism)
    {
    case LAB_MECHANISM_RACY:
    case LAB_MECHANISM_YIELD:
      read_add_write (stage, self->number, sequence, between, &step->loaded);
      break;
    case LAB_MECHANISM_MUTEX:
      lock_add_unlock (stage, self->number, sequence, between, step);
      break;
    case LAB_MECHANISM_FETCH_ADD:
      add_atomically (stage, &step->loaded);
      break;
    case LAB_MECHANISM_CAS:
      swap (stage, self->number, sequence, between, &step->loaded);
      break;
    case LAB_MECHANISM_QUEUE:
    default:
      nudge (between);
      if (!lab_fifo_put (stage->queue, 1, stage->deadline_us))
        atomic_store_explicit (&stage->stuck, true, memory_order_relaxed);
      break;
    }
}

static void
count_up (LabActor *self)
{
  const LabPlan *plan = self->stage->plan;
  Nudge between = { .every = plan->mechanism == LAB_MECHANISM_YIELD ? 1 : plan->nudge };
  LabStep unrecorded = { 0 };

  /* Each thread begins elsewhere in its count, or all would yield together each time. */
  if (between.every > 0)
    between.left = 1 + (int) ((plan->seed + self->number * 7919u) % between.every);
  for (int i = 0; i < plan->increments; i++)
    {
      LabStep *step = self->steps != NULL ? &self->steps[i] : &unrecorded;

      if (self->steps != NULL)
        step->asked_ns = step->start_ns = lab_body_now_ns ();
      increment (self, i + 1, &between, step);
      if (self->steps != NULL)
        step->end_ns = lab_body_now_ns ();
    }
}

/* The chapter's second cure: one owner, who alone touches the total. */
static void
own (LabActor *self)
{
  LabStage *stage = self->stage;
  gint64 messages = (gint64) stage->plan->threads * stage->plan->increments;
  gint64 total = 0;
  gint64 message;

  for (gint64 i = 0; i < messages; i++)
    {
      gint64 asked_ns = self->steps != NULL ? lab_body_now_ns () : 0;

      if (!lab_fifo_get (stage->queue, &message, stage->deadline_us))
        {
          atomic_store_explicit (&stage->stuck, true, memory_order_relaxed);
          break;
        }
      total += message;
      if (self->steps != NULL)
        self->steps[i] = (LabStep){ .loaded = lab_word_pack (total, self->number, i + 1),
                                    .asked_ns = asked_ns,
                                    .start_ns = lab_body_now_ns (),
                                    .end_ns = lab_body_now_ns () };
    }
  atomic_store_explicit (&stage->count, lab_word_pack (total, self->number, 0),
                         memory_order_relaxed);
}

void *
lab_body_run (void *data)
{
  LabActor *self = data;
  LabStage *stage = self->stage;
  gboolean is_owner = self->number == stage->plan->threads;
  char name[16];

  snprintf (name, sizeof name, is_owner ? "lab-owner" : "lab-%d", self->number % 100);
  base_thread_set_name (name);
  if (!lab_start_pass (&stage->start))
    return NULL;
  self->begin_ns = lab_body_now_ns ();
  if (is_owner)
    own (self);
  else
    count_up (self);
  return NULL;
}
