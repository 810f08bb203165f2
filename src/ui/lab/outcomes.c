/* A table of ends. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/outcomes.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/lab/letter.h"

/* More than a person reads; the rest is said in a line. */
#define MOST_ROWS 100

struct _UiOutcomes
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  int rows;
};

G_DEFINE_FINAL_TYPE (UiOutcomes, ui_outcomes, GTK_TYPE_WIDGET)

static GtkWidget *
attach_text (UiOutcomes *self, const char *text, int column, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 2 ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label),
                           column == 1 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (GTK_GRID (self->grid), label, column, self->rows, 1, 1);
  return label;
}

static void
ui_outcomes_dispose (GObject *object)
{
  g_clear_pointer (&UI_OUTCOMES (object)->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (ui_outcomes_parent_class)->dispose (object);
}

static void
ui_outcomes_class_init (UiOutcomesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ui_outcomes_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
ui_outcomes_init (UiOutcomes *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 9);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 4);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
}

void
ui_outcomes_begin (UiOutcomes *self, const char *what, const char *count)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
  self->rows = 0;
  if (what == NULL)
    return;
  gtk_widget_add_css_class (attach_text (self, what, 1, "caption"), "side");
  gtk_widget_add_css_class (attach_text (self, count, 2, "caption"), "side");
  self->rows++;
}

void
ui_outcomes_add (UiOutcomes *self, gboolean bad, const char *what, const char *count, double share)
{
  GtkWidget *bar = ui_share_new (share, bad);
  GtkWidget *mark;

  if (self->rows > MOST_ROWS)
    return;
  if (self->rows == MOST_ROWS)
    {
      attach_text (self, _ ("and more"), 1, "caption");
      self->rows++;
      return;
    }
  mark = attach_text (self, bad ? "✕" : "✓", 0, bad ? "lost" : "won");
  gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  bad ? _ ("bad") : _ ("good"), -1);
  attach_text (self, what, 1, "variable");
  gtk_widget_add_css_class (attach_text (self, count, 2, "variable"), "numeric");
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (bar, TRUE);
  gtk_widget_set_visible (bar, !isnan (share));
  gtk_grid_attach (GTK_GRID (self->grid), bar, 3, self->rows, 1, 1);
  self->rows++;
}
