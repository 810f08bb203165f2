/* The view Race Lab.
 *
 * Run, Step and Explore look at an experiment each, since what makes a good picture differs in
 * size; the three are of one variant and one text, always.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/page.h"

#include <glib/gi18n.h>

#include "ui/lab/keys.h"
#include "ui/lab/page-private.h"
#include "ui/lab/scenario-row.h"
#include "ui/lab/sheet.h"
#include "ui/lab/ui-lab-resources.h"

/* Pixels between the page's edge and what is on it: 18, and 12 where it is narrow. */
#define WIDE_MARGIN 18
#define NARROW_MARGIN 12

/* The scenarios that run on real work, after all others. */
static const struct
{
  const char *name; /* in the stack */
  const char *title;
  const char *summary;
  const char *story;
} real_work[] = {
  { "together", N_ ("Waiting together"), N_ ("Five pages, one after another and by a pool"),
    N_ ("Five pages are slow to answer. One after another, their waits add up. Threads of a pool "
        "wait at the same time, so that all is there when the slowest page is.") },
  { "cost", N_ ("What it costs"), N_ ("Nanoseconds an increment, eleven ways"),
    N_ ("Each way to count together has its price, and the price grows with the threads that meet. "
        "Not to share at all is the cheapest by far.") },
};

G_DEFINE_FINAL_TYPE (UiLabPage, ui_lab_page, ADW_TYPE_BIN)

static void
ran_cb (UiLabPage *self)
{
  ui_known_note_run (self->known, self->experiments[MODE_RUN]);
  ui_lab_page_show_state (self);
}

static void
explored_cb (UiLabPage *self)
{
  ui_known_note_exploration (self->known, self->experiments[MODE_EXPLORE]);
  ui_lab_page_show_state (self);
}

static void
found_cb (UiLabPage *self, const char *id, const LabExploration *exploration)
{
  ui_known_note (self->known, id, exploration);
  ui_lab_page_show_state (self);
}

/* One variant and one text in all modes. */
static void
align (UiLabPage *self, UiExperiment *leader)
{
  for (Mode mode = 0; mode < N_EXPERIMENTS; mode++)
    if (self->experiments[mode] != leader)
      {
        ui_experiment_choose (self->experiments[mode], ui_experiment_get_scenario (leader),
                              ui_experiment_get_variant (leader));
        ui_experiment_set_program (self->experiments[mode], ui_experiment_is_edited (leader)
                                                                ? ui_experiment_get_program (leader)
                                                                : NULL);
      }
}

static void
changed_cb (UiLabPage *self, UiExperiment *experiment)
{
  const LabScenario *scenario = ui_experiment_get_scenario (experiment);

  if (self->aligning)
    return;
  self->aligning = TRUE;
  align (self, experiment);
  self->aligning = FALSE;
  gtk_label_set_text (self->title, _ (scenario->title));
  gtk_label_set_text (self->story, scenario->story[0] != '\0' ? _ (scenario->story) : "");
  ui_lab_page_show_problem (self);
  ui_lab_page_show_state (self);
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
  if (scenario != ui_experiment_get_scenario (ui_lab_page_get_experiment (self)))
    ui_experiment_choose (ui_lab_page_get_experiment (self), scenario, variant);
  else
    changed_cb (self, ui_lab_page_get_experiment (self));
}

/* @work: the real work that has no program, and none of what goes with one; or NULL. */
static void
show_parts (UiLabPage *self, const char *work)
{
  gboolean has_program = work == NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->modes), has_program);
  gtk_widget_set_visible (GTK_WIDGET (self->controls),
                          has_program && ui_lab_page_get_mode (self) != MODE_COMPARE);
  gtk_widget_set_visible (self->edit_button, has_program);
  gtk_stack_set_visible_child_name (self->stack, has_program ? ui_lab_page_get_mode_name (
                                                                   ui_lab_page_get_mode (self))
                                                             : work);
}

