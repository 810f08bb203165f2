/* The mode Explore. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/explore-view.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "ui/lab/explore-graph.h"
#include "ui/lab/figures.h"
#include "ui/lab/letter.h"
#include "ui/lab/outcomes.h"
#include "ui/lab/state-words.h"
#include "ui/lab/survey.h"
#include "ui/lab/words.h"
#include "ui/plot/legend.h"

/* What is explored without being asked: it is there at once. */
#define MOST_STATES 100000

/* Of a longer witness the rest is said in a line. */
#define MOST_STEPS 200

/* In pixels, as in the template. */
#define MOST_OUTCOMES_HEIGHT 180

struct _UiExploreView
{
  GtkBox parent_instance;

  UiFigures *figures;
  GtkProgressBar *progress;
  GtkBox *columns;
  GtkWidget *findings;
  GtkLabel *all_label;
  UiOutcomes *outcomes;
  GtkWidget *questions;
  GtkLabel *by_schedule;
  GtkLabel *by_walk;
  GtkLabel *by_walk_text;
  GtkLabel *witness_title;
  GtkWidget *walk_button;
  GtkWidget *replay_button;
  GtkLabel *witness_side;
  GtkGrid *witness;
  GtkBox *graph_head;
  GtkLabel *graph_title;
  UiWrap *legend;
  UiGraph *graph;

  UiExperiment *experiment; /* owned */
  GCancellable *surveying;  /* owned, nullable: of the map being made */
  gboolean stale;           /* something else is tried, and has not been explored yet */
};

G_DEFINE_FINAL_TYPE (UiExploreView, ui_explore_view, GTK_TYPE_BOX)

static const LabExploration *
get_exploration (UiExploreView *self)
{
  return ui_experiment_get_exploration (self->experiment);
}

static void
show_finding (UiExploreView *self)
{
  const LabExploration *exploration = get_exploration (self);
  const LabProblem *problem = ui_experiment_get_problem (self->experiment);
  LabProgram *program = ui_experiment_get_parsed (self->experiment);
  g_autofree char *finding = NULL;
  g_autofree char *coverage = NULL;

  ui_figures_hide_numbers (self->figures);
  gtk_widget_set_visible (GTK_WIDGET (self->figures), exploration != NULL || problem != NULL);
  if (problem != NULL)
    {
      finding = g_strdup_printf (_ ("Line %d, column %d: %s"), problem->line, problem->column,
                                 problem->message);
      ui_figures_set_words (self->figures, UI_TONE_BAD, finding, NULL, problem->hint);
    }
  else if (exploration != NULL)
    {
      finding = ui_state_dup_finding (program, exploration);
      coverage = ui_state_dup_coverage (exploration);
      ui_figures_set_words (self->figures,
                            exploration->bad        ? UI_TONE_BAD
                            : exploration->complete ? UI_TONE_GOOD
                                                    : UI_TONE_PLAIN,
                            finding, NULL, coverage);
    }
}

static void
show_progress (UiExploreView *self)
{
  gboolean exploring = ui_experiment_is_exploring (self->experiment);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->progress), exploring);
  if (!exploring)
    return;
  text = g_strdup_printf (_ ("%" PRIu64 " states so far"),
                          ui_experiment_get_states (self->experiment));
  gtk_progress_bar_set_text (self->progress, text);
  gtk_progress_bar_pulse (self->progress);
}

static void
add_outcome (UiExploreView *self, const LabEnding *ending, const LabExploration *exploration)
{
  LabProgram *program = ui_experiment_get_parsed (self->experiment);
  gboolean alone = ending->kind == LAB_ENDING_END && program->n_shown == 1;
  g_autofree char *what = alone ? g_strdup_printf ("%" PRId64, ending->values[0])
                                : ui_state_dup_ending (program, ending);
  g_autofree char *count =
      ending->schedules != NULL ? ui_words_dup_count (ending->schedules) : g_strdup ("");
  double share = ending->schedules != NULL && exploration->schedules != NULL
                     ? ui_words_get_ratio (ending->schedules, exploration->schedules)
                     : NAN;

  ui_outcomes_add (self->outcomes, ending->bad, what, count, share);
}

/* A list within a page that scrolls too asks for no height of its own; a short one is shown whole.
 */
