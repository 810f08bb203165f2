/* The list's models and rows. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/list.h"

#include "ui/downloads/filter.h"
#include "ui/downloads/row.h"

struct _UiList
{
  Engine *engine;               /* owned */
  GtkCustomFilter *filter;      /* owned */
  GtkFilterListModel *filtered; /* owned */
  GtkMultiSelection *selection; /* owned */
  GtkScrolledWindow *scroller;  /* not owned: it owns the page's list */
  GHashTable *bound;            /* owned; a set of UiDownloadRow, not owned */
  UiListNext next;
  gpointer user_data; /* of next */
  gulong moved_handler;
  guint filter_source;
  int chosen;
  char *search; /* owned, nullable; case-folded */
};

static gboolean
match_cb (gpointer item, gpointer user_data)
{
  UiList *self = user_data;

  return ui_filter_matches (self->chosen, self->search, item);
}

static void
next_cb (UiDownloadRow *row, UiList *self)
{
  self->next (ui_download_row_get_download (row), self->user_data);
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, UiList *self)
{
  GtkWidget *row = ui_download_row_new ();

  g_signal_connect (row, "next", G_CALLBACK (next_cb), self);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, UiList *self)
{
  UiDownloadRow *row = UI_DOWNLOAD_ROW (gtk_list_item_get_child (item));

  ui_download_row_bind (row, gtk_list_item_get_item (item));
  g_hash_table_add (self->bound, row);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item, UiList *self)
{
  UiDownloadRow *row = UI_DOWNLOAD_ROW (gtk_list_item_get_child (item));

  g_hash_table_remove (self->bound, row);
  ui_download_row_bind (row, NULL);
}

static gboolean
refilter_cb (gpointer user_data)
{
  UiList *self = user_data;

  self->filter_source = 0;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  return G_SOURCE_REMOVE;
}

/* A state that changes can move a row in or out of the filter: looked at ten times a second at
 * most. */
static void
moved_cb (UiList *self)
{
  if (self->chosen > UI_FILTER_ALL && self->chosen < UI_N_STATE_FILTERS && self->filter_source == 0)
    self->filter_source = g_timeout_add (100, refilter_cb, self);
}

UiList *
ui_list_new (Engine *engine,
             GtkListView *view,
             GtkScrolledWindow *scroller,
             UiListNext next,
             gpointer user_data)
{
  UiList *self = g_new0 (UiList, 1);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->engine = g_object_ref (engine);
  self->scroller = scroller;
  self->next = next;
  self->user_data = user_data;
  self->bound = g_hash_table_new (NULL, NULL);
  self->filter = gtk_custom_filter_new (match_cb, self, NULL);
  self->filtered = gtk_filter_list_model_new (g_object_ref (engine_get_list (engine)), NULL);
  gtk_filter_list_model_set_incremental (self->filtered, TRUE);
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->filtered)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  gtk_list_view_set_factory (view, factory);
  gtk_list_view_set_model (view, GTK_SELECTION_MODEL (self->selection));
  self->moved_handler = g_signal_connect_swapped (engine, "moved", G_CALLBACK (moved_cb), self);
  return self;
}

void
ui_list_free (UiList *self)
{
  g_clear_handle_id (&self->filter_source, g_source_remove);
  g_signal_handler_disconnect (self->engine, self->moved_handler);
  gtk_filter_list_model_set_filter (self->filtered, NULL);
  g_object_unref (self->selection);
  g_object_unref (self->filtered);
  g_object_unref (self->filter);
  g_hash_table_unref (self->bound);
  g_object_unref (self->engine);
  g_free (self->search);
  g_free (self);
}

GListModel *
ui_list_get_model (UiList *self)
{
  return G_LIST_MODEL (self->selection);
}

/* With nothing to leave out there is no filter: it would be asked for each of 100,000 rows. */
static void
apply_filter (UiList *self)
{
  gboolean everything =
      self->chosen == UI_FILTER_ALL && (self->search == NULL || *self->search == '\0');

  gtk_filter_list_model_set_filter (self->filtered, everything ? NULL : GTK_FILTER (self->filter));
  if (!everything)
    gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

void
ui_list_set_filter (UiList *self, int filter)
{
  self->chosen = filter;
  apply_filter (self);
}

void
ui_list_set_search (UiList *self, const char *search)
{
  g_free (self->search);
  self->search = search != NULL ? g_utf8_casefold (search, -1) : NULL;
  apply_filter (self);
}

/* GTK keeps some two hundred rows bound where thirty are seen. */
static gboolean
is_seen (UiList *self, GtkWidget *row)
{
  graphene_rect_t bounds;

  return gtk_widget_get_mapped (row) &&
         gtk_widget_compute_bounds (row, GTK_WIDGET (self->scroller), &bounds) &&
         bounds.origin.y + bounds.size.height > 0 &&
         bounds.origin.y < gtk_widget_get_height (GTK_WIDGET (self->scroller));
}

void
ui_list_refresh_visible (UiList *self, gboolean fully)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    {
      if (!is_seen (self, row))
        continue;
      if (fully)
        ui_download_row_refresh_fully (row);
      else
        ui_download_row_refresh (row);
    }
}

guint64
ui_list_count_selected (UiList *self)
{
  g_autoptr (GtkBitset) selected =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  return gtk_bitset_get_size (selected);
}

GPtrArray *
ui_list_dup_selected (UiList *self)
{
  g_autoptr (GtkBitset) selected =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GPtrArray *downloads = g_ptr_array_new_with_free_func (g_object_unref);
  GtkBitsetIter iter;
  guint position;

  if (gtk_bitset_iter_init_first (&iter, selected, &position))
    do
      {
        gpointer item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

        if (item != NULL)
          g_ptr_array_add (downloads, item);
      }
    while (gtk_bitset_iter_next (&iter, &position));
  return downloads;
}

void
ui_list_select (UiList *self, GPtrArray *downloads)
{
  g_autoptr (GtkBitset) chosen = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) all = gtk_bitset_new_empty ();
  g_autoptr (GHashTable) wanted = g_hash_table_new (NULL, NULL);
  GListModel *model = G_LIST_MODEL (self->selection);
  guint n = g_list_model_get_n_items (model);

  for (guint i = 0; i < downloads->len; i++)
    g_hash_table_add (wanted, g_ptr_array_index (downloads, i));
  for (guint i = 0; i < n && gtk_bitset_get_size (chosen) < downloads->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);

      if (g_hash_table_contains (wanted, item))
        gtk_bitset_add (chosen, i);
    }
  gtk_bitset_add_range (all, 0, n);
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), chosen, all);
}
