/* A widget that draws itself with one cairo node. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot/plot.h"

#include <adwaita.h>
#include <math.h>

typedef struct
{
  GHashTable
      *layouts;  /* (element-type utf8 PangoLayout) owned; key: kind of letters, then the text */
  char *meaning; /* owned */
  int width;
  int height;
} UiPlotPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (UiPlot, ui_plot, GTK_TYPE_WIDGET)

/* More texts than a picture has are old ones: forget them all at once. */
#define MOST_LAYOUTS 2000

static void
look_up (GtkWidget *widget, const char *name, GdkRGBA *colour)
{
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, colour))
    gdk_rgba_parse (colour, "#808080");
}

static void
dip (UiBrush *brush, GtkWidget *widget)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));

  brush->dark = adw_style_manager_get_dark (manager);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &brush->ink);
  gdk_rgba_parse (&brush->paper, brush->dark ? "#363636" : "#ffffff");
  look_up (widget, "accent_bg_color", &brush->accent);
  look_up (widget, "error_color", &brush->bad);
  look_up (widget, "success_color", &brush->good);
  brush->dim = brush->ink;
  brush->dim.alpha *= .74f;
  brush->line = brush->ink;
  brush->line.alpha *= .1f;
}

static void
ui_plot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  UiPlotPrivate *priv = ui_plot_get_instance_private (UI_PLOT (widget));
  UiBrush brush = {
    .width = gtk_widget_get_width (widget),
    .height = gtk_widget_get_height (widget),
    .widget = widget,
    .layouts = priv->layouts,
  };

  if (brush.width <= 0 || brush.height <= 0)
    return;
  if (g_hash_table_size (priv->layouts) > MOST_LAYOUTS)
    g_hash_table_remove_all (priv->layouts);
  dip (&brush, widget);
  brush.cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) brush.width,
                                                                       (float) brush.height));
  UI_PLOT_GET_CLASS (widget)->draw (UI_PLOT (widget), &brush);
  cairo_destroy (brush.cr);
}

static void
ui_plot_measure (GtkWidget *widget,
                 GtkOrientation orientation,
                 int for_size,
                 int *minimum,
                 int *natural,
                 int *minimum_baseline,
                 int *natural_baseline)
{
  UiPlotPrivate *priv = ui_plot_get_instance_private (UI_PLOT (widget));

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN (priv->width, 120) : priv->height;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? priv->width : priv->height;
}

static void
ui_plot_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  UiPlotPrivate *priv = ui_plot_get_instance_private (UI_PLOT (widget));

  GTK_WIDGET_CLASS (ui_plot_parent_class)->css_changed (widget, change);
  g_hash_table_remove_all (priv->layouts);
  gtk_widget_queue_draw (widget);
}

static void
ui_plot_finalize (GObject *object)
{
  UiPlotPrivate *priv = ui_plot_get_instance_private (UI_PLOT (object));

  g_hash_table_unref (priv->layouts);
  g_free (priv->meaning);
  G_OBJECT_CLASS (ui_plot_parent_class)->finalize (object);
}

