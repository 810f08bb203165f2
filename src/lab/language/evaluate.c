/* Numbers of 64 bits with C's meaning, where what C leaves undefined is a fault. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/language/evaluate.h"

#include <string.h>

#include "lab/language/evaluate-private.h"

gint64 *
lab_sequence (const LabProgram *program, const gint64 *words, int sequence)
{
  const gint64 *at = words + program->at_sequences;

  while (sequence-- > 0)
    at += 1 + *at;
  return (gint64 *) at;
}

gint64 *
lab_buffer (const LabProgram *program, const gint64 *words, int thread)
{
  return lab_sequence (program, words, program->n_items[LAB_ITEM_QUEUE] + thread);
}

static gint64
read_shared (const LabProgram *program, const gint64 *words, int thread, int shared, bool *buffered)
{
  *buffered = false;
  if (program->tso && thread >= 0)
    {
      const gint64 *buffer = lab_buffer (program, words, thread);

      for (gint64 i = *buffer - 1; i > 0; i -= 2)
        if (buffer[i] == shared)
          {
            *buffered = true;
            return buffer[i + 1];
          }
    }
  return words[program->at_shared + shared];
}

static LabFault
divide (LabExprOp op, gint64 left, gint64 right, gint64 *result)
{
  if (right == 0)
    return LAB_FAULT_DIVISION;
  if (left == G_MININT64 && right == -1)
    return LAB_FAULT_OVERFLOW;
  *result = op == LAB_EXPR_DIVIDE ? left / right : left % right;
  return LAB_FAULT_NONE;
}

static LabFault
calculate (LabExprOp op, gint64 left, gint64 right, gint64 *result)
{
  bool overflow = false;

  switch (op)
    {
    case LAB_EXPR_ADD:
      overflow = __builtin_add_overflow (left, right, result);
      break;
    case LAB_EXPR_SUBTRACT:
      overflow = __builtin_sub_overflow (left, right, result);
      break;
    case LAB_EXPR_MULTIPLY:
      overflow = __builtin_mul_overflow (left, right, result);
      break;
    case LAB_EXPR_DIVIDE:
    case LAB_EXPR_REMAINDER:
      return divide (op, left, right, result);
    case LAB_EXPR_EQUAL:
      *result = left == right;
      break;
    case LAB_EXPR_NOT_EQUAL:
      *result = left != right;
      break;
    case LAB_EXPR_LESS:
      *result = left < right;
      break;
    case LAB_EXPR_LESS_EQUAL:
      *result = left <= right;
      break;
    case LAB_EXPR_GREATER:
      *result = left > right;
      break;
    case LAB_EXPR_GREATER_EQUAL:
      *result = left >= right;
      break;
    default:
      g_assert_not_reached ();
    }
  return overflow ? LAB_FAULT_OVERFLOW : LAB_FAULT_NONE;
}

static void
note_read (GArray *reads, LabExprOp op, int index, gint64 value, bool buffered)
{
  LabRead read = { op == LAB_EXPR_LENGTH, index, value, buffered };

  if (reads != NULL)
    g_array_append_val (reads, read);
}

static gint64
fetch (const LabProgram *program,
       const LabExprCode *code,
       const gint64 *words,
       int thread,
       GArray *reads)
{
  bool buffered = false;
  gint64 value;

  switch ((LabExprOp) code->op)
    {
    case LAB_EXPR_CONSTANT:
      return code->value;
    case LAB_EXPR_OWN:
      return words[program->threads[thread].own + code->arg];
    case LAB_EXPR_SHARED:
      value = read_shared (program, words, thread, code->arg, &buffered);
      note_read (reads, code->op, code->arg, value, buffered);
      return value;
    case LAB_EXPR_LENGTH:
      value = *lab_sequence (program, words, code->arg);
      note_read (reads, code->op, code->arg, value, false);
      return value;
    case LAB_EXPR_SELF:
      return thread + 1;
    case LAB_EXPR_OF_THREAD:
      return words[program->threads[code->thread].own + code->arg];
    default:
      g_assert_not_reached ();
    }
}

LabFault
lab_evaluate (
    const LabProgram *program, LabExpr expr, const gint64 *words, int thread, gint64 *value)
{
  return lab_evaluate_noting (program, expr, words, thread, value, NULL);
}

LabFault
lab_evaluate_noting (const LabProgram *program,
                     LabExpr expr,
                     const gint64 *words,
                     int thread,
                     gint64 *value,
                     GArray *reads)
{
  /* The first place is below the stack. */
  gint64 stack[LAB_EVALUATE_STACK + 1];
  gint64 *top = stack;
  LabFault fault;

  for (int i = expr.first; i < expr.end; i++)
    {
      const LabExprCode *code = &program->codes[i];

      switch ((LabExprOp) code->op)
        {
        case LAB_EXPR_NEGATE:
          if (__builtin_sub_overflow ((gint64) 0, *top, top))
            return LAB_FAULT_OVERFLOW;
          break;
        case LAB_EXPR_NOT:
          *top = !*top;
          break;
        case LAB_EXPR_TRUTH:
          *top = *top != 0;
          break;
        case LAB_EXPR_AND:
          if (*top == 0)
            i = code->arg - 1;
          else
            top--;
          break;
        case LAB_EXPR_OR:
          if (*top != 0)
            {
              *top = 1;
              i = code->arg - 1;
            }
          else
            top--;
          break;
        case LAB_EXPR_CHOOSE:
          if (*top-- == 0)
            i = code->arg - 1;
          break;
        case LAB_EXPR_JUMP:
          i = code->arg - 1;
          break;
        default:
          if (code->op < LAB_EXPR_NEGATE)
            {
              *++top = fetch (program, code, words, thread, reads);
              break;
            }
          top--;
          fault = calculate (code->op, top[0], top[1], top);
          if (fault != LAB_FAULT_NONE)
            return fault;
        }
    }
  *value = *top;
  return LAB_FAULT_NONE;
}

