/* A scenario in the list. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/scenario-row.h"

struct _UiScenarioRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *badge;
};

G_DEFINE_FINAL_TYPE (UiScenarioRow, ui_scenario_row, GTK_TYPE_LIST_BOX_ROW)

static void
ui_scenario_row_class_init (UiScenarioRowClass *klass)
{
}

static void
ui_scenario_row_init (UiScenarioRow *self)
{
}

static GtkWidget *
add_line (GtkWidget *lines, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (lines), label);
  return label;
}

GtkWidget *
ui_scenario_row_new (const char *title, const char *summary)
{
  UiScenarioRow *self = g_object_new (UI_TYPE_SCENARIO_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *line;

  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  add_line (lines, title);
  line = add_line (lines, summary);
  gtk_widget_add_css_class (line, "caption");
  gtk_widget_add_css_class (line, "side");
  self->badge = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_valign (GTK_WIDGET (self->badge), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->badge), "badge");
  gtk_widget_set_visible (GTK_WIDGET (self->badge), FALSE);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->badge));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "scenario");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return GTK_WIDGET (self);
}

void
ui_badge_show (GtkLabel *label, UiTone tone, const char *text)
{
  GtkWidget *widget = GTK_WIDGET (label);
  g_autofree char *marked = NULL;

  gtk_widget_remove_css_class (widget, "bad");
  gtk_widget_remove_css_class (widget, "good");
  if (tone != UI_TONE_PLAIN)
    gtk_widget_add_css_class (widget, tone == UI_TONE_BAD ? "bad" : "good");
  if (text != NULL)
    marked = g_strdup_printf (tone == UI_TONE_BAD    ? "✕ %s"
                              : tone == UI_TONE_GOOD ? "✓ %s"
                                                     : "%s",
                              text);
  gtk_label_set_text (label, marked != NULL ? marked : "");
  gtk_widget_set_visible (widget, text != NULL);
}

void
ui_scenario_row_set_badge (UiScenarioRow *self, UiTone tone, const char *text)
{
  ui_badge_show (self->badge, tone, text);
}

void
ui_name_drop (GtkDropDown *drop, const char *name)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop));

  gtk_accessible_update_property (GTK_ACCESSIBLE (drop), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (button != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
}
