/* The mode Run. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/run-view.h"

#include <glib/gi18n.h>

#include "ui/lab/figures.h"
#include "ui/lab/outcomes.h"
#include "ui/lab/state-words.h"
#include "ui/lab/step-timeline.h"
#include "ui/lab/survey.h"
#include "ui/lab/trace-timeline.h"
#include "ui/lab/trace-variables.h"
#include "ui/lab/words.h"
#include "ui/plot/histogram.h"
#include "ui/plot/lanes.h"
#include "ui/plot/legend.h"

struct _UiRunView
{
  GtkBox parent_instance;

  UiFigures *figures;
  GtkBox *columns;
  UiListing *listing;
  GtkLabel *run_title;
  GtkToggleButton *whole_button;
  GtkWidget *previous_button;
  GtkWidget *next_button;
  GtkStack *run_stack;
  GtkWidget *empty_icon;
  GtkSpinner *spinner;
  GtkLabel *empty_title;
  GtkLabel *empty_text;
  UiLanes *lanes;
  UiWrap *legend;
  GtkBox *ends_head;
  GtkLabel *ends_title;
  UiWrap *ends_legend;
  UiHistogram *histogram;
  GtkWidget *outcomes_scroller;
  UiOutcomes *outcomes;

  UiExperiment *experiment; /* owned */
  guint trace;              /* which of the kept runs is looked at */
  GCancellable *surveying;  /* owned, nullable: of what is to be expected */
  UiSurvey *survey;         /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (UiRunView, ui_run_view, GTK_TYPE_BOX)

static const LabTrace *
get_trace (UiRunView *self)
{
  const LabRunResult *result = ui_experiment_get_result (self->experiment);

  if (result == NULL || self->trace >= result->traces->len)
    return NULL;
  return g_ptr_array_index (result->traces, self->trace);
}

static gboolean
is_counting (UiRunView *self)
{
  return ui_experiment_get_variant (self->experiment)->takes_numbers &&
         !ui_experiment_is_edited (self->experiment);
}

static char *
dup_invitation (UiRunView *self)
{
  LabProgram *program = ui_experiment_get_parsed (self->experiment);
  int n = program != NULL ? program->n_threads : 0;

  if (is_counting (self))
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
  const LabTrace *trace = get_trace (self);

  gtk_widget_set_visible (self->previous_button, trace != NULL);
  gtk_widget_set_visible (self->next_button, trace != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->whole_button), FALSE);
  if (trace != NULL)
    {
      gtk_widget_set_sensitive (self->previous_button, self->trace > 0);
      gtk_widget_set_sensitive (self->next_button, self->trace + 1 < result->traces->len);
      show_lanes (self, result, trace);
    }
  else if (result != NULL)
    show_counted (self, result);
  else
    show_empty (self);
}

static void
show_figures (UiRunView *self)
{
  const LabRunResult *result = ui_experiment_get_result (self->experiment);
  const LabTrace *trace = get_trace (self);
  g_autofree char *verdict = NULL;
  g_autofree char *badge = NULL;
  g_autofree char *note = NULL;
  gint64 got;

  gtk_widget_set_visible (GTK_WIDGET (self->figures), result != NULL);
  if (result == NULL)
    return;
  got = trace != NULL ? trace->got : result->last;
  verdict = trace != NULL ? lab_dup_verdict (trace) : lab_dup_run_verdict (result);
  /* Translators: a run in which each step was told whose turn it is */
  badge = result->forced ? g_strdup (_ ("forced schedule")) : ui_words_dup_nudge (result->nudge);
  note = result->nudge > 0
             ? ui_words_dup_rate (result->unassisted_runs, result->unassisted_bad_runs)
             : ui_words_dup_runs (result->runs, result->bad_runs, result->seconds);
  if (result->counts)
    ui_figures_set_numbers (self->figures, result->expected, got);
  else
    ui_figures_hide_numbers (self->figures);
  ui_figures_set_words (self->figures,
                        (result->counts && got != result->expected) ||
                                (trace == NULL && result->bad_runs > 0)
                            ? UI_TONE_BAD
                            : UI_TONE_GOOD,
                        verdict, badge, note);
}

static void
show_variables (UiRunView *self)
{
  const LabRunResult *result = ui_experiment_get_result (self->experiment);
  LabProgram *program = ui_experiment_get_parsed (self->experiment);

  if (get_trace (self) == NULL && program != NULL)
    {
      /* As they begin. */
      g_autoptr (UiPath) path = ui_path_new (program);

      ui_step_variables_show (ui_listing_get_variables (self->listing), path);
      return;
    }
  ui_trace_variables_show (ui_listing_get_variables (self->listing), get_trace (self),
                           ui_experiment_get_program (self->experiment),
                           result != NULL ? result->threads
                                          : ui_experiment_get_threads (self->experiment));
}

