/* Holds a page whose content changes its shape with its width. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/sheet.h"

/* Pixels: what the page can do with, and what two columns need. */
#define LEAST 320
#define WANTED 600

struct _UiSheet
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (UiSheet, ui_sheet, GTK_TYPE_WIDGET)

static void
ui_sheet_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST;
      *natural = WANTED;
    }
  else if (child != NULL)
    gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
ui_sheet_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (child != NULL)
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

static void
ui_sheet_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ui_sheet_parent_class)->dispose (object);
}

static void
ui_sheet_class_init (UiSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ui_sheet_dispose;
  widget_class->measure = ui_sheet_measure;
  widget_class->size_allocate = ui_sheet_size_allocate;
}

static void
ui_sheet_init (UiSheet *self)
{
}
