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
  lab_start_init (&stage->start, actors);
  pthread_mutex_init (&stage->lock, NULL);
  atomic_init (&stage->count, lab_word_pack (0, LAB_NOBODY, 0));
  atomic_init (&stage->stuck, false);
  stage->queue = plan->mechanism == LAB_MECHANISM_QUEUE ? lab_fifo_new (QUEUE_CAPACITY) : NULL;
  stage->deadline_us = base_clock_now_us () + DEADLINE_US;
}

static void
stage_clear (LabStage *stage)
{
  g_clear_pointer (&stage->queue, lab_fifo_free);
  pthread_mutex_destroy (&stage->lock);
  lab_start_clear (&stage->start);
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

LabRun *
lab_runner_run (const LabPlan *plan)
{
  g_autoptr (LabRun) run = g_new0 (LabRun, 1);
  int n = plan->threads + (plan->mechanism == LAB_MECHANISM_QUEUE);
  g_autofree LabActor *actors = g_new0 (LabActor, n);
  g_autofree pthread_t *threads = g_new (pthread_t, n);
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
  made = lab_start_make (&stage.start, threads, lab_body_run, actors, sizeof (LabActor));
  run->begin_ns = G_MAXINT64;
  for (int i = 0; i < made; i++)
    {
      pthread_join (threads[i], NULL);
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
