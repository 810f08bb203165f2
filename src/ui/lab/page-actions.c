/* What the lab's page can be told to do. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/page-private.h"

void
ui_lab_page_set_action_state (UiLabPage *self, const char *name, GVariant *state)
{
  g_action_change_state (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name), state);
}

static void
run_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiLabPage *self = user_data;
  UiExperiment *experiment = self->experiments[MODE_RUN];

  ui_lab_page_set_action_state (self, "mode", g_variant_new_string ("run"));
  if (ui_experiment_is_running (experiment))
    ui_experiment_cancel (experiment);
  else if (ui_experiment_get_parsed (experiment) != NULL)
    ui_experiment_run (experiment);
}

static void
explore_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiLabPage *self = user_data;
  UiExperiment *experiment = self->experiments[MODE_EXPLORE];

  ui_lab_page_set_action_state (self, "mode", g_variant_new_string ("explore"));
  if (ui_experiment_is_exploring (experiment))
    ui_experiment_stop_exploring (experiment);
  else
    ui_experiment_explore (experiment, 0);
}

/* The explorer's witness, step by step: with the explorer's numbers. */
static void
walk_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiLabPage *self = user_data;
  UiExperiment *explore = self->experiments[MODE_EXPLORE];
  const LabExploration *exploration = ui_experiment_get_exploration (explore);
  g_autoptr (GArray) steps = NULL;

  if (exploration == NULL)
    return;
  if (exploration->witness != NULL)
    steps = g_array_ref (exploration->witness->steps);
  else if (exploration->livelock_path != NULL)
    steps = g_array_ref (exploration->livelock_path);
  else
    return;
  ui_experiment_set_numbers (self->experiments[MODE_STEP], ui_experiment_get_threads (explore),
                             ui_experiment_get_increments (explore));
  ui_lab_page_set_action_state (self, "mode", g_variant_new_string ("step"));
  ui_step_view_load (self->step_view, (const LabMove *) (gpointer) steps->data, steps->len);
}

/* The explorer's witness on real threads. */
static void
replay_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiLabPage *self = user_data;
  UiExperiment *explore = self->experiments[MODE_EXPLORE];
  const LabExploration *exploration = ui_experiment_get_exploration (explore);

  if (exploration == NULL || exploration->witness == NULL)
    return;
  ui_experiment_set_numbers (self->experiments[MODE_RUN], ui_experiment_get_threads (explore),
                             ui_experiment_get_increments (explore));
  ui_lab_page_set_action_state (self, "mode", g_variant_new_string ("run"));
  ui_experiment_replay (self->experiments[MODE_RUN], ui_experiment_get_parsed (explore),
                        exploration->witness->schedule);
}

static void
back_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  adw_leaflet_navigate (UI_LAB_PAGE (user_data)->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
step_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiLabPage *self = user_data;

  if (ui_lab_page_get_mode (self) == MODE_STEP)
    ui_step_view_take (self->step_view, g_variant_get_int32 (parameter));
}

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiLabPage *self = user_data;

  if (ui_lab_page_get_mode (self) == MODE_STEP)
    ui_step_view_undo (self->step_view);
}

static void
redo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiLabPage *self = user_data;

  if (ui_lab_page_get_mode (self) == MODE_STEP)
    ui_step_view_redo (self->step_view);
}

static void
mode_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  UiLabPage *self = user_data;

  g_simple_action_set_state (action, state);
  gtk_stack_set_visible_child_name (self->stack, g_variant_get_string (state, NULL));
  if (ui_lab_page_get_mode (self) != MODE_STEP)
    ui_step_view_pause (self->step_view);
  /* The editor is beside Run and Step. */
  if (ui_lab_page_get_mode (self) >= MODE_EXPLORE && ui_lab_page_is_editing (self))
    ui_lab_page_set_action_state (self, "edit", g_variant_new_boolean (FALSE));
  gtk_widget_set_visible (GTK_WIDGET (self->controls), ui_lab_page_get_mode (self) != MODE_COMPARE);
  ui_choices_set_experiment (self->choices, ui_lab_page_get_experiment (self));
  ui_choices_set_real (self->choices, ui_lab_page_get_mode (self) == MODE_RUN);
  ui_lab_page_show_state (self);
}

void
ui_lab_page_add_actions (UiLabPage *self)
{
  static const GActionEntry entries[] = {
    { "run", run_cb },       { "explore", explore_cb }, { "walk", walk_cb },
    { "replay", replay_cb }, { "back", back_cb },       { "step", step_cb, "i" },
    { "undo", undo_cb },     { "redo", redo_cb },       { "mode", NULL, "s", "'run'", mode_cb },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  ui_lab_page_add_edit_actions (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "lab", G_ACTION_GROUP (self->actions));
}
