/* A table of variables. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/variables.h"

#include <glib/gi18n.h>

struct _UiVariables
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  int rows;
};

G_DEFINE_FINAL_TYPE (UiVariables, ui_variables, GTK_TYPE_WIDGET)

static GtkWidget *
attach (UiVariables *self, const char *text, int column, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 1 ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label),
                           column == 1 ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, column == 2);
  gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (GTK_GRID (self->grid), label, column, self->rows, 1, 1);
  return label;
}

static void
add_head (UiVariables *self)
{
  const char *heads[] = { _ ("Name"), _ ("Value"), _ ("Last writer") };

  for (int column = 0; column < 3; column++)
    gtk_widget_add_css_class (attach (self, heads[column], column, "caption"), "side");
  self->rows++;
}

static void
ui_variables_dispose (GObject *object)
{
  UiVariables *self = UI_VARIABLES (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (ui_variables_parent_class)->dispose (object);
}

static void
ui_variables_class_init (UiVariablesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ui_variables_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
ui_variables_init (UiVariables *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 3);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  add_head (self);
}

void
ui_variables_clear (UiVariables *self)
{
  for (; self->rows > 1; self->rows--)
    gtk_grid_remove_row (GTK_GRID (self->grid), self->rows - 1);
}

void
ui_variables_add (UiVariables *self, const char *name, const char *value, const char *writer)
{
  attach (self, name, 0, "variable");
  gtk_widget_add_css_class (attach (self, value, 1, "variable"), "numeric");
  gtk_widget_add_css_class (attach (self, writer != NULL ? writer : "", 2, "caption"), "numeric");
  self->rows++;
}
