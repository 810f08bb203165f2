/* Which steps are enabled. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/machine/machine-private.h"

gboolean
lab_needs_empty_buffer (const LabInstruction *at)
{
  switch (at->op)
    {
    case LAB_DO_ATOMIC:
    case LAB_DO_LOCK:
    case LAB_DO_UNLOCK:
    case LAB_DO_TRYLOCK:
    case LAB_DO_SLEEP:
    case LAB_DO_WAKE:
    case LAB_DO_SIGNAL:
    case LAB_DO_BROADCAST:
    case LAB_DO_PUT:
    case LAB_DO_GET:
    case LAB_DO_FETCH_ADD:
    case LAB_DO_CAS:
    case LAB_DO_FENCE:
      return TRUE;
    case LAB_DO_AWAIT:
      return at->has_block;
    default:
      return FALSE;
    }
}

static gboolean
is_awaited (const LabProgram *program, const LabState *state, const LabInstruction *at, int thread)
{
  gint64 value;

  /* A condition that faults does not keep its thread waiting: the step is there, and fails. */
  return lab_evaluate (program, at->value, state->words, thread, &value) != LAB_FAULT_NONE ||
         value != 0;
}

static int
list_signal (const LabProgram *program,
             const LabState *state,
             const LabInstruction *at,
             LabMove move,
             LabMove *moves)
{
  int n = 0;

  for (int t = 0; t < program->n_threads; t++)
    if (lab_thread_sleeps_on (state, program, t, at->item))
      {
        move.choice = LAB_CHOICE_WAKE;
        move.woken = t;
        moves[n++] = move;
      }
  if (n == 0)
    moves[n++] = move;
  return n;
}

static int
list_wake (const LabProgram *program,
           const LabState *state,
           const LabInstruction *at,
           LabMove move,
           LabMove *moves)
{
  gboolean woken = state->words[program->at_woken + move.thread] != 0;

  if (state->words[program->at_locks + at->lock] != 0)
    return 0;
  if (!woken && !program->items[LAB_ITEM_CONDITION][at->item].spurious)
    return 0;
  move.choice = woken ? LAB_CHOICE_NONE : LAB_CHOICE_SPURIOUS;
  moves[0] = move;
  return 1;
}

static gboolean
has_room (const LabProgram *program, const LabState *state, int queue)
{
  gint64 capacity = program->items[LAB_ITEM_QUEUE][queue].capacity;

  return capacity == 0 || *lab_sequence (program, state->words, queue) < capacity;
}

/* The thread's own statement, apart from its buffer. */
static int
list_statement (const LabProgram *program, const LabState *state, int thread, LabMove *moves)
{
  const LabInstruction *at = lab_state_get_instruction (state, program, thread);
  LabMove move = { .thread = thread };
  gboolean enabled = TRUE;

  switch (at->op)
    {
    case LAB_DO_END:
      return 0;
    case LAB_DO_SIGNAL:
      return list_signal (program, state, at, move, moves);
    case LAB_DO_WAKE:
      return list_wake (program, state, at, move, moves);
    case LAB_DO_LOCK:
      enabled = state->words[program->at_locks + at->item] == 0;
      break;
    case LAB_DO_AWAIT:
      enabled = is_awaited (program, state, at, thread);
      break;
    case LAB_DO_PUT:
      enabled = has_room (program, state, at->item);
      break;
    case LAB_DO_GET:
      enabled = *lab_sequence (program, state->words, at->item) > 0;
      break;
    default:
      break;
    }
  moves[0] = move;
  return enabled;
}

int
lab_machine_list_thread (const LabProgram *program,
                         const LabState *state,
                         int thread,
                         LabMove *moves)
{
  int n;

  if (!program->tso || *lab_buffer (program, state->words, thread) == 0)
    return list_statement (program, state, thread, moves);
  n = lab_needs_empty_buffer (lab_state_get_instruction (state, program, thread))
          ? 0
          : list_statement (program, state, thread, moves);
  moves[n] = (LabMove){ .thread = thread, .choice = LAB_CHOICE_DRAIN };
  return n + 1;
}

int
lab_machine_list (const LabProgram *program, const LabState *state, LabMove *moves)
{
  int n = 0;

  for (int t = 0; t < program->n_threads; t++)
    n += lab_machine_list_thread (program, state, t, moves + n);
  return n;
}

static gboolean
is_over (const LabProgram *program, const LabState *state)
{
  for (int t = 0; t < program->n_threads; t++)
    if (!lab_state_has_ended (state, program, t) ||
        (program->tso && *lab_buffer (program, state->words, t) != 0))
      return FALSE;
  return TRUE;
}

LabStatus
lab_machine_get_status (const LabProgram *program, const LabState *state)
{
  LabMove moves[LAB_MOST_MOVES];

  if (is_over (program, state))
    return LAB_STATUS_END;
  for (int t = 0; t < program->n_threads; t++)
    if (lab_machine_list_thread (program, state, t, moves) > 0)
      return LAB_STATUS_RUNNING;
  return LAB_STATUS_DEADLOCK;
}

bool
lab_machine_is_good_end (const LabProgram *program, const LabState *state)
{
  return lab_holds (program, program->finally, program->n_finally, state->words);
}
