/* The program and its variables. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/listing.h"

#include <glib/gi18n.h>

struct _UiListing
{
  GtkBox parent_instance;

  UiProgram *program;
  UiVariables *variables;
  GtkLabel *side;
  GtkLabel *error;
  GtkWidget *tools;
};

G_DEFINE_FINAL_TYPE (UiListing, ui_listing, GTK_TYPE_BOX)

static void
ui_listing_class_init (UiListingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (UI_TYPE_PROGRAM);
  g_type_ensure (UI_TYPE_VARIABLES);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/bobbin/Bobbin/lab/listing.ui");
  gtk_widget_class_bind_template_child (widget_class, UiListing, program);
  gtk_widget_class_bind_template_child (widget_class, UiListing, variables);
  gtk_widget_class_bind_template_child (widget_class, UiListing, side);
  gtk_widget_class_bind_template_child (widget_class, UiListing, error);
  gtk_widget_class_bind_template_child (widget_class, UiListing, tools);
}

static void
ui_listing_init (UiListing *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

UiProgram *
ui_listing_get_program (UiListing *self)
{
  return self->program;
}

UiVariables *
ui_listing_get_variables (UiListing *self)
{
  return self->variables;
}

void
ui_listing_set_side (UiListing *self, const char *text)
{
  gtk_label_set_text (self->side, text);
}

void
ui_listing_set_error (UiListing *self, int line, int column, const char *message, const char *hint)
{
  g_autofree char *text = NULL;

  ui_program_set_error (self->program, message != NULL ? line : 0, column);
  if (message != NULL)
    /* Translators: a place in a text, and what is wrong there */
    text = g_strdup_printf (_ ("Line %d, column %d: %s"), line, column, message);
  if (text != NULL && hint != NULL)
    {
      char *both = g_strconcat (text, "\n", hint, NULL);

      g_free (text);
      text = both;
    }
  gtk_label_set_text (self->error, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), text != NULL);
}

void
ui_listing_set_editable (UiListing *self, gboolean editable)
{
  ui_program_set_editable (self->program, editable);
  gtk_widget_set_visible (self->tools, editable);
}

void
ui_listing_set_narrow (UiListing *self, gboolean narrow)
{
  gtk_widget_set_hexpand (GTK_WIDGET (self), narrow);
}