static void
fit_outcomes (UiExploreView *self)
{
  GtkWidget *scroller =
      gtk_widget_get_ancestor (GTK_WIDGET (self->outcomes), GTK_TYPE_SCROLLED_WINDOW);
  int natural;

  gtk_widget_measure (GTK_WIDGET (self->outcomes), GTK_ORIENTATION_VERTICAL, -1, NULL, &natural,
                      NULL, NULL);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller),
                                              MIN (natural, MOST_OUTCOMES_HEIGHT));
}

static void
show_outcomes (UiExploreView *self)
{
  const LabExploration *exploration = get_exploration (self);
  LabProgram *program = ui_experiment_get_parsed (self->experiment);
  g_autofree char *count = NULL;
  g_autofree char *all = NULL;

  ui_outcomes_begin (self->outcomes, NULL, NULL);
  gtk_label_set_text (self->all_label, "");
  if (exploration == NULL)
    return;
  ui_outcomes_begin (self->outcomes, program->n_shown == 1 ? program->shown[0].name : _ ("end"),
                     exploration->schedules != NULL ? _ ("schedules") : "");
  for (guint i = 0; i < exploration->endings->len; i++)
    add_outcome (self, g_ptr_array_index (exploration->endings, i), exploration);
  if (exploration->livelock)
    ui_outcomes_add (self->outcomes, TRUE, _ ("goes round for ever"), "", NAN);
  if (exploration->schedules == NULL)
    return;
  count = ui_words_dup_count (exploration->schedules);
  all = g_strdup_printf (_ ("all %s schedules"), count);
  gtk_label_set_text (self->all_label, all);
}

static void
show_questions (UiExploreView *self)
{
  const LabExploration *exploration = get_exploration (self);
  g_autofree char *by_schedule = NULL;
  g_autofree char *by_walk = NULL;
  gboolean sampled = exploration != NULL && !exploration->complete && exploration->sample.walks > 0;

  gtk_widget_set_visible (self->questions,
                          exploration != NULL && (exploration->complete || sampled));
  if (exploration == NULL)
    return;
  by_schedule = exploration->schedules != NULL
                    ? ui_words_dup_percent (
                          ui_words_get_ratio (exploration->bad_schedules, exploration->schedules))
                    /* Translators: a number that is not known */
                    : g_strdup (_ ("—"));
  if (sampled)
    {
      g_autofree char *low = ui_words_dup_percent (exploration->sample.low);
      g_autofree char *high = ui_words_dup_percent (exploration->sample.high);

      /* Translators: an interval: from one percentage to another */
      by_walk = g_strdup_printf (_ ("%s to %s"), low, high);
    }
  else
    by_walk = isnan (exploration->probability_bad)
                  ? g_strdup (_ ("—"))
                  : ui_words_dup_percent (exploration->probability_bad);
  gtk_label_set_text (self->by_schedule, by_schedule);
  gtk_label_set_text (self->by_walk, by_walk);
  gtk_label_set_text (self->by_walk_text,
                      /* xgettext:no-c-format */
                      sampled ? _ ("of walks made by lot lose, with 95 % confidence")
                              : _ ("of walks, each step equally likely, lose"));
}

static void
attach (UiExploreView *self, GtkWidget *child, int column, int row)
{
  gtk_grid_attach (self->witness, child, column, row, 1, 1);
}

