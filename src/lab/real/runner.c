/* Making, running and joining the threads of one run. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/real/runner.h"

#include <stdbool.h>

#include "base/clock.h"
#include "lab/real/body.h"

/* The longest that a run may wait for anything: beyond it, it is stuck. */
#define DEADLINE_US (10 * BASE_SECOND_US)

#define QUEUE_CAPACITY 64

static void
stage_init (LabStage *stage, const LabPlan *plan, int actors)
{
  stage->plan = plan;
  pthread_mutex_init (&stage->gate_lock, NULL);
  pthread_cond_init (&stage->gate_moved, NULL);
  pthread_barrier_init (&stage->barrier, NULL, actors);
  pthread_mutex_init (&stage->lock, NULL);
  atomic_init (&stage->present, 0);
  atomic_init (&stage->count, lab_word_pack (0, LAB_NOBODY, 0));
  atomic_init (&stage->stuck, false);
  stage->queue =
      plan->mechanism == LAB_MECHANISM_QUEUE ? lab_fifo_new (QUEUE_CAPACITY) : NULL;
  stage->deadline_us = base_clock_now_us () + DEADLINE_US;
}

static void
stage_clear (LabStage *stage)
{
  g_clear_pointer (&stage->queue, lab_fifo_free);
  pthread_mutex_destroy (&stage->lock);
  pthread_barrier_destroy (&stage->barrier);
  pthread_cond_destroy (&stage->gate_moved);
  pthread_mutex_destroy (&stage->gate_lock);
}

static void
make_records (LabRun *run, LabActor *actors)
{
  const LabPlan *plan = &run->plan;

  run->steps = g_new0 (LabStep *, plan->threads);
  for (int i = 0; i < plan->threads; i++)
    actors[i].steps = run->steps[i] = g_new0 (LabStep, plan->increments);
  if (plan->mechanism == LAB_MECHANISM_QUEUE)
    actors[plan->threads].steps = run->owner_steps =
        g_new0 (LabStep, (gsize) plan->threads * plan->increments);
}

static void
move_gate (LabStage *stage, LabGate gate)
{
  pthread_mutex_lock (&stage->gate_lock);
  stage->gate = gate;
  pthread_cond_broadcast (&stage->gate_moved);
  pthread_mutex_unlock (&stage->gate_lock);
}

/* Returns: how many threads were made; all, or they do nothing. */
static int
start_all (LabStage *stage, LabActor *actors, int n)
{
  int made = 0;

  while (made < n &&
         pthread_create (&actors[made].thread, NULL, lab_body_run, &actors[made]) == 0)
    made++;
  move_gate (stage, made == n ? LAB_GATE_OPEN : LAB_GATE_HOME);
  return made;
}

LabRun *
lab_runner_run (const LabPlan *plan)
{
  g_autoptr (LabRun) run = g_new0 (LabRun, 1);
  int n = plan->threads + (plan->mechanism == LAB_MECHANISM_QUEUE);
  g_autofree LabActor *actors = g_new0 (LabActor, n);
  LabStage stage = { 0 };
  int made;

  run->plan = *plan;
  stage_init (&stage, &run->plan, n);
  if (plan->record)
    make_records (run, actors);
  for (int i = 0; i < n; i++)
    {
      actors[i].stage = &stage;
      actors[i].number = i;
    }
  made = start_all (&stage, actors, n);
  run->begin_ns = G_MAXINT64;
  for (int i = 0; i < made; i++)
    {
      pthread_join (actors[i].thread, NULL);
      run->begin_ns = MIN (run->begin_ns, actors[i].begin_ns);
    }
  run->end_ns = lab_body_now_ns ();
  run->last = atomic_load_explicit (&stage.count, memory_order_relaxed);
  run->stuck = atomic_load_explicit (&stage.stuck, memory_order_relaxed);
  stage_clear (&stage);
  return made == n ? g_steal_pointer (&run) : NULL;
}

void
lab_run_free (LabRun *run)
{
  for (int i = 0; run->steps != NULL && i < run->plan.threads; i++)
    g_free (run->steps[i]);
  g_free (run->steps);
  g_free (run->owner_steps);
  g_free (run);
}
