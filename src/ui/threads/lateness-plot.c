/* How late the window answered. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/threads/lateness-plot.h"

#include <glib/gi18n.h>
#include <math.h>

#define LEAST_MS 0.1
#define MOST_MS 100.0
#define FRAME_MS 16.0
#define BAR_Y 30
#define HEIGHT 62

struct _UiLatenessPlot
{
  UiPlot parent_instance;

  UiLatenessFigures figures;
};

G_DEFINE_FINAL_TYPE (UiLatenessPlot, ui_lateness_plot, UI_TYPE_PLOT)

static double
get_x (const UiBrush *brush, double ms)
{
  double share = (log10 (CLAMP (ms, LEAST_MS, MOST_MS)) - log10 (LEAST_MS)) /
                 (log10 (MOST_MS) - log10 (LEAST_MS));

  return 8 + share * (brush->width - 16);
}

static void
draw_scale (UiBrush *brush)
{
  static const double dashes[] = { 3, 3 };
  double frame = get_x (brush, FRAME_MS);

  ui_brush_rounded (brush, 0, BAR_Y - 3, brush->width, 6, 3);
  ui_brush_set (brush, &brush->line);
  cairo_fill (brush->cr);
  for (double ms = LEAST_MS; ms <= MOST_MS * 1.01; ms *= 10)
    {
      /* Translators: milliseconds, the last number of a scale */
      g_autofree char *text =
          ms >= MOST_MS ? g_strdup_printf (_ ("%g ms"), MOST_MS) : g_strdup_printf ("%g", ms);

      ui_brush_text (brush, text, UI_LETTERS_PLAIN, &brush->dim, get_x (brush, ms), BAR_Y + 20,
                     ms >= MOST_MS ? 1
                     : ms < .2     ? 0
                                   : .5,
                     .5);
    }
  ui_brush_set (brush, &brush->ink);
  cairo_set_line_width (brush->cr, 1);
  cairo_set_dash (brush->cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (brush->cr, (int) frame + .5, BAR_Y - 12);
  cairo_line_to (brush->cr, (int) frame + .5, BAR_Y + 8);
  cairo_stroke (brush->cr);
  cairo_set_dash (brush->cr, NULL, 0, 0);
  /* Translators: 16 milliseconds are the time from one picture on the screen to the next */
  ui_brush_text (brush, _ ("a frame, 16"), UI_LETTERS_PLAIN, &brush->dim, frame + 4, BAR_Y - 18, .3,
                 .5);
}

static void
ui_lateness_plot_draw (UiPlot *plot, UiBrush *brush)
{
  const UiLatenessFigures *figures = &UI_LATENESS_PLOT (plot)->figures;
  double p50 = get_x (brush, figures->p50_ms);
  double p99 = get_x (brush, figures->p99_ms);
  double worst = get_x (brush, figures->worst_ms);

  draw_scale (brush);
  if (figures->beats == 0)
    return;
  cairo_rectangle (brush->cr, p50, BAR_Y - 3, p99 - p50, 6);
  ui_brush_set_alpha (brush, &brush->good, .6);
  cairo_fill (brush->cr);
  ui_brush_set (brush, &brush->ink);
  cairo_arc (brush->cr, p50, BAR_Y, 5, 0, 2 * G_PI);
  cairo_fill (brush->cr);
  cairo_move_to (brush->cr, p99 - 6, BAR_Y);
  cairo_line_to (brush->cr, p99, BAR_Y - 6);
  cairo_line_to (brush->cr, p99 + 6, BAR_Y);
  cairo_line_to (brush->cr, p99, BAR_Y + 6);
  cairo_fill (brush->cr);
  cairo_move_to (brush->cr, worst - 6, BAR_Y + 5);
  cairo_line_to (brush->cr, worst, BAR_Y - 6);
  cairo_line_to (brush->cr, worst + 6, BAR_Y + 5);
  cairo_fill (brush->cr);
}

static void
ui_lateness_plot_class_init (UiLatenessPlotClass *klass)
{
  UI_PLOT_CLASS (klass)->draw = ui_lateness_plot_draw;
}

static void
ui_lateness_plot_init (UiLatenessPlot *self)
{
  ui_plot_set_size (UI_PLOT (self), 240, HEIGHT);
}

GtkWidget *
ui_lateness_plot_new (void)
{
  return g_object_new (UI_TYPE_LATENESS_PLOT, NULL);
}

void
ui_lateness_plot_set (UiLatenessPlot *self, const UiLatenessFigures *figures)
{
  self->figures = *figures;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
