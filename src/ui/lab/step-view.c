/* The mode Step. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/step-view.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ui/lab/figures.h"
#include "ui/lab/path.h"
#include "ui/lab/real-steps.h"
#include "ui/lab/state-words.h"
#include "ui/lab/step-buttons.h"
#include "ui/lab/step-listing.h"
#include "ui/lab/step-pictures.h"
#include "ui/lab/step-timeline.h"
#include "ui/lab/words.h"
#include "ui/plot/lanes.h"

/* What is explored without being asked, so that the odds can be told. */
#define MOST_STATES 200000

/* A step so often, where it goes on by itself. */
#define GO_MS 220

/* More marks than that make no ruler. */
#define MOST_MARKS 40

struct _UiStepView
{
  GtkBox parent_instance;

  UiStepButtons *buttons;
  GtkBox *tools;
  GtkWidget *undo_button;
  GtkWidget *redo_button;
  GtkScale *slider;
  GtkLabel *place;
  GtkBox *going_box;
  GtkWidget *again_button;
  GtkToggleButton *go_button;
  GtkToggleButton *real_button;
  GtkWidget *real_box;
  GtkLabel *real_note;
  UiFigures *figures;
  GtkBox *columns;
  UiListing *listing;
  GtkBox *lanes_head;
  UiWrap *legend;
  UiLanes *lanes;
  GtkLabel *chart_title;
  GtkLabel *chart_side;
  GtkStack *chart_stack;
  UiSeries *odds;
  UiCircle *circle;

  UiExperiment *experiment; /* owned */
  UiPath *path;             /* owned; NULL where the program has a problem */
  gboolean filling;         /* the slider is moved by us */
  gboolean stale;           /* something else is tried, and nobody has looked at it yet */
  guint going;              /* source: goes on by itself */
  UiRealSteps *real;        /* owned, nullable: real threads take the steps as well */
};

enum
{
  MOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UiStepView, ui_step_view, GTK_TYPE_BOX)

static void show_all (UiStepView *self);

static void
chosen_cb (UiStepView *self, guint i)
{
  ui_path_take (self->path, g_array_index (ui_step_buttons_get_moves (self->buttons), LabMove, i));
  show_all (self);
}

static void
show_slider (UiStepView *self)
{
  LabStepper *stepper = ui_path_get_stepper (self->path);
  guint position = lab_stepper_get_position (stepper);
  guint length = lab_stepper_get_length (stepper);
  g_autofree char *place = g_strdup_printf (_ ("step %d of %d"), (int) position, (int) length);

  self->filling = TRUE;
  gtk_range_set_range (GTK_RANGE (self->slider), 0, MAX (1, length));
  gtk_range_set_increments (GTK_RANGE (self->slider), 1, 10);
  gtk_range_set_value (GTK_RANGE (self->slider), position);
  gtk_scale_clear_marks (self->slider);
  for (guint i = 0; i <= length && length <= MOST_MARKS && length > 0; i++)
    gtk_scale_add_mark (self->slider, i, GTK_POS_BOTTOM, NULL);
  self->filling = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->slider), length > 0);
  gtk_widget_set_sensitive (self->undo_button, position > 0);
  gtk_widget_set_sensitive (self->redo_button, position < length);
  gtk_widget_set_sensitive (self->again_button, length > 0);
  gtk_label_set_text (self->place, place);
}

static void
show_lanes (UiStepView *self)
{
  g_autofree char *meaning = ui_step_dup_meaning (self->path);

  ui_lanes_take (self->lanes, ui_step_timeline_new (self->path));
  ui_lanes_reveal (self->lanes, lab_stepper_get_position (ui_path_get_stepper (self->path)));
  ui_plot_describe (UI_PLOT (self->lanes), _ ("Steps so far"), meaning);
}

/* Stuck, who waits for whom says more than the odds, which are settled. */
static void
show_chart (UiStepView *self)
{
  gboolean stuck = ui_path_is_stuck (self->path);

  gtk_stack_set_visible_child_name (self->chart_stack, stuck ? "circle" : "odds");
  gtk_label_set_text (self->chart_title, stuck ? _ ("Who waits for whom") : _ ("Odds of losing"));
  if (stuck)
    gtk_label_set_text (self->chart_side, _ ("nobody can go on"));
  else
    gtk_label_set_text (self->chart_side, isnan (ui_path_get_odds (self->path, 0))
                                              ? _ ("not known: the ways to go on cannot be counted")
                                              : _ ("each schedule counted once"));
  if (stuck)
    ui_step_circle_show (self->circle, self->path);
  else
    ui_step_odds_show (self->odds, self->path, ui_step_buttons_get_moves (self->buttons));
}

