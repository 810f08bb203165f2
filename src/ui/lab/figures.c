/* The card that says how it ended. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/figures.h"

#include <glib/gi18n.h>

struct _UiFigures
{
  GtkBox parent_instance;

  GtkWidget *numbers;
  GtkLabel *expected_name;
  GtkLabel *got_name;
  GtkLabel *lost_name;
  GtkLabel *expected;
  GtkLabel *got;
  GtkLabel *lost;
  GtkWidget *separator;
  GtkBox *words;
  GtkImage *icon;
  GtkLabel *verdict;
  GtkBox *notes;
  GtkLabel *badge;
  GtkLabel *note;

  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (UiFigures, ui_figures, GTK_TYPE_BOX)

static void
ui_figures_class_init (UiFiguresClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/bobbin/Bobbin/lab/figures.ui");
  gtk_widget_class_bind_template_child (widget_class, UiFigures, numbers);
  gtk_widget_class_bind_template_child (widget_class, UiFigures, expected_name);
  gtk_widget_class_bind_template_child (widget_class, UiFigures, expected);
  gtk_widget_class_bind_template_child (widget_class, UiFigures, got_name);
  gtk_widget_class_bind_template_child (widget_class, UiFigures, got);
  gtk_widget_class_bind_template_child (widget_class, UiFigures, lost_name);
  gtk_widget_class_bind_template_child (widget_class, UiFigures, lost);
  gtk_widget_class_bind_template_child (widget_class, UiFigures, separator);
  gtk_widget_class_bind_template_child (widget_class, UiFigures, words);
  gtk_widget_class_bind_template_child (widget_class, UiFigures, icon);
  gtk_widget_class_bind_template_child (widget_class, UiFigures, verdict);
  gtk_widget_class_bind_template_child (widget_class, UiFigures, notes);
  gtk_widget_class_bind_template_child (widget_class, UiFigures, badge);
  gtk_widget_class_bind_template_child (widget_class, UiFigures, note);
}

static void
ui_figures_init (UiFigures *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* With no figures beside it, all that is said fits on one line. */
static void
lay_out (UiFigures *self)
{
  gboolean numbers = gtk_widget_get_visible (self->numbers);
  gboolean one_line = !numbers && !self->narrow;

  gtk_widget_set_visible (self->separator, numbers && !self->narrow);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->words),
                                  one_line ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (self->words, one_line ? 18 : 6);
  gtk_widget_set_valign (GTK_WIDGET (self->notes), one_line ? GTK_ALIGN_CENTER : GTK_ALIGN_START);
  gtk_widget_set_hexpand (GTK_WIDGET (self->note), !one_line);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

void
ui_figures_set_texts (UiFigures *self, const char *const names[3], const char *const values[3])
{
  GtkLabel *heads[] = { self->expected_name, self->got_name, self->lost_name };
  GtkLabel *labels[] = { self->expected, self->got, self->lost };

  for (int i = 0; i < 3; i++)
    {
      gtk_label_set_text (heads[i], names[i]);
      gtk_label_set_text (labels[i], values[i]);
    }
  gtk_widget_set_visible (self->numbers, TRUE);
  lay_out (self);
}

void
ui_figures_set_numbers (UiFigures *self, gint64 expected, gint64 got)
{
  const char *names[] = { _ ("Expected"), _ ("Got"), _ ("Lost") };
  g_autofree char *first = g_strdup_printf ("%" G_GINT64_FORMAT, expected);
  g_autofree char *second = g_strdup_printf ("%" G_GINT64_FORMAT, got);
  g_autofree char *third = g_strdup_printf ("%" G_GINT64_FORMAT, expected - got);
  const char *values[] = { first, second, third };

  ui_figures_set_texts (self, names, values);
  set_class (GTK_WIDGET (self->lost), "lost", expected != got);
}

void
ui_figures_hide_numbers (UiFigures *self)
{
  gtk_widget_set_visible (self->numbers, FALSE);
  lay_out (self);
}

void
ui_figures_set_words (
    UiFigures *self, UiTone tone, const char *verdict, const char *badge, const char *note)
{
  static const char *const icons[] = { NULL, "emblem-ok-symbolic", "dialog-warning-symbolic" };

  gtk_image_set_from_icon_name (self->icon, icons[tone]);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), icons[tone] != NULL);
  set_class (GTK_WIDGET (self->icon), "error", tone == UI_TONE_BAD);
  set_class (GTK_WIDGET (self->icon), "success", tone == UI_TONE_GOOD);
  set_class (GTK_WIDGET (self), "bad", tone == UI_TONE_BAD);
  set_class (GTK_WIDGET (self), "good", tone == UI_TONE_GOOD);
  set_class (GTK_WIDGET (self), "plain", tone == UI_TONE_PLAIN);
  gtk_label_set_text (self->verdict, verdict);
  gtk_label_set_text (self->badge, badge != NULL ? badge : "");
  gtk_widget_set_visible (GTK_WIDGET (self->badge), badge != NULL);
  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL && note[0] != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->notes),
                          badge != NULL || (note != NULL && note[0] != '\0'));
}

void
ui_figures_set_narrow (UiFigures *self, gboolean narrow)
{
  GtkOrientation orientation = narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  self->narrow = narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), orientation);
  gtk_box_set_spacing (GTK_BOX (self), narrow ? 6 : 18);
  gtk_box_set_homogeneous (GTK_BOX (self->numbers), narrow);
  lay_out (self);
}
