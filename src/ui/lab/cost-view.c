/* What each way to count together costs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/cost-view.h"

#include <glib/gi18n.h>

#include "lab/lab.h"
#include "ui/lab/figures.h"
#include "ui/lab/scenario-row.h"
#include "ui/plot/bars.h"

struct _UiCostView
{
  GtkBox parent_instance;

  GtkBox *controls;
  GtkDropDown *threads_drop;
  GtkLabel *note;
  GtkButton *measure_button;
  UiFigures *figures;
  UiBars *bars;

  GCancellable *measuring; /* owned, nullable */
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

static char *
dup_verdict (const LabCost *cost)
{
  g_autofree char *lost = NULL;

  if (cost->kind != LAB_COST_RACY && cost->lost == 0)
    return g_strdup (_ ("✓ total is right"));
  if (cost->lost == 0)
    return g_strdup (_ ("✕ can lose"));
  lost = g_strdup_printf ("%" G_GINT64_FORMAT, cost->lost);
  return g_strdup_printf (_ ("✕ %s lost"), lost);
}

static void
add_bar (GArray *bars, const LabCost *cost)
{
  UiBar bar = {
    .title = g_strdup (lab_cost_get_title (cost->kind)),
    .verdict = dup_verdict (cost),
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
dup_meaning (const GArray *costs)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < costs->len; i++)
    {
      const LabCost *cost = &g_array_index (costs, LabCost, i);
      g_autofree char *price = dup_cost (cost->median_ns);
      g_autofree char *verdict = dup_verdict (cost);

      g_string_append_printf (text, "%s: %s, %s. ", lab_cost_get_title (cost->kind), price,
                              verdict);
    }
  return g_strchomp (g_string_free (text, FALSE));
}

static void
show_costs (UiCostView *self, const GArray *costs)
{
  GArray *bars = ui_bars_new_array ();
  g_autofree char *meaning = dup_meaning (costs);
  g_autofree char *note =
      g_strdup_printf (ngettext ("median of %d run, whiskers from 10 %% to 90 %%",
                                 "median of %d runs, whiskers from 10 %% to 90 %%", LAB_COST_RUNS),
                       LAB_COST_RUNS);

  for (guint i = 0; i < costs->len; i++)
    add_bar (bars, &g_array_index (costs, LabCost, i));
  ui_bars_take (self->bars, bars, _ ("ns"));
  ui_plot_describe (UI_PLOT (self->bars), _ ("Cost of one increment"), meaning);
  gtk_label_set_text (self->note, note);
  show_best (self, costs);
}

static void
measured_cb (GObject *source, GAsyncResult *res, gpointer user_data)
{
  g_autoptr (UiCostView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) costs = lab_cost_measure_finish (res, &error);

  /* Given up, and maybe begun anew since. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->measuring);
  gtk_button_set_label (self->measure_button, _ ("Measure Again"));
  if (costs != NULL)
    {
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
ui_cost_view_set_narrow (UiCostView *self, gboolean narrow)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->controls),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_valign (GTK_WIDGET (self->measure_button),
                         narrow ? GTK_ALIGN_FILL : GTK_ALIGN_START);
  ui_figures_set_narrow (self->figures, narrow);
}
