/* Taking a step. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lab/machine/machine-private.h"

typedef struct
{
  const LabProgram *program;
  LabState *state;
  int thread;
  LabReport *report; /* nullable */
} Taker;

void
lab_report_init (LabReport *report)
{
  *report = (LabReport){ .statement = -1, .claim = -1 };
  report->accesses = g_array_new (FALSE, FALSE, sizeof (LabAccess));
}

void
lab_report_clear (LabReport *report)
{
  g_clear_pointer (&report->accesses, g_array_unref);
}

static void
note (Taker *self, LabAccessKind kind, int item, gint64 value, gint64 before)
{
  LabAccess access = { .kind = kind, .item = item, .value = value, .before = before };

  if (self->report != NULL)
    g_array_append_val (self->report->accesses, access);
}

static LabFailure
from_fault (LabFault fault)
{
  return fault == LAB_FAULT_NONE       ? LAB_FAILURE_NONE
         : fault == LAB_FAULT_OVERFLOW ? LAB_FAILURE_OVERFLOW
                                       : LAB_FAILURE_DIVISION;
}

static LabFailure
evaluate (Taker *self, LabExpr expr, gint64 *value)
{
  g_autoptr (GArray) reads = NULL;
  LabFault fault;

  if (self->report == NULL)
    return from_fault (lab_evaluate (self->program, expr, self->state->words, self->thread, value));
  reads = g_array_new (FALSE, FALSE, sizeof (LabRead));
  fault = lab_evaluate_noting (self->program, expr, self->state->words, self->thread, value, reads);
  for (guint i = 0; i < reads->len; i++)
    {
      const LabRead *read = &g_array_index (reads, LabRead, i);
      LabAccess access = {
        .kind = read->length ? LAB_ACCESS_LENGTH : LAB_ACCESS_READ,
        .item = read->item,
        .value = read->value,
        .buffered = read->buffered,
      };

      g_array_append_val (self->report->accesses, access);
    }
  return from_fault (fault);
}

/* A queue or store buffer grows at its end by @n words. */
static void
append (Taker *self, int sequence, const gint64 *values, int n)
{
  LabState *state = self->state;
  gint64 *at;
  gsize place, tail;

  lab_state_reserve (state, state->n_words + n);
  at = lab_sequence (self->program, state->words, sequence);
  place = at + 1 + *at - state->words;
  tail = state->n_words - place;
  memmove (state->words + place + n, state->words + place, tail * sizeof (gint64));
  memcpy (state->words + place, values, n * sizeof (gint64));
  *at += n;
  state->n_words += n;
}

/* And shrinks at its beginning. */
static void
drop_first (Taker *self, int sequence, int n)
{
  LabState *state = self->state;
  gint64 *at = lab_sequence (self->program, state->words, sequence);
  gsize place = at + 1 - state->words;

  memmove (state->words + place, state->words + place + n,
           (state->n_words - place - n) * sizeof (gint64));
  *at -= n;
  state->n_words -= n;
}

static void
write_shared (Taker *self, int shared, gint64 value, LabAccessKind kind)
{
  gint64 *word = self->state->words + self->program->at_shared + shared;

  note (self, kind, shared, value, *word);
  *word = value;
}

static void
write_own (Taker *self, int slot, gint64 value)
{
  gint64 *word;

  if (slot < 0)
    return;
  word = self->state->words + self->program->threads[self->thread].own + slot;
  note (self, LAB_ACCESS_OWN, slot, value, *word);
  *word = value;
}

/* The target of an assignment. A plain store under TSO goes into the thread's buffer; what is
 * inside a block that is one step is as a locked instruction, whose buffer is empty, and goes to
 * memory. */
static void
write_target (Taker *self, const LabInstruction *at, gint64 value, gboolean inner)
{
  gint64 entry[2] = { at->to_shared, value };

  if (at->to_shared < 0)
    write_own (self, at->to_own, value);
  else if (self->program->tso && !inner)
    {
      append (self, self->program->n_items[LAB_ITEM_QUEUE] + self->thread, entry, 2);
      note (self, LAB_ACCESS_BUFFER, at->to_shared, value, 0);
    }
  else
    write_shared (self, at->to_shared, value, LAB_ACCESS_WRITE);
}

static gint64 *
get_lock (Taker *self, int lock)
{
  return self->state->words + self->program->at_locks + lock;
}

static void
take_lock (Taker *self, int lock)
{
  *get_lock (self, lock) = self->thread + 1;
  note (self, LAB_ACCESS_LOCK, lock, 0, 0);
}

static LabFailure
release_lock (Taker *self, int lock)
{
  if (*get_lock (self, lock) != self->thread + 1)
    return LAB_FAILURE_NOT_HELD;
  *get_lock (self, lock) = 0;
  note (self, LAB_ACCESS_UNLOCK, lock, 0, 0);
  return LAB_FAILURE_NONE;
}