static void
choose_real_work (UiLabPage *self, guint i)
{
  gtk_label_set_text (self->title, _ (real_work[i].title));
  gtk_label_set_text (self->story, _ (real_work[i].story));
  ui_badge_show (self->badge, UI_TONE_PLAIN, NULL);
  show_parts (self, real_work[i].name);
}

static void
row_selected_cb (UiLabPage *self, GtkListBoxRow *row)
{
  const LabScenario *scenario;

  if (row == NULL)
    return;
  ui_lab_page_set_action_state (self, "edit", g_variant_new_boolean (FALSE));
  scenario = g_ptr_array_index (self->scenarios, gtk_list_box_row_get_index (row));
  if (scenario == NULL)
    {
      int n;

      lab_get_scenarios (&n);
      choose_real_work (self, (guint) (gtk_list_box_row_get_index (row) - n));
      return;
    }
  show_parts (self, NULL);
  choose_scenario (self, scenario);
}

static void
row_activated_cb (UiLabPage *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

static void
set_margins (GtkWidget *widget, int top, int others)
{
  gtk_widget_set_margin_top (widget, top);
  gtk_widget_set_margin_bottom (widget, others);
  gtk_widget_set_margin_start (widget, others);
  gtk_widget_set_margin_end (widget, others);
}

static void
set_pill (GtkButton *button, gboolean narrow)
{
  if (narrow)
    gtk_widget_add_css_class (GTK_WIDGET (button), "pill");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (button), "pill");
  gtk_widget_set_valign (GTK_WIDGET (button), narrow ? GTK_ALIGN_FILL : GTK_ALIGN_START);
}

/* Four words beside each other across 360 pixels: in some languages they are long, and only one
 * may be cut off, not the page. */
static void
set_modes (GtkBox *modes, gboolean narrow)
{
  GtkWidget *mode = gtk_widget_get_first_child (GTK_WIDGET (modes));

  for (; mode != NULL; mode = gtk_widget_get_next_sibling (mode))
    {
      gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (mode))),
                               narrow ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
      gtk_widget_set_hexpand (mode, narrow);
      if (narrow)
        gtk_widget_add_css_class (mode, "narrow");
      else
        gtk_widget_remove_css_class (mode, "narrow");
    }
}

static void
folded_cb (UiLabPage *self)
{
  gboolean narrow = adw_leaflet_get_folded (self->leaflet);
  GtkOrientation orientation = narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->head), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->controls), orientation);
  set_modes (self->modes, narrow);
  gtk_label_set_wrap (self->note, narrow);
  gtk_label_set_xalign (self->note, narrow ? 0 : 1);
  gtk_widget_set_visible (self->back_button, narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->story), !narrow);
  set_pill (self->run_button, narrow);
  set_pill (self->explore_button, narrow);
  set_margins (GTK_WIDGET (self->content), NARROW_MARGIN, narrow ? NARROW_MARGIN : WIDE_MARGIN);
  ui_choices_set_narrow (self->choices, narrow);
  ui_run_view_set_narrow (self->run_view, narrow);
  ui_step_view_set_narrow (self->step_view, narrow);
  ui_explore_view_set_narrow (self->explore_view, narrow);
  ui_together_view_set_narrow (self->together_view, narrow);
  ui_cost_view_set_narrow (self->cost_view, narrow);
  ui_compare_view_set_narrow (self->compare_view, narrow);
}

void
ui_lab_page_add_scenario (UiLabPage *self,
                          const LabScenario *scenario,
                          const char *title,
                          const char *summary)
{
  g_ptr_array_add (self->scenarios, (gpointer) scenario);
  gtk_list_box_append (self->list, ui_scenario_row_new (title, summary));
}

static void
list_scenarios (UiLabPage *self)
{
  int n;
  const LabScenario *scenarios = lab_get_scenarios (&n);

  for (int i = 0; i < n; i++)
    ui_lab_page_add_scenario (self, &scenarios[i], _ (scenarios[i].title),
                              _ (scenarios[i].summary));
  for (gsize i = 0; i < G_N_ELEMENTS (real_work); i++)
    ui_lab_page_add_scenario (self, NULL, _ (real_work[i].title), _ (real_work[i].summary));
}

