/* The Downloads view.
 *
 * One timer shows what moves, ten times a second, and only rows that are seen; it
 * stops when nothing moves. The list is the engine's own, filtered and never
 * copied, so that 100,000 rows cost what thirty do.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/page.h"

#include <glib/gi18n.h>

#include "base/clock.h"
#include "base/thread.h"
#include "ui/downloads/details.h"
#include "ui/downloads/drag.h"
#include "ui/downloads/filter.h"
#include "ui/downloads/foot.h"
#include "ui/downloads/speed-history.h"
#include "ui/downloads/list-keys.h"
#include "ui/downloads/list.h"
#include "ui/downloads/next.h"
#include "ui/downloads/row-menu.h"
#include "ui/downloads/selection-bar.h"
#include "ui/downloads/sidebar.h"

#define MOVING_MS 100

/* How soon what is enabled follows what the selected downloads do. */
#define CHANGED_MS 50

/* How old a finished row is, is told anew this often. */
#define RESTING_S 15

struct _UiDownloadsPage
{
  AdwBin parent_instance;

  GtkStack *stack;
  AdwFlap *flap;
  AdwLeaflet *leaflet;
  UiDetails *details;
  UiSidebar *sidebar;
  GtkStack *list_stack;
  GtkScrolledWindow *scroller;
  GtkListView *list;
  GtkStack *foot_stack;
  UiFoot *foot;
  UiSelectionBar *selection_bar;
  GMenuModel *row_menu;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search;

  Engine *engine;          /* owned */
  UiList *model;           /* owned */
  UiSpeedHistory *history; /* owned */
  GtkWidget *menu_popover; /* ours as a parent */
  guint changed_source;
  guint moving_source;
  guint resting_source;
  gboolean folded;
  gboolean empty;
};

G_DEFINE_FINAL_TYPE (UiDownloadsPage, ui_downloads_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_EMPTY,
  PROP_SIDEBAR_SHOWN,
  PROP_SEARCHING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
is_anything_moving (UiDownloadsPage *self)
{
  EngineTotals totals;

  engine_get_totals (self->engine, &totals);
  return totals.active > 0 || totals.waiting > 0;
}

static gboolean
moving_cb (gpointer user_data)
{
  UiDownloadsPage *self = user_data;
  gboolean moving = is_anything_moving (self);

  ui_speed_history_tick (self->history, base_clock_now_us ());
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    ui_downloads_page_refresh (self);
  if (moving)
    return G_SOURCE_CONTINUE;
  self->moving_source = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
resting_cb (gpointer user_data)
{
  UiDownloadsPage *self = user_data;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && self->moving_source == 0)
    {
      ui_list_refresh_visible (self->model, TRUE);
      ui_details_refresh (self->details);
    }
  return G_SOURCE_CONTINUE;
}

static void
start_moving (UiDownloadsPage *self)
{
  if (self->moving_source == 0)
    self->moving_source = g_timeout_add (MOVING_MS, moving_cb, self);
}

void
ui_downloads_page_refresh (UiDownloadsPage *self)
{
  ui_foot_refresh (self->foot);
  ui_list_refresh_visible (self->model, FALSE);
  if (gtk_widget_get_mapped (GTK_WIDGET (self->details)))
    ui_details_refresh (self->details);
}

static void
update_empty (UiDownloadsPage *self)
{
  gboolean empty = g_list_model_get_n_items (engine_get_list (self->engine)) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "list");
  if (empty == self->empty)
    return;
  self->empty = empty;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
}

static void
items_changed_cb (UiDownloadsPage *self)
{
  update_empty (self);
  start_moving (self);
}

static void
shown_changed_cb (UiDownloadsPage *self)
{
  guint n = g_list_model_get_n_items (ui_list_get_model (self->model));

  gtk_stack_set_visible_child_name (self->list_stack, n > 0 ? "rows" : "none");
}

static void
selection_changed_cb (UiDownloadsPage *self)
{
  guint64 n = ui_list_count_selected (self->model);

  ui_selection_bar_set_count (self->selection_bar, n);
  if (n > 0 && gtk_widget_get_visible (GTK_WIDGET (self->details)))
    {
      g_autoptr (GPtrArray) selected = ui_list_dup_selected (self->model);

      ui_details_show (self->details, g_ptr_array_index (selected, 0));
    }
  gtk_stack_set_visible_child_name (self->foot_stack, n >= 2 ? "selection" : "foot");
  g_signal_emit_by_name (self, "selection-changed");
}

static gboolean
changed_cb (gpointer user_data)
{
  UiDownloadsPage *self = user_data;

  self->changed_source = 0;
  g_signal_emit_by_name (self, "selection-changed");
  return G_SOURCE_REMOVE;
}

/* A thousand that change their state in one turn change what can be done with them once. */
static void
moved_cb (UiDownloadsPage *self)
{
  start_moving (self);
  if (self->changed_source == 0)
    self->changed_source = g_timeout_add (CHANGED_MS, changed_cb, self);
}

