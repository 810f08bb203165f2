/* The view Race Lab. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/page.h"

#include <glib/gi18n.h>

#include "ui/lab/choices.h"
#include "ui/lab/experiment.h"
#include "ui/lab/run-view.h"
#include "ui/lab/scenario-row.h"
#include "ui/lab/sheet.h"
#include "ui/lab/together-view.h"
#include "ui/lab/ui-lab-resources.h"

/* Pixels between the page's edge and what is on it: 18, and 12 where it is narrow. */
#define WIDE_MARGIN 18
#define NARROW_MARGIN 12

struct _UiLabPage
{
  AdwBin parent_instance;

  AdwLeaflet *leaflet;
  GtkListBox *list;
  GtkWidget *sheet;
  GtkBox *content;
  GtkBox *head;
  GtkWidget *back_button;
  GtkLabel *title;
  GtkLabel *badge;
  GtkWidget *edit_button;
  GtkBox *modes;
  GtkLabel *story;
  GtkBox *controls;
  UiChoices *choices;
  GtkButton *run_button;
  GtkStack *stack;
  UiRunView *run_view;
  UiTogetherView *together_view;

  Engine *engine;              /* owned, nullable */
  UiExperiment *experiment;    /* owned */
  GSimpleActionGroup *actions; /* owned */
  GHashTable *verdicts;        /* (element-type utf8 int) owned: what is known of each variant */
};

/* What is known of a variant. */
typedef enum
{
  KNOWN_NOTHING,
  KNOWN_LOST,
} Known;

/* The scenario that runs on the engine's own workers. */
static const struct
{
  const char *title;
  const char *summary;
  const char *story;
} together = {
  N_ ("Waiting together"),
  N_ ("Five pages, one after another and by a pool"),
  N_ ("Five pages are slow to answer. One after another, their waits add up. Threads of a pool "
      "wait "
      "at the same time, so that all is there when the slowest page is."),
};

G_DEFINE_FINAL_TYPE (UiLabPage, ui_lab_page, ADW_TYPE_BIN)

static Known
get_known (UiLabPage *self, const LabScenario *scenario, const LabVariant *variant)
{
  g_autofree char *id = g_strconcat (scenario->id, "/", variant->id, NULL);

  return GPOINTER_TO_INT (g_hash_table_lookup (self->verdicts, id));
}

static const LabScenario *
get_scenario (int i)
{
  int n;
  const LabScenario *scenarios = lab_get_scenarios (&n);

  return i < n ? &scenarios[i] : NULL;
}

static void
show_badges (UiLabPage *self)
{
  const LabScenario *scenario;
  Known known = get_known (self, ui_experiment_get_scenario (self->experiment),
                           ui_experiment_get_variant (self->experiment));

  ui_badge_show (self->badge, UI_TONE_BAD, known == KNOWN_LOST ? _ ("lost") : NULL);
  for (int i = 0; (scenario = get_scenario (i)) != NULL; i++)
    {
      gboolean lost = FALSE;

      for (int v = 0; v < scenario->n_variants; v++)
        lost |= get_known (self, scenario, &scenario->variants[v]) == KNOWN_LOST;
      ui_scenario_row_set_badge (UI_SCENARIO_ROW (gtk_list_box_get_row_at_index (self->list, i)),
                                 UI_TONE_BAD, lost ? _ ("Lost") : NULL);
    }
}

static void
show_run_button (UiLabPage *self)
{
  g_autofree char *text =
      g_strdup_printf (ngettext ("Run %d Time", "Run %d Times", UI_EXPERIMENT_RUNS),
                       UI_EXPERIMENT_RUNS);

  gtk_button_set_label (self->run_button,
                        ui_experiment_is_running (self->experiment) ? _ ("Stop") : text);
}

static void
ran_cb (UiLabPage *self)
{
  const LabRunResult *result = ui_experiment_get_result (self->experiment);

  if (result != NULL && result->bad_runs > 0)
    g_hash_table_insert (self->verdicts, ui_experiment_dup_id (self->experiment),
                         GINT_TO_POINTER (KNOWN_LOST));
  show_badges (self);
  show_run_button (self);
}

static void
changed_cb (UiLabPage *self)
{
  const LabScenario *scenario = ui_experiment_get_scenario (self->experiment);

  gtk_label_set_text (self->title, _ (scenario->title));
  gtk_label_set_text (self->story, _ (scenario->story));
  ran_cb (self);
}

static void
choose_scenario (UiLabPage *self, const LabScenario *scenario)
{
  const LabVariant *variant = &scenario->variants[0];

  for (int i = 0; i < scenario->n_variants; i++)
    if (scenario->variants[i].kind == LAB_KIND_BROKEN)
      {
        variant = &scenario->variants[i];
        break;
      }
  if (scenario != ui_experiment_get_scenario (self->experiment))
    ui_experiment_choose (self->experiment, scenario, variant);
  else
    changed_cb (self);
}

/* A scenario that runs on real work has no program, and none of what goes with one. */
static void
show_parts (UiLabPage *self, gboolean has_program)
{
  GVariant *mode = g_action_group_get_action_state (G_ACTION_GROUP (self->actions), "mode");

  gtk_widget_set_visible (GTK_WIDGET (self->modes), has_program);
  gtk_widget_set_visible (GTK_WIDGET (self->controls), has_program);
  gtk_widget_set_visible (self->edit_button, has_program);
  gtk_stack_set_visible_child_name (self->stack,
                                    has_program ? g_variant_get_string (mode, NULL) : "together");
  g_variant_unref (mode);
}

