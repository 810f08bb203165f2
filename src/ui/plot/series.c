/* How odds went step by step. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot/series.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/plot/axis.h"

#define LEFT 46
#define RIGHT 14
#define TOP 12
#define BOTTOM 22
#define RADIUS 8

/* Steps that there is room for before they are taken; and after the last, for the branches. */
#define LEAST_STEPS 12
#define ROOM_AFTER 3

struct _UiSeries
{
  UiPlot parent_instance;

  GArray *odds;     /* (element-type double) owned */
  GArray *threads;  /* (element-type int) owned */
  GArray *branches; /* (element-type UiBranch) owned */
  char *now;        /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (UiSeries, ui_series, UI_TYPE_PLOT)

typedef struct
{
  const UiSeries *series;
  const UiBrush *brush;
  double steps; /* that the width stands for */
} Chart;

static double
get_x (const Chart *chart, double step)
{
  return ui_axis_map (step, 0, chart->steps, LEFT, chart->brush->width - RIGHT);
}

static double
get_y (const Chart *chart, double odds)
{
  return ui_axis_map (odds, 0, 1, chart->brush->height - BOTTOM, TOP);
}

static double
get_odds (const Chart *chart, guint i)
{
  return g_array_index (chart->series->odds, double, i);
}

static void
draw_grid (const Chart *chart)
{
  const UiBrush *brush = chart->brush;
  double step = ui_axis_choose_step (chart->steps, (int) MAX (2, (brush->width - LEFT) / 50), 1);

  for (int half = 0; half <= 2; half++)
    {
      g_autofree char *text = g_strdup_printf (_ ("%d %%"), half * 50);
      double y = round (get_y (chart, half / 2.));

      ui_brush_set_alpha (brush, &brush->line, half == 0 ? 3 : 1);
      cairo_rectangle (brush->cr, LEFT, y, brush->width - LEFT - RIGHT, 1);
      cairo_fill (brush->cr);
      ui_brush_text (brush, text, UI_LETTERS_PLAIN, &brush->dim, LEFT - 6, y, 1, .5);
    }
  for (double at = 0; at <= chart->steps; at += step)
    {
      g_autofree char *text = ui_axis_dup_text (at);

      ui_brush_text (brush, text, UI_LETTERS_PLAIN, &brush->dim, get_x (chart, at),
                     brush->height - BOTTOM + 4, .5, 0);
    }
}

/* Each place keeps its odds until the next step is done. */
static void
put_stairs (const Chart *chart, guint n)
{
  cairo_t *cr = chart->brush->cr;

  for (guint i = 0; i < n; i++)
    {
      double odds = get_odds (chart, i);

      if (isnan (odds))
        continue;
      cairo_line_to (cr, get_x (chart, i), get_y (chart, odds));
      if (i + 1 < n)
        cairo_line_to (cr, get_x (chart, i + 1), get_y (chart, odds));
    }
}

static void
draw_stairs (const Chart *chart)
{
  const UiBrush *brush = chart->brush;
  guint n = chart->series->odds->len;

  put_stairs (chart, n);
  if (!cairo_has_current_point (brush->cr))
    return;
  cairo_line_to (brush->cr, get_x (chart, n - 1), get_y (chart, 0));
  cairo_line_to (brush->cr, get_x (chart, 0), get_y (chart, 0));
  cairo_close_path (brush->cr);
  ui_brush_set_alpha (brush, &brush->bad, .13);
  cairo_fill (brush->cr);
  put_stairs (chart, n);
  ui_brush_set (brush, &brush->bad);
  cairo_set_line_width (brush->cr, 2);
  cairo_stroke (brush->cr);
}

static void
draw_letters (const Chart *chart)
{
  const UiBrush *brush = chart->brush;
  double room = get_x (chart, 1) - get_x (chart, 0);

  for (guint i = 0; i < chart->series->threads->len && room > 2 * RADIUS; i++)
    {
      int thread = g_array_index (chart->series->threads, int, i);
      g_autofree char *letter =
          thread < 26 ? g_strdup_printf ("%c", 'A' + thread) : g_strdup_printf ("%d", thread + 1);

      ui_brush_badge (brush, letter, thread, get_x (chart, i + .5), get_y (chart, 0) - RADIUS - 4,
                      RADIUS);
    }
}

static void
draw_branch (const Chart *chart, const UiBranch *branch, double x, double y, double *text_y)
{
  const UiBrush *brush = chart->brush;
  GdkRGBA colour = ui_brush_get_thread (brush, branch->thread);
  double end_x = MIN (x + 34, brush->width - RIGHT - 4);
  double end_y = get_y (chart, branch->odds);

  ui_brush_set (brush, &colour);
  cairo_set_line_width (brush->cr, 1.6);
  cairo_set_dash (brush->cr, (double[]){ 3, 3 }, 2, 0);
  cairo_move_to (brush->cr, x, y);
  cairo_line_to (brush->cr, end_x, end_y);
  cairo_stroke (brush->cr);
  cairo_set_dash (brush->cr, NULL, 0, 0);
  cairo_arc (brush->cr, end_x, end_y, 3.4, 0, 2 * G_PI);
  cairo_fill (brush->cr);
  /* Equal odds: one text under the other. */
  *text_y = MAX (end_y, *text_y + 15);
  ui_brush_text (brush, branch->text, UI_LETTERS_BOLD, &colour, end_x + 9,
                 MIN (*text_y, get_y (chart, 0) - 6), 0, .5);
}

static int
by_odds_down (gconstpointer a, gconstpointer b)
{
  const UiBranch *left = a;
  const UiBranch *right = b;

  return left->odds > right->odds ? -1 : left->odds < right->odds;
}

static void
draw_now (const Chart *chart)
{
  const UiSeries *self = chart->series;
  const UiBrush *brush = chart->brush;
  guint last = self->odds->len - 1;
  double odds = get_odds (chart, last);
  double x = get_x (chart, last);
  double text_y = -100;
  double width;

  if (isnan (odds))
    return;
  for (guint i = 0; i < self->branches->len; i++)
    {
      const UiBranch *branch = &g_array_index (self->branches, UiBranch, i);

      if (!isnan (branch->odds))
        draw_branch (chart, branch, x, get_y (chart, odds), &text_y);
    }
  ui_brush_set (brush, &brush->ink);
  cairo_arc (brush->cr, x, get_y (chart, odds), 4, 0, 2 * G_PI);
  cairo_fill (brush->cr);
  if (self->now == NULL)
    return;
  ui_brush_measure (brush, self->now, UI_LETTERS_BOLD, &width, NULL);
  if (x - 6 - width < LEFT)
    {
      /* No room before it: under what is said of the ways on. */
      ui_brush_text (brush, self->now, UI_LETTERS_BOLD, &brush->ink, x + 6,
                     CLAMP (MAX (get_y (chart, odds), text_y) + 18, TOP + 8, get_y (chart, 0) - 28),
                     0, .5);
      return;
    }
  ui_brush_text (brush, self->now, UI_LETTERS_BOLD, &brush->ink, x - 6,
                 CLAMP (get_y (chart, odds) + 14, TOP + 8, get_y (chart, 0) - 28), 1, .5);
}

static void
ui_series_draw (UiPlot *plot, UiBrush *brush)
{
  UiSeries *self = UI_SERIES (plot);
  Chart chart = { self, brush, MAX (LEAST_STEPS, self->odds->len + ROOM_AFTER) };

  if (self->odds->len == 0)
    return;
  draw_grid (&chart);
  draw_stairs (&chart);
  draw_letters (&chart);
  draw_now (&chart);
}

static void
ui_series_finalize (GObject *object)
{
  UiSeries *self = UI_SERIES (object);

  g_array_unref (self->odds);
  g_array_unref (self->threads);
  g_array_unref (self->branches);
  g_free (self->now);
  G_OBJECT_CLASS (ui_series_parent_class)->finalize (object);
}

static void
ui_series_class_init (UiSeriesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ui_series_finalize;
  UI_PLOT_CLASS (klass)->draw = ui_series_draw;
}

static void
ui_series_init (UiSeries *self)
{
  self->odds = g_array_new (FALSE, FALSE, sizeof (double));
  self->threads = g_array_new (FALSE, FALSE, sizeof (int));
  self->branches = ui_series_new_branches ();
  ui_plot_set_size (UI_PLOT (self), 300, 112);
}

GtkWidget *
ui_series_new (void)
{
  return g_object_new (UI_TYPE_SERIES, NULL);
}

static void
clear_branch (gpointer data)
{
  g_free (((UiBranch *) data)->text);
}

GArray *
ui_series_new_branches (void)
{
  GArray *branches = g_array_new (FALSE, FALSE, sizeof (UiBranch));

  g_array_set_clear_func (branches, clear_branch);
  return branches;
}

void
ui_series_set (
    UiSeries *self, const GArray *odds, const GArray *threads, GArray *branches, const char *now)
{
  g_array_set_size (self->odds, 0);
  g_array_append_vals (self->odds, odds->data, odds->len);
  g_array_set_size (self->threads, 0);
  g_array_append_vals (self->threads, threads->data, threads->len);
  g_array_unref (self->branches);
  self->branches = branches;
  g_array_sort (self->branches, by_odds_down);
  g_free (self->now);
  self->now = g_strdup (now);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