static void
ui_lab_page_dispose (GObject *object)
{
  UiLabPage *self = UI_LAB_PAGE (object);

  g_clear_handle_id (&self->edited, g_source_remove);
  for (Mode mode = 0; mode < N_EXPERIMENTS; mode++)
    {
      if (self->experiments[mode] != NULL)
        {
          g_signal_handlers_disconnect_by_data (self->experiments[mode], self);
          ui_experiment_abandon (self->experiments[mode]);
        }
      g_clear_object (&self->experiments[mode]);
    }
  g_clear_object (&self->actions);
  g_clear_pointer (&self->known, ui_known_free);
  g_clear_pointer (&self->scenarios, g_ptr_array_unref);
  g_clear_pointer (&self->own, g_ptr_array_unref);
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
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, note);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, run_button);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, explore_button);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, stack);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, run_view);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, step_view);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, explore_view);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, together_view);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, cost_view);
  gtk_widget_class_bind_template_child (widget_class, UiLabPage, compare_view);
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
  g_type_ensure (UI_TYPE_STEP_VIEW);
  g_type_ensure (UI_TYPE_EXPLORE_VIEW);
  g_type_ensure (UI_TYPE_SHEET);
  g_type_ensure (UI_TYPE_TOGETHER_VIEW);
  g_type_ensure (UI_TYPE_COST_VIEW);
  g_type_ensure (UI_TYPE_COMPARE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/bobbin/Bobbin/lab/page.ui");
  bind_children (widget_class);
}

static void
make_experiments (UiLabPage *self)
{
  /* Of each: so many additions make a picture that can be read. */
  static const int increments[] = { 10, 2, 1 };

  for (Mode mode = 0; mode < N_EXPERIMENTS; mode++)
    {
      self->experiments[mode] = ui_experiment_new ();
      ui_experiment_set_numbers (self->experiments[mode], 2, increments[mode]);
      g_signal_connect_swapped (self->experiments[mode], "changed", G_CALLBACK (changed_cb), self);
    }
  g_signal_connect_swapped (self->experiments[MODE_RUN], "ran", G_CALLBACK (ran_cb), self);
  g_signal_connect_swapped (self->experiments[MODE_EXPLORE], "explored", G_CALLBACK (explored_cb),
                            self);
}

static void
connect_views (UiLabPage *self)
{
  ui_run_view_set_experiment (self->run_view, self->experiments[MODE_RUN]);
  ui_step_view_set_experiment (self->step_view, self->experiments[MODE_STEP]);
  ui_explore_view_set_experiment (self->explore_view, self->experiments[MODE_EXPLORE]);
  ui_compare_view_set_experiment (self->compare_view, self->experiments[MODE_EXPLORE]);
  g_signal_connect_swapped (self->compare_view, "found", G_CALLBACK (found_cb), self);
  ui_choices_set_experiment (self->choices, self->experiments[MODE_RUN]);
  ui_choices_set_real (self->choices, TRUE);
  g_signal_connect_swapped (self->step_view, "moved", G_CALLBACK (ui_lab_page_show_note), self);
  g_signal_connect_swapped (ui_listing_get_program (ui_run_view_get_listing (self->run_view)),
                            "edited", G_CALLBACK (ui_lab_page_note_edited), self);
  g_signal_connect_swapped (ui_listing_get_program (ui_step_view_get_listing (self->step_view)),
                            "edited", G_CALLBACK (ui_lab_page_note_edited), self);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (row_selected_cb), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect_swapped (self->leaflet, "notify::folded", G_CALLBACK (folded_cb), self);
}

static void
ui_lab_page_init (UiLabPage *self)
{
  self->known = ui_known_new ();
  self->scenarios = g_ptr_array_new ();
  self->own = g_ptr_array_new_with_free_func ((GDestroyNotify) ui_own_program_free);
  ui_lab_page_add_actions (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  make_experiments (self);
  connect_views (self);
  ui_keys_add (GTK_WIDGET (self));
  list_scenarios (self);
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