static void
show_end (UiStepView *self)
{
  UiTone tone;
  g_autofree char *verdict = ui_step_dup_end (self->path, &tone);

  gtk_widget_set_visible (GTK_WIDGET (self->figures), verdict != NULL);
  ui_figures_hide_numbers (self->figures);
  if (verdict != NULL)
    ui_figures_set_words (self->figures, tone, verdict, NULL, NULL);
}

static void
told_cb (gpointer user_data)
{
  UiStepView *self = user_data;
  g_autofree char *words = ui_real_steps_dup_words (self->real);

  gtk_label_set_text (self->real_note, words);
}

static void
show_all (UiStepView *self)
{
  if (self->real != NULL)
    ui_real_steps_follow (self->real, ui_path_get_stepper (self->path));
  gtk_widget_set_sensitive (GTK_WIDGET (self->tools), self->path != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), self->path != NULL);
  if (self->path == NULL)
    {
      ui_lanes_take (self->lanes, NULL);
      ui_variables_clear (ui_listing_get_variables (self->listing));
      gtk_widget_set_visible (GTK_WIDGET (self->figures), FALSE);
    }
  else
    {
      ui_step_buttons_show (self->buttons, self->path);
      show_slider (self);
      ui_step_listing_show (self->listing, self->path);
      show_lanes (self);
      show_chart (self);
      show_end (self);
    }
  g_signal_emit (self, signals[MOVED], 0);
}

/* What nobody looks at is not explored. */
static void
refresh (UiStepView *self)
{
  LabProgram *program;

  if (!self->stale || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->stale = FALSE;
  program = ui_experiment_get_parsed (self->experiment);
  if (program != NULL)
    {
      self->path = ui_path_new (program);
      ui_step_legend_show (self->legend, program);
      ui_experiment_explore (self->experiment, MOST_STATES);
    }
  show_all (self);
}

static void
changed_cb (UiStepView *self)
{
  ui_step_view_pause (self);
  gtk_toggle_button_set_active (self->real_button, FALSE);
  g_clear_pointer (&self->path, ui_path_free);
  ui_program_set_text (ui_listing_get_program (self->listing),
                       ui_experiment_get_program (self->experiment));
  self->stale = TRUE;
  refresh (self);
}

static void
explored_cb (UiStepView *self)
{
  const LabExploration *exploration = ui_experiment_get_exploration (self->experiment);

  if (self->path == NULL || exploration == NULL || exploration->graph == NULL ||
      !exploration->complete)
    return;
  ui_path_set_graph (self->path, exploration->graph);
  show_all (self);
}

static void
slid_cb (UiStepView *self)
{
  if (self->filling || self->path == NULL)
    return;
  lab_stepper_seek (ui_path_get_stepper (self->path),
                    (guint) lround (gtk_range_get_value (GTK_RANGE (self->slider))));
  show_all (self);
}

static void
again_cb (UiStepView *self)
{
  ui_step_view_pause (self);
  ui_path_load (self->path, NULL, 0);
  show_all (self);
}

static gboolean
go_cb (gpointer user_data)
{
  UiStepView *self = user_data;
  g_autofree LabMove *moves = g_new (LabMove, LAB_MOST_MOVES);
  int n = self->path != NULL ? lab_stepper_list (ui_path_get_stepper (self->path), moves) : 0;

  if (n == 0)
    {
      self->going = 0;
      gtk_toggle_button_set_active (self->go_button, FALSE);
      return G_SOURCE_REMOVE;
    }
  ui_path_take (self->path, moves[g_random_int_range (0, n)]);
  show_all (self);
  return G_SOURCE_CONTINUE;
}

static void
go_toggled_cb (UiStepView *self)
{
  gboolean go = gtk_toggle_button_get_active (self->go_button);

  if (!go)
    g_clear_handle_id (&self->going, g_source_remove);
  else if (self->going == 0)
    self->going = g_timeout_add (GO_MS, go_cb, self);
}

static void
real_toggled_cb (UiStepView *self)
{
  gboolean real = gtk_toggle_button_get_active (self->real_button) && self->path != NULL;

  g_clear_pointer (&self->real, ui_real_steps_free);
  gtk_widget_set_visible (self->real_box, real);
  gtk_button_set_label (GTK_BUTTON (self->real_button),
                        real ? _ ("Release the Threads") : _ ("On Real Threads"));
  if (!real)
    return;
  self->real =
      ui_real_steps_new (lab_stepper_get_program (ui_path_get_stepper (self->path)), told_cb, self);
  ui_real_steps_follow (self->real, ui_path_get_stepper (self->path));
}

static void
ui_step_view_dispose (GObject *object)
{
  UiStepView *self = UI_STEP_VIEW (object);

  g_clear_handle_id (&self->going, g_source_remove);
  g_clear_pointer (&self->real, ui_real_steps_free);
  g_clear_pointer (&self->path, ui_path_free);
  g_clear_object (&self->experiment);
  G_OBJECT_CLASS (ui_step_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, UiStepView, buttons);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, tools);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, undo_button);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, redo_button);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, slider);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, place);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, going_box);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, again_button);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, go_button);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, real_button);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, real_box);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, real_note);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, figures);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, columns);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, listing);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, lanes_head);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, legend);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, lanes);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, chart_title);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, chart_side);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, chart_stack);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, odds);
  gtk_widget_class_bind_template_child (widget_class, UiStepView, circle);
}

