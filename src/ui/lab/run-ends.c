/* Where the runs ended. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "ui/lab/run-view-private.h"
#include "ui/lab/state-words.h"
#include "ui/lab/words.h"
#include "ui/plot/legend.h"

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

  if (!ui_run_view_is_counting (self))
    ui_histogram_set_line (self->histogram, NULL, FALSE);
  else
    {
      ui_histogram_set_runs (self->histogram, NULL, expected, expected);
      show_line (self);
    }
}

void
ui_run_view_show_ends (UiRunView *self)
{
  const LabRunResult *result = ui_experiment_get_result (self->experiment);
  const LabTrace *trace = ui_run_view_get_trace (self);
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
