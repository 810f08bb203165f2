/* The bar of the selection. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/selection-bar.h"

#include <glib/gi18n.h>

struct _UiSelectionBar
{
  GtkBox parent_instance;

  GtkLabel *count;
  GtkLabel *pause;
  GtkLabel *resume;
  GtkLabel *remove;
  GtkButton *top;
  GtkButton *copy;
  GtkSeparator *first_line;
  GtkSeparator *second_line;
};

G_DEFINE_FINAL_TYPE (UiSelectionBar, ui_selection_bar, GTK_TYPE_BOX)

void
ui_selection_bar_set_count (UiSelectionBar *self, guint64 n)
{
  g_autofree char *text =
      g_strdup_printf (ngettext ("%d selected", "%d selected", (gulong) n), (int) n);

  gtk_label_set_text (self->count, text);
}

void
ui_selection_bar_set_narrow (UiSelectionBar *self, gboolean narrow)
{
  GtkWidget *const wide[] = {
    GTK_WIDGET (self->pause), GTK_WIDGET (self->resume),     GTK_WIDGET (self->remove),
    GTK_WIDGET (self->top),   GTK_WIDGET (self->first_line), GTK_WIDGET (self->second_line),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wide); i++)
    gtk_widget_set_visible (wide[i], !narrow);
}

static void
ui_selection_bar_class_init (UiSelectionBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/bobbin/Bobbin/downloads/selection-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, UiSelectionBar, count);
  gtk_widget_class_bind_template_child (widget_class, UiSelectionBar, pause);
  gtk_widget_class_bind_template_child (widget_class, UiSelectionBar, resume);
  gtk_widget_class_bind_template_child (widget_class, UiSelectionBar, remove);
  gtk_widget_class_bind_template_child (widget_class, UiSelectionBar, top);
  gtk_widget_class_bind_template_child (widget_class, UiSelectionBar, copy);
  gtk_widget_class_bind_template_child (widget_class, UiSelectionBar, first_line);
  gtk_widget_class_bind_template_child (widget_class, UiSelectionBar, second_line);
}

static void
ui_selection_bar_init (UiSelectionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
