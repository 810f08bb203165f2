/* What each way to count together costs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/cost-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lab/lab.h"
#include "ui/lab/cost-runs.h"
#include "ui/lab/figures.h"
#include "ui/lab/scenario-row.h"
#include "ui/plot/bars.h"

struct _UiCostView
{
  GtkBox parent_instance;

  GtkBox *controls;
  GtkWidget *threads_box;
  GtkLabel *title;
  GtkLabel *unit;
  GtkLabel *origin;
  GtkDropDown *threads_drop;
  GtkLabel *note;
  GtkButton *measure_button;
  UiFigures *figures;
  UiBars *bars;

  GCancellable *measuring; /* owned, nullable */

  const LabScenario *scenario; /* borrowed, nullable: its variants are measured */
  GPtrArray *verdicts;         /* (element-type utf8) owned, nullable: of each of them */
};

static const int threads[] = { 1, 2, 4, 8, 16 };

G_DEFINE_FINAL_TYPE (UiCostView, ui_cost_view, GTK_TYPE_BOX)

static char *
dup_cost (double ns)
{
  /* Two figures, as far as the measurement goes. */
  if (ns < 9.95)
    return g_strdup_printf (ns < .995 ? _ ("%.2f ns") : _ ("%.1f ns"), ns);
  return g_strdup_printf (_ ("%.0f ns"), ns);
}

/* The variant that counts in this way; NULL: there is none, or no variants are compared. */
static const char *
find_variant (LabCostKind kind)
{
  switch (kind)
    {
    case LAB_COST_RACY:
      return "racy";
    case LAB_COST_ATOMIC_ADD:
      return "fetch-add";
    case LAB_COST_COMPARE_AND_SWAP:
      return "compare-and-swap";
    /* Whatever kind of lock it is, in the model it is a lock. */
    case LAB_COST_MUTEX:
    case LAB_COST_GMUTEX:
    case LAB_COST_SPIN_LOCK:
    case LAB_COST_SEMAPHORE:
    case LAB_COST_READ_WRITE_LOCK:
      return "mutex";
    case LAB_COST_QUEUE:
    case LAB_COST_QUEUE_BATCH:
    case LAB_COST_OWN:
    case LAB_N_COSTS:
    default:
      return NULL;
    }
}

/* What was proved, where that is known. */
static const char *
get_proved (UiCostView *self, LabCostKind kind)
{
  const char *id = find_variant (kind);

  for (int i = 0; self->scenario != NULL && id != NULL && i < self->scenario->n_variants; i++)
    if (strcmp (self->scenario->variants[i].id, id) == 0)
      return g_ptr_array_index (self->verdicts, i);
  return NULL;
}

static char *
dup_verdict (UiCostView *self, const LabCost *cost)
{
  const char *proved = get_proved (self, cost->kind);
  g_autofree char *lost = NULL;

  if (proved != NULL && (cost->lost == 0 || cost->kind == LAB_COST_RACY))
    return g_strdup (proved);

  if (cost->kind != LAB_COST_RACY && cost->lost == 0)
    return g_strdup (_ ("✓ total is right"));
  if (cost->lost == 0)
    return g_strdup (_ ("✕ can lose"));
  lost = g_strdup_printf ("%" G_GINT64_FORMAT, cost->lost);
  return g_strdup_printf (_ ("✕ %s lost"), lost);
}

static void
add_bar (UiCostView *self, GArray *bars, const LabCost *cost)
{
  UiBar bar = {
    .title = g_strdup (lab_cost_get_title (cost->kind)),
    .verdict = dup_verdict (self, cost),
    .bad = cost->kind == LAB_COST_RACY || cost->lost != 0,
    .median = cost->median_ns,
    .low = cost->p10_ns,
    .high = cost->p90_ns,
    .text = dup_cost (cost->median_ns),
  };

  g_array_append_val (bars, bar);
}

static void
show_best (UiCostView *self, const GArray *costs)
{
  double own = 0, shared = G_MAXDOUBLE;
  g_autofree char *own_text = NULL;
  g_autofree char *shared_text = NULL;
  g_autofree char *verdict = NULL;

  for (guint i = 0; i < costs->len; i++)
    {
      const LabCost *cost = &g_array_index (costs, LabCost, i);

      if (cost->kind == LAB_COST_OWN)
        own = cost->median_ns;
      else if (cost->kind != LAB_COST_RACY && cost->lost == 0)
        shared = MIN (shared, cost->median_ns);
    }
  own_text = dup_cost (own);
  shared_text = dup_cost (shared);
  verdict = g_strdup_printf (
      _ ("Not to share costs %s an increment. The cheapest way to share costs %s."), own_text,
      shared_text);
  ui_figures_hide_numbers (self->figures);
  ui_figures_set_words (self->figures, UI_TONE_GOOD, verdict, NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->figures), TRUE);
}

