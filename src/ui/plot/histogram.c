/* Where many runs ended. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot/histogram.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>

#include "ui/plot/axis.h"

#define MOST_BARS 40
#define LEFT 30
#define RIGHT 24
#define TOP 26
#define BOTTOM 22

struct _UiHistogram
{
  UiPlot parent_instance;

  GArray *bins; /* (element-type UiBin) owned */
  GArray *line; /* (element-type UiLikely) owned */
  gboolean sampled;
  gint64 expected;
  gint64 current;
};

G_DEFINE_FINAL_TYPE (UiHistogram, ui_histogram, UI_TYPE_PLOT)

/* One drawing: values are gathered into bars of equal width. */
typedef struct
{
  const UiHistogram *histogram;
  const UiBrush *brush;
  gint64 first; /* the first bar's first value */
  gint64 width; /* values in a bar */
  int n;
  double *counts;
  double *shares;
  double *lows;
  double *highs;
  int runs;
  double top; /* the highest count that has to be shown */
} Chart;

gint64
ui_histogram_choose_width (gint64 span)
{
  return span <= MOST_BARS ? 1 : (gint64) ui_axis_choose_step ((double) span, MOST_BARS + 1, 1);
}

static void
find_range (const UiHistogram *self, gint64 *low, gint64 *high)
{
  *low = *high = self->expected;
  for (guint i = 0; i < self->bins->len; i++)
    {
      gint64 value = g_array_index (self->bins, UiBin, i).value;

      *low = MIN (*low, value);
      *high = MAX (*high, value);
    }
  for (guint i = 0; i < self->line->len; i++)
    {
      gint64 value = g_array_index (self->line, UiLikely, i).value;

      *low = MIN (*low, value);
      *high = MAX (*high, value);
    }
}

static int
get_bar (const Chart *chart, gint64 value)
{
  return (int) ((value - chart->first) / chart->width);
}

/* Where nothing has run, the line alone has its own height. */
static double
get_unit (const Chart *chart)
{
  return chart->runs > 0 ? chart->runs : 100;
}

static void
gather (Chart *chart)
{
  const UiHistogram *self = chart->histogram;

  for (guint i = 0; i < self->bins->len; i++)
    {
      const UiBin *bin = &g_array_index (self->bins, UiBin, i);

      chart->counts[get_bar (chart, bin->value)] += bin->count;
      chart->runs += bin->count;
    }
  for (guint i = 0; i < self->line->len; i++)
    {
      const UiLikely *likely = &g_array_index (self->line, UiLikely, i);
      int bar = get_bar (chart, likely->value);

      chart->shares[bar] += likely->share;
      chart->lows[bar] += likely->low;
      chart->highs[bar] += likely->high;
    }
  for (int i = 0; i < chart->n; i++)
    chart->top = MAX (chart->top, MAX (chart->counts[i], chart->shares[i] * get_unit (chart)));
  chart->top = MAX (chart->top, 1);
}

static double
get_x (const Chart *chart, double bar)
{
  double room = chart->brush->width - LEFT - RIGHT;

  return LEFT + (bar + .5) * room / chart->n;
}

static double
get_y (const Chart *chart, double count)
{
  double bottom = chart->brush->height - BOTTOM;

  return bottom - count / chart->top * (bottom - TOP) * .96;
}

static void
draw_grid (const Chart *chart)
{
  const UiBrush *brush = chart->brush;
  double step = ui_axis_choose_step (chart->top, MAX (2, (brush->height - TOP - BOTTOM) / 18), 1);

  for (double at = 0; at <= chart->top && (chart->runs > 0 || at <= 0); at += step)
    {
      g_autofree char *text = ui_axis_dup_text (at);
      double y = round (get_y (chart, at));

      ui_brush_set_alpha (brush, &brush->line, at > 0 ? 1 : 3);
      cairo_rectangle (brush->cr, LEFT, y, brush->width - LEFT - RIGHT + 8, 1);
      cairo_fill (brush->cr);
      if (chart->runs > 0)
        ui_brush_text (brush, text, UI_LETTERS_PLAIN, &brush->dim, LEFT - 6, y, 1, .5);
    }
}

