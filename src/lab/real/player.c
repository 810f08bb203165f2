/* Steps on real threads. */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "lab/real/player-private.h"

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

static LabTook
try_lock (LabPlayer *self, const LabInstruction *at)
{
  lab_player_write_own (self, at->to_own,
                        lab_scene_take_lock (self->scene, at->item, self->number, 0));
  return LAB_TOOK_STEP;
}

/* A locked instruction empties the store buffer as mfence does, and ThreadSanitizer knows it. */
static void
fence (LabPlayer *self)
{
  atomic_fetch_add (&self->fenced, 1);
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
                 : lab_player_fail (self, LAB_FAILURE_NOT_HELD);
    case LAB_DO_TRYLOCK:
      return try_lock (self, at);
    case LAB_DO_SLEEP:
      return lab_player_go_to_sleep (self, at);
    case LAB_DO_WAKE:
      return lab_player_wake_up (self, at, move, patience_us);
    case LAB_DO_SIGNAL:
      return lab_player_signal_one (self, at, move);
    case LAB_DO_BROADCAST:
      return lab_player_signal_all (self, at);
    case LAB_DO_FENCE:
      fence (self);
      return LAB_TOOK_STEP;
    case LAB_DO_SKIP:
      return LAB_TOOK_STEP;
    case LAB_DO_PUT:
    case LAB_DO_GET:
      return lab_player_access_inside (self, at, patience_us);
    default:
      return self->scene->together ? lab_player_access_inside (self, at, patience_us)
                                   : lab_player_access (self, at, patience_us);
    }
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
  return lab_player_after (self, lab_settle (self->program, self->words, self->number));
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
    return lab_player_drain (self);
  took = take_statement (self, at, move, patience_us);
  if (took != LAB_TOOK_STEP)
    return took;
  self->words[self->number] = at->target >= 0 ? at->target : self->words[self->number] + 1;
  /* Conditions behind a wait are decided in its second half. */
  if (at->op == LAB_DO_SLEEP)
    return LAB_TOOK_STEP;
  return lab_player_after (self, lab_settle (self->program, self->words, self->number));
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
