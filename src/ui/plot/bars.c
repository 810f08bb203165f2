/* What each of several things costs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot/bars.h"

#include <math.h>

#include "ui/plot/axis.h"

#define TOP 26
#define ROW 32
#define BAR 14
#define GAP 16
#define NARROW 480 /* below, the verdict is only its mark */

struct _UiBars
{
  UiPlot parent_instance;

  GArray *bars; /* (element-type UiBar) owned, by median */
  char *unit;   /* owned */
};

G_DEFINE_FINAL_TYPE (UiBars, ui_bars, UI_TYPE_PLOT)

typedef struct
{
  const UiBars *bars;
  const UiBrush *brush;
  double verdict_x;
  double left; /* of the scale */
  double right;
  double from; /* powers of ten */
  double to;
} Chart;

static const UiBar *
get_bar (const Chart *chart, guint i)
{
  return &g_array_index (chart->bars->bars, UiBar, i);
}

static double
get_x (const Chart *chart, double value)
{
  return ui_axis_map (CLAMP (log10 (MAX (value, 1e-9)), chart->from, chart->to), chart->from,
                      chart->to, chart->left, chart->right);
}

static double
get_widest (const Chart *chart, gsize offset, UiLetters letters)
{
  double widest = 0;

  for (guint i = 0; i < chart->bars->bars->len; i++)
    {
      double width;

      ui_brush_measure (chart->brush, G_STRUCT_MEMBER (char *, get_bar (chart, i), offset), letters,
                        &width, NULL);
      widest = MAX (widest, width);
    }
  return widest;
}

static void
lay_out (Chart *chart)
{
  double titles = get_widest (chart, G_STRUCT_OFFSET (UiBar, title), UI_LETTERS_PLAIN);
  double verdicts = get_widest (chart, G_STRUCT_OFFSET (UiBar, verdict), UI_LETTERS_BOLD);
  double texts = get_widest (chart, G_STRUCT_OFFSET (UiBar, text), UI_LETTERS_BOLD);
  gboolean narrow = chart->brush->width < NARROW;

  chart->verdict_x = titles + GAP;
  chart->left = chart->verdict_x + (narrow ? 0 : verdicts + GAP);
  chart->right = MAX (chart->left + 40, chart->brush->width - texts - GAP);
  chart->from = 6;
  chart->to = -6;
  for (guint i = 0; i < chart->bars->bars->len; i++)
    {
      chart->from = MIN (chart->from, floor (log10 (MAX (get_bar (chart, i)->low, 1e-3))));
      chart->to = MAX (chart->to, ceil (log10 (MAX (get_bar (chart, i)->high, 1e-3))));
    }
  chart->to = MAX (chart->to, chart->from + 1);
}

static void
draw_scale (const Chart *chart)
{
  const UiBrush *brush = chart->brush;

  for (double power = chart->from; power <= chart->to + .5; power++)
    {
      double value = pow (10, power);
      g_autofree char *number = ui_axis_dup_text (value);
      g_autofree char *text = power + 1 > chart->to + .5
                                  ? g_strdup_printf ("%s %s", number, chart->bars->unit)
                                  : g_strdup (number);

      ui_brush_text (brush, text, UI_LETTERS_PLAIN, &brush->dim, get_x (chart, value), 2, .5, 0);
      for (int n = 1; n < 10 && (n == 1 || power < chart->to); n++)
        {
          ui_brush_set_alpha (brush, &brush->line, n == 1 ? 1.4 : .5);
          cairo_rectangle (brush->cr, round (get_x (chart, value * n)), TOP - 6, 1,
                           brush->height - TOP + 6);
          cairo_fill (brush->cr);
        }
    }
}

static void
draw_whiskers (const Chart *chart, const UiBar *bar, double y)
{
  cairo_t *cr = chart->brush->cr;
  double low = get_x (chart, bar->low), high = get_x (chart, bar->high);

  ui_brush_set (chart->brush, &chart->brush->ink);
  cairo_set_line_width (cr, 1.2);
  cairo_move_to (cr, low, y);
  cairo_line_to (cr, high, y);
  cairo_move_to (cr, low, y - 4);
  cairo_line_to (cr, low, y + 4);
  cairo_move_to (cr, high, y - 4);
  cairo_line_to (cr, high, y + 4);
  cairo_stroke (cr);
}

static void
draw_bar (const Chart *chart, guint i)
{
  const UiBrush *brush = chart->brush;
  const UiBar *bar = get_bar (chart, i);
  double y = TOP + ROW * (i + .5);
  double end = get_x (chart, bar->median);
  const GdkRGBA *colour = bar->bad ? &brush->bad : &brush->accent;

  ui_brush_text (brush, bar->title, UI_LETTERS_PLAIN, &brush->ink, 0, y, 0, .5);
  if (brush->width >= NARROW)
    ui_brush_text (brush, bar->verdict, bar->bad ? UI_LETTERS_BOLD : UI_LETTERS_PLAIN,
                   bar->bad ? &brush->bad : &brush->good, chart->verdict_x, y, 0, .5);
  ui_brush_rounded (brush, chart->left, y - BAR / 2., MAX (2, end - chart->left), BAR, 3);
  ui_brush_set_alpha (brush, colour, bar->bad ? .25 : .85);
  cairo_fill (brush->cr);
  if (bar->bad)
    {
      ui_brush_rounded (brush, chart->left, y - BAR / 2., MAX (2, end - chart->left), BAR, 3);
      ui_brush_hatch (brush, colour, .8);
    }
  draw_whiskers (chart, bar, y);
  ui_brush_text (brush, bar->text, UI_LETTERS_BOLD, &brush->ink, brush->width, y, 1, .5);
}

static void
ui_bars_draw (UiPlot *plot, UiBrush *brush)
{
  Chart chart = { .bars = UI_BARS (plot), .brush = brush };

  if (chart.bars->bars->len == 0)
    return;
  lay_out (&chart);
  draw_scale (&chart);
  for (guint i = 0; i < chart.bars->bars->len; i++)
    draw_bar (&chart, i);
}

static void
ui_bars_finalize (GObject *object)
{
  UiBars *self = UI_BARS (object);

  g_array_unref (self->bars);
  g_free (self->unit);
  G_OBJECT_CLASS (ui_bars_parent_class)->finalize (object);
}

static void
ui_bars_class_init (UiBarsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ui_bars_finalize;
  UI_PLOT_CLASS (klass)->draw = ui_bars_draw;
}

static void
ui_bars_init (UiBars *self)
{
  self->bars = ui_bars_new_array ();
  self->unit = g_strdup ("");
}

GtkWidget *
ui_bars_new (void)
{
  return g_object_new (UI_TYPE_BARS, NULL);
}

static void
clear_bar (gpointer data)
{
  UiBar *bar = data;

  g_free (bar->title);
  g_free (bar->verdict);
  g_free (bar->text);
}

GArray *
ui_bars_new_array (void)
{
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (UiBar));

  g_array_set_clear_func (bars, clear_bar);
  return bars;
}

static int
by_median (gconstpointer a, gconstpointer b)
{
  const UiBar *left = a;
  const UiBar *right = b;

  return left->median < right->median ? -1 : left->median > right->median;
}

void
ui_bars_take (UiBars *self, GArray *bars, const char *unit)
{
  g_array_unref (self->bars);
  self->bars = bars;
  g_array_sort (bars, by_median);
  g_free (self->unit);
  self->unit = g_strdup (unit);
  ui_plot_set_size (UI_PLOT (self), 320, TOP + ROW * (int) MAX (1, bars->len) + 4);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