static void
draw_values (const Chart *chart)
{
  const UiBrush *brush = chart->brush;
  double last = (double) (chart->first + chart->n * chart->width);
  double room = brush->width - LEFT - RIGHT;
  double step = ui_axis_choose_step ((double) (chart->n * chart->width), (int) MAX (2, room / 48),
                                     (double) chart->width);

  for (double at = ui_axis_get_first ((double) chart->first, step); at < last; at += step)
    {
      g_autofree char *text = ui_axis_dup_text (at);

      ui_brush_text (brush, text, UI_LETTERS_PLAIN, &brush->dim,
                     get_x (chart, floor ((at - (double) chart->first) / (double) chart->width)),
                     brush->height - BOTTOM + 4, .5, 0);
    }
}

static void
draw_bars (const Chart *chart)
{
  const UiBrush *brush = chart->brush;
  double room = (brush->width - LEFT - RIGHT) / (double) chart->n;
  double width = MIN (MAX (room - 3, room * .8), 60);

  for (int i = 0; i < chart->n; i++)
    {
      double x = get_x (chart, i) - width / 2;
      double y = get_y (chart, chart->counts[i]);
      gboolean current = i == get_bar (chart, chart->histogram->current);
      gboolean expected = i == get_bar (chart, chart->histogram->expected);

      if (chart->counts[i] <= 0)
        continue;
      /* A single run among many thousands is still seen. */
      y = MIN (y, get_y (chart, 0) - 1.5);
      ui_brush_rounded (brush, x, y, width, get_y (chart, 0) - y,
                        MIN (2, (get_y (chart, 0) - y) / 2));
      ui_brush_set_alpha (brush, expected ? &brush->good : &brush->accent, current ? 1 : .55);
      cairo_fill (brush->cr);
    }
}

static void
draw_band (const Chart *chart)
{
  const UiBrush *brush = chart->brush;

  for (int i = 0; i < chart->n; i++)
    cairo_line_to (brush->cr, get_x (chart, i),
                   get_y (chart, MIN (chart->highs[i] * get_unit (chart), chart->top * 1.04)));
  for (int i = chart->n - 1; i >= 0; i--)
    cairo_line_to (brush->cr, get_x (chart, i), get_y (chart, chart->lows[i] * get_unit (chart)));
  cairo_close_path (brush->cr);
  ui_brush_set_alpha (brush, &brush->ink, .15);
  cairo_fill (brush->cr);
}

static void
draw_line (const Chart *chart)
{
  const UiBrush *brush = chart->brush;

  if (chart->histogram->line->len == 0)
    return;
  if (chart->histogram->sampled)
    draw_band (chart);
  ui_brush_set (brush, &brush->ink);
  cairo_set_line_width (brush->cr, 1.3);
  for (int i = 0; i < chart->n; i++)
    cairo_line_to (brush->cr, get_x (chart, i), get_y (chart, chart->shares[i] * get_unit (chart)));
  cairo_stroke (brush->cr);
  for (int i = 0; i < chart->n; i++)
    {
      cairo_arc (brush->cr, get_x (chart, i), get_y (chart, chart->shares[i] * get_unit (chart)),
                 2.4, 0, 2 * G_PI);
      cairo_fill (brush->cr);
    }
}

static void
draw_flag (const Chart *chart,
           gint64 value,
           const char *text,
           const GdkRGBA *colour,
           double dash,
           double keep_left)
{
  const UiBrush *brush = chart->brush;
  double x = round (get_x (chart, get_bar (chart, value)));
  double width;

  ui_brush_set (brush, colour);
  cairo_set_line_width (brush->cr, 1.3);
  cairo_set_dash (brush->cr, (double[]){ dash, dash * .8 }, 2, 0);
  cairo_move_to (brush->cr, x, TOP - 6);
  cairo_line_to (brush->cr, x, get_y (chart, 0));
  cairo_stroke (brush->cr);
  cairo_set_dash (brush->cr, NULL, 0, 0);
  ui_brush_measure (brush, text, UI_LETTERS_BOLD, &width, NULL);
  /* Neither leaves the picture, and the two do not lie on each other. */
  x = CLAMP (x, width / 2, brush->width - width / 2 - 4);
  if (keep_left > 0)
    x = MIN (x, MAX (width / 2, keep_left - width / 2 - 12));
  ui_brush_text (brush, text, UI_LETTERS_BOLD, colour, x, 2, .5, 0);
}

