/* What a thread can do next. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/step-button.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/lab/letter.h"

struct _UiStepButton
{
  GtkButton parent_instance;

  GtkBox *mark;
  GtkLabel *statement;
  GtkLabel *preview;
  GtkLabel *odds;
  UiShare *share;
  GtkLabel *key;

  UiLetter *letter; /* borrowed: the mark's child */
};

G_DEFINE_FINAL_TYPE (UiStepButton, ui_step_button, GTK_TYPE_BUTTON)

static void
ui_step_button_class_init (UiStepButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (UI_TYPE_SHARE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/bobbin/Bobbin/lab/step-button.ui");
  gtk_widget_class_bind_template_child (widget_class, UiStepButton, mark);
  gtk_widget_class_bind_template_child (widget_class, UiStepButton, statement);
  gtk_widget_class_bind_template_child (widget_class, UiStepButton, preview);
  gtk_widget_class_bind_template_child (widget_class, UiStepButton, odds);
  gtk_widget_class_bind_template_child (widget_class, UiStepButton, share);
  gtk_widget_class_bind_template_child (widget_class, UiStepButton, key);
}

static void
ui_step_button_init (UiStepButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->letter = UI_LETTER (ui_letter_new (0, 26));
  gtk_box_append (self->mark, GTK_WIDGET (self->letter));
}

GtkWidget *
ui_step_button_new (void)
{
  return g_object_new (UI_TYPE_STEP_BUTTON, NULL);
}

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && text[0] != '\0');
}

void
ui_step_button_set (UiStepButton *self,
                    int thread,
                    const char *name,
                    const char *statement,
                    const char *preview,
                    const char *odds,
                    double share,
                    int key)
{
  g_autofree char *digit = key > 0 ? g_strdup_printf ("%d", key) : NULL;
  /* Translators: a thread and its next statement, as the name of a button */
  g_autofree char *spoken = g_strdup_printf (_ ("Thread %s: %s"), name, statement);

  ui_letter_set_thread (self->letter, thread);
  set_text (self->statement, statement);
  gtk_label_set_text (self->preview, preview != NULL ? preview : "");
  set_text (self->odds, odds);
  gtk_widget_set_visible (GTK_WIDGET (self->share), !isnan (share));
  /* None bad: all of it is good. */
  ui_share_set (self->share, share == 0 ? 1 : share, share != 0);
  set_text (self->key, digit);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, odds != NULL ? odds : "",
                                  -1);
}
