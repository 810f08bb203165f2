/* Names for libadwaita's inner widgets. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/names.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/thread.h"

static void
name (GtkWidget *widget, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

/* @title: of the nearest row above, else of the window; NULL in a group that has a title, which
 * libadwaita gives its list itself. */
static void
visit (GtkWidget *widget, const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (widget))
    title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
  else if (ADW_IS_PREFERENCES_GROUP (widget) &&
           *adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (widget)) != '\0')
    title = NULL;
  if (title != NULL &&
      (ADW_IS_EXPANDER_ROW (widget) || GTK_IS_LIST_BOX (widget) || GTK_IS_LIST_VIEW (widget)))
    name (widget, title);
  else if (GTK_IS_BUTTON (widget) &&
           gtk_widget_get_ancestor (widget, ADW_TYPE_PASSWORD_ENTRY_ROW) != NULL)
    name (widget, _ ("Show Password"));
  else if (GTK_IS_BUTTON (widget) &&
           g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), "edit-find-symbolic") == 0)
    name (widget, _ ("Search"));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    visit (child, title);
}

void
ui_names_complete (GtkWidget *root)
{
  BASE_ASSERT_MAIN ();
  visit (root, gtk_window_get_title (GTK_WINDOW (root)));
}
