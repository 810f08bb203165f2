/* Sleeping on a condition, and waking. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/real/player-private.h"

/* A sleeper on a spurious condition wakes by itself in one of so many slices. */
#define SPURIOUS_ODDS 2
#define SPURIOUS_SLICE_US 200

LabTook
lab_player_go_to_sleep (LabPlayer *self, const LabInstruction *at)
{
  LabSleeper *sleeper = &self->scene->sleepers[self->number];
  bool held;

  /* Both at once for all who signal: they take the same lock. */
  pthread_mutex_lock (&self->scene->sleep_lock);
  held = lab_scene_release_lock (self->scene, at->lock, self->number);
  if (held)
    {
      sleeper->condition = at->item;
      sleeper->woken = false;
    }
  pthread_mutex_unlock (&self->scene->sleep_lock);
  return held ? LAB_TOOK_STEP : lab_player_fail (self, LAB_FAILURE_NOT_HELD);
}

/* The sleep_lock is held. */
static LabTook
wake_by_itself (LabPlayer *self, const LabInstruction *at, const LabMove *move)
{
  if (!self->program->items[LAB_ITEM_CONDITION][at->item].spurious)
    return LAB_TOOK_NOTHING;
  if (move == NULL && lab_player_random (self, SPURIOUS_ODDS) != 0)
    return LAB_TOOK_TIME;
  if (!lab_scene_take_lock (self->scene, at->lock, self->number, 0))
    return LAB_TOOK_NOTHING;
  self->scene->sleepers[self->number].condition = -1;
  return LAB_TOOK_STEP;
}

/* The second half of a wait. A spurious wake-up takes the lock in the same step, as the model has
 * it: until then the thread is a waiter that a signal may find. */
LabTook
lab_player_wake_up (LabPlayer *self,
                    const LabInstruction *at,
                    const LabMove *move,
                    gint64 patience_us)
{
  LabScene *scene = self->scene;
  LabSleeper *sleeper = &scene->sleepers[self->number];
  bool may_be_spurious = self->program->items[LAB_ITEM_CONDITION][at->item].spurious;
  LabTook took = LAB_TOOK_NOTHING;
  struct timespec until;
  bool woken;

  pthread_mutex_lock (&scene->sleep_lock);
  if (!sleeper->woken && patience_us > 0)
    {
      until = lab_scene_in (may_be_spurious ? MIN (patience_us, SPURIOUS_SLICE_US) : patience_us);
      pthread_cond_clockwait (&sleeper->wake, &scene->sleep_lock, CLOCK_MONOTONIC, &until);
    }
  woken = sleeper->woken;
  if (!woken && (move == NULL || move->choice == LAB_CHOICE_SPURIOUS))
    took = wake_by_itself (self, at, move);
  pthread_mutex_unlock (&scene->sleep_lock);
  if (woken && lab_scene_take_lock (scene, at->lock, self->number, patience_us))
    {
      took = LAB_TOOK_STEP;
      pthread_mutex_lock (&scene->sleep_lock);
      sleeper->condition = -1;
      sleeper->woken = false;
      pthread_mutex_unlock (&scene->sleep_lock);
    }
  return took;
}

static void
wake_one (LabScene *scene, int thread)
{
  scene->sleepers[thread].woken = true;
  pthread_cond_signal (&scene->sleepers[thread].wake);
}

static bool
sleeps_on (LabScene *scene, int thread, int condition)
{
  return scene->sleepers[thread].condition == condition && !scene->sleepers[thread].woken;
}

/* Which of them wakes is anybody's guess: here it is drawn, so that each gets its turn. */
LabTook
lab_player_signal_one (LabPlayer *self, const LabInstruction *at, const LabMove *move)
{
  LabScene *scene = self->scene;
  int n = 0;
  int chosen = -1;

  pthread_mutex_lock (&scene->sleep_lock);
  for (int t = 0; t < self->program->n_threads; t++)
    if (sleeps_on (scene, t, at->item) &&
        (move != NULL ? move->choice == LAB_CHOICE_WAKE && move->woken == t
                      : lab_player_random (self, ++n) == 0))
      chosen = t;
  if (chosen >= 0)
    wake_one (scene, chosen);
  pthread_mutex_unlock (&scene->sleep_lock);
  return move != NULL && move->choice == LAB_CHOICE_WAKE && chosen < 0 ? LAB_TOOK_NOTHING
                                                                       : LAB_TOOK_STEP;
}

LabTook
lab_player_signal_all (LabPlayer *self, const LabInstruction *at)
{
  LabScene *scene = self->scene;

  pthread_mutex_lock (&scene->sleep_lock);
  for (int t = 0; t < self->program->n_threads; t++)
    if (sleeps_on (scene, t, at->item))
      wake_one (scene, t);
  pthread_mutex_unlock (&scene->sleep_lock);
  return LAB_TOOK_STEP;
}
