/* A disc with a letter. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot/badge.h"

#define DIAMETER 16

struct _UiBadge
{
  UiPlot parent_instance;

  int number;
};

G_DEFINE_FINAL_TYPE (UiBadge, ui_badge, UI_TYPE_PLOT)

static void
ui_badge_draw (UiPlot *plot, UiBrush *brush)
{
  int number = UI_BADGE (plot)->number;
  char letter[] = { 'A' + number % 26, '\0' };

  ui_brush_badge (brush, letter, number, brush->width / 2.0, brush->height / 2.0, DIAMETER / 2.0);
}

static void
ui_badge_class_init (UiBadgeClass *klass)
{
  UI_PLOT_CLASS (klass)->draw = ui_badge_draw;
}

static void
ui_badge_init (UiBadge *self)
{
  ui_plot_set_size (UI_PLOT (self), DIAMETER, DIAMETER);
}

GtkWidget *
ui_badge_new (int number, const char *name)
{
  UiBadge *self = g_object_new (UI_TYPE_BADGE, NULL);
  char letter[] = { 'A' + number % 26, '\0' };

  self->number = number;
  ui_plot_describe (UI_PLOT (self), letter, name);
  return GTK_WIDGET (self);
}