static void
ui_step_view_class_init (UiStepViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ui_step_view_dispose;
  g_type_ensure (UI_TYPE_FIGURES);
  g_type_ensure (UI_TYPE_LISTING);
  g_type_ensure (UI_TYPE_STEP_BUTTONS);
  g_type_ensure (UI_TYPE_LANES);
  g_type_ensure (UI_TYPE_SERIES);
  g_type_ensure (UI_TYPE_CIRCLE);
  g_type_ensure (UI_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/bobbin/Bobbin/lab/step-view.ui");
  bind_children (widget_class);
  signals[MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
ui_step_view_init (UiStepView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (refresh), NULL);
  g_signal_connect_swapped (self->buttons, "chosen", G_CALLBACK (chosen_cb), self);
  g_signal_connect_swapped (self->undo_button, "clicked", G_CALLBACK (ui_step_view_undo), self);
  g_signal_connect_swapped (self->redo_button, "clicked", G_CALLBACK (ui_step_view_redo), self);
  g_signal_connect_swapped (self->again_button, "clicked", G_CALLBACK (again_cb), self);
  g_signal_connect_swapped (self->go_button, "toggled", G_CALLBACK (go_toggled_cb), self);
  g_signal_connect_swapped (self->real_button, "toggled", G_CALLBACK (real_toggled_cb), self);
  g_signal_connect_swapped (self->slider, "value-changed", G_CALLBACK (slid_cb), self);
}

void
ui_step_view_set_experiment (UiStepView *self, UiExperiment *experiment)
{
  self->experiment = g_object_ref (experiment);
  g_signal_connect_object (experiment, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (experiment, "explored", G_CALLBACK (explored_cb), self,
                           G_CONNECT_SWAPPED);
}

UiListing *
ui_step_view_get_listing (UiStepView *self)
{
  return self->listing;
}

void
ui_step_view_take (UiStepView *self, int digit)
{
  if (self->path != NULL && lab_stepper_take_thread (ui_path_get_stepper (self->path), digit - 1))
    {
      /* Taken again through the path, which keeps the odds. */
      LabStepper *stepper = ui_path_get_stepper (self->path);
      LabMove move = lab_stepper_get_step (stepper, lab_stepper_get_position (stepper) - 1);

      lab_stepper_undo (stepper);
      ui_path_take (self->path, move);
      show_all (self);
    }
}

void
ui_step_view_undo (UiStepView *self)
{
  if (self->path != NULL && lab_stepper_undo (ui_path_get_stepper (self->path)))
    show_all (self);
}

void
ui_step_view_redo (UiStepView *self)
{
  if (self->path != NULL && lab_stepper_redo (ui_path_get_stepper (self->path)))
    show_all (self);
}

void
ui_step_view_load (UiStepView *self, const LabMove *moves, gsize n)
{
  if (self->path == NULL)
    return;
  ui_step_view_pause (self);
  lab_stepper_seek (ui_path_get_stepper (self->path), (guint) ui_path_load (self->path, moves, n));
  show_all (self);
}

char *
ui_step_view_dup_odds (UiStepView *self)
{
  LabWays ways = { NULL, NULL };
  g_autofree char *count = NULL;
  char *text;

  if (self->path == NULL || !ui_path_get_ways (self->path, &ways))
    return g_strdup ("");
  count = ui_words_dup_ways_short (ways.bad, ways.all);
  /* Translators: `3 of 4 ways to go on lose`: so many end badly */
  text = g_strdup_printf (strcmp (ways.all, "1") == 0 ? _ ("%s way to go on loses")
                                                      : _ ("%s ways to go on lose"),
                          count);
  lab_ways_clear (&ways);
  return text;
}

void
ui_step_view_pause (UiStepView *self)
{
  gtk_toggle_button_set_active (self->go_button, FALSE);
}

void
ui_step_view_set_narrow (UiStepView *self, gboolean narrow)
{
  GtkOrientation orientation = narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->lanes_head), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->tools), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->going_box), orientation);
  gtk_widget_set_halign (GTK_WIDGET (self->going_box), narrow ? GTK_ALIGN_FILL : GTK_ALIGN_END);
  ui_figures_set_narrow (self->figures, narrow);
  ui_listing_set_narrow (self->listing, narrow);
  gtk_box_reorder_child_after (self->columns, GTK_WIDGET (self->listing),
                               narrow ? gtk_widget_get_last_child (GTK_WIDGET (self->columns))
                                      : NULL);
  ui_step_buttons_set_narrow (self->buttons, narrow);
}