static void
ui_plot_class_init (UiPlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ui_plot_finalize;
  widget_class->snapshot = ui_plot_snapshot;
  widget_class->measure = ui_plot_measure;
  widget_class->css_changed = ui_plot_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ui_plot_init (UiPlot *self)
{
  UiPlotPrivate *priv = ui_plot_get_instance_private (self);

  priv->layouts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  priv->meaning = g_strdup ("");
  priv->width = 300;
  priv->height = 120;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

void
ui_plot_describe (UiPlot *self, const char *name, const char *meaning)
{
  UiPlotPrivate *priv = ui_plot_get_instance_private (self);

  if (priv->meaning != meaning)
    {
      g_free (priv->meaning);
      priv->meaning = g_strdup (meaning);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, priv->meaning, -1);
}

const char *
ui_plot_get_meaning (UiPlot *self)
{
  UiPlotPrivate *priv = ui_plot_get_instance_private (self);

  return priv->meaning;
}

void
ui_plot_set_size (UiPlot *self, int width, int height)
{
  UiPlotPrivate *priv = ui_plot_get_instance_private (self);

  if (priv->width == width && priv->height == height)
    return;
  priv->width = width;
  priv->height = height;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

GdkRGBA
ui_brush_get_thread (const UiBrush *brush, int n)
{
  /* Each is at least 4.5 : 1 on its card. */
  static const char *const light[] = { "#1c71d8", "#9141ac", "#1b7f50",
                                       "#946800", "#865e3c", "#5e5c64" };
  static const char *const dark[] = { "#62a0ea", "#c88bdc", "#2ec27e",
                                      "#e5a50a", "#cdab8f", "#c0bfbc" };
  GdkRGBA colour;

  gdk_rgba_parse (&colour, (brush->dark ? dark : light)[n % G_N_ELEMENTS (light)]);
  return colour;
}

GdkRGBA
ui_brush_mix (const UiBrush *brush, const GdkRGBA *colour, double share)
{
  float s = (float) share;

  return (GdkRGBA){ colour->red * s + brush->paper.red * (1 - s),
                    colour->green * s + brush->paper.green * (1 - s),
                    colour->blue * s + brush->paper.blue * (1 - s), 1 };
}

void
ui_brush_set (const UiBrush *brush, const GdkRGBA *colour)
{
  gdk_cairo_set_source_rgba (brush->cr, colour);
}

void
ui_brush_set_alpha (const UiBrush *brush, const GdkRGBA *colour, double alpha)
{
  cairo_set_source_rgba (brush->cr, colour->red, colour->green, colour->blue,
                         colour->alpha * alpha);
}

static PangoLayout *
get_layout (const UiBrush *brush, const char *text, UiLetters letters)
{
  g_autofree char *key = g_strdup_printf ("%d%s", letters, text);
  PangoLayout *layout = g_hash_table_lookup (brush->layouts, key);
  g_autoptr (PangoAttrList) attributes = NULL;

  if (layout != NULL)
    return layout;
  layout = gtk_widget_create_pango_layout (brush->widget, text);
  attributes = pango_attr_list_new ();
  /* 9 pt where the desktop's text is 11 pt: the least that keeps its word spaces. */
  pango_attr_list_insert (attributes,
                          pango_attr_scale_new (letters == UI_LETTERS_MONO ? .87 : .84));
  if (letters == UI_LETTERS_BOLD)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  if (letters == UI_LETTERS_MONO)
    pango_attr_list_insert (attributes, pango_attr_family_new ("monospace"));
  pango_layout_set_attributes (layout, attributes);
  g_hash_table_insert (brush->layouts, g_steal_pointer (&key), layout);
  return layout;
}

void
ui_brush_measure (
    const UiBrush *brush, const char *text, UiLetters letters, double *width, double *height)
{
  int w, h;

  pango_layout_get_pixel_size (get_layout (brush, text, letters), &w, &h);
  if (width != NULL)
    *width = w;
  if (height != NULL)
    *height = h;
}

void
ui_brush_text (const UiBrush *brush,
               const char *text,
               UiLetters letters,
               const GdkRGBA *colour,
               double x,
               double y,
               double across,
               double down)
{
  double w, h;

  ui_brush_measure (brush, text, letters, &w, &h);
  ui_brush_set (brush, colour);
  cairo_move_to (brush->cr, round (x - w * across), round (y - h * down));
  pango_cairo_show_layout (brush->cr, get_layout (brush, text, letters));
  /* Else the next arc drags a line behind it. */
  cairo_new_path (brush->cr);
}

void
ui_brush_badge (const UiBrush *brush, const char *letter, int n, double x, double y, double radius)
{
  GdkRGBA colour = ui_brush_get_thread (brush, n);
  GdkRGBA on;

  gdk_rgba_parse (&on, brush->dark ? "#1e1e1e" : "#ffffff");
  ui_brush_set (brush, &colour);
  cairo_arc (brush->cr, x, y, radius, 0, 2 * G_PI);
  cairo_fill (brush->cr);
  ui_brush_text (brush, letter, UI_LETTERS_BOLD, &on, x, y, .5, .5);
}

void
ui_brush_rounded (
    const UiBrush *brush, double x, double y, double width, double height, double radius)
{
  cairo_t *cr = brush->cr;
  double r = MIN (radius, MIN (width, height) / 2);

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - r, y + r, r, -G_PI / 2, 0);
  cairo_arc (cr, x + width - r, y + height - r, r, 0, G_PI / 2);
  cairo_arc (cr, x + r, y + height - r, r, G_PI / 2, G_PI);
  cairo_arc (cr, x + r, y + r, r, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

void
ui_brush_hatch (const UiBrush *brush, const GdkRGBA *colour, double alpha)
{
  cairo_t *cr = brush->cr;
  double x0, y0, x1, y1;

  cairo_save (cr);
  cairo_clip (cr);
  cairo_clip_extents (cr, &x0, &y0, &x1, &y1);
  ui_brush_set_alpha (brush, colour, alpha);
  cairo_set_line_width (cr, 1);
  for (double x = x0 - fmod (x0, 6) - (y1 - y0); x < x1 + 6; x += 6)
    {
      cairo_move_to (cr, x, y1);
      cairo_line_to (cr, x + (y1 - y0), y0);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
ui_brush_head (const UiBrush *brush, double x, double y, double dx, double dy)
{
  cairo_t *cr = brush->cr;
  double length = hypot (dx, dy);

  if (length == 0)
    return;
  dx *= 6 / length;
  dy *= 6 / length;
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x - dx - dy * .5, y - dy + dx * .5);
  cairo_line_to (cr, x - dx + dy * .5, y - dy - dx * .5);
  cairo_close_path (cr);
  cairo_fill (cr);
}

void
ui_brush_cross (const UiBrush *brush, double x, double y, double radius)
{
  cairo_t *cr = brush->cr;

  cairo_set_line_width (cr, 1.8);
  cairo_move_to (cr, x - radius, y - radius);
  cairo_line_to (cr, x + radius, y + radius);
  cairo_move_to (cr, x + radius, y - radius);
  cairo_line_to (cr, x - radius, y + radius);
  cairo_stroke (cr);
}
