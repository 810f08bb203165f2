/* The sidebar: a list box of entries, and counts that are kept, not recounted. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/sidebar.h"

#include <glib/gi18n.h>

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
  GPtrArray *listed;   /* owned (element-type EngineDownload): the list as it was counted */
  GHashTable *counted; /* owned; of those, each with the entries that count it: see pack() */
  Engine *engine;      /* owned */
  guint show_source;
};

G_DEFINE_FINAL_TYPE (UiSidebar, ui_sidebar, GTK_TYPE_BOX)

/* What a download counts for now: its state's entry and its kind, never both 0 together. */
static guint
pack (EngineDownload *download)
{
  return ui_filter_of_state (engine_download_get_state (download)) * UI_N_KINDS +
         ui_kind_of_name (engine_download_get_name (download));
}

static void
count (UiSidebar *self, guint packed, int sign)
{
  self->counts[UI_FILTER_ALL] += sign;
  self->counts[packed / UI_N_KINDS] += sign;
  self->counts[UI_N_STATE_FILTERS + packed % UI_N_KINDS] += sign;
}

/* Taken back as it was counted, not as it is now: its name may have come from the server since. */
static void
uncount (UiSidebar *self, EngineDownload *download)
{
  count (self, GPOINTER_TO_UINT (g_hash_table_lookup (self->counted, download)), -1);
  g_hash_table_remove (self->counted, download);
}

static void
count_in (UiSidebar *self, EngineDownload *download)
{
  guint packed = pack (download);

  count (self, packed, 1);
  g_hash_table_insert (self->counted, download, GUINT_TO_POINTER (packed));
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
  /* Only what has changed is counted: a list of 100,000 loses ten thousand one by one. */
  for (guint i = position; i < position + removed; i++)
    uncount (self, g_ptr_array_index (self->listed, i));
  if (removed > 0)
    g_ptr_array_remove_range (self->listed, position, removed);
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (EngineDownload) download = g_list_model_get_item (list, i);

      count_in (self, download);
      g_ptr_array_insert (self->listed, i, g_steal_pointer (&download));
    }
  show_counts (self);
}

static void
moved_cb (Engine *engine, EngineDownload *download, int old, UiSidebar *self)
{
  if (!g_hash_table_contains (self->counted, download))
    return;
  uncount (self, download);
  count_in (self, download);
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

void
ui_sidebar_pick (UiSidebar *self, int filter)
{
  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (self->entries[filter].row));
  g_signal_emit_by_name (self, "picked", filter);
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
  g_clear_pointer (&self->listed, g_ptr_array_unref);
  g_clear_pointer (&self->counted, g_hash_table_unref);
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

  self->listed = g_ptr_array_new_with_free_func (g_object_unref);
  self->counted = g_hash_table_new (NULL, NULL);

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
