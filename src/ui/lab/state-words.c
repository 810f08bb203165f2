/* States, steps and findings of the model in words. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/state-words.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "ui/lab/words.h"

/* A queue's values that have room in a table. */
#define MOST_VALUES 8

static const char *
get_item (const LabProgram *program, LabItemKind kind, int item)
{
  return program->items[kind][item].name;
}

static char *
dup_lock_block (const LabProgram *program, const LabBlock *block, int thread)
{
  const char *lock = get_item (program, LAB_ITEM_LOCK, block->item);

  if (block->owner == thread)
    /* Translators: a thread waits for a lock that it holds itself */
    return g_strdup_printf (_ ("waits for %s, its own"), lock);
  if (block->owner < 0)
    return g_strdup_printf (_ ("waits for %s"), lock);
  /* Translators: a thread waits for a lock, and which thread has it */
  return g_strdup_printf (_ ("waits for %s, held by %s"), lock,
                          program->threads[block->owner].name);
}

char *
ui_state_dup_block (const LabProgram *program, const LabState *state, int thread)
{
  LabBlock block = lab_machine_get_block (program, state, thread);

  switch (block.kind)
    {
    case LAB_BLOCK_LOCK:
      return dup_lock_block (program, &block, thread);
    case LAB_BLOCK_WAKE:
      /* Translators: a thread waits for a condition variable to be signalled */
      return g_strdup_printf (_ ("sleeps on %s"),
                              get_item (program, LAB_ITEM_CONDITION, block.item));
    case LAB_BLOCK_EMPTY:
      return g_strdup_printf (_ ("waits: %s is empty"),
                              get_item (program, LAB_ITEM_QUEUE, block.item));
    case LAB_BLOCK_FULL:
      return g_strdup_printf (_ ("waits: %s is full"),
                              get_item (program, LAB_ITEM_QUEUE, block.item));
    case LAB_BLOCK_AWAIT:
      return g_strdup (_ ("waits until its condition holds"));
    case LAB_BLOCK_BUFFER:
      return g_strdup (_ ("waits for its own stores"));
    case LAB_BLOCK_NONE:
    default:
      return g_strdup (lab_state_has_ended (state, program, thread) ? _ ("has ended") : "");
    }
}

/* `a and b`: the locks that @thread holds; NULL for none. */
static char *
dup_held (const LabProgram *program, const LabState *state, int thread)
{
  GString *held = NULL;

  for (int i = 0; i < program->n_items[LAB_ITEM_LOCK]; i++)
    {
      if (lab_state_get_owner (state, program, i) != thread)
        continue;
      if (held == NULL)
        held = g_string_new (NULL);
      else
        /* Translators: between two locks that are held */
        g_string_append (held, _ (" and "));
      g_string_append (held, get_item (program, LAB_ITEM_LOCK, i));
    }
  return held != NULL ? g_string_free (held, FALSE) : NULL;
}

static char *
dup_wanted (const LabProgram *program, const LabState *state, int thread)
{
  LabBlock block = lab_machine_get_block (program, state, thread);

  if (block.kind == LAB_BLOCK_LOCK && block.owner != thread)
    return g_strdup_printf (_ ("waits for %s"), get_item (program, LAB_ITEM_LOCK, block.item));
  return ui_state_dup_block (program, state, thread);
}

char *
ui_state_dup_stuck (const LabProgram *program, const LabState *state)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < program->n_threads; i++)
    {
      g_autofree char *held = dup_held (program, state, i);
      g_autofree char *wanted = NULL;

      if (lab_state_has_ended (state, program, i))
        continue;
      wanted = dup_wanted (program, state, i);
      if (text->len > 0)
        g_string_append (text, "; ");
      if (held != NULL)
        /* Translators: a thread, the locks that it holds, and `waits for b` */
        g_string_append_printf (text, _ ("%s holds %s and %s"), program->threads[i].name, held,
                                wanted);
      else
        /* Translators: a thread, and `waits for b` */
        g_string_append_printf (text, _ ("%s %s"), program->threads[i].name, wanted);
    }
  /* Translators: nobody can go on; then who waits for what */
  g_string_prepend (text, _ ("Stuck: "));
  g_string_append_c (text, '.');
  return g_string_free (text, FALSE);
}

char *
ui_state_dup_shown (const LabProgram *program, const gint64 *values)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < program->n_shown; i++)
    g_string_append_printf (text, "%s%s = %" PRId64, i > 0 ? ", " : "", program->shown[i].name,
                            values[i]);
  if (text->len == 0)
    g_string_append (text, _ ("all ended"));
  return g_string_free (text, FALSE);
}

char *
ui_state_dup_ending (const LabProgram *program, const LabEnding *ending)
{
  switch (ending->kind)
    {
    case LAB_ENDING_DEADLOCK:
      return g_strdup (C_ ("ending", "stuck"));
    case LAB_ENDING_FAILED:
      return g_strdup (C_ ("ending", "failed"));
    case LAB_ENDING_END:
    default:
      return ui_state_dup_shown (program, ending->values);
    }
}

char *
ui_state_dup_queue (const gint64 *values, int n)
{
  GString *text = g_string_new ("[");

  for (int i = 0; i < MIN (n, MOST_VALUES); i++)
    g_string_append_printf (text, "%s%" PRId64, i > 0 ? ", " : "", values[i]);
  g_string_append (text, n > MOST_VALUES ? "…]" : "]");
  return g_string_free (text, FALSE);
}

char *
ui_state_dup_preview (const LabProgram *program, const LabState *state, LabMove move)
{
  g_auto (LabState) after = { 0 };
  g_auto (LabReport) report = { 0 };

  lab_report_init (&report);
  lab_state_copy (&after, state);
  if (lab_machine_apply (program, &after, move, &report) != LAB_FAILURE_NONE)
    return lab_failure_dup_text (report.failure);
  if (report.accesses->len == 0)
    return g_strdup ("");
  return lab_access_dup_text (&g_array_index (report.accesses, LabAccess, 0), program);
}