static char *
dup_meaning (UiCostView *self, const GArray *costs)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < costs->len; i++)
    {
      const LabCost *cost = &g_array_index (costs, LabCost, i);
      g_autofree char *price = dup_cost (cost->median_ns);
      g_autofree char *verdict = dup_verdict (self, cost);

      g_string_append_printf (text, "%s: %s, %s. ", lab_cost_get_title (cost->kind), price,
                              verdict);
    }
  return g_strchomp (g_string_free (text, FALSE));
}

static void
show_costs (UiCostView *self, const GArray *costs)
{
  GArray *bars = ui_bars_new_array ();
  g_autofree char *meaning = dup_meaning (self, costs);
  g_autofree char *note =
      g_strdup_printf (ngettext ("median of %d run, whiskers from 10 %% to 90 %%",
                                 "median of %d runs, whiskers from 10 %% to 90 %%", LAB_COST_RUNS),
                       LAB_COST_RUNS);

  for (guint i = 0; i < costs->len; i++)
    add_bar (self, bars, &g_array_index (costs, LabCost, i));
  ui_bars_take (self->bars, bars, _ ("ns"));
  ui_plot_describe (UI_PLOT (self->bars), _ ("Cost of one increment"), meaning);
  gtk_label_set_text (self->note, note);
  show_best (self, costs);
}

static char *
dup_time (double us)
{
  if (us < 999.5)
    return g_strdup_printf (us < 9.95 ? _ ("%.1f µs") : _ ("%.0f µs"), us);
  return g_strdup_printf (us < 9950 ? _ ("%.1f ms") : _ ("%.0f ms"), us / 1000);
}

static void
show_runs (UiCostView *self, const GArray *costs)
{
  GArray *bars = ui_bars_new_array ();
  GString *meaning = g_string_new (NULL);
  g_autofree char *note =
      g_strdup_printf (ngettext ("median of %d run, whiskers from 10 %% to 90 %%",
                                 "median of %d runs, whiskers from 10 %% to 90 %%", UI_COST_RUNS),
                       UI_COST_RUNS);

  for (guint i = 0; i < costs->len; i++)
    {
      const UiCostRun *cost = &g_array_index (costs, UiCostRun, i);
      const char *verdict = g_ptr_array_index (self->verdicts, i);
      UiBar bar = {
        .title = g_strdup (cost->variant->title),
        .verdict = g_strdup (verdict),
        .bad = g_str_has_prefix (verdict, "✕"),
        .median = cost->median_us,
        .low = cost->p10_us,
        .high = cost->p90_us,
        .text = dup_time (cost->median_us),
      };

      g_string_append_printf (meaning, "%s: %s, %s. ", bar.title, bar.text, verdict);
      g_array_append_val (bars, bar);
    }
  ui_bars_take (self->bars, bars, _ ("µs"));
  ui_plot_describe (UI_PLOT (self->bars), _ ("Cost of one run"), meaning->str);
  g_string_free (meaning, TRUE);
  gtk_label_set_text (self->note, note);
}

/* Returns: whether it is each run of the variants that is measured, and no increments. */
static gboolean
is_of_runs (UiCostView *self)
{
  return self->scenario != NULL && strcmp (self->scenario->id, "lost-update") != 0;
}

