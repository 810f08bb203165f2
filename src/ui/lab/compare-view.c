/* The mode Compare. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/compare-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/lab/cost-view.h"
#include "ui/lab/figures.h"
#include "ui/lab/state-words.h"

/* Variants are small; one that is not is said to be incomplete. */
#define MOST_STATES 300000

struct _UiCompareView
{
  GtkBox parent_instance;

  UiFigures *figures;
  GtkListBox *list;
  UiCostView *cost_view;

  UiExperiment *experiment;    /* owned */
  const LabScenario *scenario; /* borrowed: the one that is compared */
  GCancellable *exploring;     /* owned, nullable */
  LabProgram *program;         /* owned, nullable: of the variant being explored */
  int next;                    /* the variant being explored */
  int bad;                     /* of those before it */
  GPtrArray *verdicts;         /* (element-type utf8) owned: of those before it, in few words */
};

enum
{
  FOUND,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UiCompareView, ui_compare_view, GTK_TYPE_BOX)

static void explore_next (UiCompareView *self);

static void
stop (UiCompareView *self)
{
  if (self->exploring != NULL)
    g_cancellable_cancel (self->exploring);
  g_clear_object (&self->exploring);
  g_clear_pointer (&self->program, lab_program_unref);
}

static void
add_row (UiCompareView *self, const LabExploration *exploration)
{
  const LabVariant *variant = &self->scenario->variants[self->next];
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *mark = gtk_label_new (exploration->bad ? "✕" : exploration->complete ? "✓" : "?");
  g_autofree char *finding = ui_state_dup_finding (self->program, exploration);
  g_autofree char *title = g_markup_escape_text (variant->title, -1);
  g_autofree char *subtitle = g_markup_escape_text (finding, -1);
  static const char *const kinds[] = { N_ ("broken"), N_ ("tempting, but wrong"), N_ ("a fix") };
  GtkWidget *kind = gtk_label_new (_ (kinds[variant->kind]));

  gtk_widget_add_css_class (mark, exploration->bad ? "lost" : "won");
  gtk_widget_add_css_class (mark, "heading");
  gtk_widget_add_css_class (kind, "caption");
  gtk_widget_add_css_class (kind, "side");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), mark);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), kind);
  gtk_list_box_append (self->list, row);
}

static void
show_sum (UiCompareView *self)
{
  int n = self->scenario->n_variants;
  gboolean done = self->next >= n;
  g_autofree char *text = done ? g_strdup_printf (ngettext ("%d of %d variant can end badly.",
                                                            "%d of %d variants can end badly.", n),
                                                  self->bad, n)
                               : g_strdup (_ ("Exploring…"));

  ui_figures_hide_numbers (self->figures);
  ui_figures_set_words (self->figures,
                        !done           ? UI_TONE_PLAIN
                        : self->bad > 0 ? UI_TONE_BAD
                                        : UI_TONE_GOOD,
                        text, NULL, NULL);
}

static void
explored_cb (GObject *source, GAsyncResult *res, gpointer user_data)
{
  g_autoptr (UiCompareView) self = user_data;
  g_autoptr (LabExploration) exploration = lab_explore_finish (res);
  g_autofree char *id = NULL;

  /* Another scenario is compared by now. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (res))))
    return;
  add_row (self, exploration);
  g_ptr_array_add (self->verdicts, ui_state_dup_short (exploration));
  id = g_strconcat (self->scenario->id, "/", self->scenario->variants[self->next].id, NULL);
  g_signal_emit (self, signals[FOUND], 0, id, exploration);
  self->bad += exploration->bad;
  self->next++;
  g_clear_pointer (&self->program, lab_program_unref);
  explore_next (self);
}

static void
explore_next (UiCompareView *self)
{
  LabExploreOptions options = { .most_states = MOST_STATES };

  for (; self->next < self->scenario->n_variants && self->program == NULL; self->next++)
    {
      g_autoptr (LabProblem) problem = NULL;
      g_autofree char *text = lab_dup_program (&self->scenario->variants[self->next], 2, 1);

      self->program = lab_program_new (text, -1, &problem);
      if (self->program != NULL)
        break;
      g_ptr_array_add (self->verdicts, g_strdup (_ ("✕ has an error")));
    }
  show_sum (self);
  if (self->program != NULL)
    lab_explore_async (self->program, &options, self->exploring, explored_cb, g_object_ref (self));
  else
    {
      ui_cost_view_compare (self->cost_view, self->scenario, self->verdicts);
      self->verdicts = g_ptr_array_new_with_free_func (g_free);
    }
}

/* What nobody looks at is not explored. */
static void
refresh (UiCompareView *self)
{
  const LabScenario *scenario =
      self->experiment != NULL ? ui_experiment_get_scenario (self->experiment) : NULL;
  GtkWidget *child;

  if (scenario == NULL || scenario == self->scenario || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  stop (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  self->scenario = scenario;
  self->exploring = g_cancellable_new ();
  self->next = 0;
  self->bad = 0;
  g_ptr_array_set_size (self->verdicts, 0);
  ui_cost_view_compare (self->cost_view, scenario, NULL);
  explore_next (self);
}

static void
ui_compare_view_dispose (GObject *object)
{
  UiCompareView *self = UI_COMPARE_VIEW (object);

  stop (self);
  g_clear_pointer (&self->verdicts, g_ptr_array_unref);
  g_clear_object (&self->experiment);
  G_OBJECT_CLASS (ui_compare_view_parent_class)->dispose (object);
}

static void
ui_compare_view_class_init (UiCompareViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ui_compare_view_dispose;
  g_type_ensure (UI_TYPE_COST_VIEW);
  g_type_ensure (UI_TYPE_FIGURES);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/bobbin/Bobbin/lab/compare-view.ui");
  gtk_widget_class_bind_template_child (widget_class, UiCompareView, figures);
  gtk_widget_class_bind_template_child (widget_class, UiCompareView, list);
  gtk_widget_class_bind_template_child (widget_class, UiCompareView, cost_view);
  signals[FOUND] = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
}

static void
ui_compare_view_init (UiCompareView *self)
{
  self->verdicts = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (refresh), NULL);
}

void
ui_compare_view_set_experiment (UiCompareView *self, UiExperiment *experiment)
{
  self->experiment = g_object_ref (experiment);
  g_signal_connect_object (experiment, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
}

void
ui_compare_view_set_narrow (UiCompareView *self, gboolean narrow)
{
  ui_figures_set_narrow (self->figures, narrow);
  ui_cost_view_set_narrow (self->cost_view, narrow);
}
