/* What the lab's page says of the state of things. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "ui/lab/page-private.h"
#include "ui/lab/scenario-row.h"
#include "ui/lab/state-words.h"

static const char *const mode_names[] = { "run", "step", "explore", "compare", NULL };

Mode
ui_lab_page_get_mode (UiLabPage *self)
{
  g_autoptr (GVariant) state =
      g_action_group_get_action_state (G_ACTION_GROUP (self->actions), "mode");

  for (Mode mode = 0; mode < N_MODES; mode++)
    if (g_str_equal (mode_names[mode], g_variant_get_string (state, NULL)))
      return mode;
  return MODE_RUN;
}

UiExperiment *
ui_lab_page_get_experiment (UiLabPage *self)
{
  return self->experiments[MIN (ui_lab_page_get_mode (self), N_EXPERIMENTS - 1)];
}

gboolean
ui_lab_page_is_editing (UiLabPage *self)
{
  g_autoptr (GVariant) state =
      g_action_group_get_action_state (G_ACTION_GROUP (self->actions), "edit");

  return g_variant_get_boolean (state);
}

static void
show_badges (UiLabPage *self)
{
  UiTone tone;
  g_autofree char *id = ui_experiment_dup_id (ui_lab_page_get_experiment (self));
  const char *text = ui_known_get_word (self->known, id, &tone);

  ui_badge_show (self->badge, tone,
                 ui_experiment_is_edited (ui_lab_page_get_experiment (self)) ? NULL : text);
  for (guint i = 0; i < self->scenarios->len; i++)
    {
      const LabScenario *scenario = g_ptr_array_index (self->scenarios, i);
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) i);
      g_autofree char *word = NULL;

      if (scenario == NULL)
        continue;
      word = ui_known_dup_summary (self->known, scenario, &tone);
      ui_scenario_row_set_badge (UI_SCENARIO_ROW (row), tone, word);
    }
}

void
ui_lab_page_show_note (UiLabPage *self)
{
  const LabExploration *exploration =
      ui_experiment_get_exploration (self->experiments[MODE_EXPLORE]);
  g_autofree char *note = NULL;

  if (ui_lab_page_get_mode (self) == MODE_STEP)
    note = ui_step_view_dup_odds (self->step_view);
  else if (ui_lab_page_get_mode (self) == MODE_EXPLORE && exploration != NULL)
    note = ui_state_dup_size (exploration);
  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_remove_css_class (GTK_WIDGET (self->note),
                               ui_lab_page_get_mode (self) == MODE_STEP ? "caption" : "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->note),
                            ui_lab_page_get_mode (self) == MODE_STEP ? "heading" : "caption");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL && note[0] != '\0');
}

static void
show_buttons (UiLabPage *self)
{
  Mode mode = ui_lab_page_get_mode (self);
  UiExperiment *run = self->experiments[MODE_RUN];
  UiExperiment *explore = self->experiments[MODE_EXPLORE];
  g_autofree char *text =
      g_strdup_printf (ngettext ("Run %d Time", "Run %d Times", UI_EXPERIMENT_RUNS),
                       UI_EXPERIMENT_RUNS);

  gtk_button_set_label (self->run_button, ui_experiment_is_running (run) ? _ ("Stop") : text);
  gtk_button_set_label (self->explore_button,
                        ui_experiment_is_exploring (explore) ? _ ("Stop") : _ ("Explore"));
  gtk_widget_set_visible (GTK_WIDGET (self->run_button), mode == MODE_RUN);
  gtk_widget_set_visible (GTK_WIDGET (self->explore_button), mode == MODE_EXPLORE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->run_button), ui_experiment_get_parsed (run) != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->explore_button),
                            ui_experiment_get_parsed (explore) != NULL);
}

void
ui_lab_page_show_state (UiLabPage *self)
{
  show_badges (self);
  show_buttons (self);
  ui_lab_page_show_note (self);
}

void
ui_lab_page_show_problem (UiLabPage *self)
{
  const LabProblem *problem = ui_experiment_get_problem (ui_lab_page_get_experiment (self));
  UiListing *listings[] = { ui_run_view_get_listing (self->run_view),
                            ui_step_view_get_listing (self->step_view) };

  for (gsize i = 0; i < G_N_ELEMENTS (listings); i++)
    ui_listing_set_error (listings[i], problem != NULL ? problem->line : 0,
                          problem != NULL ? problem->column : 0,
                          problem != NULL ? problem->message : NULL,
                          problem != NULL ? problem->hint : NULL);
}

const char *
ui_lab_page_get_mode_name (Mode mode)
{
  return mode_names[mode];
}
