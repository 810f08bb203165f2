/* The mode Run. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "ui/lab/run-view-private.h"
#include "ui/lab/step-listing.h"
#include "ui/lab/step-pictures.h"
#include "ui/lab/step-timeline.h"
#include "ui/lab/trace-timeline.h"
#include "ui/lab/trace-variables.h"
#include "ui/lab/words.h"

G_DEFINE_FINAL_TYPE (UiRunView, ui_run_view, GTK_TYPE_BOX)

const LabTrace *
ui_run_view_get_trace (UiRunView *self)
{
  const LabRunResult *result = ui_experiment_get_result (self->experiment);

  if (result == NULL || self->trace >= result->traces->len)
    return NULL;
  return g_ptr_array_index (result->traces, self->trace);
}

gboolean
ui_run_view_is_counting (UiRunView *self)
{
  return ui_experiment_get_variant (self->experiment)->takes_numbers &&
         !ui_experiment_is_edited (self->experiment);
}

static const LabWalk *
get_walk (UiRunView *self)
{
  const LabRunResult *result = ui_experiment_get_result (self->experiment);

  if (result == NULL || self->trace >= result->walks->len)
    return NULL;
  return g_ptr_array_index (result->walks, self->trace);
}

static char *
dup_invitation (UiRunView *self)
{
  LabProgram *program = ui_experiment_get_parsed (self->experiment);
  int n = program != NULL ? program->n_threads : 0;

  if (ui_run_view_is_counting (self))
    return ui_words_dup_invitation (ui_experiment_get_threads (self->experiment),
                                    ui_experiment_get_increments (self->experiment));
  return g_strdup_printf (ngettext ("%d real thread", "%d real threads", n), n);
}

static void
show_empty (UiRunView *self)
{
  gboolean running = ui_experiment_is_running (self->experiment);
  const char *error = ui_experiment_get_error (self->experiment);
  g_autofree char *invitation = dup_invitation (self);

  gtk_label_set_text (self->run_title, _ ("A run"));
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), running);
  gtk_spinner_set_spinning (self->spinner, running);
  gtk_widget_set_visible (self->empty_icon, !running);
  gtk_label_set_text (self->empty_title, error != NULL ? _ ("It could not be run") : invitation);
  gtk_label_set_text (self->empty_text, error != NULL ? error
                                        : running     ? _ ("Running…")
                                                  : _ ("What will be the end of it? Press Run."));
  gtk_stack_set_visible_child_name (self->run_stack, "empty");
}

/* Without a trace there are no lanes. */
static void
show_counted (UiRunView *self, const LabRunResult *result)
{
  g_autofree char *title =
      g_strdup_printf (ngettext ("%d run", "%d runs", result->runs), result->runs);

  show_empty (self);
  gtk_label_set_text (self->run_title, title);
  gtk_label_set_text (self->empty_title,
                      result->example != NULL ? result->example : _ ("All went well"));
  gtk_label_set_text (
      self->empty_text,
      result->counts
          ? _ ("There are too many steps to keep each of them: the runs were only counted.")
          : _ ("Step and Explore show how it comes to that, step by step."));
}

static void
show_walk (UiRunView *self, const LabRunResult *result, const LabWalk *walk)
{
  g_autofree char *title = g_strdup_printf (_ ("Run %d of %d"), walk->number, result->runs);
  g_autofree char *meaning = ui_step_dup_meaning (self->path);
  UiTimeline *timeline = ui_step_timeline_new (self->path);

  timeline->now = -1;
  if (walk->is_part)
    timeline->note = g_strdup (_ ("the steps behind these were not kept"));
  gtk_label_set_text (self->run_title, title);
  ui_lanes_take (self->lanes, timeline);
  ui_plot_describe (UI_PLOT (self->lanes), _ ("Steps of this run"), meaning);
  ui_step_legend_show (self->legend, result->program);
  gtk_stack_set_visible_child_name (self->run_stack, "lanes");
}

static void
show_lanes (UiRunView *self, const LabRunResult *result, const LabTrace *trace)
{
  g_autofree char *title = g_strdup_printf (_ ("Run %d of %d"), trace->number, result->runs);
  g_autofree char *meaning = ui_words_dup_trace (trace);
  gboolean whole = gtk_toggle_button_get_active (self->whole_button);
  UiTimeline *timeline = ui_trace_timeline_new (trace, result->threads, whole);

  gtk_label_set_text (self->run_title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->whole_button),
                          trace->ops->len > UI_TRACE_FITS && trace->lost > 0);
  ui_lanes_take (self->lanes, timeline);
  ui_plot_describe (UI_PLOT (self->lanes), _ ("Steps of this run"), meaning);
  ui_trace_legend_show (self->legend, trace);
  gtk_stack_set_visible_child_name (self->run_stack, "lanes");
}

