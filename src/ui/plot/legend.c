/* What the marks of a picture mean. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot/legend.h"

#define UI_TYPE_SWATCH (ui_swatch_get_type ())
G_DECLARE_FINAL_TYPE (UiSwatch, ui_swatch, UI, SWATCH, UiPlot)

struct _UiSwatch
{
  UiPlot parent_instance;

  UiSwatchKind kind;
};

G_DEFINE_FINAL_TYPE (UiSwatch, ui_swatch, UI_TYPE_PLOT)

static void
draw_disc (const UiBrush *brush, double x, double y, double radius, gboolean filled)
{
  cairo_arc (brush->cr, x, y, radius, 0, 2 * G_PI);
  cairo_set_line_width (brush->cr, 1.5);
  if (filled)
    cairo_fill (brush->cr);
  else
    cairo_stroke (brush->cr);
}

static void
draw_line (const UiBrush *brush, const GdkRGBA *colour, double y, double width)
{
  ui_brush_set (brush, colour);
  cairo_rectangle (brush->cr, 0, y - width / 2, brush->width, width);
  cairo_fill (brush->cr);
}

static void
draw_block (const UiBrush *brush, double x, double y, gboolean filled)
{
  ui_brush_rounded (brush, x - 4, y - 4, 8, 8, 2);
  cairo_set_line_width (brush->cr, 1.5);
  if (filled)
    cairo_fill_preserve (brush->cr);
  cairo_stroke (brush->cr);
}

static void
draw_box (const UiBrush *brush, UiSwatchKind kind, double y)
{
  ui_brush_rounded (brush, .5, y - 5.5, brush->width - 1, 11, 3);
  if (kind == UI_SWATCH_WAIT)
    ui_brush_hatch (brush, &brush->ink, .7);
  else
    {
      ui_brush_set_alpha (brush, kind == UI_SWATCH_BAR ? &brush->accent : &brush->ink, .55);
      cairo_fill (brush->cr);
    }
  if (kind == UI_SWATCH_BAR)
    return;
  ui_brush_rounded (brush, .5, y - 5.5, brush->width - 1, 11, 3);
  ui_brush_set (brush, &brush->dim);
  cairo_set_line_width (brush->cr, 1);
  cairo_stroke (brush->cr);
}

static void
ui_swatch_draw (UiPlot *plot, UiBrush *brush)
{
  UiSwatchKind kind = UI_SWATCH (plot)->kind;
  double x = brush->width / 2.;
  double y = brush->height / 2.;

  ui_brush_set (brush, &brush->dim);
  switch (kind)
    {
    case UI_SWATCH_READ:
      draw_disc (brush, x, y, 4, FALSE);
      break;
    case UI_SWATCH_ADD:
      cairo_rectangle (brush->cr, x - 1, y - 4, 2, 8);
      cairo_fill (brush->cr);
      break;
    case UI_SWATCH_WRITE:
      draw_disc (brush, x, y, 4.5, TRUE);
      break;
    case UI_SWATCH_ATOMIC:
      draw_disc (brush, x, y, 2.6, TRUE);
      draw_disc (brush, x, y, 5, FALSE);
      break;
    case UI_SWATCH_PUT:
    case UI_SWATCH_GET:
      draw_block (brush, x, y, kind == UI_SWATCH_PUT);
      break;
    case UI_SWATCH_LOST:
      ui_brush_set (brush, &brush->bad);
      ui_brush_cross (brush, x, y, 3.2);
      break;
    case UI_SWATCH_ARROW:
      draw_line (brush, &brush->bad, y, 1.4);
      ui_brush_head (brush, brush->width, y, 1, 0);
      break;
    case UI_SWATCH_LINE:
      draw_line (brush, &brush->ink, y, 1.4);
      draw_disc (brush, x, y, 2.4, TRUE);
      break;
    case UI_SWATCH_BAD_LINE:
      draw_line (brush, &brush->bad, y, 3);
      break;
    case UI_SWATCH_GOOD_LINE:
      draw_line (brush, &brush->good, y, 3);
      break;
    case UI_SWATCH_GREY_LINE:
      draw_line (brush, &brush->dim, y, 3);
      break;
    case UI_SWATCH_BAR:
    case UI_SWATCH_WAIT:
    case UI_SWATCH_FILLED:
      draw_box (brush, kind, y);
      break;
    }
}

static void
ui_swatch_class_init (UiSwatchClass *klass)
{
  UI_PLOT_CLASS (klass)->draw = ui_swatch_draw;
}

static void
ui_swatch_init (UiSwatch *self)
{
}

static int
get_width (UiSwatchKind kind)
{
  switch (kind)
    {
    case UI_SWATCH_ARROW:
    case UI_SWATCH_WAIT:
    case UI_SWATCH_FILLED:
      return 20;
    case UI_SWATCH_LINE:
    case UI_SWATCH_BAD_LINE:
    case UI_SWATCH_GOOD_LINE:
    case UI_SWATCH_GREY_LINE:
      return 18;
    case UI_SWATCH_READ:
    case UI_SWATCH_ADD:
    case UI_SWATCH_WRITE:
    case UI_SWATCH_ATOMIC:
    case UI_SWATCH_PUT:
    case UI_SWATCH_GET:
    case UI_SWATCH_LOST:
    case UI_SWATCH_BAR:
    default:
      return 12;
    }
}

void
ui_legend_add (UiWrap *legend, UiSwatchKind kind, const char *text)
{
  GtkWidget *item = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5);
  UiSwatch *swatch =
      g_object_new (UI_TYPE_SWATCH, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *label = gtk_label_new (text);

  swatch->kind = kind;
  ui_plot_set_size (UI_PLOT (swatch), get_width (kind), 12);
  gtk_widget_set_valign (GTK_WIDGET (swatch), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "side");
  gtk_box_append (GTK_BOX (item), GTK_WIDGET (swatch));
  gtk_box_append (GTK_BOX (item), label);
  ui_wrap_append (legend, item);
}
