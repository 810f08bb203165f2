/* One figure over time. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/threads/trend-plot.h"

#define HEIGHT 56

struct _UiTrendPlot
{
  UiPlot parent_instance;

  GArray *values; /* owned (element-type double) */
  int most;
  gboolean steps;
};

G_DEFINE_FINAL_TYPE (UiTrendPlot, ui_trend_plot, UI_TYPE_PLOT)

static void
trace (UiTrendPlot *self, UiBrush *brush, double top, double *first_x)
{
  double step = (double) brush->width / MAX (self->most - 1, 1);
  double before = 0;

  for (guint i = 0; i < self->values->len; i++)
    {
      double x = brush->width - (self->values->len - 1 - i) * step;
      double y =
          brush->height - 1 - g_array_index (self->values, double, i) / top * (brush->height - 4);

      if (i == 0)
        *first_x = x;
      else if (self->steps)
        cairo_line_to (brush->cr, x, before);
      cairo_line_to (brush->cr, x, y);
      before = y;
    }
}

static void
ui_trend_plot_draw (UiPlot *plot, UiBrush *brush)
{
  UiTrendPlot *self = UI_TREND_PLOT (plot);
  double first_x = 0;
  double top = 1;

  ui_brush_set (brush, &brush->line);
  cairo_rectangle (brush->cr, 0, brush->height - 1, brush->width, 1);
  cairo_fill (brush->cr);
  if (self->values->len < 2)
    return;
  for (guint i = 0; i < self->values->len; i++)
    top = MAX (top, g_array_index (self->values, double, i));
  trace (self, brush, top, &first_x);
  cairo_line_to (brush->cr, brush->width, brush->height);
  cairo_line_to (brush->cr, first_x, brush->height);
  cairo_close_path (brush->cr);
  ui_brush_set_alpha (brush, &brush->accent, .16);
  cairo_fill (brush->cr);
  trace (self, brush, top, &first_x);
  ui_brush_set (brush, &brush->accent);
  cairo_set_line_width (brush->cr, 1.5);
  cairo_stroke (brush->cr);
}

static void
ui_trend_plot_finalize (GObject *object)
{
  g_array_unref (UI_TREND_PLOT (object)->values);
  G_OBJECT_CLASS (ui_trend_plot_parent_class)->finalize (object);
}

static void
ui_trend_plot_class_init (UiTrendPlotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ui_trend_plot_finalize;
  UI_PLOT_CLASS (klass)->draw = ui_trend_plot_draw;
}

static void
ui_trend_plot_init (UiTrendPlot *self)
{
  self->values = g_array_new (FALSE, FALSE, sizeof (double));
  ui_plot_set_size (UI_PLOT (self), 200, HEIGHT);
}

GtkWidget *
ui_trend_plot_new (void)
{
  return g_object_new (UI_TYPE_TREND_PLOT, NULL);
}

void
ui_trend_plot_set (UiTrendPlot *self, const GArray *values, int most, gboolean steps)
{
  g_array_set_size (self->values, 0);
  if (values->len > 0)
    g_array_append_vals (self->values, values->data, values->len);
  self->most = most;
  self->steps = steps;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
