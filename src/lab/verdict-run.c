/* What went wrong in runs of a program, in words. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "lab/run-private.h"

static const char *
get_name (const LabProgram *program, LabItemKind kind, int item)
{
  return program->items[kind][item].name;
}

static char *
dup_lock_block (const LabProgram *program, LabBlock block, int thread)
{
  const char *name = program->threads[thread].name;
  const char *lock = get_name (program, LAB_ITEM_LOCK, block.item);

  if (block.owner == thread)
    /* Translators: a thread and a lock */
    return g_strdup_printf (_ ("%s waits for the lock %s, which it holds itself."), name, lock);
  if (block.owner < 0)
    /* Translators: a thread and a lock */
    return g_strdup_printf (_ ("%s waits for the lock %s."), name, lock);
  /* Translators: a thread, a lock and another thread */
  return g_strdup_printf (_ ("%s waits for the lock %s, which %s holds."), name, lock,
                          program->threads[block.owner].name);
}

/* Returns: (nullable): what the thread waits for; %NULL where it waits for nothing. */
static char *
dup_block (const LabProgram *program, const LabState *state, int thread)
{
  LabBlock block = lab_machine_get_block (program, state, thread);
  const char *name = program->threads[thread].name;

  switch (block.kind)
    {
    case LAB_BLOCK_LOCK:
      return dup_lock_block (program, block, thread);
    case LAB_BLOCK_WAKE:
      /* Translators: a thread and a condition */
      return g_strdup_printf (_ ("%s sleeps on %s, and nobody is left to wake it."), name,
                              get_name (program, LAB_ITEM_CONDITION, block.item));
    case LAB_BLOCK_EMPTY:
      /* Translators: a thread and a queue */
      return g_strdup_printf (_ ("%s waits for a message in %s, and none will come."), name,
                              get_name (program, LAB_ITEM_QUEUE, block.item));
    case LAB_BLOCK_FULL:
      /* Translators: a thread and a queue */
      return g_strdup_printf (_ ("%s waits for room in %s, and nobody makes any."), name,
                              get_name (program, LAB_ITEM_QUEUE, block.item));
    case LAB_BLOCK_AWAIT:
      /* Translators: a thread and its statement, such as `await arrived == 3;` */
      return g_strdup_printf (
          _ ("%s waits for ever: %s"), name,
          program->statements[lab_state_get_statement (state, program, thread)].text);
    case LAB_BLOCK_NONE:
    case LAB_BLOCK_BUFFER:
    default:
      return NULL;
    }
}

static char *
dup_deadlock (const LabProgram *program, const LabState *state)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  for (int t = 0; t < program->n_threads; t++)
    {
      char *sentence = dup_block (program, state, t);

      if (sentence != NULL)
        g_ptr_array_add (sentences, sentence);
    }
  g_ptr_array_add (sentences, NULL);
  return g_strjoinv (" ", (char **) sentences->pdata);
}

/* `count = 1, A.r = 2` */
static char *
dup_values (const LabProgram *program, const LabState *state)
{
  GString *values = g_string_new (NULL);

  for (int i = 0; i < program->n_shown; i++)
    {
      const LabShown *shown = &program->shown[i];
      gint64 value = shown->thread < 0
                         ? lab_state_get_shared (state, program, shown->index)
                         : lab_state_get_own (state, program, shown->thread, shown->index);

      if (i > 0)
        /* Translators: between two of a list */
        g_string_append (values, _ (", "));
      g_string_append_printf (values, "%s = %" G_GINT64_FORMAT, shown->name, value);
    }
  return g_string_free (values, FALSE);
}

char *
lab_dup_play_verdict (const LabProgram *program, const LabPlay *play)
{
  g_autofree char *why = NULL;

  switch (play->kind)
    {
    case LAB_PLAY_DEADLOCK:
      return dup_deadlock (program, &play->state);
    case LAB_PLAY_FAILED:
      why = lab_failure_dup_text (play->failure);
      /* Translators: a thread, and why its step failed */
      return g_strdup_printf (_ ("%s: %s."), program->threads[play->failed_thread].name, why);
    case LAB_PLAY_UNFINISHED:
      return g_strdup (_ ("The threads went on and on and came to no end."));
    case LAB_PLAY_END:
    default:
      why = dup_values (program, &play->state);
      /* Translators: the values at the end, such as `sold = 2, seats = 0` */
      return g_strdup_printf (_ ("It ended with %s."), why);
    }
}

char *
lab_dup_run_verdict (const LabRunResult *result)
{
  g_autofree char *some = NULL;

  if (result->bad_runs == 0)
    return g_strdup_printf (ngettext ("%d run went well.", "All %d runs went well.", result->runs),
                            result->runs);
  some = g_strdup_printf (ngettext ("%d of %d run went wrong.", "%d of %d runs went wrong.",
                                    result->runs),
                          result->bad_runs, result->runs);
  if (result->example == NULL)
    return g_steal_pointer (&some);
  /* Translators: two sentences: how many runs went wrong, and what happened in the first of them */
  return g_strdup_printf (_ ("%s For example: %s"), some, result->example);
}