static void
choose_together (UiLabPage *self)
{
  gtk_label_set_text (self->title, _ (together.title));
  gtk_label_set_text (self->story, _ (together.story));
  ui_badge_show (self->badge, UI_TONE_PLAIN, NULL);
  show_parts (self, FALSE);
}

static void
row_selected_cb (UiLabPage *self, GtkListBoxRow *row)
{
  const LabScenario *scenario =
      row != NULL ? get_scenario (gtk_list_box_row_get_index (row)) : NULL;

  if (row == NULL)
    return;
  if (scenario == NULL)
    {
      choose_together (self);
      return;
    }
  choose_scenario (self, scenario);
  show_parts (self, TRUE);
}

static void
row_activated_cb (UiLabPage *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

static void
folded_cb (UiLabPage *self)
{
  gboolean narrow = adw_leaflet_get_folded (self->leaflet);
  GtkOrientation orientation = narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;
  int margin = narrow ? NARROW_MARGIN : WIDE_MARGIN;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->head), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->controls), orientation);
  gtk_box_set_homogeneous (self->modes, narrow);
  gtk_widget_set_visible (self->back_button, narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->story), !narrow);
  gtk_widget_set_valign (GTK_WIDGET (self->run_button), narrow ? GTK_ALIGN_FILL : GTK_ALIGN_START);
  if (narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self->run_button), "pill");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->run_button), "pill");
  gtk_widget_set_margin_top (GTK_WIDGET (self->content), NARROW_MARGIN);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->content), margin);
  gtk_widget_set_margin_start (GTK_WIDGET (self->content), margin);
  gtk_widget_set_margin_end (GTK_WIDGET (self->content), margin);
  ui_choices_set_narrow (self->choices, narrow);
  ui_run_view_set_narrow (self->run_view, narrow);
  ui_together_view_set_narrow (self->together_view, narrow);
}

static void
run_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiLabPage *self = user_data;

  if (ui_experiment_is_running (self->experiment))
    {
      ui_experiment_cancel (self->experiment);
      changed_cb (self);
    }
  else
    ui_experiment_run (self->experiment);
}

static void
back_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  adw_leaflet_navigate (UI_LAB_PAGE (user_data)->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
mode_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  UiLabPage *self = user_data;

  g_simple_action_set_state (action, state);
  gtk_stack_set_visible_child_name (self->stack, g_variant_get_string (state, NULL));
}

static void
add_actions (UiLabPage *self)
{
  static const GActionEntry entries[] = {
    { "run", run_cb },
    { "back", back_cb },
    { "mode", NULL, "s", "'run'", mode_cb },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "lab", G_ACTION_GROUP (self->actions));
}

static void
list_scenarios (UiLabPage *self)
{
  int n;
  const LabScenario *scenarios = lab_get_scenarios (&n);

  for (int i = 0; i < n; i++)
    gtk_list_box_append (self->list,
                         ui_scenario_row_new (_ (scenarios[i].title), _ (scenarios[i].summary)));
  gtk_list_box_append (self->list, ui_scenario_row_new (_ (together.title), _ (together.summary)));
}

static void
ui_lab_page_dispose (GObject *object)
{
  UiLabPage *self = UI_LAB_PAGE (object);

  if (self->experiment != NULL)
    ui_experiment_cancel (self->experiment);
  g_clear_object (&self->experiment);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->verdicts, g_hash_table_unref);
  G_OBJECT_CLASS (ui_lab_page_parent_class)->dispose (object);
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/org/bobbin/Bobbin/lab/lab.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, list);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, sheet);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, content);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, head);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, title);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, badge);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, edit_button);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, modes);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, story);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, controls);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, choices);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, run_button);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, stack);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, run_view);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, together_view);
}

static void
ui_lab_page_class_init (UiLabPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ui_lab_page_dispose;
  /* Called by name, else the linker leaves the resource out. */
  g_resources_register (ui_lab_get_resource ());
  load_style ();
  g_type_ensure (UI_TYPE_CHOICES);
  g_type_ensure (UI_TYPE_RUN_VIEW);
  g_type_ensure (UI_TYPE_SHEET);
  g_type_ensure (UI_TYPE_TOGETHER_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/bobbin/Bobbin/lab/page.ui");
  bind_children (widget_class);
}

static void
ui_lab_page_init (UiLabPage *self)
{
  self->verdicts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->experiment = ui_experiment_new ();
  add_actions (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  ui_choices_set_experiment (self->choices, self->experiment);
  ui_choices_set_real (self->choices, TRUE);
  ui_run_view_set_experiment (self->run_view, self->experiment);
  g_signal_connect_object (self->experiment, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->experiment, "ran", G_CALLBACK (ran_cb), self, G_CONNECT_SWAPPED);
  list_scenarios (self);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (row_selected_cb), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect_swapped (self->leaflet, "notify::folded", G_CALLBACK (folded_cb), self);
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  /* Ready to run: on a narrow window too, the first scenario is what one sees first. */
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
  folded_cb (self);
}

GtkWidget *
ui_lab_page_new (void)
{
  return g_object_new (UI_TYPE_LAB_PAGE, NULL);
}

void
ui_lab_page_set_engine (UiLabPage *self, Engine *engine)
{
  ui_together_view_set_engine (self->together_view, engine);
}
