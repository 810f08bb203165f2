/* The sparkline. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/sparkline.h"

#include <glib/gi18n.h>

#include "base/clock.h"
#include "base/human.h"

#define HEIGHT 24
#define LEAST_WIDTH 40
#define WIDTH 120
#define DOT 2.5
#define SAMPLES 120
#define STEP_US (BASE_SECOND_US / 2)

struct _UiSparkline
{
  GtkWidget parent_instance;

  double rates[SAMPLES]; /* a ring */
  int n;                 /* taken so far */
  gint64 last_us;
  int width; /* wanted, in pixels; it does with less */
};

G_DEFINE_FINAL_TYPE (UiSparkline, ui_sparkline, GTK_TYPE_WIDGET)

static double
get_rate (UiSparkline *self, int i)
{
  return self->rates[i % SAMPLES];
}

void
ui_sparkline_add (UiSparkline *self, gint64 now_us, double rate)
{
  g_autofree char *now = NULL;
  g_autofree char *text = NULL;

  if (now_us - self->last_us < STEP_US)
    return;
  self->last_us = now_us;
  self->rates[self->n++ % SAMPLES] = rate;
  now = base_human_rate (rate);
  /* Translators: what the small plot of the speed shows, for who cannot see it */
  text = g_strdup_printf (_ ("Speed over the last minute, now %s"), now);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
trace_line (UiSparkline *self, cairo_t *cr, double width, double height, double top)
{
  int first = MAX (0, self->n - SAMPLES);

  for (int i = first; i < self->n; i++)
    cairo_line_to (cr, width - DOT - (double) (self->n - 1 - i) / (SAMPLES - 1) * (width - DOT),
                   height - 2 - get_rate (self, i) / top * (height - 5));
}

void
ui_sparkline_set_width (UiSparkline *self, int width)
{
  self->width = width;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
ui_sparkline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  UiSparkline *self = UI_SPARKLINE (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  int first = MAX (0, self->n - SAMPLES);
  double top = 1;
  GdkRGBA color;
  cairo_t *cr;

  if (self->n < 2)
    return;
  for (int i = first; i < self->n; i++)
    top = MAX (top, get_rate (self, i));
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_bg_color",
                                       &color))
    gdk_rgba_parse (&color, "#3584e4");
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_move_to (cr, width - DOT - (double) (self->n - 1 - first) / (SAMPLES - 1) * (width - DOT),
                 height);
  trace_line (self, cr, width, height, top);
  cairo_line_to (cr, width - DOT, height);
  cairo_close_path (cr);
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, .2);
  cairo_fill (cr);
  trace_line (self, cr, width, height, top);
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, 1);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
  cairo_arc (cr, width - DOT, height - 2 - get_rate (self, self->n - 1) / top * (height - 5), DOT,
             0, 2 * G_PI);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
ui_sparkline_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  UiSparkline *self = UI_SPARKLINE (widget);

  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : LEAST_WIDTH;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : self->width;
  *minimum_baseline = *natural_baseline = -1;
}

static void
ui_sparkline_class_init (UiSparklineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = ui_sparkline_snapshot;
  widget_class->measure = ui_sparkline_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ui_sparkline_init (UiSparkline *self)
{
  self->width = WIDTH;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Speed over the last minute"), -1);
}
