/* Free runs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/real/play.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/thread.h"
#include "lab/real/player.h"
#include "lab/real/start.h"

/* A try that ends after the watchdog looked may have begun before; the next has not. */
#define SURE_TRIES 2

/* How often the watchdog looks again, once a run is late. */
#define LOOK_US 1000

/* A run that has taken so many steps and has still not ended when its time is over never will. */
#define MANY_STEPS 2000000

/* After so many looks it lets the run go on and begins anew. */
#define MOST_LOOKS 100

typedef struct Stage Stage;

typedef struct
{
  Stage *stage;
  LabPlayer *player;
  GArray *steps; /* owned, nullable; its thread's until that is joined */
  gint64 begin_ns;
} Part;

struct Stage
{
  const LabPlayPlan *plan;
  LabScene scene;
  LabPlayer *players; /* owned; one for each thread */
  Part *parts;        /* owned; one for each thread */
  int n_threads;
  LabStart start;

  pthread_mutex_t lock;
  pthread_cond_t news;    /* with lock: somebody has left */
  pthread_cond_t curtain; /* with lock: all have left */
  int left;               /* guarded by lock: threads that take no more steps */
  int failed_thread;      /* guarded by lock; -1 */
};

static gint64
now_ns (void)
{
  struct timespec now = lab_scene_in (0);

  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

static void
nudge (Part *part)
{
  int every = part->stage->plan->nudge;

  if (every > 0 && lab_player_random (part->player, every) == 0)
    sched_yield ();
}

static void
note_step (Part *part, int instruction, gint64 asked_ns)
{
  const LabPlayStep step = { instruction, part->player->value, asked_ns, now_ns () };

  g_array_append_val (part->steps, step);
}

static bool
is_recording (const Part *part)
{
  return part->steps != NULL && (int) part->steps->len < part->stage->plan->record;
}

/* Returns: how the last try went. */
static LabTook
take_all (Part *part)
{
  LabPlayer *player = part->player;
  LabTook took = LAB_TOOK_STEP;
  gint64 asked_ns = 0;
  guint64 steps = 0;

  while (!atomic_load_explicit (&part->stage->scene.stop, memory_order_relaxed) &&
         !lab_player_has_ended (player))
    {
      int instruction = player->words[player->number];

      if (took == LAB_TOOK_STEP && is_recording (part))
        asked_ns = now_ns ();
      took = lab_player_take (player, NULL, LAB_SCENE_SLICE_US);
      if (took == LAB_TOOK_FAILURE)
        {
          if (is_recording (part))
            note_step (part, instruction, asked_ns);
          break;
        }
      if (took == LAB_TOOK_NOTHING)
        {
          atomic_fetch_add (&player->tries, 1);
          atomic_store (&player->status, LAB_PLAYER_BLOCKED);
          continue;
        }
      if (atomic_load_explicit (&player->status, memory_order_relaxed) != LAB_PLAYER_RUNNING)
        atomic_store (&player->status, LAB_PLAYER_RUNNING);
      if (took == LAB_TOOK_TIME)
        continue;
      atomic_store_explicit (&player->steps, ++steps, memory_order_relaxed);
      if (is_recording (part))
        note_step (part, instruction, asked_ns);
      nudge (part);
    }
  return took;
}

/* Locks stay held until all have left: in a run, nobody lets go who has no `unlock`. */
static void
leave_stage (Part *part, LabTook took)
{
  Stage *stage = part->stage;
  bool waits = lab_player_holds (part->player);

  pthread_mutex_lock (&stage->lock);
  if (took == LAB_TOOK_FAILURE && stage->failed_thread < 0)
    {
      stage->failed_thread = part->player->number;
      atomic_store_explicit (&stage->scene.stop, true, memory_order_relaxed);
    }
  stage->left++;
  pthread_cond_signal (&stage->news);
  if (stage->left == stage->n_threads)
    pthread_cond_broadcast (&stage->curtain);
  while (waits && stage->left < stage->n_threads)
    {
      struct timespec until = lab_scene_in (BASE_SECOND_US);

      pthread_cond_clockwait (&stage->curtain, &stage->lock, CLOCK_MONOTONIC, &until);
    }
  pthread_mutex_unlock (&stage->lock);
  if (waits)
    lab_player_let_go (part->player);
}

static void *
play_part (void *data)
{
  Part *part = data;
  LabTook took;
  char name[16];

  snprintf (name, sizeof name, "lab-%d", part->player->number % 100);
  base_thread_set_name (name);
  if (!lab_start_pass (&part->stage->start))
    return NULL;
  part->begin_ns = now_ns ();
  nudge (part);
  took = take_all (part);
  if (lab_player_has_ended (part->player))
    atomic_store (&part->player->status, LAB_PLAYER_ENDED);
  leave_stage (part, took);
  return NULL;
}

/* What the watchdog saw of a thread. */
typedef struct
{
  int status;
  guint64 steps;
  guint64 tries;
} Glance;

static Glance
glance (LabPlayer *player)
{
  Glance seen;

  /* The status first: with it come the steps that were taken before. */
  seen.status = atomic_load (&player->status);
  seen.steps = atomic_load_explicit (&player->steps, memory_order_relaxed);
  seen.tries = atomic_load (&player->tries);
  return seen;
}

/* Returns: whether it may be that nobody can move: some are blocked, and none runs. */
static bool
glance_all (Stage *stage, Glance *seen)
{
  int blocked = 0;

  for (int i = 0; i < stage->n_threads; i++)
    {
      seen[i] = glance (&stage->players[i]);
      if (seen[i].status == LAB_PLAYER_RUNNING)
        return false;
      blocked += seen[i].status == LAB_PLAYER_BLOCKED;
    }
  return blocked > 0;
}

typedef enum
{
  STILL_MOVES,
  STILL_UNSURE,
  STILL_STUCK,
} Still;

static Still
compare (Stage *stage, const Glance *before)
{
  Still still = STILL_STUCK;

  for (int i = 0; i < stage->n_threads; i++)
    {
      Glance now = glance (&stage->players[i]);

      if (now.status != before[i].status || now.steps != before[i].steps)
        return STILL_MOVES;
      if (now.status == LAB_PLAYER_BLOCKED && now.tries < before[i].tries + SURE_TRIES)
        still = STILL_UNSURE;
    }
  return still;
}

/* Returns: whether the play is over. The lock is held, and let go while waiting. */
static bool
wait_for_news (Stage *stage, gint64 us)
{
  struct timespec until = lab_scene_in (us);

  while (stage->left < stage->n_threads && stage->failed_thread < 0)
    if (pthread_cond_clockwait (&stage->news, &stage->lock, CLOCK_MONOTONIC, &until) == ETIMEDOUT)
      break;
  return stage->left == stage->n_threads || stage->failed_thread >= 0;
}

static bool
is_stuck (Stage *stage)
{
  g_autofree Glance *before = g_new (Glance, stage->n_threads);
  Still still = STILL_UNSURE;

  if (!glance_all (stage, before))
    return false;
  for (int i = 0; i < MOST_LOOKS && still == STILL_UNSURE; i++)
    {
      if (wait_for_news (stage, LOOK_US))
        return false;
      still = compare (stage, before);
    }
  return still == STILL_STUCK;
}

static guint64
count_steps (Stage *stage)
{
  guint64 steps = 0;

  for (int i = 0; i < stage->n_threads; i++)
    steps += atomic_load_explicit (&stage->players[i].steps, memory_order_relaxed);
  return steps;
}

/* A machine with other things to do may give these threads no time: they are late only when they
 * have had much of it. */
static bool
is_late (Stage *stage, gint64 began_us)
{
  gint64 watches = (base_clock_now_us () - began_us) / 1000 / stage->plan->timeout_ms;

  return watches >= LAB_PLAY_MOST_WATCHES &&
         (count_steps (stage) >= MANY_STEPS || watches >= 10 * LAB_PLAY_MOST_WATCHES);
}

/* Returns once all have left, or have been told to. */
static void
watch (Stage *stage)
{
  gint64 began_us = base_clock_now_us ();
  bool over;

  pthread_mutex_lock (&stage->lock);
  over = wait_for_news (stage, (gint64) stage->plan->timeout_ms * 1000);
  while (!over && !is_stuck (stage) && !is_late (stage, began_us))
    over = wait_for_news (stage, LOOK_US);
  pthread_mutex_unlock (&stage->lock);
  atomic_store_explicit (&stage->scene.stop, true, memory_order_relaxed);
}

static void
stage_init (Stage *stage, LabProgram *program, const LabPlayPlan *plan)
{
  pthread_condattr_t monotonic;

  stage->plan = plan;
  stage->n_threads = program->n_threads;
  stage->failed_thread = -1;
  lab_scene_init (&stage->scene, program, false);
  stage->players = lab_players_new (&stage->scene, plan->seed);
  stage->parts = g_new0 (Part, stage->n_threads);
  for (int i = 0; i < stage->n_threads; i++)
    {
      stage->parts[i].stage = stage;
      stage->parts[i].player = &stage->players[i];
      if (plan->record > 0)
        stage->parts[i].steps = g_array_new (FALSE, FALSE, sizeof (LabPlayStep));
    }
  pthread_condattr_init (&monotonic);
  pthread_condattr_setclock (&monotonic, CLOCK_MONOTONIC);
  pthread_mutex_init (&stage->lock, NULL);
  pthread_cond_init (&stage->news, &monotonic);
  pthread_cond_init (&stage->curtain, &monotonic);
  pthread_condattr_destroy (&monotonic);
  lab_start_init (&stage->start, stage->n_threads);
}

static void
stage_clear (Stage *stage)
{
  lab_start_clear (&stage->start);
  pthread_cond_destroy (&stage->curtain);
  pthread_cond_destroy (&stage->news);
  pthread_mutex_destroy (&stage->lock);
  for (int i = 0; i < stage->n_threads; i++)
    g_clear_pointer (&stage->parts[i].steps, g_array_unref);
  g_free (stage->parts);
  lab_players_free (stage->players, &stage->scene);
  lab_scene_clear (&stage->scene);
}

/* The watchdog only says when to stop; what it is comes from where the threads stand. */
static LabPlayKind
get_kind (Stage *stage, const LabState *state)
{
  if (stage->failed_thread >= 0)
    return LAB_PLAY_FAILED;
  switch (lab_machine_get_status (stage->scene.program, state))
    {
    case LAB_STATUS_END:
      return LAB_PLAY_END;
    case LAB_STATUS_DEADLOCK:
      return LAB_PLAY_DEADLOCK;
    case LAB_STATUS_RUNNING:
    default:
      return LAB_PLAY_UNFINISHED;
    }
}

/* All threads are joined. */
static LabPlay *
sum_up (Stage *stage)
{
  LabPlay *play = g_new0 (LabPlay, 1);

  play->state = lab_players_compose (stage->players, &stage->scene);
  play->kind = get_kind (stage, &play->state);
  play->failed_thread = stage->failed_thread;
  if (play->kind == LAB_PLAY_FAILED)
    play->failure = stage->players[play->failed_thread].failure;
  play->n_threads = stage->n_threads;
  play->begin_ns = G_MAXINT64;
  play->end_ns = now_ns ();
  if (stage->plan->record > 0)
    play->steps = g_new0 (GArray *, stage->n_threads);
  for (int i = 0; i < stage->n_threads; i++)
    {
      play->begin_ns = MIN (play->begin_ns, stage->parts[i].begin_ns);
      if (play->steps != NULL)
        play->steps[i] = g_steal_pointer (&stage->parts[i].steps);
    }
  return play;
}

LabPlay *
lab_play_run (LabProgram *program, const LabPlayPlan *plan)
{
  g_autofree pthread_t *threads = g_new (pthread_t, program->n_threads);
  LabPlay *play = NULL;
  Stage stage = { 0 };
  int made;

  stage_init (&stage, program, plan);
  made = lab_start_make (&stage.start, threads, play_part, stage.parts, sizeof (Part));
  if (made == stage.n_threads)
    watch (&stage);
  for (int i = 0; i < made; i++)
    pthread_join (threads[i], NULL);
  if (made == stage.n_threads)
    play = sum_up (&stage);
  stage_clear (&stage);
  return play;
}

void
lab_play_free (LabPlay *self)
{
  for (int i = 0; self->steps != NULL && i < self->n_threads; i++)
    g_array_unref (self->steps[i]);
  g_free (self->steps);
  lab_state_clear (&self->state);
  g_free (self);
}
