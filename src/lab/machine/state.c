/* States: what a race program is made of between two steps. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lab/machine/machine-private.h"

void
lab_state_reserve (LabState *state, int n_words)
{
  if (n_words <= state->n_allocated)
    return;
  state->n_allocated = MAX (n_words, state->n_allocated + state->n_allocated / 2);
  state->words = g_renew (gint64, state->words, state->n_allocated);
}

void
lab_state_init (LabState *state, const LabProgram *program)
{
  state->words = lab_first_words (program, &state->n_words);
  state->n_allocated = state->n_words;
  for (int t = 0; t < program->n_threads; t++)
    {
      /* The checker has tried this: a program whose first conditions fault is none. */
      LabFault fault = lab_settle (program, state->words, t);

      g_assert (fault == LAB_FAULT_NONE);
      lab_state_drop_dead (state, program, t);
    }
}

void
lab_state_clear (LabState *state)
{
  g_clear_pointer (&state->words, g_free);
  state->n_words = state->n_allocated = 0;
}

void
lab_state_copy (LabState *to, const LabState *from)
{
  lab_state_reserve (to, from->n_words);
  memcpy (to->words, from->words, from->n_words * sizeof (gint64));
  to->n_words = from->n_words;
}

void
lab_state_drop_dead (LabState *state, const LabProgram *program, int thread)
{
  const LabThread *t = &program->threads[thread];
  const LabBody *body = &program->bodies[t->body];
  gint64 *own = state->words + t->own;
  const guint64 *live;

  if (t->live == NULL)
    return;
  live = t->live + (gsize) (state->words[thread] - body->first) * t->live_words;
  for (int slot = 0; slot < body->n_own; slot++)
    if ((live[slot / 64] >> (slot % 64) & 1) == 0)
      own[slot] = 0;
}

const LabInstruction *
lab_state_get_instruction (const LabState *state, const LabProgram *program, int thread)
{
  return &program->instructions[state->words[thread]];
}

gboolean
lab_thread_sleeps_on (const LabState *state, const LabProgram *program, int thread, int condition)
{
  const LabInstruction *at = lab_state_get_instruction (state, program, thread);

  return at->op == LAB_DO_WAKE && at->item == condition &&
         state->words[program->at_woken + thread] == 0;
}

bool
lab_state_has_ended (const LabState *state, const LabProgram *program, int thread)
{
  return lab_state_get_instruction (state, program, thread)->op == LAB_DO_END;
}

int
lab_state_get_statement (const LabState *state, const LabProgram *program, int thread)
{
  return lab_state_get_instruction (state, program, thread)->statement;
}

int
lab_state_get_line (const LabState *state, const LabProgram *program, int thread)
{
  int statement = lab_state_get_statement (state, program, thread);

  return statement >= 0 ? program->statements[statement].line : 0;
}

gint64
lab_state_get_shared (const LabState *state, const LabProgram *program, int shared)
{
  return state->words[program->at_shared + shared];
}

gint64
lab_state_get_own (const LabState *state, const LabProgram *program, int thread, int slot)
{
  return state->words[program->threads[thread].own + slot];
}

int
lab_state_get_owner (const LabState *state, const LabProgram *program, int lock)
{
  return (int) state->words[program->at_locks + lock] - 1;
}

const gint64 *
lab_state_get_queue (const LabState *state, const LabProgram *program, int queue, int *n)
{
  const gint64 *sequence = lab_sequence (program, state->words, queue);

  *n = (int) *sequence;
  return sequence + 1;
}

const gint64 *
lab_state_get_buffer (const LabState *state, const LabProgram *program, int thread, int *n)
{
  const gint64 *sequence;

  *n = 0;
  if (!program->tso)
    return NULL;
  sequence = lab_buffer (program, state->words, thread);
  *n = (int) *sequence / 2;
  return sequence + 1;
}

bool
lab_state_is_waiting (const LabState *state, const LabProgram *program, int thread, int *condition)
{
  const LabInstruction *at = lab_state_get_instruction (state, program, thread);

  if (at->op != LAB_DO_WAKE || !lab_thread_sleeps_on (state, program, thread, at->item))
    return false;
  if (condition != NULL)
    *condition = at->item;
  return true;
}
