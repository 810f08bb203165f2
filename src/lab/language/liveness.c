/* Which own variables a thread may still read, from each of its places on.
 *
 * The usual backward analysis, by the text: each condition can go both ways. What `finally` and
 * `show` read is live at the end.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/language/compile.h"

/* Above this many bits a thread keeps everything: more states, the same answers. */
#define MOST_BITS (G_GINT64_CONSTANT (1) << 28)

static void
set_bit (guint64 *set, int bit)
{
  set[bit / 64] |= G_GUINT64_CONSTANT (1) << (bit % 64);
}

static void
add_uses (const LabProgram *program, LabExpr expr, guint64 *set)
{
  for (int i = expr.first; i < expr.end; i++)
    if (program->codes[i].op == LAB_EXPR_OWN)
      set_bit (set, program->codes[i].arg);
}

static bool
add_set (guint64 *to, const guint64 *from, int words)
{
  bool changed = false;

  for (int i = 0; i < words; i++)
    {
      changed |= (from[i] & ~to[i]) != 0;
      to[i] |= from[i];
    }
  return changed;
}

/* Where an instruction can go on to: itself excluded, -1 for none. */
static void
get_next (const LabInstruction *at, int index, int next[2])
{
  next[0] = at->op == LAB_DO_END ? -1 : at->op == LAB_DO_JUMP ? at->target : index + 1;
  next[1] = at->op == LAB_DO_BRANCH || at->op == LAB_DO_AGAIN ? at->target : -1;
}

static bool
pass_back (const LabProgram *program,
           const LabBody *body,
           int index,
           guint64 *live,
           guint64 *set,
           int words)
{
  const LabInstruction *at = &program->instructions[index];
  int next[2];

  get_next (at, index, next);
  for (int i = 0; i < words; i++)
    set[i] = 0;
  for (int i = 0; i < 2; i++)
    if (next[i] >= 0)
      add_set (set, live + (gsize) (next[i] - body->first) * words, words);
  if (at->to_own >= 0 && at->to_own < body->n_own)
    set[at->to_own / 64] &= ~(G_GUINT64_CONSTANT (1) << (at->to_own % 64));
  add_uses (program, at->value, set);
  add_uses (program, at->other, set);
  return add_set (live + (gsize) (index - body->first) * words, set, words);
}

static guint64 *
find_live (const LabProgram *program, const LabBody *body, const guint64 *at_end, int words)
{
  guint64 *live = g_new0 (guint64, (gsize) (body->end - body->first + 1) * words);
  g_autofree guint64 *set = g_new0 (guint64, words);
  bool changed = true;

  add_set (live + (gsize) (body->end - body->first) * words, at_end, words);
  while (changed)
    {
      changed = false;
      for (int i = body->end - 1; i >= body->first; i--)
        changed |= pass_back (program, body, i, live, set, words);
    }
  return live;
}

static guint64 *
find_shown (const LabProgram *program, int thread, int words)
{
  guint64 *set = g_new0 (guint64, words);

  for (int i = 0; i < program->n_shown; i++)
    if (program->shown[i].thread == thread)
      set_bit (set, program->shown[i].index);
  for (int c = 0; c < program->n_finally; c++)
    for (int i = program->finally[c].first; i < program->finally[c].end; i++)
      if (program->codes[i].op == LAB_EXPR_OF_THREAD && program->codes[i].thread == thread)
        set_bit (set, program->codes[i].arg);
  return set;
}

static bool
is_empty (const guint64 *set, int words)
{
  for (int i = 0; i < words; i++)
    if (set[i] != 0)
      return false;
  return true;
}

void
lab_add_liveness (LabProgram *program)
{
  /* Threads of one body of which nothing is shown at the end share a table. */
  g_autofree guint64 **plain = g_new0 (guint64 *, program->n_bodies);

  for (int t = 0; t < program->n_threads; t++)
    {
      LabThread *thread = &program->threads[t];
      const LabBody *body = &program->bodies[thread->body];
      int words = (body->n_own + 63) / 64;
      g_autofree guint64 *at_end = NULL;
      guint64 *live;

      if ((gint64) words * 64 * (body->end - body->first + 1) > MOST_BITS || words == 0)
        continue;
      at_end = find_shown (program, t, words);
      live = is_empty (at_end, words) ? plain[thread->body] : NULL;
      if (live == NULL)
        {
          live = find_live (program, body, at_end, words);
          g_ptr_array_add (program->live_tables, live);
          if (is_empty (at_end, words))
            plain[thread->body] = live;
        }
      thread->live = live;
      thread->live_words = words;
    }
}
