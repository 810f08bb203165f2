/* Steps on real threads. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/real/player.h"

#include <sched.h>
#include <string.h>
#include <time.h>

/* How long an `await` spins before it sleeps between two looks. */
#define SPINS 200
#define PAUSE_US 100

/* A sleeper on a spurious condition wakes by itself in one of so many slices. */
#define SPURIOUS_ODDS 2
#define SPURIOUS_SLICE_US 200

static void
player_init (LabPlayer *self, LabScene *scene, int number, guint64 seed)
{
  const LabProgram *program = scene->program;
  int n_words;

  *self = (LabPlayer){ .scene = scene, .program = program, .number = number };
  self->words = lab_first_words (program, &n_words);
  self->n_allocated = n_words;
  /* No words of queues: only their lengths are ever read, and those are put in when they are. */
  memset (self->words + program->at_sequences, 0,
          (n_words - program->at_sequences) * sizeof (gint64));
  self->random = (seed ^ ((guint64) number + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) | 1;
  if (scene->buffers)
    self->buffer = g_array_new (FALSE, FALSE, 2 * sizeof (gint64));
  atomic_init (&self->fenced, 0);
  atomic_init (&self->steps, 0);
  atomic_init (&self->tries, 0);
  atomic_init (&self->status, LAB_PLAYER_RUNNING);
  /* The checker has tried this. */
  lab_settle (program, self->words, number);
}

LabPlayer *
lab_players_new (LabScene *scene, guint64 seed)
{
  int n = scene->program->n_threads;
  LabPlayer *players = g_aligned_alloc0 (n, sizeof (LabPlayer), _Alignof(LabPlayer));

  for (int i = 0; i < n; i++)
    player_init (&players[i], scene, i, seed);
  return players;
}

void
lab_players_free (LabPlayer *players, const LabScene *scene)
{
  for (int i = 0; i < scene->program->n_threads; i++)
    {
      g_free (players[i].words);
      g_clear_pointer (&players[i].buffer, g_array_unref);
    }
  g_aligned_free (players);
}

static const LabInstruction *
get_instruction (const LabPlayer *self)
{
  return &self->program->instructions[self->words[self->number]];
}

bool
lab_player_has_ended (const LabPlayer *self)
{
  return get_instruction (self)->op == LAB_DO_END;
}

guint
lab_player_random (LabPlayer *self, guint n)
{
  /* Marsaglia's xorshift64: no lock, unlike GLib's, and good enough for a nudge. */
  self->random ^= self->random << 13;
  self->random ^= self->random >> 7;
  self->random ^= self->random << 17;
  return (self->random >> 32) % n;
}

static void
enter (LabPlayer *self)
{
  pthread_mutex_lock (&self->scene->whole);
  self->inside = true;
}

static void
leave (LabPlayer *self)
{
  self->inside = false;
  pthread_mutex_unlock (&self->scene->whole);
}

static LabTook
fail (LabPlayer *self, LabFailure failure)
{
  self->failure = failure;
  return LAB_TOOK_FAILURE;
}

/* What of a step is over: it is done, or it has failed. */
static LabTook
after (LabPlayer *self, LabFault fault)
{
  if (fault == LAB_FAULT_NONE)
    return LAB_TOOK_STEP;
  return fail (self, fault == LAB_FAULT_OVERFLOW ? LAB_FAILURE_OVERFLOW : LAB_FAILURE_DIVISION);
}

static gint64
load (LabPlayer *self, int shared)
{
  for (int i = self->buffer != NULL ? (int) self->buffer->len - 1 : -1; i >= 0; i--)
    {
      const gint64 *entry = &((gint64 *) (void *) self->buffer->data)[2 * i];

      if (entry[0] == shared)
        return entry[1];
    }
  return lab_scene_load (self->scene, shared);
}

static void
store (LabPlayer *self, int shared, gint64 value)
{
  /* What is inside a block is as a locked instruction: it goes to memory. */
  if (self->buffer != NULL && !self->in_block)
    {
      const gint64 entry[2] = { shared, value };

      g_array_append_vals (self->buffer, entry, 1);
    }
  else
    lab_scene_store (self->scene, shared, value);
}

static gint64
load_length (LabPlayer *self, int queue)
{
  bool was_inside = self->inside;
  gint64 length;

  if (!was_inside)
    enter (self);
  length = self->scene->queues[queue].length;
  if (!was_inside)
    leave (self);
  return length;
}

/* A queue's words follow its length, so the place of each length depends on those before it. */
static void
lay_lengths (LabPlayer *self, const gint64 *lengths)
{
  const LabProgram *program = self->program;
  int n = program->n_items[LAB_ITEM_QUEUE];
  gsize needed = program->at_sequences + program->n_sequences;
  gint64 *at;

  for (int i = 0; i < n; i++)
    needed += lengths[i];
  if (needed > self->n_allocated)
    {
      self->words = g_renew (gint64, self->words, needed);
      self->n_allocated = needed;
    }
  at = self->words + program->at_sequences;
  for (int i = 0; i < n; i++)
    {
      *at = lengths[i];
      at += 1 + lengths[i];
    }
  memset (at, 0, (program->n_sequences - n) * sizeof (gint64));
}

/* Loads what @expr reads of the scene; @memory: past the thread's own store buffer, as claims do.
 */
static void
fetch (LabPlayer *self, LabExpr expr, bool memory)
{
  const LabProgram *program = self->program;
  g_autofree gint64 *lengths = NULL;

  for (int i = expr.first; i < expr.end; i++)
    {
      const LabExprCode *code = &program->codes[i];

      if (code->op == LAB_EXPR_SHARED)
        self->words[program->at_shared + code->arg] =
            memory ? lab_scene_load (self->scene, code->arg) : load (self, code->arg);
      else if (code->op == LAB_EXPR_LENGTH)
        {
          if (lengths == NULL)
            lengths = g_new0 (gint64, program->n_items[LAB_ITEM_QUEUE]);
          lengths[code->arg] = load_length (self, code->arg);
        }
    }
  if (lengths != NULL)
    lay_lengths (self, lengths);
}

static LabTook
evaluate (LabPlayer *self, LabExpr expr, gint64 *value)
{
  fetch (self, expr, false);
  return after (self, lab_evaluate (self->program, expr, self->words, self->number, value));
}

static void
write_own (LabPlayer *self, int slot, gint64 value)
{
  if (slot >= 0)
    self->words[self->program->threads[self->number].own + slot] = value;
}

static void
write_target (LabPlayer *self, const LabInstruction *at, gint64 value)
{
  if (at->to_shared >= 0)
    store (self, at->to_shared, value);
  else
    write_own (self, at->to_own, value);
}

static LabTook
assign (LabPlayer *self, const LabInstruction *at)
{
  gint64 value;
  LabTook took = evaluate (self, at->value, &value);

  if (took != LAB_TOOK_STEP)
    return took;
  self->value = value;
  write_target (self, at, value);
  return LAB_TOOK_STEP;
}

static LabTook
assert_holds (LabPlayer *self, const LabInstruction *at)
{
  gint64 value;
  LabTook took = evaluate (self, at->value, &value);

  return took == LAB_TOOK_STEP && value == 0 ? fail (self, LAB_FAILURE_ASSERT) : took;
}

static LabTook
put (LabPlayer *self, const LabInstruction *at)
{
  gint64 value;
  LabTook took = evaluate (self, at->value, &value);

  if (took != LAB_TOOK_STEP)
    return took;
  if (!lab_scene_put (self->scene, at->item, value))
    return LAB_TOOK_NOTHING;
  self->value = value;
  return LAB_TOOK_STEP;
}

static LabTook
get (LabPlayer *self, const LabInstruction *at)
{
  gint64 value;

  if (!lab_scene_get (self->scene, at->item, &value))
    return LAB_TOOK_NOTHING;
  write_target (self, at, value);
  self->value = value;
  return LAB_TOOK_STEP;
}

static LabTook
fetch_add (LabPlayer *self, const LabInstruction *at)
{
  _Atomic gint64 *word = &self->scene->shared[at->item].value;
  gint64 before = atomic_load (word);
  gint64 added, sum;
  LabTook took = evaluate (self, at->value, &added);

  if (took != LAB_TOOK_STEP)
    return took;
  do
    if (__builtin_add_overflow (before, added, &sum))
      return fail (self, LAB_FAILURE_OVERFLOW);
  while (!atomic_compare_exchange_weak (word, &before, sum));
  write_own (self, at->to_own, before);
  self->value = sum;
  return LAB_TOOK_STEP;
}

static LabTook
compare_and_swap (LabPlayer *self, const LabInstruction *at)
{
  gint64 expected, new;
  LabTook took = evaluate (self, at->value, &expected);
  bool ok;

  if (took == LAB_TOOK_STEP)
    took = evaluate (self, at->other, &new);
  if (took != LAB_TOOK_STEP)
    return took;
  self->value = new;
  ok = atomic_compare_exchange_strong (&self->scene->shared[at->item].value, &expected, new);
  if (!ok)
    self->value = expected;
  write_own (self, at->to_own, ok);
  return LAB_TOOK_STEP;
}

/* Of a block that is one step; an empty or full queue fails it. */
static LabTook
take_inner (LabPlayer *self, const LabInstruction *at)
{
  LabTook took;

  switch (at->op)
    {
    case LAB_DO_ASSIGN:
      return assign (self, at);
    case LAB_DO_PUT:
      took = put (self, at);
      return took == LAB_TOOK_NOTHING ? fail (self, LAB_FAILURE_FULL) : took;
    case LAB_DO_GET:
      took = get (self, at);
      return took == LAB_TOOK_NOTHING ? fail (self, LAB_FAILURE_EMPTY) : took;
    case LAB_DO_ASSERT:
    default:
      return assert_holds (self, at);
    }
}

static LabTook
take_block (LabPlayer *self, const LabInstruction *start)
{
  const LabInstruction *all = self->program->instructions;
  LabTook took = LAB_TOOK_STEP;
  gint64 value;

  self->in_block = true;
  for (int i = start - all + 1; i < start->target && took == LAB_TOOK_STEP;)
    if (all[i].op == LAB_DO_JUMP)
      i = all[i].target;
    else if (all[i].op == LAB_DO_BRANCH)
      {
        took = evaluate (self, all[i].value, &value);
        i = took != LAB_TOOK_STEP || value != 0 ? i + 1 : all[i].target;
      }
    else
      took = take_inner (self, &all[i++]);
  self->in_block = false;
  return took;
}

static LabTook
await_once (LabPlayer *self, const LabInstruction *at)
{
  gint64 value;
  LabTook took = evaluate (self, at->value, &value);

  if (took != LAB_TOOK_STEP)
    return took;
  if (value == 0)
    return LAB_TOOK_NOTHING;
  return at->has_block ? take_block (self, at) : LAB_TOOK_STEP;
}

/* Without a lock there is nobody who would wake it. */
static LabTook
await_spinning (LabPlayer *self, const LabInstruction *at, gint64 patience_us)
{
  const struct timespec pause = { .tv_nsec = PAUSE_US * 1000 };
  LabTook took = await_once (self, at);

  for (int i = 0; took == LAB_TOOK_NOTHING && patience_us > 0 && i < SPINS; i++)
    {
      sched_yield ();
      took = await_once (self, at);
    }
  if (took == LAB_TOOK_NOTHING && patience_us > 0)
    nanosleep (&pause, NULL);
  return took;
}

static LabTook
go_to_sleep (LabPlayer *self, const LabInstruction *at)
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
  return held ? LAB_TOOK_STEP : fail (self, LAB_FAILURE_NOT_HELD);
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
static LabTook
wake_up (LabPlayer *self, const LabInstruction *at, const LabMove *move, gint64 patience_us)
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
static LabTook
signal_one (LabPlayer *self, const LabInstruction *at, const LabMove *move)
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

static LabTook
signal_all (LabPlayer *self, const LabInstruction *at)
{
  LabScene *scene = self->scene;

  pthread_mutex_lock (&scene->sleep_lock);
  for (int t = 0; t < self->program->n_threads; t++)
    if (sleeps_on (scene, t, at->item))
      wake_one (scene, t);
  pthread_mutex_unlock (&scene->sleep_lock);
  return LAB_TOOK_STEP;
}

static LabTook
try_lock (LabPlayer *self, const LabInstruction *at)
{
  write_own (self, at->to_own, lab_scene_take_lock (self->scene, at->item, self->number, 0));
  return LAB_TOOK_STEP;
}

/* A locked instruction empties the store buffer as mfence does, and ThreadSanitizer knows it. */
static void
fence (LabPlayer *self)
{
  atomic_fetch_add (&self->fenced, 1);
}

/* Accesses to shared variables and queues. */
static LabTook
take_access (LabPlayer *self, const LabInstruction *at, gint64 patience_us)
{
  switch (at->op)
    {
    case LAB_DO_ASSIGN:
      return assign (self, at);
    case LAB_DO_ATOMIC:
      return take_block (self, at);
    case LAB_DO_AWAIT:
      return self->inside ? await_once (self, at) : await_spinning (self, at, patience_us);
    case LAB_DO_PUT:
      return put (self, at);
    case LAB_DO_GET:
      return get (self, at);
    case LAB_DO_FETCH_ADD:
      return fetch_add (self, at);
    case LAB_DO_CAS:
      return compare_and_swap (self, at);
    case LAB_DO_ASSERT:
    default:
      return assert_holds (self, at);
    }
}

static LabTook
check_always (LabPlayer *self)
{
  const LabProgram *program = self->program;

  for (int i = 0; i < program->n_always; i++)
    {
      fetch (self, program->always[i], true);
      if (!lab_holds (program, &program->always[i], 1, self->words))
        return fail (self, LAB_FAILURE_ALWAYS);
    }
  return LAB_TOOK_STEP;
}

/* Under the lock over all, with the claims. */
static LabTook
take_access_inside (LabPlayer *self, const LabInstruction *at, gint64 patience_us)
{
  LabTook took;

  enter (self);
  took = take_access (self, at, 0);
  if (took == LAB_TOOK_NOTHING && patience_us > 0)
    {
      lab_scene_wait_moved (self->scene, patience_us);
      took = take_access (self, at, 0);
    }
  if (took == LAB_TOOK_STEP)
    {
      took = check_always (self);
      pthread_cond_broadcast (&self->scene->moved);
    }
  leave (self);
  return took;
}

static LabTook
take_statement (LabPlayer *self, const LabInstruction *at, const LabMove *move, gint64 patience_us)
{
  switch (at->op)
    {
    case LAB_DO_LOCK:
      return lab_scene_take_lock (self->scene, at->item, self->number, patience_us)
                 ? LAB_TOOK_STEP
                 : LAB_TOOK_NOTHING;
    case LAB_DO_UNLOCK:
      return lab_scene_release_lock (self->scene, at->item, self->number)
                 ? LAB_TOOK_STEP
                 : fail (self, LAB_FAILURE_NOT_HELD);
    case LAB_DO_TRYLOCK:
      return try_lock (self, at);
    case LAB_DO_SLEEP:
      return go_to_sleep (self, at);
    case LAB_DO_WAKE:
      return wake_up (self, at, move, patience_us);
    case LAB_DO_SIGNAL:
      return signal_one (self, at, move);
    case LAB_DO_BROADCAST:
      return signal_all (self, at);
    case LAB_DO_FENCE:
      fence (self);
      return LAB_TOOK_STEP;
    case LAB_DO_SKIP:
      return LAB_TOOK_STEP;
    case LAB_DO_PUT:
    case LAB_DO_GET:
      return take_access_inside (self, at, patience_us);
    default:
      return self->scene->together ? take_access_inside (self, at, patience_us)
                                   : take_access (self, at, patience_us);
    }
}

static LabTook
drain (LabPlayer *self)
{
  const gint64 *oldest;
  LabTook took;

  if (self->buffer == NULL || self->buffer->len == 0)
    return LAB_TOOK_NOTHING;
  oldest = (gint64 *) (void *) self->buffer->data;
  self->value = oldest[1];
  enter (self);
  lab_scene_store (self->scene, oldest[0], oldest[1]);
  g_array_remove_index (self->buffer, 0);
  took = check_always (self);
  pthread_cond_broadcast (&self->scene->moved);
  leave (self);
  return took;
}

static LabTook
take_quick (LabPlayer *self, const LabQuick *quick)
{
  gint64 *own = self->words + self->program->threads[self->number].own;

  switch (quick->kind)
    {
    case LAB_QUICK_STORE_CONSTANT:
      lab_scene_store (self->scene, quick->shared, self->value = quick->value);
      break;
    case LAB_QUICK_STORE_OWN:
      lab_scene_store (self->scene, quick->shared, self->value = own[quick->slot]);
      break;
    case LAB_QUICK_LOAD:
    case LAB_QUICK_NONE:
    default:
      self->value = own[quick->slot] = lab_scene_load (self->scene, quick->shared);
      break;
    }
  self->words[self->number]++;
  if (quick->settled)
    return LAB_TOOK_STEP;
  return after (self, lab_settle (self->program, self->words, self->number));
}

LabTook
lab_player_take (LabPlayer *self, const LabMove *move, gint64 patience_us)
{
  const LabQuick *quick = &self->scene->quick[self->words[self->number]];
  const LabInstruction *at = get_instruction (self);
  LabTook took;

  if (quick->kind != LAB_QUICK_NONE)
    return take_quick (self, quick);
  if (move != NULL && move->choice == LAB_CHOICE_DRAIN)
    return drain (self);
  took = take_statement (self, at, move, patience_us);
  if (took != LAB_TOOK_STEP)
    return took;
  self->words[self->number] = at->target >= 0 ? at->target : self->words[self->number] + 1;
  /* Conditions behind a wait are decided in its second half. */
  if (at->op == LAB_DO_SLEEP)
    return LAB_TOOK_STEP;
  return after (self, lab_settle (self->program, self->words, self->number));
}

static bool
holds (const LabPlayer *self, int lock)
{
  return atomic_load_explicit (&self->scene->locks[lock].owner, memory_order_relaxed) ==
         self->number + 1;
}

bool
lab_player_holds (const LabPlayer *self)
{
  for (int i = 0; i < self->program->n_items[LAB_ITEM_LOCK]; i++)
    if (holds (self, i))
      return true;
  return false;
}

void
lab_player_let_go (LabPlayer *self)
{
  for (int i = 0; i < self->program->n_items[LAB_ITEM_LOCK]; i++)
    if (holds (self, i))
      pthread_mutex_unlock (&self->scene->locks[i].mutex);
}

static void
compose_queue (LabSceneQueue *queue, GArray *words)
{
  const gint64 length = queue->length;

  g_array_append_val (words, length);
  for (gsize i = 0; i < queue->length; i++)
    g_array_append_val (words, queue->ring[(queue->first + i) % queue->allocated]);
}

static void
compose_buffer (LabPlayer *player, GArray *words)
{
  const gint64 length = player->buffer != NULL ? 2 * player->buffer->len : 0;

  g_array_append_val (words, length);
  if (length > 0)
    g_array_append_vals (words, player->buffer->data, length);
}

LabState
lab_players_compose (LabPlayer *players, LabScene *scene)
{
  const LabProgram *program = scene->program;
  GArray *words = g_array_new (FALSE, TRUE, sizeof (gint64));
  int n_words;
  gint64 *at;

  g_array_set_size (words, program->at_sequences);
  at = (gint64 *) (void *) words->data;
  for (int t = 0; t < program->n_threads; t++)
    {
      int own = program->threads[t].own;

      at[t] = players[t].words[t];
      memcpy (at + own, players[t].words + own,
              program->bodies[program->threads[t].body].n_slots * sizeof (gint64));
      if (program->n_items[LAB_ITEM_CONDITION] > 0)
        at[program->at_woken + t] = scene->sleepers[t].woken;
    }
  for (int i = 0; i < program->n_items[LAB_ITEM_SHARED]; i++)
    at[program->at_shared + i] = atomic_load (&scene->shared[i].value);
  for (int i = 0; i < program->n_items[LAB_ITEM_LOCK]; i++)
    at[program->at_locks + i] = atomic_load (&scene->locks[i].owner);
  for (int i = 0; i < program->n_items[LAB_ITEM_QUEUE]; i++)
    compose_queue (&scene->queues[i], words);
  for (int t = 0; program->tso && t < program->n_threads; t++)
    compose_buffer (&players[t], words);
  n_words = words->len;
  return (LabState){ .n_words = n_words,
                     .n_allocated = n_words,
                     .words = (gint64 *) (void *) g_array_free (words, FALSE) };
}
