/* A thread's letter, and a bar that is filled in part. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/letter.h"

#include <math.h>

#include "ui/lab/words.h"

struct _UiLetter
{
  UiPlot parent_instance;

  int thread;
};

G_DEFINE_FINAL_TYPE (UiLetter, ui_letter, UI_TYPE_PLOT)

static void
ui_letter_draw (UiPlot *plot, UiBrush *brush)
{
  int thread = UI_LETTER (plot)->thread;
  g_autofree char *text = ui_words_dup_thread (thread);

  ui_brush_badge (brush, text, thread, brush->width / 2., brush->height / 2.,
                  MIN (brush->width, brush->height) / 2.);
}

static void
ui_letter_class_init (UiLetterClass *klass)
{
  UI_PLOT_CLASS (klass)->draw = ui_letter_draw;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ui_letter_init (UiLetter *self)
{
}

static void
measure_fixed (GtkWidget *widget, int size)
{
  ui_plot_set_size (UI_PLOT (widget), size, size);
  gtk_widget_set_size_request (widget, size, size);
  gtk_widget_set_halign (widget, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
}

GtkWidget *
ui_letter_new (int thread, int size)
{
  UiLetter *self = g_object_new (UI_TYPE_LETTER, NULL);

  self->thread = thread;
  measure_fixed (GTK_WIDGET (self), size);
  return GTK_WIDGET (self);
}

void
ui_letter_set_thread (UiLetter *self, int thread)
{
  self->thread = thread;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

struct _UiShare
{
  UiPlot parent_instance;

  double share;
  gboolean bad;
};

G_DEFINE_FINAL_TYPE (UiShare, ui_share, UI_TYPE_PLOT)

static void
ui_share_draw (UiPlot *plot, UiBrush *brush)
{
  UiShare *self = UI_SHARE (plot);

  if (isnan (self->share))
    return;
  ui_brush_rounded (brush, 0, 0, brush->width, brush->height, 4);
  ui_brush_set_alpha (brush, &brush->ink, .1);
  cairo_fill (brush->cr);
  if (self->share <= 0)
    return;
  /* Little is not nothing. */
  ui_brush_rounded (brush, 0, 0, MAX (4, brush->width * self->share), brush->height, 4);
  ui_brush_set (brush, self->bad ? &brush->bad : &brush->good);
  cairo_fill (brush->cr);
}

static void
ui_share_class_init (UiShareClass *klass)
{
  UI_PLOT_CLASS (klass)->draw = ui_share_draw;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ui_share_init (UiShare *self)
{
  ui_plot_set_size (UI_PLOT (self), 60, 8);
}

GtkWidget *
ui_share_new (double share, gboolean bad)
{
  UiShare *self = g_object_new (UI_TYPE_SHARE, NULL);

  ui_share_set (self, share, bad);
  return GTK_WIDGET (self);
}

void
ui_share_set (UiShare *self, double share, gboolean bad)
{
  self->share = share;
  self->bad = bad;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