static void
draw_flags (const Chart *chart)
{
  const UiHistogram *self = chart->histogram;
  const UiBrush *brush = chart->brush;
  /* Translators: over a histogram, beside the place where all runs should have ended */
  g_autofree char *expected = g_strdup_printf (_ ("✓ expected %" PRId64), self->expected);
  /* Translators: over a histogram, beside the place where the run being looked at ended */
  g_autofree char *current = g_strdup_printf (_ ("this run %" PRId64), self->current);
  double width, x;

  draw_flag (chart, self->expected, expected, &brush->good, 4, 0);
  if (chart->runs == 0 || self->current == self->expected)
    return;
  ui_brush_measure (brush, expected, UI_LETTERS_BOLD, &width, NULL);
  x = get_x (chart, get_bar (chart, self->expected));
  x = CLAMP (x, width / 2, brush->width - width / 2 - 4) - width / 2;
  draw_flag (chart, self->current, current, &brush->accent, 1.5,
             self->current < self->expected ? x : 0);
}

static void
ui_histogram_draw (UiPlot *plot, UiBrush *brush)
{
  UiHistogram *self = UI_HISTOGRAM (plot);
  Chart chart = { self, brush };
  g_autofree double *room = NULL;
  gint64 low, high;

  if (self->bins->len == 0 && self->line->len == 0)
    return;
  find_range (self, &low, &high);
  chart.width = ui_histogram_choose_width (high - low);
  chart.first = low - (((low % chart.width) + chart.width) % chart.width);
  if (low == high)
    chart.first--, high++;
  chart.n = (int) ((high - chart.first) / chart.width) + 1;
  room = g_new0 (double, 4 * (gsize) chart.n);
  chart.counts = room;
  chart.shares = room + chart.n;
  chart.lows = room + 2 * chart.n;
  chart.highs = room + 3 * chart.n;
  gather (&chart);
  draw_grid (&chart);
  draw_values (&chart);
  draw_bars (&chart);
  draw_line (&chart);
  draw_flags (&chart);
}

static void
ui_histogram_finalize (GObject *object)
{
  UiHistogram *self = UI_HISTOGRAM (object);

  g_array_unref (self->bins);
  g_array_unref (self->line);
  G_OBJECT_CLASS (ui_histogram_parent_class)->finalize (object);
}

static void
ui_histogram_class_init (UiHistogramClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ui_histogram_finalize;
  UI_PLOT_CLASS (klass)->draw = ui_histogram_draw;
}

static void
ui_histogram_init (UiHistogram *self)
{
  self->bins = g_array_new (FALSE, FALSE, sizeof (UiBin));
  self->line = g_array_new (FALSE, FALSE, sizeof (UiLikely));
  ui_plot_set_size (UI_PLOT (self), 300, 96);
}

GtkWidget *
ui_histogram_new (void)
{
  return g_object_new (UI_TYPE_HISTOGRAM, NULL);
}

void
ui_histogram_set_runs (UiHistogram *self, const GArray *bins, gint64 expected, gint64 current)
{
  g_array_set_size (self->bins, 0);
  if (bins != NULL)
    g_array_append_vals (self->bins, bins->data, bins->len);
  self->expected = expected;
  self->current = current;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
ui_histogram_set_line (UiHistogram *self, const GArray *points, gboolean sampled)
{
  g_array_set_size (self->line, 0);
  if (points != NULL)
    g_array_append_vals (self->line, points->data, points->len);
  self->sampled = sampled;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
