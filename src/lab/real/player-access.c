/* Steps that read or write what is shared, and what a step does to own variables. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sched.h>
#include <string.h>

#include "lab/real/player-private.h"

/* How long an `await` spins before it sleeps between two looks. */
#define SPINS 200
#define PAUSE_US 100

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

LabTook
lab_player_fail (LabPlayer *self, LabFailure failure)
{
  self->failure = failure;
  return LAB_TOOK_FAILURE;
}

/* What of a step is over: it is done, or it has failed. */
LabTook
lab_player_after (LabPlayer *self, LabFault fault)
{
  if (fault == LAB_FAULT_NONE)
    return LAB_TOOK_STEP;
  return lab_player_fail (self, fault == LAB_FAULT_OVERFLOW ? LAB_FAILURE_OVERFLOW
                                                            : LAB_FAILURE_DIVISION);
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
  return lab_player_after (self,
                           lab_evaluate (self->program, expr, self->words, self->number, value));
}

void
lab_player_write_own (LabPlayer *self, int slot, gint64 value)
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
    lab_player_write_own (self, at->to_own, value);
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

  return took == LAB_TOOK_STEP && value == 0 ? lab_player_fail (self, LAB_FAILURE_ASSERT) : took;
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
      return lab_player_fail (self, LAB_FAILURE_OVERFLOW);
  while (!atomic_compare_exchange_weak (word, &before, sum));
  lab_player_write_own (self, at->to_own, before);
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
  lab_player_write_own (self, at->to_own, ok);
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
      return took == LAB_TOOK_NOTHING ? lab_player_fail (self, LAB_FAILURE_FULL) : took;
    case LAB_DO_GET:
      took = get (self, at);
      return took == LAB_TOOK_NOTHING ? lab_player_fail (self, LAB_FAILURE_EMPTY) : took;
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

/* Without a lock over all there is nobody who must wake it: it looks again by itself. */
static LabTook
await_spinning (LabPlayer *self, const LabInstruction *at, gint64 patience_us)
{
  LabTook took = await_once (self, at);

  for (int i = 0; took == LAB_TOOK_NOTHING && patience_us > 0 && i < SPINS; i++)
    {
      sched_yield ();
      took = await_once (self, at);
    }
  if (took == LAB_TOOK_NOTHING && patience_us > 0)
    {
      enter (self);
      lab_scene_wait_moved (self->scene, PAUSE_US);
      leave (self);
    }
  return took;
}

/* Accesses to shared variables and queues. */
LabTook
lab_player_access (LabPlayer *self, const LabInstruction *at, gint64 patience_us)
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
        return lab_player_fail (self, LAB_FAILURE_ALWAYS);
    }
  return LAB_TOOK_STEP;
}

/* Under the lock over all, with the claims. */
LabTook
lab_player_access_inside (LabPlayer *self, const LabInstruction *at, gint64 patience_us)
{
  LabTook took;

  enter (self);
  took = lab_player_access (self, at, 0);
  if (took == LAB_TOOK_NOTHING && patience_us > 0)
    {
      lab_scene_wait_moved (self->scene, patience_us);
      took = lab_player_access (self, at, 0);
    }
  if (took == LAB_TOOK_STEP)
    {
      took = check_always (self);
      pthread_cond_broadcast (&self->scene->moved);
    }
  leave (self);
  return took;
}

LabTook
lab_player_drain (LabPlayer *self)
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