static void
measured_cb (GObject *source, GAsyncResult *res, gpointer user_data)
{
  g_autoptr (UiCostView) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean runs = g_task_get_source_tag (G_TASK (res)) == ui_cost_runs_async;
  g_autoptr (GArray) costs =
      runs ? ui_cost_runs_finish (res, &error) : lab_cost_measure_finish (res, &error);

  /* Given up, and maybe begun anew since. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->measuring);
  gtk_button_set_label (self->measure_button, _ ("Measure Again"));
  if (costs != NULL)
    {
      if (runs)
        show_runs (self, costs);
      else
        show_costs (self, costs);
      return;
    }
  ui_figures_hide_numbers (self->figures);
  ui_figures_set_words (self->figures, UI_TONE_BAD, error->message, NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->figures), TRUE);
}

static void
measure_cb (UiCostView *self)
{
  guint chosen = gtk_drop_down_get_selected (self->threads_drop);

  if (self->measuring != NULL)
    {
      ui_cost_view_stop (self);
      return;
    }
  self->measuring = g_cancellable_new ();
  gtk_button_set_label (self->measure_button, _ ("Stop"));
  gtk_label_set_text (self->note, _ ("Measuring…"));
  if (is_of_runs (self))
    ui_cost_runs_async (self->scenario, self->measuring, measured_cb, g_object_ref (self));
  else
    lab_cost_measure_async (&threads[chosen], 1, NULL, self->measuring, measured_cb,
                            g_object_ref (self));
}

static void
ui_cost_view_dispose (GObject *object)
{
  UiCostView *self = UI_COST_VIEW (object);

  if (self->measuring != NULL)
    g_cancellable_cancel (self->measuring);
  g_clear_object (&self->measuring);
  g_clear_pointer (&self->verdicts, g_ptr_array_unref);
  G_OBJECT_CLASS (ui_cost_view_parent_class)->dispose (object);
}

static void
ui_cost_view_class_init (UiCostViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ui_cost_view_dispose;
  g_type_ensure (UI_TYPE_FIGURES);
  g_type_ensure (UI_TYPE_BARS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/bobbin/Bobbin/lab/cost-view.ui");
  gtk_widget_class_bind_template_child (widget_class, UiCostView, controls);
  gtk_widget_class_bind_template_child (widget_class, UiCostView, threads_drop);
  gtk_widget_class_bind_template_child (widget_class, UiCostView, note);
  gtk_widget_class_bind_template_child (widget_class, UiCostView, measure_button);
  gtk_widget_class_bind_template_child (widget_class, UiCostView, threads_box);
  gtk_widget_class_bind_template_child (widget_class, UiCostView, title);
  gtk_widget_class_bind_template_child (widget_class, UiCostView, unit);
  gtk_widget_class_bind_template_child (widget_class, UiCostView, origin);
  gtk_widget_class_bind_template_child (widget_class, UiCostView, figures);
  gtk_widget_class_bind_template_child (widget_class, UiCostView, bars);
}

static void
ui_cost_view_init (UiCostView *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    gtk_string_list_take (list, g_strdup_printf ("%d", threads[i]));
  gtk_drop_down_set_model (self->threads_drop, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->threads_drop, 1);
  ui_name_drop (self->threads_drop, _ ("Threads"));
  ui_plot_describe (UI_PLOT (self->bars), _ ("Cost of one increment"),
                    _ ("Nothing has been measured yet."));
  g_signal_connect_swapped (self->measure_button, "clicked", G_CALLBACK (measure_cb), self);
}

void
ui_cost_view_stop (UiCostView *self)
{
  if (self->measuring == NULL)
    return;
  g_cancellable_cancel (self->measuring);
  g_clear_object (&self->measuring);
  gtk_button_set_label (self->measure_button, _ ("Measure"));
  gtk_label_set_text (self->note, "");
}

void
ui_cost_view_compare (UiCostView *self, const LabScenario *scenario, GPtrArray *verdicts)
{
  ui_cost_view_stop (self);
  self->scenario = scenario;
  g_clear_pointer (&self->verdicts, g_ptr_array_unref);
  self->verdicts = verdicts;
  ui_bars_take (self->bars, ui_bars_new_array (), NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->figures), FALSE);
  gtk_widget_set_visible (self->threads_box, !is_of_runs (self));
  gtk_label_set_text (self->title,
                      is_of_runs (self) ? _ ("Cost of one run") : _ ("Cost of one increment"));
  gtk_label_set_text (self->unit, is_of_runs (self) ? _ ("microseconds, logarithmic")
                                                    : _ ("nanoseconds, logarithmic"));
  gtk_label_set_text (self->origin,
                      _ ("The verdicts come from trying every order; where threads and increments "
                         "can be chosen, of 2 threads of 1 increment. The costs come from real "
                         "threads on this computer."));
  if (verdicts != NULL)
    measure_cb (self);
}

void
ui_cost_view_set_narrow (UiCostView *self, gboolean narrow)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->controls),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_valign (GTK_WIDGET (self->measure_button),
                         narrow ? GTK_ALIGN_FILL : GTK_ALIGN_START);
  ui_figures_set_narrow (self->figures, narrow);
}
