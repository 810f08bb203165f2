/* The crew: each task is done once, by as few threads as can, and none is left behind. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <pthread.h>
#include <stdatomic.h>

#include "engine/run/crew.h"

#define MANY 20000

typedef struct
{
  _Atomic int done;
  _Atomic int at_once;
  _Atomic int most_at_once;
  pthread_mutex_t lock;
  GHashTable *threads; /* guarded by lock; owned; a set of those that have worked */
  GAsyncQueue *ended;  /* owned; a task each */
  GAsyncQueue *gate;   /* owned; a task that waits takes one */
} Counts;

static void
counts_init (Counts *self)
{
  *self = (Counts){ 0 };
  pthread_mutex_init (&self->lock, NULL);
  self->threads = g_hash_table_new (NULL, NULL);
  self->ended = g_async_queue_new ();
  self->gate = g_async_queue_new ();
}

static void
counts_clear (Counts *self)
{
  pthread_mutex_destroy (&self->lock);
  g_hash_table_unref (self->threads);
  g_async_queue_unref (self->ended);
  g_async_queue_unref (self->gate);
}

static void
work (gpointer task, gpointer user_data)
{
  Counts *counts = user_data;
  int now = atomic_fetch_add (&counts->at_once, 1) + 1;
  int most = atomic_load (&counts->most_at_once);

  while (now > most && !atomic_compare_exchange_weak (&counts->most_at_once, &most, now))
    ;
  pthread_mutex_lock (&counts->lock);
  g_hash_table_add (counts->threads, (gpointer) pthread_self ());
  pthread_mutex_unlock (&counts->lock);
  if (GPOINTER_TO_INT (task) < 0)
    g_async_queue_pop (counts->gate);
  atomic_fetch_add (&counts->done, 1);
  atomic_fetch_sub (&counts->at_once, 1);
  g_async_queue_push (counts->ended, task);
}

static void
test_all (void)
{
  Counts counts;
  EngineCrew *crew;

  counts_init (&counts);
  crew = engine_crew_new (work, &counts, 8);
  for (int i = 1; i <= MANY; i++)
    engine_crew_push (crew, GINT_TO_POINTER (i));
  engine_crew_free (crew);
  g_assert_cmpint (counts.done, ==, MANY);
  g_assert_cmpint (counts.most_at_once, <=, 8);
  counts_clear (&counts);
}

/* One task at a time never needs a second thread for long: who has just rested is taken. */
static void
test_few (void)
{
  Counts counts;
  EngineCrew *crew;

  counts_init (&counts);
  crew = engine_crew_new (work, &counts, 64);
  for (int i = 1; i <= 2000; i++)
    {
      engine_crew_push (crew, GINT_TO_POINTER (i));
      g_async_queue_pop (counts.ended);
    }
  engine_crew_free (crew);
  /* The second is for a task that comes while the first is on its way to rest. */
  g_assert_cmpint (g_hash_table_size (counts.threads), <=, 16);
  counts_clear (&counts);
}

static void
test_limit (void)
{
  Counts counts;
  EngineCrew *crew;

  counts_init (&counts);
  crew = engine_crew_new (work, &counts, 2);
  for (int i = 0; i < 4; i++)
    engine_crew_push (crew, GINT_TO_POINTER (-1));
  engine_crew_set_most (crew, 4);
  /* All four wait at the gate at once, or this waits for ever. */
  while (atomic_load (&counts.at_once) < 4)
    g_thread_yield ();
  engine_crew_set_most (crew, 1);
  for (int i = 0; i < 4; i++)
    g_async_queue_push (counts.gate, GINT_TO_POINTER (1));
  for (int i = 0; i < 4; i++)
    g_async_queue_pop (counts.ended);
  for (int i = 1; i <= 100; i++)
    engine_crew_push (crew, GINT_TO_POINTER (i));
  engine_crew_free (crew);
  g_assert_cmpint (counts.done, ==, 104);
  counts_clear (&counts);
}

static void
test_changes (void)
{
  Counts counts;
  EngineCrew *crew;

  counts_init (&counts);
  crew = engine_crew_new (work, &counts, 4);
  for (int i = 1; i <= MANY; i++)
    {
      if (i % 3 == 0)
        engine_crew_set_most (crew, 1 + i % 7);
      engine_crew_push (crew, GINT_TO_POINTER (i));
    }
  for (int i = 0; i < MANY; i++)
    g_async_queue_pop (counts.ended);
  engine_crew_free (crew);
  g_assert_cmpint (counts.done, ==, MANY);
  counts_clear (&counts);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crew/each-task-is-done-once-before-the-end", test_all);
  g_test_add_func ("/crew/one-task-at-a-time-stays-with-few-threads", test_few);
  g_test_add_func ("/crew/a-raised-limit-counts-at-once-and-a-lowered-one-after-the-task",
                   test_limit);
  g_test_add_func ("/crew/no-task-is-left-behind-while-the-limit-changes", test_changes);
  return g_test_run ();
}