static void
picked_cb (UiDownloadsPage *self, int filter)
{
  ui_list_set_filter (self->model, filter);
  if (self->folded)
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

/* Beside the details, and on a narrow screen, the strip below the list keeps what fits. */
static void
update_room (UiDownloadsPage *self)
{
  gboolean beside = gtk_widget_get_visible (GTK_WIDGET (self->details));

  ui_foot_set_room (self->foot, self->folded ? UI_ROOM_NARROW
                                : beside     ? UI_ROOM_TIGHT
                                             : UI_ROOM_WIDE);
  ui_selection_bar_set_narrow (self->selection_bar, self->folded || beside);
}

static void
folded_cb (UiDownloadsPage *self)
{
  self->folded = adw_flap_get_folded (self->flap);
  update_room (self);
  adw_flap_set_reveal_flap (self->flap, !self->folded);
}

/* The button of a row. */
static void
next_cb (UiDownloadsPage *self, UiDownloadRow *row)
{
  EngineDownload *download = ui_download_row_get_download (row);

  if (!ui_next_do (self->engine, download))
    g_signal_emit_by_name (self, "show-file", download);
  ui_downloads_page_refresh (self);
}

static void
row_made_cb (UiDownloadRow *row, gpointer user_data)
{
  UiDownloadsPage *self = user_data;

  g_signal_connect_swapped (row, "next", G_CALLBACK (next_cb), self);
  ui_drag_attach (row, self->model);
}

void
ui_downloads_page_set_engine (UiDownloadsPage *self, Engine *engine)
{
  BASE_ASSERT_MAIN ();
  self->engine = g_object_ref (engine);
  self->history = ui_speed_history_new (engine);
  self->model = ui_list_new (engine, self->list, self->scroller, row_made_cb, self);
  ui_sidebar_set_engine (self->sidebar, engine);
  ui_foot_set_engine (self->foot, engine);
  ui_list_keys_attach (self->list, self->model);
  self->menu_popover =
      ui_row_menu_attach (GTK_WIDGET (self), self->list, self->model, self->row_menu);
  g_signal_connect_object (engine_get_list (engine), "items-changed", G_CALLBACK (items_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ui_list_get_model (self->model), "items-changed",
                           G_CALLBACK (shown_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ui_list_get_model (self->model), "selection-changed",
                           G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  self->resting_source = g_timeout_add_seconds (RESTING_S, resting_cb, self);
  update_empty (self);
  shown_changed_cb (self);
}

GPtrArray *
ui_downloads_page_dup_selected (UiDownloadsPage *self)
{
  return ui_list_dup_selected (self->model);
}

void
ui_downloads_page_select_all (UiDownloadsPage *self)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (ui_list_get_model (self->model)));
}

void
ui_downloads_page_select_none (UiDownloadsPage *self)
{
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (ui_list_get_model (self->model)));
}

void
ui_downloads_page_select (UiDownloadsPage *self, GPtrArray *downloads)
{
  ui_list_select (self->model, downloads);
  if (downloads->len > 0)
    ui_list_focus (self->model, g_ptr_array_index (downloads, 0));
  ui_list_refresh_visible (self->model, TRUE);
}

void
ui_downloads_page_reveal (UiDownloadsPage *self, GPtrArray *downloads)
{
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  ui_sidebar_pick (self->sidebar, UI_FILTER_ALL);
  ui_list_scroll_to (self->model, g_ptr_array_index (downloads, 0));
  ui_downloads_page_select (self, downloads);
}

int
ui_downloads_page_count (UiDownloadsPage *self, UiFilter filter)
{
  return ui_sidebar_count (self->sidebar, filter);
}

void
ui_downloads_page_show_details (UiDownloadsPage *self, EngineDownload *download)
{
  ui_details_show (self->details, download);
  gtk_widget_set_visible (GTK_WIDGET (self->details), TRUE);
  update_room (self);
  adw_leaflet_set_visible_child_name (self->leaflet, "details");
  gtk_widget_child_focus (GTK_WIDGET (self->details), GTK_DIR_TAB_FORWARD);
}

gboolean
ui_downloads_page_hide_details (UiDownloadsPage *self)
{
  EngineDownload *download = ui_details_get_download (self->details);

  if (!gtk_widget_get_visible (GTK_WIDGET (self->details)))
    return FALSE;
  adw_leaflet_set_visible_child_name (self->leaflet, "list");
  gtk_widget_set_visible (GTK_WIDGET (self->details), FALSE);
  update_room (self);
  if (download != NULL)
    ui_list_focus (self->model, download);
  ui_details_show (self->details, NULL);
  return TRUE;
}

static void
details_closed_cb (UiDownloadsPage *self)
{
  ui_downloads_page_hide_details (self);
}

void
ui_downloads_page_start_search (UiDownloadsPage *self)
{
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

gboolean
ui_downloads_page_get_empty (UiDownloadsPage *self)
{
  return self->empty;
}

static void
search_changed_cb (UiDownloadsPage *self)
{
  ui_list_set_search (self->model, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
searching_cb (UiDownloadsPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCHING]);
}

static void
sidebar_shown_cb (UiDownloadsPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIDEBAR_SHOWN]);
}

