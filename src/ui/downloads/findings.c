/* What was found. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/findings.h"

#include <glib/gi18n.h>

/* More than a person reads; the verdict counts them all. */
#define MOST_LINES 12

struct _UiFindings
{
  GtkBox *box;
  GtkLabel *verdict;
  UiCorrect correct;
  gpointer user_data;
  GPtrArray *found; /* borrowed */
};

UiFindings *
ui_findings_new (GtkBox *box, GtkLabel *verdict, UiCorrect correct, gpointer user_data)
{
  UiFindings *self = g_new0 (UiFindings, 1);

  self->box = box;
  self->verdict = verdict;
  self->correct = correct;
  self->user_data = user_data;
  return self;
}

static void
clear_lines (UiFindings *self)
{
  GtkWidget *line;

  while ((line = gtk_widget_get_next_sibling (GTK_WIDGET (self->verdict))) != NULL)
    gtk_box_remove (self->box, line);
}

static GtkWidget *
make_line (void)
{
  return gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_icon (GIcon *icon, const char *name, const char *css_class)
{
  GtkWidget *image =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  if (icon != NULL)
    gtk_image_set_from_gicon (GTK_IMAGE (image), icon);
  else
    gtk_image_set_from_icon_name (GTK_IMAGE (image), name);
  if (css_class != NULL)
    gtk_widget_add_css_class (image, css_class);
  return image;
}

static void
correct_clicked_cb (GtkButton *button, UiFindings *self)
{
  guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "entry"));
  const EngineFound *found = g_ptr_array_index (self->found, i);

  self->correct (found->start, found->length, found->suggestion, self->user_data);
}

static void
add_problem (UiFindings *self, guint i)
{
  const EngineFound *found = g_ptr_array_index (self->found, i);
  /* Translators: the number of a line, and why it is not understood */
  g_autofree char *text = g_strdup_printf (_ ("Line %d: %s"), found->line, found->error->message);
  GtkWidget *line = make_line ();
  GtkWidget *label = make_label (text, "error");
  GtkWidget *button;

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), make_icon (NULL, "dialog-warning-symbolic", "error"));
  gtk_box_append (GTK_BOX (line), label);
  if (found->suggestion != NULL)
    {
      button = gtk_button_new_with_label (_ ("Correct"));
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (button, found->suggestion);
      g_object_set_data (G_OBJECT (button), "entry", GUINT_TO_POINTER (i));
      g_signal_connect (button, "clicked", G_CALLBACK (correct_clicked_cb), self);
      gtk_box_append (GTK_BOX (line), button);
    }
  gtk_box_append (self->box, line);
}

static void
add_file (UiFindings *self, const EngineFound *found, Engine *engine)
{
  g_autofree char *name =
      engine_file_name_choose (NULL, NULL, found->address, found->address, NULL);
  g_autofree char *type = g_content_type_guess (name, NULL, 0, NULL);
  g_autoptr (GIcon) icon = g_content_type_get_icon (type);
  GtkWidget *line = make_line ();
  GtkWidget *label = make_label (name, NULL);
  GtkWidget *badge;

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_tooltip_text (label, found->address);
  gtk_box_append (GTK_BOX (line), make_icon (icon, NULL, NULL));
  gtk_box_append (GTK_BOX (line), label);
  if (engine_find_address (engine, found->address) != NULL)
    {
      badge = make_label (_ ("Already in the list"), "badge");
      gtk_widget_add_css_class (badge, "warn");
      gtk_box_append (GTK_BOX (line), badge);
    }
  gtk_box_append (self->box, line);
}

static void
show_verdict (UiFindings *self, int understood, int problems)
{
  g_autofree char *good =
      g_strdup_printf (ngettext ("%d address", "%d addresses", understood), understood);
  g_autofree char *bad = NULL;

  if (understood + problems == 0)
    {
      gtk_label_set_text (self->verdict, _ ("One address a line, or text with addresses in it"));
      return;
    }
  if (problems == 0)
    {
      gtk_label_set_text (self->verdict, good);
      return;
    }
  /* Translators: `3 addresses`, and how many lines are not understood */
  bad = g_strdup_printf (_ ("%s · %d not understood"), good, problems);
  gtk_label_set_text (self->verdict, bad);
}

void
ui_findings_show (UiFindings *self, GPtrArray *found, Engine *engine)
{
  int understood = 0;
  int problems = 0;

  self->found = found;
  clear_lines (self);
  for (guint i = 0; i < found->len; i++)
    {
      const EngineFound *entry = g_ptr_array_index (found, i);

      if (entry->address != NULL)
        understood++;
      else if (++problems <= MOST_LINES)
        add_problem (self, i);
    }
  for (guint i = 0, shown = 0; i < found->len && shown < MOST_LINES; i++)
    {
      const EngineFound *entry = g_ptr_array_index (found, i);

      if (entry->address == NULL)
        continue;
      add_file (self, entry, engine);
      shown++;
    }
  show_verdict (self, understood, problems);
}
