/* The sidebar: a list box of entries, and counts that are kept, not recounted. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/sidebar.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  GtkWidget *row;
  GtkLabel *count;
} Entry;

struct _UiSidebar
{
  GtkBox parent_instance;

  GtkListBox *list;
  Entry entries[UI_N_FILTERS];
  int counts[UI_N_FILTERS];
  Engine *engine; /* owned */
  guint show_source;
};

G_DEFINE_FINAL_TYPE (UiSidebar, ui_sidebar, GTK_TYPE_BOX)

static void
count_one (UiSidebar *self, EngineDownload *download, int sign)
{
  UiFilter filter = ui_filter_of_state (engine_download_get_state (download));

  self->counts[UI_FILTER_ALL] += sign;
  self->counts[filter] += sign;
  self->counts[UI_N_STATE_FILTERS + ui_kind_of_name (engine_download_get_name (download))] += sign;
}

static gboolean
show_counts_cb (gpointer user_data)
{
  UiSidebar *self = user_data;

  self->show_source = 0;
  for (int i = 0; i < UI_N_FILTERS; i++)
    {
      g_autofree char *text = g_strdup_printf ("%d", self->counts[i]);
      /* Translators: an entry of the sidebar, and how many downloads it has */
      g_autofree char *label =
          g_strdup_printf (_ ("%s, %d"), ui_filter_get_title (i), self->counts[i]);

      if (g_strcmp0 (gtk_label_get_text (self->entries[i].count), text) != 0)
        gtk_label_set_text (self->entries[i].count, text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->entries[i].row),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      if (i >= UI_N_STATE_FILTERS)
        gtk_widget_set_visible (self->entries[i].row, self->counts[i] > 0);
    }
  return G_SOURCE_REMOVE;
}

/* A thousand changes in one turn of the loop are shown once. */
static void
show_counts (UiSidebar *self)
{
  if (self->show_source == 0)
    self->show_source = g_timeout_add (100, show_counts_cb, self);
}

static void
items_changed_cb (GListModel *list, guint position, guint removed, guint added, UiSidebar *self)
{
  guint from = position;
  guint to = position + added;

  /* What was removed is no longer there to be asked: count anew. */
  if (removed > 0)
    {
      memset (self->counts, 0, sizeof self->counts);
      from = 0;
      to = g_list_model_get_n_items (list);
    }
  for (guint i = from; i < to; i++)
    {
      g_autoptr (EngineDownload) download = g_list_model_get_item (list, i);

      count_one (self, download, 1);
    }
  show_counts (self);
}

static void
moved_cb (Engine *engine, EngineDownload *download, int old, UiSidebar *self)
{
  self->counts[ui_filter_of_state (old)]--;
  self->counts[ui_filter_of_state (engine_download_get_state (download))]++;
  show_counts (self);
}

void
ui_sidebar_set_engine (UiSidebar *self, Engine *engine)
{
  GListModel *list = engine_get_list (engine);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (items_changed_cb), self, 0);
  g_signal_connect_object (engine, "moved", G_CALLBACK (moved_cb), self, 0);
  items_changed_cb (list, 0, 0, g_list_model_get_n_items (list), self);
}

int
ui_sidebar_count (UiSidebar *self, int filter)
{
  return self->counts[filter];
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, UiSidebar *self)
{
  g_signal_emit_by_name (self, "picked", gtk_list_box_row_get_index (row));
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  GtkWidget *heading;

  if (gtk_list_box_row_get_index (row) < UI_N_STATE_FILTERS ||
      (before != NULL && gtk_list_box_row_get_index (before) >= UI_N_STATE_FILTERS))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  heading = gtk_label_new (_ ("Kinds"));
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "sidebar-heading");
  gtk_list_box_row_set_header (row, heading);
}

static void
add_entry (UiSidebar *self, int filter)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                    "icon-name", ui_filter_get_icon (filter), NULL);
  GtkWidget *title = gtk_label_new (ui_filter_get_title (filter));
  GtkWidget *count = gtk_label_new ("0");

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (count, "side");
  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_add_css_class (count, "caption");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_append (self->list, row);
  self->entries[filter].row = row;
  self->entries[filter].count = GTK_LABEL (count);
}

static void
ui_sidebar_dispose (GObject *object)
{
  UiSidebar *self = UI_SIDEBAR (object);

  g_clear_handle_id (&self->show_source, g_source_remove);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (ui_sidebar_parent_class)->dispose (object);
}

static void
ui_sidebar_class_init (UiSidebarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ui_sidebar_dispose;
  g_signal_new ("picked", UI_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_INT);
}

static void
ui_sidebar_init (UiSidebar *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();

  self->list = GTK_LIST_BOX (list);
  gtk_widget_add_css_class (list, "navigation-sidebar");
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Filters"), -1);
  g_signal_connect (list, "row-activated", G_CALLBACK (row_activated_cb), self);
  for (int i = 0; i < UI_N_FILTERS; i++)
    add_entry (self, i);
  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (self->entries[0].row));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_hexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (self), scroller);
  show_counts (self);
}
