/* Dragging rows. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/drag.h"

#include <glib/gi18n.h>

#include "base/thread.h"

/* What is dragged: the selection, where the row is part of it. */
static GPtrArray *
dup_dragged (UiDownloadRow *row, UiList *list)
{
  EngineDownload *download = ui_download_row_get_download (row);
  GPtrArray *one;

  if (download != NULL && ui_list_is_selected (list, download))
    return ui_list_dup_selected (list);
  one = g_ptr_array_new_with_free_func (g_object_unref);
  if (download != NULL)
    g_ptr_array_add (one, g_object_ref (download));
  return one;
}

/* Finished ones are files to other programs; NULL where there is none. */
static GdkContentProvider *
provide_files (GPtrArray *downloads)
{
  g_autolist (GFile) files = NULL;
  GdkFileList *file_list;
  GdkContentProvider *provider;

  for (guint i = 0; i < downloads->len; i++)
    {
      EngineDownload *download = g_ptr_array_index (downloads, i);
      g_autofree char *path = engine_download_dup_path (download);

      if (engine_download_get_state (download) == ENGINE_STATE_COMPLETED)
        files = g_list_prepend (files, g_file_new_for_path (path));
    }
  if (files == NULL)
    return NULL;
  {
    g_autoptr (GSList) in_order = NULL;

    for (GList *l = files; l != NULL; l = l->next)
      in_order = g_slist_prepend (in_order, l->data);
    file_list = gdk_file_list_new_from_list (in_order);
  }
  provider = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, file_list);
  g_boxed_free (GDK_TYPE_FILE_LIST, file_list);
  return provider;
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, UiList *list)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GPtrArray) downloads = dup_dragged (UI_DOWNLOAD_ROW (row), list);
  GdkContentProvider *both[2];

  if (downloads->len == 0)
    return NULL;
  both[0] = gdk_content_provider_new_typed (G_TYPE_PTR_ARRAY, downloads);
  both[1] = provide_files (downloads);
  gtk_drag_source_set_actions (source, both[1] != NULL ? GDK_ACTION_MOVE | GDK_ACTION_COPY
                                                       : GDK_ACTION_MOVE);
  return both[1] != NULL ? gdk_content_provider_new_union (both, 2) : both[0];
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, UiList *list)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GPtrArray) downloads = dup_dragged (UI_DOWNLOAD_ROW (row), list);
  g_autofree char *text = NULL;
  GtkWidget *label;

  if (downloads->len == 1)
    text = g_strdup (engine_download_get_name (g_ptr_array_index (downloads, 0)));
  else
    text =
        g_strdup_printf (ngettext ("%u download", "%u downloads", downloads->len), downloads->len);
  label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "dragged");
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), label);
}

static gboolean
is_lower_half (GtkWidget *row, double y)
{
  return y > gtk_widget_get_height (row) / 2.0;
}

static void
mark (GtkWidget *row, const char *css_class)
{
  static const char *const marks[] = { "drop-before", "drop-after" };
  GtkWidget *item = gtk_widget_get_parent (row);

  for (gsize i = 0; item != NULL && i < G_N_ELEMENTS (marks); i++)
    if (g_strcmp0 (marks[i], css_class) == 0)
      gtk_widget_add_css_class (item, marks[i]);
    else
      gtk_widget_remove_css_class (item, marks[i]);
}

static GdkDragAction
motion_cb (GtkDropTarget *target, double x, double y, gpointer user_data)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));

  mark (row, is_lower_half (row, y) ? "drop-after" : "drop-before");
  return GDK_ACTION_MOVE;
}

static void
leave_cb (GtkDropTarget *target, gpointer user_data)
{
  mark (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target)), NULL);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, UiList *list)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  EngineDownload *there = ui_download_row_get_download (UI_DOWNLOAD_ROW (row));
  GPtrArray *downloads = g_value_get_boxed (value);

  BASE_ASSERT_MAIN ();
  mark (row, NULL);
  if (there == NULL)
    return FALSE;
  ui_list_place (list, downloads, there, is_lower_half (row, y));
  return TRUE;
}

void
ui_drag_attach (UiDownloadRow *row, UiList *list)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_PTR_ARRAY, GDK_ACTION_MOVE);

  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), list);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), list);
  g_signal_connect (target, "motion", G_CALLBACK (motion_cb), NULL);
  g_signal_connect (target, "leave", G_CALLBACK (leave_cb), NULL);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), list);
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (target));
}
