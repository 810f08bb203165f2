/* Speed over time. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/speed-plot.h"

#include <glib/gi18n.h>

#include "base/human.h"
#include "base/thread.h"
#include "ui/plot/axis.h"

#define HEIGHT 110
#define AXIS 22
#define LEFT 34
#define MOST_LINES 4
#define DOT 3

struct _UiSpeedPlot
{
  UiPlot parent_instance;

  GArray *rates; /* owned (element-type double); bytes per second */
  double step_s;
  double peak; /* bytes per second */
  gboolean running;
};

G_DEFINE_FINAL_TYPE (UiSpeedPlot, ui_speed_plot, UI_TYPE_PLOT)

/* The unit in which the highest speed is a number below 1000. */
static double
get_unit (double peak, const char **name)
{
  static const char *const names[] = {
    N_ ("B/s"),
    N_ ("kB/s"),
    N_ ("MB/s"),
    N_ ("GB/s"),
  };
  double unit = 1;
  gsize i = 0;

  while (peak / unit >= 999.5 && i + 1 < G_N_ELEMENTS (names))
    {
      unit *= 1000;
      i++;
    }
  *name = _ (names[i]);
  return unit;
}

char *
ui_speed_plot_dup_note (UiSpeedPlot *self)
{
  const char *name;
  double unit = get_unit (self->peak, &name);

  /* Translators: a unit such as MB/s, and the highest speed in it */
  return g_strdup_printf (_ ("%s · peak %.1f"), name, self->peak / unit);
}

typedef struct
{
  double left;
  double right;
  double top;
  double bottom;
  double unit;
  double ceiling; /* in the unit */
} Layout;

static void
draw_scale (UiBrush *brush, const Layout *layout)
{
  double step = ui_axis_choose_step (layout->ceiling, MOST_LINES, .1);

  for (double value = 0; value <= layout->ceiling; value += step)
    {
      double y = ui_axis_map (value, 0, layout->ceiling, layout->bottom, layout->top);
      g_autofree char *text = ui_axis_dup_text (value);

      ui_brush_set (brush, &brush->line);
      cairo_rectangle (brush->cr, layout->left, (int) y, layout->right - layout->left, 1);
      cairo_fill (brush->cr);
      ui_brush_text (brush, text, UI_LETTERS_PLAIN, &brush->dim, layout->left - 8, y, 1, .5);
    }
}

static void
trace (UiSpeedPlot *self, UiBrush *brush, const Layout *layout)
{
  double last = MAX (1, (double) self->rates->len - 1);

  for (guint i = 0; i < self->rates->len; i++)
    cairo_line_to (brush->cr, ui_axis_map (i, 0, last, layout->left, layout->right),
                   ui_axis_map (g_array_index (self->rates, double, i) / layout->unit, 0,
                                layout->ceiling, layout->bottom, layout->top));
}

static void
draw_area (UiSpeedPlot *self, UiBrush *brush, const Layout *layout)
{
  cairo_move_to (brush->cr, layout->left, layout->bottom);
  trace (self, brush, layout);
  cairo_line_to (brush->cr, layout->right, layout->bottom);
  cairo_close_path (brush->cr);
  ui_brush_set_alpha (brush, &brush->accent, .2);
  cairo_fill (brush->cr);
  trace (self, brush, layout);
  ui_brush_set (brush, &brush->accent);
  cairo_set_line_width (brush->cr, 1.5);
  cairo_stroke (brush->cr);
  if (self->running)
    {
      double rate = g_array_index (self->rates, double, self->rates->len - 1) / layout->unit;

      cairo_arc (brush->cr, layout->right,
                 ui_axis_map (rate, 0, layout->ceiling, layout->bottom, layout->top), DOT, 0,
                 2 * G_PI);
      cairo_fill (brush->cr);
    }
}

static void
draw_times (UiSpeedPlot *self, UiBrush *brush, const Layout *layout)
{
  g_autofree char *span = base_human_duration ((gint64) (self->rates->len * self->step_s + .5));
  /* Translators: %s is a duration such as 2 min 12 s */
  g_autofree char *ago = g_strdup_printf (_ ("%s ago"), span);
  g_autofree char *none = base_human_duration (0);
  double y = layout->bottom + AXIS / 2.0;

  ui_brush_text (brush, self->running ? ago : none, UI_LETTERS_PLAIN, &brush->dim, layout->left, y,
                 0, .5);
  ui_brush_text (brush, self->running ? _ ("now") : span, UI_LETTERS_PLAIN, &brush->dim,
                 layout->right, y, 1, .5);
}

static void
ui_speed_plot_draw (UiPlot *plot, UiBrush *brush)
{
  UiSpeedPlot *self = UI_SPEED_PLOT (plot);
  const char *name;
  Layout layout = {
    .left = LEFT,
    .right = brush->width - DOT - 1,
    .top = 8,
    .bottom = brush->height - AXIS,
    .unit = get_unit (self->peak, &name),
  };

  layout.ceiling = MAX (self->peak / layout.unit * 1.05, .1);
  draw_scale (brush, &layout);
  if (self->rates->len > 0)
    draw_area (self, brush, &layout);
  draw_times (self, brush, &layout);
}

static void
tell_meaning (UiSpeedPlot *self)
{
  double newest =
      self->rates->len > 0 ? g_array_index (self->rates, double, self->rates->len - 1) : 0;
  g_autofree char *now = base_human_rate (newest);
  g_autofree char *peak = base_human_rate (self->peak);
  /* Translators: two speeds */
  g_autofree char *text = self->running ? g_strdup_printf (_ ("Now %s, at most %s"), now, peak)
                                        : g_strdup_printf (_ ("At most %s"), peak);

  ui_plot_describe (UI_PLOT (self), _ ("Speed over time"), text);
}

void
ui_speed_plot_show (UiSpeedPlot *self, const UiSpeeds *speeds, gboolean running)
{
  BASE_ASSERT_MAIN ();
  g_array_set_size (self->rates, 0);
  g_array_append_vals (self->rates, speeds->rates, speeds->n);
  self->step_s = speeds->step_s;
  self->running = running;
  self->peak = 0;
  for (guint i = 0; i < speeds->n; i++)
    self->peak = MAX (self->peak, speeds->rates[i]);
  tell_meaning (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
ui_speed_plot_finalize (GObject *object)
{
  g_array_unref (UI_SPEED_PLOT (object)->rates);
  G_OBJECT_CLASS (ui_speed_plot_parent_class)->finalize (object);
}

static void
ui_speed_plot_class_init (UiSpeedPlotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ui_speed_plot_finalize;
  UI_PLOT_CLASS (klass)->draw = ui_speed_plot_draw;
}

static void
ui_speed_plot_init (UiSpeedPlot *self)
{
  self->rates = g_array_new (FALSE, FALSE, sizeof (double));
  self->step_s = .5;
  gtk_widget_add_css_class (GTK_WIDGET (self), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");
  ui_plot_set_size (UI_PLOT (self), 320, HEIGHT);
  tell_meaning (self);
}