static void
show_run (UiRunView *self)
{
  const LabRunResult *result = ui_experiment_get_result (self->experiment);
  const LabTrace *trace = ui_run_view_get_trace (self);
  const LabWalk *walk = get_walk (self);
  guint n = result != NULL ? MAX (result->traces->len, result->walks->len) : 0;

  gtk_widget_set_visible (self->previous_button, n > 0);
  gtk_widget_set_visible (self->next_button, n > 0);
  gtk_widget_set_sensitive (self->previous_button, self->trace > 0);
  gtk_widget_set_sensitive (self->next_button, self->trace + 1 < n);
  gtk_widget_set_visible (GTK_WIDGET (self->whole_button), FALSE);
  if (trace != NULL)
    show_lanes (self, result, trace);
  else if (walk != NULL)
    show_walk (self, result, walk);
  else if (result != NULL)
    show_counted (self, result);
  else
    show_empty (self);
}

static void
show_figures (UiRunView *self)
{
  const LabRunResult *result = ui_experiment_get_result (self->experiment);
  const LabTrace *trace = ui_run_view_get_trace (self);
  g_autofree char *verdict = NULL;
  g_autofree char *badge = NULL;
  g_autofree char *note = NULL;
  UiTone tone = UI_TONE_GOOD;
  gint64 got;

  gtk_widget_set_visible (GTK_WIDGET (self->figures), result != NULL);
  if (result == NULL)
    return;
  got = trace != NULL ? trace->got : result->last;
  if (trace != NULL)
    verdict = lab_dup_verdict (trace);
  else if (self->path != NULL)
    verdict = ui_step_dup_end (self->path, &tone);
  if (verdict == NULL)
    {
      verdict = lab_dup_run_verdict (result);
      tone = result->bad_runs > 0 ? UI_TONE_BAD : UI_TONE_GOOD;
    }
  if (result->counts)
    tone = got != result->expected ? UI_TONE_BAD : UI_TONE_GOOD;
  /* Translators: a run in which each step was told whose turn it is */
  badge = result->forced ? g_strdup (_ ("forced schedule")) : ui_words_dup_nudge (result->nudge);
  note = result->nudge > 0
             ? ui_words_dup_rate (result->unassisted_runs, result->unassisted_bad_runs)
             : ui_words_dup_runs (result->runs, result->bad_runs, result->seconds);
  if (result->counts)
    ui_figures_set_numbers (self->figures, result->expected, got);
  else
    ui_figures_hide_numbers (self->figures);
  ui_figures_set_words (self->figures, tone, verdict, badge, note);
}

static void
show_variables (UiRunView *self)
{
  const LabRunResult *result = ui_experiment_get_result (self->experiment);
  LabProgram *program = ui_experiment_get_parsed (self->experiment);

  if (self->path != NULL)
    {
      ui_step_listing_show (self->listing, self->path);
      return;
    }
  ui_program_set_next (ui_listing_get_program (self->listing), NULL);
  if (ui_run_view_get_trace (self) == NULL && program != NULL)
    {
      /* As they begin. */
      g_autoptr (UiPath) path = ui_path_new (program);

      ui_step_variables_show (ui_listing_get_variables (self->listing), path);
      return;
    }
  ui_trace_variables_show (ui_listing_get_variables (self->listing), ui_run_view_get_trace (self),
                           ui_experiment_get_program (self->experiment),
                           result != NULL ? result->threads
                                          : ui_experiment_get_threads (self->experiment));
}

/* The run looked at, as a path that has been walked to its end. */
static void
load_path (UiRunView *self)
{
  const LabRunResult *result = ui_experiment_get_result (self->experiment);
  const LabWalk *walk = get_walk (self);
  gsize n;

  g_clear_pointer (&self->path, ui_path_free);
  if (walk == NULL)
    return;
  self->path = ui_path_new (result->program);
  n = ui_path_load (self->path, (const LabMove *) (gpointer) walk->moves->data, walk->moves->len);
  lab_stepper_seek (ui_path_get_stepper (self->path), (guint) n);
}

/* Stuck, who waits for whom says why. */
static void
show_circle (UiRunView *self)
{
  gboolean stuck = self->path != NULL && ui_path_is_stuck (self->path);

  gtk_widget_set_visible (self->circle_card, stuck);
  if (stuck)
    ui_step_circle_show (self->circle, self->path);
}

static void
show_all (UiRunView *self)
{
  load_path (self);
  show_circle (self);
  show_figures (self);
  show_run (self);
  show_variables (self);
  ui_run_view_show_ends (self);
}

static void
ran_cb (UiRunView *self)
{
  self->trace = 0;
  show_all (self);
}