static void
try_lock (Taker *self, const LabInstruction *at)
{
  gboolean free = *get_lock (self, at->item) == 0;

  if (free)
    take_lock (self, at->item);
  else
    note (self, LAB_ACCESS_TRY_FAILED, at->item, 0, 0);
  write_own (self, at->to_own, free);
}

static void
wake (Taker *self, const LabInstruction *at, LabMove move)
{
  self->state->words[self->program->at_woken + self->thread] = 0;
  note (self, LAB_ACCESS_WAKE, at->item, move.choice == LAB_CHOICE_SPURIOUS, 0);
  take_lock (self, at->lock);
}

static void
signal_one (Taker *self, const LabInstruction *at, LabMove move)
{
  if (move.choice == LAB_CHOICE_WAKE)
    self->state->words[self->program->at_woken + move.woken] = 1;
  note (self, LAB_ACCESS_SIGNAL, at->item, move.choice == LAB_CHOICE_WAKE ? move.woken : -1, 0);
}

static void
signal_all (Taker *self, const LabInstruction *at)
{
  int n = 0;

  for (int t = 0; t < self->program->n_threads; t++)
    if (lab_thread_sleeps_on (self->state, self->program, t, at->item))
      {
        self->state->words[self->program->at_woken + t] = 1;
        n++;
      }
  note (self, LAB_ACCESS_BROADCAST, at->item, n, 0);
}

static LabFailure
put (Taker *self, const LabInstruction *at)
{
  gint64 capacity = self->program->items[LAB_ITEM_QUEUE][at->item].capacity;
  gint64 value;
  LabFailure failure = evaluate (self, at->value, &value);

  if (failure != LAB_FAILURE_NONE)
    return failure;
  if (capacity > 0 && *lab_sequence (self->program, self->state->words, at->item) >= capacity)
    return LAB_FAILURE_FULL;
  append (self, at->item, &value, 1);
  note (self, LAB_ACCESS_PUT, at->item, value, 0);
  return LAB_FAILURE_NONE;
}

static LabFailure
get (Taker *self, const LabInstruction *at, gboolean inner)
{
  const gint64 *sequence = lab_sequence (self->program, self->state->words, at->item);
  gint64 value;

  if (*sequence == 0)
    return LAB_FAILURE_EMPTY;
  value = sequence[1];
  drop_first (self, at->item, 1);
  note (self, LAB_ACCESS_GET, at->item, value, 0);
  write_target (self, at, value, inner);
  return LAB_FAILURE_NONE;
}

static LabFailure
fetch_add (Taker *self, const LabInstruction *at)
{
  gint64 before = self->state->words[self->program->at_shared + at->item];
  gint64 added, sum;
  LabFailure failure = evaluate (self, at->value, &added);

  if (failure != LAB_FAILURE_NONE)
    return failure;
  if (__builtin_add_overflow (before, added, &sum))
    return LAB_FAILURE_OVERFLOW;
  write_shared (self, at->item, sum, LAB_ACCESS_ADD);
  write_own (self, at->to_own, before);
  return LAB_FAILURE_NONE;
}

static LabFailure
compare_and_swap (Taker *self, const LabInstruction *at)
{
  gint64 before = self->state->words[self->program->at_shared + at->item];
  gint64 expected, new;
  LabFailure failure = evaluate (self, at->value, &expected);

  if (failure == LAB_FAILURE_NONE)
    failure = evaluate (self, at->other, &new);
  if (failure != LAB_FAILURE_NONE)
    return failure;
  write_shared (self, at->item, before == expected ? new : before, LAB_ACCESS_CAS);
  write_own (self, at->to_own, before == expected);
  return LAB_FAILURE_NONE;
}

static LabFailure
assign (Taker *self, const LabInstruction *at, gboolean inner)
{
  gint64 value;
  LabFailure failure = evaluate (self, at->value, &value);

  if (failure == LAB_FAILURE_NONE)
    write_target (self, at, value, inner);
  return failure;
}

static LabFailure
assert_holds (Taker *self, const LabInstruction *at)
{
  gint64 value;
  LabFailure failure = evaluate (self, at->value, &value);

  return failure == LAB_FAILURE_NONE && value == 0 ? LAB_FAILURE_ASSERT : failure;
}

/* What a block that is one step is made of. */
static LabFailure
take_inner (Taker *self, const LabInstruction *at)
{
  switch (at->op)
    {
    case LAB_DO_ASSIGN:
      return assign (self, at, TRUE);
    case LAB_DO_PUT:
      return put (self, at);
    case LAB_DO_GET:
      return get (self, at, TRUE);
    case LAB_DO_ASSERT:
      return assert_holds (self, at);
    default:
      g_assert_not_reached ();
    }
}