static GtkWidget *
new_text (const char *text, const char *css_class, float align)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), align);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_step (UiExploreView *self, const LabProgram *program, LabState *state, LabMove move, int row)
{
  g_autofree char *number = g_strdup_printf ("%d", row + 1);
  g_autofree char *text = lab_move_dup_text (move, program, state);
  g_autofree char *did = ui_state_dup_preview (program, state, move);
  GtkWidget *label;

  if (g_str_has_suffix (text, ";"))
    text[strlen (text) - 1] = '\0';
  attach (self, new_text (number, "caption", 1), 0, row);
  attach (self, ui_letter_new (move.thread, 16), 1, row);
  label = new_text (text, "variable", 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_tooltip_text (label, text);
  attach (self, label, 2, row);
  label = new_text (did, "caption", 1);
  gtk_widget_add_css_class (label, "side");
  attach (self, label, 3, row);
  lab_machine_apply (program, state, move, NULL);
}

static void
list_steps (UiExploreView *self, const GArray *steps)
{
  LabProgram *program = ui_experiment_get_parsed (self->experiment);
  g_auto (LabState) state = { 0 };

  lab_state_init (&state, program);
  for (guint i = 0; i < MIN (steps->len, MOST_STEPS); i++)
    add_step (self, program, &state, g_array_index (steps, LabMove, i), (int) i);
  if (steps->len > MOST_STEPS)
    {
      g_autofree char *rest = g_strdup_printf (ngettext ("and %d more step", "and %d more steps",
                                                         steps->len - MOST_STEPS),
                                               (int) (steps->len - MOST_STEPS));

      attach (self, new_text (rest, "caption", 0), 2, MOST_STEPS);
    }
}

static void
show_witness (UiExploreView *self)
{
  const LabExploration *exploration = get_exploration (self);
  const LabWitness *witness = exploration != NULL ? exploration->witness : NULL;
  g_autofree char *switches = NULL;
  g_autofree char *side = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->witness))) != NULL)
    gtk_grid_remove (self->witness, child);
  gtk_widget_set_visible (self->walk_button,
                          witness != NULL ||
                              (exploration != NULL && exploration->livelock_path != NULL));
  gtk_widget_set_visible (self->replay_button, witness != NULL);
  gtk_label_set_text (self->witness_title, _ ("Shortest way to lose"));
  if (witness != NULL)
    {
      switches = g_strdup_printf (ngettext ("%d switch", "%d switches", witness->switches),
                                  witness->switches);
      side = g_strdup_printf (
          /* Translators: how often a thread was interrupted, then `2 switches` */
          ngettext ("%d preemption, %s", "%d preemptions, %s", witness->preemptions),
          witness->preemptions, switches);
      list_steps (self, witness->steps);
    }
  else if (exploration != NULL && exploration->livelock_path != NULL)
    {
      gtk_label_set_text (self->witness_title, _ ("The way into the circle"));
      list_steps (self, exploration->livelock_path);
    }
  gtk_label_set_text (self->witness_side, side != NULL          ? side
                                          : exploration == NULL ? ""
                                          : exploration->complete && !exploration->livelock
                                              ? _ ("There is none.")
                                              : "");
}

static void
describe_graph (UiExploreView *self, const LabExploration *exploration)
{
  g_autofree char *size = ui_state_dup_size (exploration);
  g_autofree char *finding =
      ui_state_dup_finding (ui_experiment_get_parsed (self->experiment), exploration);
  g_autofree char *meaning = g_strconcat (size, ". ", finding, NULL);

  ui_plot_describe (UI_PLOT (self->graph), _ ("All states"), meaning);
}

