/* Rows for headers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/header-rows.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/thread.h"

#define KEY "ui-header-rows"

/* Of AdwEntryRow, which are the expander's. */
static GPtrArray *
get_rows (AdwExpanderRow *expander)
{
  GPtrArray *rows = g_object_get_data (G_OBJECT (expander), KEY);

  if (rows == NULL)
    {
      rows = g_ptr_array_new ();
      g_object_set_data_full (G_OBJECT (expander), KEY, rows, (GDestroyNotify) g_ptr_array_unref);
    }
  return rows;
}

static void
remove_cb (GtkButton *button, GtkWidget *row)
{
  GtkWidget *expander = gtk_widget_get_ancestor (row, ADW_TYPE_EXPANDER_ROW);

  g_ptr_array_remove (get_rows (ADW_EXPANDER_ROW (expander)), row);
  gtk_widget_child_focus (expander, GTK_DIR_TAB_BACKWARD);
  adw_expander_row_remove (ADW_EXPANDER_ROW (expander), row);
}

void
ui_header_rows_add (AdwExpanderRow *expander)
{
  GtkWidget *row = adw_entry_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");

  BASE_ASSERT_MAIN ();
  /* Translators: how a line of an HTTP request's head is written */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Name: value"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Remove Header"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove Header"), -1);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), row);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
  adw_expander_row_add_row (expander, row);
  g_ptr_array_add (get_rows (expander), row);
  gtk_widget_grab_focus (row);
}

GStrv
ui_header_rows_dup (AdwExpanderRow *expander)
{
  GPtrArray *rows = get_rows (expander);
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      const char *text = gtk_editable_get_text (GTK_EDITABLE (g_ptr_array_index (rows, i)));
      g_autofree char *line = g_strstrip (g_strdup (text));

      if (strchr (line, ':') != NULL)
        g_strv_builder_add (lines, line);
    }
  return g_strv_builder_end (lines);
}