static void
surveyed_cb (GObject *source, GAsyncResult *res, gpointer user_data)
{
  g_autoptr (UiRunView) self = user_data;
  g_autoptr (GError) error = NULL;
  UiSurvey *survey = ui_survey_finish (res, &error);

  /* Something else is tried by now. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->surveying);
  self->survey = survey;
  ui_run_view_show_ends (self);
}

static void
stop_survey (UiRunView *self)
{
  if (self->surveying != NULL)
    g_cancellable_cancel (self->surveying);
  g_clear_object (&self->surveying);
  g_clear_pointer (&self->survey, ui_survey_free);
}

static void
start_survey (UiRunView *self)
{
  LabProgram *program = ui_experiment_get_parsed (self->experiment);

  stop_survey (self);
  if (program == NULL || !ui_run_view_is_counting (self))
    return;
  self->surveying = g_cancellable_new ();
  ui_survey_async (program, self->surveying, surveyed_cb, g_object_ref (self));
}

static void
changed_cb (UiRunView *self)
{
  start_survey (self);
  ui_program_set_text (ui_listing_get_program (self->listing),
                       ui_experiment_get_program (self->experiment));
  ran_cb (self);
}

static void
previous_cb (UiRunView *self)
{
  if (self->trace > 0)
    self->trace--;
  show_all (self);
}

static void
next_cb (UiRunView *self)
{
  self->trace++;
  show_all (self);
}

static void
ui_run_view_dispose (GObject *object)
{
  UiRunView *self = UI_RUN_VIEW (object);

  stop_survey (self);
  g_clear_pointer (&self->path, ui_path_free);
  g_clear_object (&self->experiment);
  G_OBJECT_CLASS (ui_run_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, UiRunView, figures);
  gtk_widget_class_bind_template_child (widget_class, UiRunView, columns);
  gtk_widget_class_bind_template_child (widget_class, UiRunView, listing);
  gtk_widget_class_bind_template_child (widget_class, UiRunView, run_title);
  gtk_widget_class_bind_template_child (widget_class, UiRunView, whole_button);
  gtk_widget_class_bind_template_child (widget_class, UiRunView, previous_button);
  gtk_widget_class_bind_template_child (widget_class, UiRunView, next_button);
  gtk_widget_class_bind_template_child (widget_class, UiRunView, run_stack);
  gtk_widget_class_bind_template_child (widget_class, UiRunView, empty_icon);
  gtk_widget_class_bind_template_child (widget_class, UiRunView, spinner);
  gtk_widget_class_bind_template_child (widget_class, UiRunView, empty_title);
  gtk_widget_class_bind_template_child (widget_class, UiRunView, empty_text);
  gtk_widget_class_bind_template_child (widget_class, UiRunView, lanes);
  gtk_widget_class_bind_template_child (widget_class, UiRunView, legend);
  gtk_widget_class_bind_template_child (widget_class, UiRunView, ends_head);
  gtk_widget_class_bind_template_child (widget_class, UiRunView, ends_title);
  gtk_widget_class_bind_template_child (widget_class, UiRunView, ends_legend);
  gtk_widget_class_bind_template_child (widget_class, UiRunView, circle_card);
  gtk_widget_class_bind_template_child (widget_class, UiRunView, circle);
  gtk_widget_class_bind_template_child (widget_class, UiRunView, histogram);
  gtk_widget_class_bind_template_child (widget_class, UiRunView, outcomes_scroller);
  gtk_widget_class_bind_template_child (widget_class, UiRunView, outcomes);
}

static void
ui_run_view_class_init (UiRunViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ui_run_view_dispose;
  g_type_ensure (UI_TYPE_FIGURES);
  g_type_ensure (UI_TYPE_LISTING);
  g_type_ensure (UI_TYPE_LANES);
  g_type_ensure (UI_TYPE_WRAP);
  g_type_ensure (UI_TYPE_CIRCLE);
  g_type_ensure (UI_TYPE_HISTOGRAM);
  g_type_ensure (UI_TYPE_OUTCOMES);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/bobbin/Bobbin/lab/run-view.ui");
  bind_children (widget_class);
}

static void
ui_run_view_init (UiRunView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->previous_button, "clicked", G_CALLBACK (previous_cb), self);
  g_signal_connect_swapped (self->next_button, "clicked", G_CALLBACK (next_cb), self);
  g_signal_connect_swapped (self->whole_button, "toggled", G_CALLBACK (show_run), self);
}

void
ui_run_view_set_experiment (UiRunView *self, UiExperiment *experiment)
{
  self->experiment = g_object_ref (experiment);
  g_signal_connect_object (experiment, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (experiment, "ran", G_CALLBACK (ran_cb), self, G_CONNECT_SWAPPED);
}

UiListing *
ui_run_view_get_listing (UiRunView *self)
{
  return self->listing;
}

void
ui_run_view_set_narrow (UiRunView *self, gboolean narrow)
{
  GtkOrientation orientation = narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->ends_head), orientation);
  ui_figures_set_narrow (self->figures, narrow);
  ui_listing_set_narrow (self->listing, narrow);
  /* Narrow, the pictures come first: they are what changes. */
  gtk_box_reorder_child_after (self->columns, GTK_WIDGET (self->listing),
                               narrow ? gtk_widget_get_last_child (GTK_WIDGET (self->columns))
                                      : NULL);
}
