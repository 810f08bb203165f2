/* What waiting together saved. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/threads/savings-plot.h"

#include <glib/gi18n.h>

#include "ui/threads/batch.h"

#define BAR 16
#define LINE 28
#define GAP 2

/* More are drawn as one: nobody counts so many letters. */
#define MOST_SHOWN 24

struct _UiSavingsPlot
{
  UiPlot parent_instance;

  GArray *items; /* owned (element-type UiBatchItem) */
  gint64 together_us;
};

G_DEFINE_FINAL_TYPE (UiSavingsPlot, ui_savings_plot, UI_TYPE_PLOT)

static gint64
get_alone_us (UiSavingsPlot *self)
{
  gint64 alone_us = 0;

  for (guint i = 0; i < self->items->len; i++)
    alone_us += g_array_index (self->items, UiBatchItem, i).took_us;
  return alone_us;
}

static char *
dup_seconds (gint64 us)
{
  /* Translators: a short time in seconds; keep the space */
  return g_strdup_printf (_ ("%.1f s"), us / 1e6);
}

static void
draw_alone (UiSavingsPlot *self, UiBrush *brush, double left, double scale)
{
  double x = left;

  for (guint i = 0; i < self->items->len; i++)
    {
      const UiBatchItem *item = &g_array_index (self->items, UiBatchItem, i);
      double width = MAX (item->took_us * scale - GAP, 1);
      GdkRGBA colour = ui_brush_get_thread (brush, i);
      char letter[] = { 'A' + i % 26, '\0' };

      colour = ui_brush_mix (brush, &colour, .55);
      ui_brush_rounded (brush, x, (LINE - BAR) / 2.0, width, BAR, MIN (3, width / 2));
      ui_brush_set (brush, &colour);
      cairo_fill (brush->cr);
      if (width > 14 && i < MOST_SHOWN)
        ui_brush_text (brush, letter, UI_LETTERS_BOLD, &brush->ink, x + width / 2, LINE / 2.0, .5,
                       .5);
      x += item->took_us * scale;
    }
}

static void
draw_saved (UiBrush *brush, double from, double to, double y, gint64 saved_us)
{
  g_autofree char *seconds = dup_seconds (saved_us);
  /* Translators: %s is a time such as 6.3 s */
  g_autofree char *text = g_strdup_printf (_ ("%s saved"), seconds);
  double width, middle = (from + to) / 2;

  ui_brush_measure (brush, text, UI_LETTERS_BOLD, &width, NULL);
  if (to - from < width + 24)
    return;
  ui_brush_set (brush, &brush->dim);
  cairo_set_line_width (brush->cr, 1);
  cairo_move_to (brush->cr, from + .5, y - 4);
  cairo_line_to (brush->cr, from + .5, y + 4);
  cairo_move_to (brush->cr, from, y + .5);
  cairo_line_to (brush->cr, middle - width / 2 - 8, y + .5);
  cairo_move_to (brush->cr, middle + width / 2 + 8, y + .5);
  cairo_line_to (brush->cr, to, y + .5);
  cairo_move_to (brush->cr, to - .5, y - 4);
  cairo_line_to (brush->cr, to - .5, y + 4);
  cairo_stroke (brush->cr);
  ui_brush_text (brush, text, UI_LETTERS_BOLD, &brush->accent, middle, y, .5, .5);
}

static void
ui_savings_plot_draw (UiPlot *plot, UiBrush *brush)
{
  UiSavingsPlot *self = UI_SAVINGS_PLOT (plot);
  gint64 alone_us = get_alone_us (self);
  gint64 longest_us = MAX (MAX (alone_us, self->together_us), 1);
  g_autofree char *alone = dup_seconds (alone_us);
  g_autofree char *together = dup_seconds (self->together_us);
  const char *first = _ ("One after another");
  const char *second = _ ("Together");
  double left, other, right, scale, end;

  ui_brush_measure (brush, first, UI_LETTERS_PLAIN, &left, NULL);
  ui_brush_measure (brush, second, UI_LETTERS_BOLD, &other, NULL);
  ui_brush_measure (brush, alone, UI_LETTERS_BOLD, &right, NULL);
  left = MAX (left, other) + 12;
  scale = (brush->width - left - right - 10) / longest_us;
  ui_brush_text (brush, first, UI_LETTERS_PLAIN, &brush->dim, left - 12, LINE / 2.0, 1, .5);
  ui_brush_text (brush, second, UI_LETTERS_BOLD, &brush->ink, left - 12, LINE * 1.5, 1, .5);
  if (self->items->len == 0)
    return;

  draw_alone (self, brush, left, scale);
  ui_brush_text (brush, alone, UI_LETTERS_PLAIN, &brush->ink, left + alone_us * scale + 8,
                 LINE / 2.0, 0, .5);
  end = left + self->together_us * scale;
  ui_brush_rounded (brush, left, LINE + (LINE - BAR) / 2.0, MAX (end - left, 2), BAR, 3);
  ui_brush_set (brush, &brush->accent);
  cairo_fill (brush->cr);
  ui_brush_measure (brush, together, UI_LETTERS_BOLD, &right, NULL);
  ui_brush_text (brush, together, UI_LETTERS_BOLD, &brush->ink, end + 8, LINE * 1.5, 0, .5);
  draw_saved (brush, end + 8 + right + 12, left + alone_us * scale, LINE * 1.5,
              alone_us - self->together_us);
}

static void
ui_savings_plot_finalize (GObject *object)
{
  g_array_unref (UI_SAVINGS_PLOT (object)->items);
  G_OBJECT_CLASS (ui_savings_plot_parent_class)->finalize (object);
}

static void
ui_savings_plot_class_init (UiSavingsPlotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ui_savings_plot_finalize;
  UI_PLOT_CLASS (klass)->draw = ui_savings_plot_draw;
}

static void
ui_savings_plot_init (UiSavingsPlot *self)
{
  self->items = g_array_new (FALSE, FALSE, sizeof (UiBatchItem));
  ui_plot_set_size (UI_PLOT (self), 300, 2 * LINE);
}

GtkWidget *
ui_savings_plot_new (void)
{
  return g_object_new (UI_TYPE_SAVINGS_PLOT, NULL);
}

/* One item for all that have no letter of their own. */
static void
add_rest (GArray *shown, const GArray *items)
{
  UiBatchItem rest = { .id = -1 };

  for (guint i = MOST_SHOWN; i < items->len; i++)
    rest.took_us += g_array_index (items, UiBatchItem, i).took_us;
  if (items->len > MOST_SHOWN)
    g_array_append_val (shown, rest);
}

void
ui_savings_plot_set (UiSavingsPlot *self, const GArray *items, gint64 together_us)
{
  g_array_set_size (self->items, 0);
  if (items->len > 0)
    g_array_append_vals (self->items, items->data, MIN (items->len, MOST_SHOWN));
  add_rest (self->items, items);
  self->together_us = together_us;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