static void
end_thread (const LabProgram *program, gint64 *words, int thread)
{
  const LabBody *body = &program->bodies[program->threads[thread].body];

  /* Counters that `stop` left behind would make two ends of one. */
  for (int slot = body->n_own; slot < body->n_slots; slot++)
    words[program->threads[thread].own + slot] = 0;
}

LabFault
lab_settle (const LabProgram *program, gint64 *words, int thread)
{
  for (;;)
    {
      const LabInstruction *at = &program->instructions[words[thread]];
      gint64 *own = words + program->threads[thread].own;
      LabFault fault;
      gint64 value;

      switch (at->op)
        {
        case LAB_DO_BRANCH:
          fault = lab_evaluate (program, at->value, words, thread, &value);
          if (fault != LAB_FAULT_NONE)
            return fault;
          words[thread] = value != 0 ? words[thread] + 1 : at->target;
          break;
        case LAB_DO_JUMP:
          words[thread] = at->target;
          break;
        case LAB_DO_REPEAT:
          own[at->to_own] = at->count;
          words[thread]++;
          break;
        case LAB_DO_AGAIN:
          words[thread] = --own[at->to_own] > 0 ? at->target : words[thread] + 1;
          break;
        case LAB_DO_END:
          end_thread (program, words, thread);
          return LAB_FAULT_NONE;
        default:
          return LAB_FAULT_NONE;
        }
    }
}

bool
lab_holds (const LabProgram *program, const LabExpr *claims, int n, const gint64 *words)
{
  for (int i = 0; i < n; i++)
    {
      gint64 value;

      if (lab_evaluate (program, claims[i], words, LAB_VIEW_MEMORY, &value) != LAB_FAULT_NONE ||
          value == 0)
        return false;
    }
  return true;
}

gint64 *
lab_first_words (const LabProgram *program, int *n)
{
  const LabItem *queues = program->items[LAB_ITEM_QUEUE];
  int n_words = program->at_sequences + program->n_sequences;
  gint64 *words, *at;

  for (int i = 0; i < program->n_items[LAB_ITEM_QUEUE]; i++)
    n_words += queues[i].n_contents;
  words = g_new0 (gint64, n_words);
  for (int t = 0; t < program->n_threads; t++)
    words[t] = program->bodies[program->threads[t].body].first;
  for (int i = 0; i < program->n_items[LAB_ITEM_SHARED]; i++)
    words[program->at_shared + i] = program->items[LAB_ITEM_SHARED][i].initial;
  at = words + program->at_sequences;
  for (int i = 0; i < program->n_items[LAB_ITEM_QUEUE]; i++)
    {
      *at++ = queues[i].n_contents;
      for (int k = 0; k < queues[i].n_contents; k++)
        *at++ = queues[i].contents[k];
    }
  *n = n_words;
  return words;
}