static LabFailure
take_block (Taker *self, const LabInstruction *start)
{
  const LabInstruction *all = self->program->instructions;
  LabFailure failure = LAB_FAILURE_NONE;
  gint64 value;

  for (int i = start - all + 1; i < start->target && failure == LAB_FAILURE_NONE;)
    {
      const LabInstruction *at = &all[i];

      if (at->op == LAB_DO_JUMP)
        i = at->target;
      else if (at->op == LAB_DO_BRANCH)
        {
          failure = evaluate (self, at->value, &value);
          i = failure != LAB_FAILURE_NONE || value != 0 ? i + 1 : at->target;
        }
      else
        {
          failure = take_inner (self, at);
          i++;
        }
    }
  return failure;
}

static LabFailure
await (Taker *self, const LabInstruction *at)
{
  gint64 value;
  LabFailure failure = evaluate (self, at->value, &value);

  return failure == LAB_FAILURE_NONE && at->has_block ? take_block (self, at) : failure;
}

static LabFailure
take_statement (Taker *self, const LabInstruction *at, LabMove move)
{
  switch (at->op)
    {
    case LAB_DO_ASSIGN:
      return assign (self, at, FALSE);
    case LAB_DO_ATOMIC:
      return take_block (self, at);
    case LAB_DO_AWAIT:
      return await (self, at);
    case LAB_DO_LOCK:
      take_lock (self, at->item);
      return LAB_FAILURE_NONE;
    case LAB_DO_UNLOCK:
      return release_lock (self, at->item);
    case LAB_DO_TRYLOCK:
      try_lock (self, at);
      return LAB_FAILURE_NONE;
    case LAB_DO_SLEEP:
      note (self, LAB_ACCESS_SLEEP, at->item, 0, 0);
      return release_lock (self, at->lock);
    case LAB_DO_WAKE:
      wake (self, at, move);
      return LAB_FAILURE_NONE;
    case LAB_DO_SIGNAL:
      signal_one (self, at, move);
      return LAB_FAILURE_NONE;
    case LAB_DO_BROADCAST:
      signal_all (self, at);
      return LAB_FAILURE_NONE;
    case LAB_DO_PUT:
      return put (self, at);
    case LAB_DO_GET:
      return get (self, at, FALSE);
    case LAB_DO_FETCH_ADD:
      return fetch_add (self, at);
    case LAB_DO_CAS:
      return compare_and_swap (self, at);
    case LAB_DO_ASSERT:
      return assert_holds (self, at);
    default:
      /* `fence` and `skip`. */
      return LAB_FAILURE_NONE;
    }
}

static LabFailure
take_and_settle (Taker *self, LabMove move)
{
  const LabInstruction *at = lab_state_get_instruction (self->state, self->program, self->thread);
  LabFailure failure = take_statement (self, at, move);

  if (failure != LAB_FAILURE_NONE)
    return failure;
  self->state->words[self->thread] =
      at->target >= 0 ? at->target : self->state->words[self->thread] + 1;
  /* Conditions behind a wait are decided in its second half. */
  if (at->op == LAB_DO_SLEEP)
    return LAB_FAILURE_NONE;
  return from_fault (lab_settle (self->program, self->state->words, self->thread));
}

static void
drain (Taker *self)
{
  const gint64 *buffer = lab_buffer (self->program, self->state->words, self->thread);
  gint64 shared = buffer[1];
  gint64 value = buffer[2];

  drop_first (self, self->program->n_items[LAB_ITEM_QUEUE] + self->thread, 2);
  write_shared (self, shared, value, LAB_ACCESS_DRAIN);
}

static LabFailure
check_always (Taker *self)
{
  const LabProgram *program = self->program;

  for (int i = 0; i < program->n_always; i++)
    if (!lab_holds (program, &program->always[i], 1, self->state->words))
      {
        if (self->report != NULL)
          self->report->claim = i;
        return LAB_FAILURE_ALWAYS;
      }
  return LAB_FAILURE_NONE;
}

LabFailure
lab_machine_apply (const LabProgram *program, LabState *state, LabMove move, LabReport *report)
{
  Taker self = { program, state, move.thread, report };
  LabFailure failure = LAB_FAILURE_NONE;

  if (report != NULL)
    {
      g_array_set_size (report->accesses, 0);
      report->move = move;
      report->claim = -1;
      report->statement = move.choice == LAB_CHOICE_DRAIN
                              ? -1
                              : lab_state_get_statement (state, program, move.thread);
    }
  if (move.choice == LAB_CHOICE_DRAIN)
    drain (&self);
  else
    failure = take_and_settle (&self, move);
  if (failure == LAB_FAILURE_NONE)
    failure = check_always (&self);
  if (report != NULL)
    report->failure = failure;
  return failure;
}