static void
describe_ends (UiRunView *self, const LabRunResult *result)
{
  guint n = result->outcomes->len;
  g_autofree gint64 *values = g_new (gint64, n + 1);
  g_autofree int *counts = g_new (int, n + 1);
  g_autofree char *meaning = NULL;

  for (guint i = 0; i < n; i++)
    {
      values[i] = g_array_index (result->outcomes, LabOutcome, i).value;
      counts[i] = g_array_index (result->outcomes, LabOutcome, i).count;
    }
  meaning = ui_words_dup_ends (values, counts, (int) n, result->expected);
  ui_plot_describe (UI_PLOT (self->histogram), _ ("Where the runs ended"), meaning);
}

static void
list_outcomes (UiRunView *self, const LabRunResult *result)
{
  ui_outcomes_begin (self->outcomes, _ ("end"), _ ("runs"));
  for (guint i = 0; i < result->outcomes->len; i++)
    {
      const LabOutcome *outcome = &g_array_index (result->outcomes, LabOutcome, i);
      LabEnding ending = { .kind = outcome->kind, .values = outcome->values };
      g_autofree char *what = ui_state_dup_ending (result->program, &ending);
      g_autofree char *count = g_strdup_printf ("%d", outcome->count);

      ui_outcomes_add (self->outcomes, outcome->bad, what, count,
                       (double) outcome->count / MAX (1, result->runs));
    }
}

/* What is to be expected where each step is equally likely. */
static void
show_line (UiRunView *self)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (UiLikely));
  g_autofree char *sampled = NULL;

  for (guint i = 0; self->survey != NULL && i < self->survey->ends->len; i++)
    {
      const UiSurveyEnd *end = &g_array_index (self->survey->ends, UiSurveyEnd, i);
      UiLikely likely = { end->value, end->share, end->low, end->high };

      g_array_append_val (points, likely);
    }
  ui_histogram_set_line (self->histogram, points, self->survey != NULL && self->survey->walks > 0);
  if (points->len == 0)
    return;
  sampled = g_strdup_printf (_ ("%d walks sampled, 95 %% band"), self->survey->walks);
  ui_legend_add (self->ends_legend, UI_SWATCH_LINE,
                 self->survey->walks > 0 ? sampled : _ ("every step equally likely, exact"));
}

static void
show_expected (UiRunView *self)
{
  gint64 expected = (gint64) ui_experiment_get_threads (self->experiment) *
                    ui_experiment_get_increments (self->experiment);

  if (!is_counting (self))
    ui_histogram_set_line (self->histogram, NULL, FALSE);
  else
    {
      ui_histogram_set_runs (self->histogram, NULL, expected, expected);
      show_line (self);
    }
}

static void
show_ends (UiRunView *self)
{
  const LabRunResult *result = ui_experiment_get_result (self->experiment);
  const LabTrace *trace = get_trace (self);
  g_autoptr (GArray) bins = g_array_new (FALSE, FALSE, sizeof (UiBin));
  g_autofree char *title = NULL;
  g_autofree char *runs = NULL;

  ui_wrap_clear (self->ends_legend);
  gtk_widget_set_visible (GTK_WIDGET (self->histogram), TRUE);
  gtk_widget_set_visible (self->outcomes_scroller, FALSE);
  gtk_label_set_text (self->ends_title, _ ("Where runs can end"));
  ui_histogram_set_runs (self->histogram, NULL, 0, 0);
  ui_plot_describe (UI_PLOT (self->histogram), _ ("Where runs can end"),
                    _ ("Nothing has run yet."));
  if (result == NULL)
    {
      show_expected (self);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->histogram), result->counts);
  gtk_widget_set_visible (self->outcomes_scroller, !result->counts);
  for (guint i = 0; i < result->outcomes->len; i++)
    {
      const LabOutcome *outcome = &g_array_index (result->outcomes, LabOutcome, i);
      UiBin bin = { outcome->value, outcome->count };

      g_array_append_val (bins, bin);
    }
  title = g_strdup_printf (ngettext ("Where %d run ended", "Where %d runs ended", result->runs),
                           result->runs);
  runs = g_strdup_printf (ngettext ("%d real run", "%d real runs", result->runs), result->runs);
  gtk_label_set_text (self->ends_title, title);
  if (!result->counts)
    {
      list_outcomes (self, result);
      return;
    }
  ui_legend_add (self->ends_legend, UI_SWATCH_BAR, runs);
  show_line (self);
  ui_histogram_set_runs (self->histogram, bins, result->expected,
                         trace != NULL ? trace->got : result->last);
  describe_ends (self, result);
}

static void
show_all (UiRunView *self)
{
  show_figures (self);
  show_run (self);
  show_variables (self);
  show_ends (self);
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
  show_ends (self);
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
  if (program == NULL || !is_counting (self))
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
