/* Gated runs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/real/gate.h"

#include <sched.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>

#include "base/thread.h"
#include "lab/real/player.h"

/* Each wait at a semaphore ends after so long and begins anew. */
#define SLICE_US G_USEC_PER_SEC

/* Whose turn it is: a thread's number from 0, or one of these. */
#define TURN_GATE (-1)
#define TURN_HOME (-2) /* everybody's, to leave */

typedef struct
{
  LabGate *gate;
  LabPlayer *player;
  pthread_t thread;
  sem_t turn; /* by hand: it is this thread's turn */
} Part;

struct LabGate
{
  LabProgram *program; /* owned reference */
  LabGateMode mode;
  LabScene scene;
  LabPlayer *players; /* owned; a thread's in its turn, else the gate's */
  Part *parts;        /* owned */
  int n_made;
  LabState model; /* the gate's */
  LabFailure failure;
  int failed_thread;

  _Atomic int turn; /* sequentially consistent: who has the turn has all that follows, too */
  sem_t done;       /* by hand: the step was taken */
  LabMove move;     /* written before the turn is given */
  LabTook took;     /* written before the turn is given back */
};

static void
wait_for (sem_t *semaphore)
{
  struct timespec until;

  do
    until = lab_scene_in (SLICE_US);
  while (sem_clockwait (semaphore, CLOCK_MONOTONIC, &until) != 0);
}

/* Returns: the turn: this thread's, or TURN_HOME. */
static int
wait_for_turn (Part *part)
{
  LabGate *gate = part->gate;
  int turn;

  if (gate->mode == LAB_GATE_BY_HAND)
    wait_for (&part->turn);
  while (turn = atomic_load (&gate->turn), turn != part->player->number && turn != TURN_HOME)
    sched_yield ();
  return turn;
}

static void
give_back_turn (LabGate *self)
{
  atomic_store (&self->turn, TURN_GATE);
  if (self->mode == LAB_GATE_BY_HAND)
    sem_post (&self->done);
}

static void *
play_part (void *data)
{
  Part *part = data;
  char name[16];

  snprintf (name, sizeof name, "lab-gate-%d", part->player->number % 100);
  base_thread_set_name (name);
  while (wait_for_turn (part) != TURN_HOME)
    {
      part->gate->took = lab_player_take (part->player, &part->gate->move, 0);
      give_back_turn (part->gate);
    }
  lab_player_let_go (part->player);
  return NULL;
}

static void
send_home (LabGate *self)
{
  atomic_store (&self->turn, TURN_HOME);
  for (int i = 0; i < self->n_made; i++)
    sem_post (&self->parts[i].turn);
  for (int i = 0; i < self->n_made; i++)
    pthread_join (self->parts[i].thread, NULL);
}

LabGate *
lab_gate_new (LabProgram *program, LabGateMode mode)
{
  g_autoptr (LabGate) self = g_new0 (LabGate, 1);
  int n = program->n_threads;

  self->program = lab_program_ref (program);
  self->mode = mode;
  self->failed_thread = -1;
  lab_state_init (&self->model, program);
  lab_scene_init (&self->scene, program, true);
  self->players = lab_players_new (&self->scene, 1);
  self->parts = g_new0 (Part, n);
  atomic_init (&self->turn, TURN_GATE);
  sem_init (&self->done, 0, 0);
  for (int i = 0; i < n; i++)
    {
      self->parts[i].gate = self;
      self->parts[i].player = &self->players[i];
      sem_init (&self->parts[i].turn, 0, 0);
    }
  while (self->n_made < n && pthread_create (&self->parts[self->n_made].thread, NULL, play_part,
                                             &self->parts[self->n_made]) == 0)
    self->n_made++;
  return self->n_made == n ? g_steal_pointer (&self) : NULL;
}

void
lab_gate_free (LabGate *self)
{
  send_home (self);
  for (int i = 0; i < self->program->n_threads; i++)
    sem_destroy (&self->parts[i].turn);
  sem_destroy (&self->done);
  g_free (self->parts);
  lab_players_free (self->players, &self->scene);
  lab_scene_clear (&self->scene);
  lab_state_clear (&self->model);
  lab_program_unref (self->program);
  g_free (self);
}

static bool
is_enabled (LabGate *self, LabMove move)
{
  LabMove moves[LAB_PROGRAM_MOST_THREADS + 2];
  int n;

  if (move.thread >= self->program->n_threads || self->failure != LAB_FAILURE_NONE)
    return false;
  n = lab_machine_list_thread (self->program, &self->model, move.thread, moves);
  for (int i = 0; i < n; i++)
    if (moves[i].choice == move.choice &&
        (move.choice != LAB_CHOICE_WAKE || moves[i].woken == move.woken))
      return true;
  return false;
}

/* The turn is the gate's again: nobody moves. */
static bool
equals_model (LabGate *self)
{
  g_auto (LabState) real = lab_players_compose (self->players, &self->scene);

  return real.n_words == self->model.n_words &&
         memcmp (real.words, self->model.words, real.n_words * sizeof (gint64)) == 0;
}

static void
give_turn (LabGate *self, LabMove move)
{
  self->move = move;
  atomic_store (&self->turn, move.thread);
  if (self->mode == LAB_GATE_BY_HAND)
    {
      sem_post (&self->parts[move.thread].turn);
      wait_for (&self->done);
    }
  while (atomic_load (&self->turn) != TURN_GATE)
    sched_yield ();
}

LabGateStep
lab_gate_take (LabGate *self, LabMove move)
{
  LabPlayer *player = &self->players[move.thread];

  if (!is_enabled (self, move))
    return LAB_GATE_NOT_ENABLED;
  give_turn (self, move);
  self->failure = lab_machine_apply (self->program, &self->model, move, NULL);
  if (self->failure != LAB_FAILURE_NONE)
    {
      self->failed_thread = move.thread;
      return self->took == LAB_TOOK_FAILURE && player->failure == self->failure ? LAB_GATE_FAILED
                                                                                : LAB_GATE_DIFFERS;
    }
  return self->took == LAB_TOOK_STEP && equals_model (self) ? LAB_GATE_TAKEN : LAB_GATE_DIFFERS;
}

const LabState *
lab_gate_get_state (LabGate *self)
{
  return &self->model;
}

LabFailure
lab_gate_get_failure (LabGate *self)
{
  return self->failure;
}

int
lab_gate_get_failed_thread (LabGate *self)
{
  return self->failed_thread;
}
