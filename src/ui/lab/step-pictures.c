/* The odds along a walk, and how it ended. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/step-pictures.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/lab/state-words.h"
#include "ui/lab/words.h"

static void
add_branch (GArray *branches, UiPath *path, LabMove move)
{
  LabProgram *program = lab_stepper_get_program (ui_path_get_stepper (path));
  LabWays ways = { NULL, NULL };
  UiBranch branch = { move.thread, NAN, NULL };
  g_autofree char *percent = NULL;

  if (move.thread >= program->n_threads || !ui_path_get_move_ways (path, move, &ways))
    return;
  branch.odds = ui_words_get_ratio (ways.bad, ways.all);
  percent = ui_words_dup_percent (branch.odds);
  /* Translators: `100 % if B goes`: the odds after that thread's next step */
  branch.text = g_strdup_printf (_ ("%s if %s goes"), percent, program->threads[move.thread].name);
  lab_ways_clear (&ways);
  g_array_append_val (branches, branch);
}

static void
describe_odds (UiSeries *series, double now)
{
  g_autofree char *percent = isnan (now) ? NULL : ui_words_dup_percent (now);
  g_autofree char *meaning = NULL;

  if (percent != NULL)
    meaning = g_strdup_printf (_ ("%s of the ways to go on lose."), percent);
  ui_plot_describe (UI_PLOT (series), _ ("Odds of losing"),
                    meaning != NULL ? meaning : _ ("The ways to go on are not counted."));
}

void
ui_step_odds_show (UiSeries *series, UiPath *path, const GArray *moves)
{
  LabStepper *stepper = ui_path_get_stepper (path);
  guint position = lab_stepper_get_position (stepper);
  g_autoptr (GArray) odds = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) threads = g_array_new (FALSE, FALSE, sizeof (int));
  GArray *branches = ui_series_new_branches ();
  g_autofree char *now = NULL;
  LabWays ways = { NULL, NULL };

  for (guint i = 0; i <= position; i++)
    {
      double share = ui_path_get_odds (path, i);
      int thread = i < position ? lab_stepper_get_step (stepper, i).thread : -1;

      g_array_append_val (odds, share);
      if (i < position)
        g_array_append_val (threads, thread);
    }
  for (guint i = 0; i < moves->len; i++)
    add_branch (branches, path, g_array_index (moves, LabMove, i));
  if (ui_path_get_ways (path, &ways))
    {
      now = ui_words_dup_ways_short (ways.bad, ways.all);
      lab_ways_clear (&ways);
    }
  describe_odds (series, ui_path_get_odds (path, position));
  ui_series_set (series, odds, threads, branches, now);
}

/* What a thread waits for, as it stands in the circle; NULL: not of that kind. */
static char *
dup_thing (const LabProgram *program, const LabBlock *block)
{
  switch (block->kind)
    {
    case LAB_BLOCK_LOCK:
      /* Translators: a lock of that name */
      return g_strdup_printf (_ ("lock %s"), program->items[LAB_ITEM_LOCK][block->item].name);
    case LAB_BLOCK_WAKE:
      /* Translators: a condition variable of that name */
      return g_strdup_printf (_ ("condition %s"),
                              program->items[LAB_ITEM_CONDITION][block->item].name);
    case LAB_BLOCK_EMPTY:
    case LAB_BLOCK_FULL:
      return g_strdup_printf (_ ("queue %s"), program->items[LAB_ITEM_QUEUE][block->item].name);
    case LAB_BLOCK_AWAIT:
      return g_strdup (_ ("its condition"));
    case LAB_BLOCK_BUFFER:
    case LAB_BLOCK_NONE:
    default:
      return NULL;
    }
}

static int
get_thing (UiCircle *circle, GHashTable *things, const char *text)
{
  gpointer found;

  if (!g_hash_table_lookup_extended (things, text, NULL, &found))
    {
      found = GINT_TO_POINTER (ui_circle_add_thing (circle, text));
      g_hash_table_insert (things, g_strdup (text), found);
    }
  return GPOINTER_TO_INT (found);
}

void
ui_step_circle_show (UiCircle *circle, UiPath *path)
{
  LabStepper *stepper = ui_path_get_stepper (path);
  LabProgram *program = lab_stepper_get_program (stepper);
  const LabState *state = lab_stepper_get_state (stepper);
  g_autoptr (GHashTable) things = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree int *nodes = g_new0 (int, program->n_threads);
  g_autofree char *meaning = ui_state_dup_stuck (program, state);

  ui_circle_clear (circle);
  for (int i = 0; i < program->n_threads; i++)
    {
      g_autofree char *letter = ui_words_dup_thread (i);

      nodes[i] =
          lab_state_has_ended (state, program, i) ? -1 : ui_circle_add_thread (circle, letter, i);
    }
  for (int i = 0; i < program->n_threads; i++)
    {
      LabBlock block = lab_machine_get_block (program, state, i);
      g_autofree char *text = dup_thing (program, &block);

      if (text != NULL && nodes[i] >= 0)
        ui_circle_add_wait (circle, nodes[i], get_thing (circle, things, text));
    }
  for (int i = 0; i < program->n_items[LAB_ITEM_LOCK]; i++)
    {
      LabBlock block = { LAB_BLOCK_LOCK, i, -1 };
      g_autofree char *text = dup_thing (program, &block);
      int owner = lab_state_get_owner (state, program, i);

      if (owner >= 0 && nodes[owner] >= 0 && g_hash_table_contains (things, text))
        ui_circle_add_hold (circle, get_thing (circle, things, text), nodes[owner]);
    }
  ui_plot_describe (UI_PLOT (circle), _ ("Who waits for whom"), meaning);
}

static char *
dup_good_or_bad (const LabProgram *program, const LabState *state, UiTone *tone)
{
  g_autofree gint64 *values = g_new0 (gint64, program->n_shown + 1);
  g_autofree char *shown = NULL;
  gboolean good = lab_machine_is_good_end (program, state);

  for (int i = 0; i < program->n_shown; i++)
    {
      const LabShown *one = &program->shown[i];

      values[i] = one->thread < 0 ? lab_state_get_shared (state, program, one->index)
                                  : lab_state_get_own (state, program, one->thread, one->index);
    }
  shown = ui_state_dup_shown (program, values);
  *tone = good ? UI_TONE_GOOD : UI_TONE_BAD;
  return g_strdup_printf (good ? _ ("Ended well: %s.") : _ ("Ended badly: %s."), shown);
}

char *
ui_step_dup_end (UiPath *path, UiTone *tone)
{
  LabStepper *stepper = ui_path_get_stepper (path);
  LabProgram *program = lab_stepper_get_program (stepper);
  const LabState *state = lab_stepper_get_state (stepper);
  LabFailure failure = lab_stepper_get_failure (stepper);

  *tone = UI_TONE_BAD;
  if (failure != LAB_FAILURE_NONE)
    {
      g_autofree char *why = lab_failure_dup_text (failure);

      return g_strdup_printf (_ ("Failed: %s."), why);
    }
  switch (lab_machine_get_status (program, state))
    {
    case LAB_STATUS_DEADLOCK:
      return ui_state_dup_stuck (program, state);
    case LAB_STATUS_END:
      return dup_good_or_bad (program, state, tone);
    case LAB_STATUS_RUNNING:
    default:
      return NULL;
    }
}