static char *
dup_incomplete (const LabExploration *exploration)
{
  g_autofree char *states = g_strdup_printf ("%" PRIu64, exploration->states);

  if (exploration->bad)
    return g_strdup_printf (_ ("Something bad was found among %s states; not all were looked at."),
                            states);
  return g_strdup_printf (_ ("Nothing bad so far, in %s states; nothing is proved."), states);
}

static char *
dup_good (const LabProgram *program, const LabExploration *exploration)
{
  const LabEnding *only =
      exploration->endings->len == 1 ? g_ptr_array_index (exploration->endings, 0) : NULL;
  g_autofree char *end = only != NULL ? ui_state_dup_ending (program, only) : NULL;
  g_autofree char *count =
      exploration->schedules != NULL ? ui_words_dup_count (exploration->schedules) : NULL;

  if (count == NULL)
    return g_strdup (_ ("Proved: however the threads are ordered, all ends well."));
  if (strcmp (exploration->schedules, "1") == 0)
    return g_strdup (_ ("Proved: there is but one schedule, and it ends well."));
  if (end != NULL)
    /* Translators: a number, and what all ends have in common, such as `count = 2` */
    return g_strdup_printf (_ ("Proved: all %s schedules end with %s."), count, end);
  return g_strdup_printf (_ ("Proved: all %s schedules end well."), count);
}

/* `2 end with count = 2`, where the good ends are all alike. */
static char *
dup_only_good (const LabProgram *program, const LabExploration *exploration)
{
  const LabEnding *only = NULL;
  g_autofree char *end = NULL;
  g_autofree char *count = NULL;

  for (guint i = 0; i < exploration->endings->len; i++)
    {
      const LabEnding *ending = g_ptr_array_index (exploration->endings, i);

      if (ending->bad)
        continue;
      if (only != NULL)
        return NULL;
      only = ending;
    }
  if (only == NULL)
    return NULL;
  end = ui_state_dup_ending (program, only);
  count = ui_words_dup_count (only->schedules);
  if (strcmp (only->schedules, "1") == 0)
    return g_strdup_printf (_ ("1 ends with %s"), end);
  /* Translators: so many schedules end alike, such as with `count = 2` */
  return g_strdup_printf (_ ("%s end with %s"), count, end);
}

static char *
dup_bad (const LabProgram *program, const LabExploration *exploration)
{
  g_autofree char *good = NULL;
  g_autofree char *bad = NULL;
  g_autofree char *all = NULL;

  if (exploration->schedules == NULL)
    return g_strdup (exploration->livelock
                         ? _ ("Some orders never end: the threads can go round for ever.")
                         : _ ("Some orders end badly; as it can go round, they are not counted."));
  good = dup_only_good (program, exploration);
  bad = ui_words_dup_count (exploration->bad_schedules);
  all = ui_words_dup_count (exploration->schedules);
  if (strcmp (exploration->schedules, "1") == 0)
    return g_strdup (_ ("There is but one schedule, and it loses."));
  if (strcmp (exploration->bad_schedules, exploration->schedules) == 0)
    return g_strdup_printf (_ ("All %s schedules lose."), all);
  if (strcmp (exploration->bad_schedules, "1") == 0)
    return g_strdup_printf (_ ("1 of %s schedules loses."), all);
  if (good != NULL)
    /* Translators: `18 of 20 schedules lose; 2 end with count = 2.` */
    return g_strdup_printf (_ ("%s of %s schedules lose; %s."), bad, all, good);
  return g_strdup_printf (_ ("%s of %s schedules lose."), bad, all);
}

char *
ui_state_dup_short (const LabExploration *exploration)
{
  g_autofree char *bad = NULL;
  g_autofree char *all = NULL;

  if (!exploration->bad)
    return g_strdup (exploration->complete ? _ ("✓ proved") : _ ("not all was tried"));
  if (exploration->schedules == NULL)
    return g_strdup (exploration->livelock ? _ ("✕ may never end") : _ ("✕ can end badly"));
  bad = ui_words_dup_count (exploration->bad_schedules);
  all = ui_words_dup_count (exploration->schedules);
  /* Translators: `✕ 18 of 20 lose`: so many schedules end badly */
  return g_strdup_printf (_ ("✕ %s of %s lose"), bad, all);
}

char *
ui_state_dup_finding (const LabProgram *program, const LabExploration *exploration)
{
  if (!exploration->complete)
    return dup_incomplete (exploration);
  return exploration->bad ? dup_bad (program, exploration) : dup_good (program, exploration);
}

char *
ui_state_dup_coverage (const LabExploration *exploration)
{
  switch (exploration->stopped)
    {
    case LAB_STOPPED_STATES:
      return g_strdup (_ ("incomplete: there are too many states"));
    case LAB_STOPPED_MEMORY:
      return g_strdup (_ ("incomplete: the memory set aside is full"));
    case LAB_STOPPED_CANCELLED:
      return g_strdup (_ ("incomplete: it was stopped"));
    case LAB_STOPPED_NOT:
    default:
      return g_strdup (_ ("complete: nothing was left out"));
    }
}

char *
ui_state_dup_size (const LabExploration *exploration)
{
  g_autofree char *time = ui_words_dup_milliseconds (exploration->seconds * 1000);

  return g_strdup_printf (
      /* Translators: states, transitions between them, and how long it took */
      _ ("%" PRIu64 " states · %" PRIu64 " transitions · %s"), exploration->states,
      exploration->transitions, time);
}
