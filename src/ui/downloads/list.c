/* The list's models and rows. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/list.h"

#include "ui/downloads/filter.h"

struct _UiList
{
  Engine *engine;               /* owned */
  GtkCustomFilter *filter;      /* owned */
  GtkFilterListModel *filtered; /* owned */
  GtkMultiSelection *selection; /* owned */
  GtkScrolledWindow *scroller;  /* not owned: it owns the page's list */
  GHashTable *bound;            /* owned; a set of UiDownloadRow, not owned */
  UiListMade made;
  gpointer user_data; /* of made */
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
setup_cb (GtkListItemFactory *factory, GtkListItem *item, UiList *self)
{
  GtkWidget *row = ui_download_row_new ();

  self->made (UI_DOWNLOAD_ROW (row), self->user_data);
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
             UiListMade made,
             gpointer user_data)
{
  UiList *self = g_new0 (UiList, 1);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->engine = g_object_ref (engine);
  self->scroller = scroller;
  self->made = made;
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

/* Where @download stands among those shown, -1 where it is not shown. */
static int
find_shown (UiList *self, EngineDownload *download)
{
  GListModel *model = G_LIST_MODEL (self->selection);
  guint n = g_list_model_get_n_items (model);
  int place = engine_get_index (self->engine, download);

  /* With no filter it stands where the engine has it. */
  for (int step = 0; step < 2 && place >= 0; step++)
    {
      guint start = step == 0 ? (guint) place : 0;
      guint end = step == 0 ? MIN ((guint) place + 1, n) : n;

      for (guint i = start; i < end; i++)
        {
          g_autoptr (GObject) item = g_list_model_get_item (model, i);

          if (item == G_OBJECT (download))
            return i;
        }
    }
  return -1;
}

void
ui_list_select (UiList *self, GPtrArray *downloads)
{
  g_autoptr (GtkBitset) chosen = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) all = gtk_bitset_new_empty ();

  gtk_bitset_add_range (all, 0, g_list_model_get_n_items (G_LIST_MODEL (self->selection)));
  for (guint i = 0; i < downloads->len; i++)
    {
      int place = find_shown (self, g_ptr_array_index (downloads, i));

      if (place >= 0)
        gtk_bitset_add (chosen, place);
    }
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), chosen, all);
}

gboolean
ui_list_is_selected (UiList *self, EngineDownload *download)
{
  int place = find_shown (self, download);

  return place >= 0 &&
         gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), place);
}

void
ui_list_place (UiList *self, GPtrArray *downloads, EngineDownload *there, gboolean after)
{
  g_autoptr (GPtrArray) moved = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < downloads->len; i++)
    g_ptr_array_add (moved, g_object_ref (g_ptr_array_index (downloads, i)));
  for (guint i = 0; i < moved->len; i++)
    {
      EngineDownload *download = g_ptr_array_index (moved, i);
      int from = engine_get_index (self->engine, download);
      int to = engine_get_index (self->engine, there) + (after ? 1 : 0);

      if (from < 0 || download == there)
        continue;
      engine_move (self->engine, download, (from < to ? to - 1 : to) - from);
      /* The next goes right behind it. */
      there = download;
      after = TRUE;
    }
  ui_list_select (self, moved);
  if (moved->len > 0)
    ui_list_focus (self, g_ptr_array_index (moved, 0));
}

void
ui_list_focus (UiList *self, EngineDownload *download)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    if (ui_download_row_get_download (row) == download)
      gtk_widget_grab_focus (gtk_widget_get_parent (row));
}

void
ui_list_scroll_to (UiList *self, EngineDownload *download)
{
  int place = find_shown (self, download);

  if (place >= 0)
    gtk_widget_activate_action (gtk_scrolled_window_get_child (self->scroller),
                                "list.scroll-to-item", "u", (guint) place);
}