static void
surveyed_cb (GObject *source, GAsyncResult *res, gpointer user_data)
{
  g_autoptr (UiExploreView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UiSurvey) survey = ui_survey_finish (res, &error);

  /* Something else is tried by now. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->surveying);
  if (survey != NULL && survey->heat != NULL)
    ui_graph_set_heat (self->graph, survey->heat, survey->n_depths, UI_SURVEY_BANDS);
}

static void
stop_survey (UiExploreView *self)
{
  if (self->surveying != NULL)
    g_cancellable_cancel (self->surveying);
  g_clear_object (&self->surveying);
}

static void
show_graph (UiExploreView *self)
{
  const LabExploration *exploration = get_exploration (self);
  g_autofree char *title = NULL;

  stop_survey (self);
  ui_graph_clear (self->graph);
  ui_plot_describe (UI_PLOT (self->graph), _ ("All states"), _ ("Nothing has been explored yet."));
  gtk_label_set_text (self->graph_title, _ ("All states"));
  if (exploration == NULL || exploration->graph == NULL)
    return;
  describe_graph (self, exploration);
  title = exploration->states <= UI_EXPLORE_MOST_DRAWN
              ? g_strdup_printf (_ ("All %" PRIu64 " states"), exploration->states)
              : g_strdup_printf (_ ("%" PRIu64 " states by depth and odds"), exploration->states);
  gtk_label_set_text (self->graph_title, title);
  if (exploration->states <= UI_EXPLORE_MOST_DRAWN && exploration->complete)
    ui_explore_graph_show (self->graph, exploration);
  else if (exploration->complete)
    {
      self->surveying = g_cancellable_new ();
      ui_survey_graph_async (exploration->graph, self->surveying, surveyed_cb, g_object_ref (self));
    }
}

static void
show_all (UiExploreView *self)
{
  show_finding (self);
  show_progress (self);
  show_outcomes (self);
  fit_outcomes (self);
  show_questions (self);
  show_witness (self);
  show_graph (self);
}

static void
explored_cb (UiExploreView *self)
{
  if (ui_experiment_is_exploring (self->experiment) && get_exploration (self) == NULL)
    show_progress (self);
  else
    show_all (self);
}

/* What nobody looks at is not explored. */
static void
refresh (UiExploreView *self)
{
  if (!self->stale || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->stale = FALSE;
  ui_experiment_explore (self->experiment, MOST_STATES);
  show_all (self);
}

static void
changed_cb (UiExploreView *self)
{
  self->stale = TRUE;
  show_all (self);
  refresh (self);
}

static void
ui_explore_view_dispose (GObject *object)
{
  UiExploreView *self = UI_EXPLORE_VIEW (object);

  stop_survey (self);
  g_clear_object (&self->experiment);
  G_OBJECT_CLASS (ui_explore_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, UiExploreView, figures);
  gtk_widget_class_bind_template_child (widget_class, UiExploreView, progress);
  gtk_widget_class_bind_template_child (widget_class, UiExploreView, columns);
  gtk_widget_class_bind_template_child (widget_class, UiExploreView, findings);
  gtk_widget_class_bind_template_child (widget_class, UiExploreView, all_label);
  gtk_widget_class_bind_template_child (widget_class, UiExploreView, outcomes);
  gtk_widget_class_bind_template_child (widget_class, UiExploreView, questions);
  gtk_widget_class_bind_template_child (widget_class, UiExploreView, by_schedule);
  gtk_widget_class_bind_template_child (widget_class, UiExploreView, by_walk);
  gtk_widget_class_bind_template_child (widget_class, UiExploreView, by_walk_text);
  gtk_widget_class_bind_template_child (widget_class, UiExploreView, witness_title);
  gtk_widget_class_bind_template_child (widget_class, UiExploreView, walk_button);
  gtk_widget_class_bind_template_child (widget_class, UiExploreView, replay_button);
  gtk_widget_class_bind_template_child (widget_class, UiExploreView, witness_side);
  gtk_widget_class_bind_template_child (widget_class, UiExploreView, witness);
  gtk_widget_class_bind_template_child (widget_class, UiExploreView, graph_head);
  gtk_widget_class_bind_template_child (widget_class, UiExploreView, graph_title);
  gtk_widget_class_bind_template_child (widget_class, UiExploreView, legend);
  gtk_widget_class_bind_template_child (widget_class, UiExploreView, graph);
}

static void
ui_explore_view_class_init (UiExploreViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ui_explore_view_dispose;
  g_type_ensure (UI_TYPE_FIGURES);
  g_type_ensure (UI_TYPE_OUTCOMES);
  g_type_ensure (UI_TYPE_GRAPH);
  g_type_ensure (UI_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/bobbin/Bobbin/lab/explore-view.ui");
  bind_children (widget_class);
}

static void
ui_explore_view_init (UiExploreView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ui_legend_add (self->legend, UI_SWATCH_BAD_LINE, _ ("every way on loses"));
  ui_legend_add (self->legend, UI_SWATCH_GREY_LINE, _ ("undecided"));
  ui_legend_add (self->legend, UI_SWATCH_GOOD_LINE, _ ("none loses"));
  g_signal_connect (self, "map", G_CALLBACK (refresh), NULL);
}

void
ui_explore_view_set_experiment (UiExploreView *self, UiExperiment *experiment)
{
  self->experiment = g_object_ref (experiment);
  g_signal_connect_object (experiment, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (experiment, "explored", G_CALLBACK (explored_cb), self,
                           G_CONNECT_SWAPPED);
}

void
ui_explore_view_set_narrow (UiExploreView *self, gboolean narrow)
{
  GtkOrientation orientation = narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->graph_head), orientation);
  gtk_widget_set_hexpand (self->findings, narrow);
  ui_figures_set_narrow (self->figures, narrow);
}