static void
activate_cb (GtkListView *list, guint position, UiDownloadsPage *self)
{
  g_autoptr (EngineDownload) download =
      g_list_model_get_item (ui_list_get_model (self->model), position);
  gboolean finished = engine_download_get_state (download) == ENGINE_STATE_COMPLETED;

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (ui_list_get_model (self->model)), position,
                                   TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self), finished ? "win.open" : "win.details", NULL);
}

static void
ui_downloads_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  UiDownloadsPage *self = UI_DOWNLOADS_PAGE (object);

  switch (id)
    {
    case PROP_EMPTY:
      g_value_set_boolean (value, self->empty);
      break;
    case PROP_SIDEBAR_SHOWN:
      g_value_set_boolean (value, adw_flap_get_reveal_flap (self->flap));
      break;
    case PROP_SEARCHING:
      g_value_set_boolean (value, gtk_search_bar_get_search_mode (self->search_bar));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ui_downloads_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  UiDownloadsPage *self = UI_DOWNLOADS_PAGE (object);

  switch (id)
    {
    case PROP_SIDEBAR_SHOWN:
      adw_flap_set_reveal_flap (self->flap, g_value_get_boolean (value));
      break;
    case PROP_SEARCHING:
      gtk_search_bar_set_search_mode (self->search_bar, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ui_downloads_page_dispose (GObject *object)
{
  UiDownloadsPage *self = UI_DOWNLOADS_PAGE (object);

  g_clear_handle_id (&self->moving_source, g_source_remove);
  g_clear_handle_id (&self->resting_source, g_source_remove);
  g_clear_handle_id (&self->changed_source, g_source_remove);
  g_clear_pointer (&self->menu_popover, ui_row_menu_detach);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_pointer (&self->model, ui_list_free);
  g_clear_pointer (&self->history, ui_speed_history_free);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (ui_downloads_page_parent_class)->dispose (object);
}

static void
ui_downloads_page_class_init (UiDownloadsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ui_downloads_page_get_property;
  object_class->set_property = ui_downloads_page_set_property;
  object_class->dispose = ui_downloads_page_dispose;
  properties[PROP_EMPTY] =
      g_param_spec_boolean ("empty", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SIDEBAR_SHOWN] =
      g_param_spec_boolean ("sidebar-shown", NULL, NULL, TRUE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SEARCHING] = g_param_spec_boolean ("searching", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_signal_new ("selection-changed", UI_TYPE_DOWNLOADS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  g_signal_new ("show-file", UI_TYPE_DOWNLOADS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, ENGINE_TYPE_DOWNLOAD);
  g_type_ensure (UI_TYPE_SIDEBAR);
  g_type_ensure (UI_TYPE_FOOT);
  g_type_ensure (UI_TYPE_DETAILS);
  g_type_ensure (UI_TYPE_SELECTION_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/bobbin/Bobbin/downloads/page.ui");
  gtk_widget_class_bind_template_child (widget_class, UiDownloadsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, UiDownloadsPage, flap);
  gtk_widget_class_bind_template_child (widget_class, UiDownloadsPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, UiDownloadsPage, details);
  gtk_widget_class_bind_template_child (widget_class, UiDownloadsPage, sidebar);
  gtk_widget_class_bind_template_child (widget_class, UiDownloadsPage, list_stack);
  gtk_widget_class_bind_template_child (widget_class, UiDownloadsPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, UiDownloadsPage, list);
  gtk_widget_class_bind_template_child (widget_class, UiDownloadsPage, foot_stack);
  gtk_widget_class_bind_template_child (widget_class, UiDownloadsPage, foot);
  gtk_widget_class_bind_template_child (widget_class, UiDownloadsPage, selection_bar);
  gtk_widget_class_bind_template_child (widget_class, UiDownloadsPage, row_menu);
  gtk_widget_class_bind_template_child (widget_class, UiDownloadsPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, UiDownloadsPage, search);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, details_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
}

static void
ui_downloads_page_init (UiDownloadsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->flap, "notify::folded", G_CALLBACK (folded_cb), self);
  g_signal_connect_swapped (self->flap, "notify::reveal-flap", G_CALLBACK (sidebar_shown_cb), self);
  g_signal_connect_swapped (self->search_bar, "notify::search-mode-enabled",
                            G_CALLBACK (searching_cb), self);
  /* Type-ahead: what is typed at the list is looked for. */
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search));
  g_signal_connect_swapped (self->sidebar, "picked", G_CALLBACK (picked_cb), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Downloads"), -1);
}
