/* The actions on downloads. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/actions.h"

#include <glib/gi18n.h>

#include "base/thread.h"
#include "ui/downloads/abilities.h"
#include "ui/downloads/address-dialog.h"
#include "ui/downloads/files.h"
#include "ui/downloads/filter.h"
#include "ui/downloads/limit-dialog.h"
#include "ui/downloads/removal.h"
#include "ui/downloads/sign-in-dialog.h"
#include "ui/settings.h"

#define COPIED_S 2

struct _UiActions
{
  GtkApplicationWindow *window; /* not owned: it owns us */
  Engine *engine;               /* owned */
  GSettings *settings;          /* owned */
  UiDownloadsPage *page;        /* not owned: the window's */
  AdwToastOverlay *toasts;      /* not owned: the window's */
  gulong changed_handler;
  gulong show_file_handler;
  gulong limits_handler;
  gboolean shown;
  AdwToast *removal; /* not owned; NULL once it can no longer be undone */
};

/* What the selection must allow, each by at least one of its downloads. */
static const struct
{
  const char *action;
  UiAbilities needs; /* any of them; 0: just a selection */
  gboolean single;   /* one download only */
} rules[] = {
  { "pause", UI_CAN_PAUSE, FALSE },
  { "resume", UI_CAN_RESUME, FALSE },
  { "toggle", UI_CAN_PAUSE | UI_CAN_RESUME, FALSE },
  { "retry", UI_CAN_RETRY, FALSE },
  { "start-now", UI_CAN_START_NOW, FALSE },
  { "move-up", UI_CAN_MOVE, FALSE },
  { "move-down", UI_CAN_MOVE, FALSE },
  { "move-top", UI_CAN_MOVE, FALSE },
  { "move-bottom", UI_CAN_MOVE, FALSE },
  { "open", UI_CAN_OPEN, TRUE },
  { "open-folder", 0, TRUE },
  { "details", 0, TRUE },
  { "change-address", UI_CAN_CHANGE_ADDRESS, TRUE },
  { "sign-in", UI_CAN_SIGN_IN, TRUE },
  { "copy-address", 0, FALSE },
  { "copy-error", UI_CAN_COPY_ERROR, TRUE },
  { "trash", UI_CAN_TRASH, FALSE },
  { "remove", 0, FALSE },
  { "select-none", 0, FALSE },
};

static void
set_enabled (UiActions *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->window), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static UiAbilities
get_abilities (EngineDownload *download)
{
  UiFacts facts;

  ui_facts_take (&facts, download);
  return ui_abilities_of (&facts);
}

/* The menu marks the limit that is in force, whoever has set it. */
static void
update_limit (UiActions *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->window), "limit-rate");

  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_int64 (engine_get_limits (self->engine)->max_rate));
}

/* The one function that says what is enabled. */
static void
update_enabled (UiActions *self)
{
  g_autoptr (GPtrArray) selected = ui_downloads_page_dup_selected (self->page);
  EngineTotals totals;
  UiAbilities any = 0;

  for (guint i = 0; self->shown && i < selected->len; i++)
    any |= get_abilities (g_ptr_array_index (selected, i));
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    set_enabled (self, rules[i].action,
                 self->shown && selected->len > 0 && (!rules[i].single || selected->len == 1) &&
                     (rules[i].needs == 0 || (any & rules[i].needs) != 0));
  engine_get_totals (self->engine, &totals);
  set_enabled (self, "select-all", self->shown && !ui_downloads_page_get_empty (self->page));
  set_enabled (self, "pause-all", totals.active + totals.queued + totals.waiting > 0);
  set_enabled (self, "resume-all",
               totals.waiting + ui_downloads_page_count (self->page, UI_FILTER_PAUSED) > 0);
  set_enabled (self, "clear-finished",
               ui_downloads_page_count (self->page, UI_FILTER_FINISHED) > 0);
  update_limit (self);
}

void
ui_actions_set_shown (UiActions *self, gboolean shown)
{
  BASE_ASSERT_MAIN ();
  self->shown = shown;
  update_enabled (self);
}

typedef void (*Order) (Engine *engine, EngineDownload *download);

static void
order_each (UiActions *self, UiAbilities needs, Order order)
{
  g_autoptr (GPtrArray) selected = ui_downloads_page_dup_selected (self->page);

  for (guint i = 0; i < selected->len; i++)
    if ((get_abilities (g_ptr_array_index (selected, i)) & needs) != 0)
      order (self->engine, g_ptr_array_index (selected, i));
  ui_downloads_page_refresh (self->page);
}

static void
pause_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  order_each (user_data, UI_CAN_PAUSE, engine_pause);
}

static void
resume_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  order_each (user_data, UI_CAN_RESUME, engine_resume);
}

/* Space: what runs is paused; where nothing runs, what is paused goes on. */
static void
toggle_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiActions *self = user_data;
  g_autoptr (GPtrArray) selected = ui_downloads_page_dup_selected (self->page);
  UiAbilities any = 0;

  /* As they are now: what is enabled may be a moment behind. */
  for (guint i = 0; i < selected->len; i++)
    any |= get_abilities (g_ptr_array_index (selected, i));
  if ((any & UI_CAN_PAUSE) != 0)
    order_each (self, UI_CAN_PAUSE, engine_pause);
  else
    order_each (self, UI_CAN_RESUME, engine_resume);
}

static void
retry_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  order_each (user_data, UI_CAN_RETRY, engine_retry);
}

static void
start_now_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  order_each (user_data, UI_CAN_START_NOW, engine_start_now);
}

static void
pause_all_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  engine_pause_all (((UiActions *) user_data)->engine);
}

static void
resume_all_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  engine_resume_all (((UiActions *) user_data)->engine);
}

/* They keep their order among themselves: the first goes first on the way up, the last on the way
 * down. */
static void
move_selected (UiActions *self, int offset)
{
  g_autoptr (GPtrArray) selected = ui_downloads_page_dup_selected (self->page);
  gboolean to_end = ABS (offset) > 1;

  for (guint i = 0; i < selected->len; i++)
    {
      /* To the top, the last one first, so that each lands before the one moved earlier. */
      gboolean backwards = (offset > 0) != to_end;
      guint index = backwards ? selected->len - 1 - i : i;

      engine_move (self->engine, g_ptr_array_index (selected, index), offset);
    }
  ui_downloads_page_select (self->page, selected);
}

static void
move_up_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  move_selected (user_data, -1);
}

static void
move_down_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  move_selected (user_data, 1);
}

static void
move_top_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  move_selected (user_data, -(G_MAXINT / 2));
}

static void
move_bottom_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  move_selected (user_data, G_MAXINT / 2);
}

static void
open_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiActions *self = user_data;
  g_autoptr (GPtrArray) selected = ui_downloads_page_dup_selected (self->page);

  ui_files_open (GTK_WINDOW (self->window), self->toasts, g_ptr_array_index (selected, 0));
}

static void
open_folder_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiActions *self = user_data;
  g_autoptr (GPtrArray) selected = ui_downloads_page_dup_selected (self->page);

  ui_files_show (GTK_WINDOW (self->window), self->toasts, g_ptr_array_index (selected, 0));
}

static void
details_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiActions *self = user_data;
  g_autoptr (GPtrArray) selected = ui_downloads_page_dup_selected (self->page);

  if (!ui_downloads_page_hide_details (self->page))
    ui_downloads_page_show_details (self->page, g_ptr_array_index (selected, 0));
}

static void
change_address_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiActions *self = user_data;
  g_autoptr (GPtrArray) selected = ui_downloads_page_dup_selected (self->page);

  ui_address_dialog_open (GTK_WINDOW (self->window), self->engine, g_ptr_array_index (selected, 0),
                          self->toasts);
}

static void
sign_in_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiActions *self = user_data;
  g_autoptr (GPtrArray) selected = ui_downloads_page_dup_selected (self->page);

  ui_sign_in_dialog_open (GTK_WINDOW (self->window), self->engine, g_ptr_array_index (selected, 0));
}

static void
show_file_cb (UiDownloadsPage *page, EngineDownload *download, UiActions *self)
{
  ui_files_show (GTK_WINDOW (self->window), self->toasts, download);
}

static void
copy (UiActions *self, const char *text, const char *said)
{
  AdwToast *toast = adw_toast_new (said);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self->window)), text);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_timeout (toast, COPIED_S);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
copy_address_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiActions *self = user_data;
  g_autoptr (GPtrArray) selected = ui_downloads_page_dup_selected (self->page);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < selected->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            engine_download_get_address (g_ptr_array_index (selected, i)));
  copy (self, text->str, ngettext ("Address copied", "Addresses copied", selected->len));
}

static void
copy_error_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiActions *self = user_data;
  g_autoptr (GPtrArray) selected = ui_downloads_page_dup_selected (self->page);
  EngineDownload *download = g_ptr_array_index (selected, 0);
  g_autofree char *text = g_strdup_printf ("%s: %s", engine_download_get_address (download),
                                           engine_download_get_error (download)->message);

  copy (self, text, _ ("Error copied"));
}

static void
trashed_cb (GPtrArray *downloads, gpointer user_data)
{
  engine_remove (user_data, downloads);
}

static void
trash_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiActions *self = user_data;
  g_autoptr (GPtrArray) selected = ui_downloads_page_dup_selected (self->page);
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  for (guint i = 0; i < selected->len; i++)
    if ((get_abilities (g_ptr_array_index (selected, i)) & UI_CAN_TRASH) != 0)
      g_ptr_array_add (files, g_ptr_array_index (selected, i));
  ui_files_trash (self->toasts, files, trashed_cb, G_OBJECT (self->engine));
}

/* The last removal is what the keys take back. */
static void
take_removal (UiActions *self, AdwToast *toast)
{
  if (toast != NULL)
    g_set_weak_pointer (&self->removal, toast);
}

static void
undo_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiActions *self = user_data;

  if (self->removal != NULL)
    ui_removal_undo (self->removal);
}

static void
remove_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiActions *self = user_data;
  g_autoptr (GPtrArray) selected = ui_downloads_page_dup_selected (self->page);

  take_removal (self, ui_removal_do (self->engine, self->toasts, selected));
}

static void
clear_finished_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiActions *self = user_data;
  GListModel *list = engine_get_list (self->engine);
  guint n = g_list_model_get_n_items (list);
  g_autoptr (GPtrArray) finished = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (EngineDownload) download = g_list_model_get_item (list, i);

      if (engine_download_get_state (download) == ENGINE_STATE_COMPLETED)
        g_ptr_array_add (finished, g_steal_pointer (&download));
    }
  take_removal (self, ui_removal_do (self->engine, self->toasts, finished));
}

static void
select_all_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ui_downloads_page_select_all (((UiActions *) user_data)->page);
}

static void
select_none_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ui_downloads_page_select_none (((UiActions *) user_data)->page);
}

/* Someone has set another limit, here or in the preferences. */
static void
limits_cb (UiActions *self)
{
  update_limit (self);
  ui_downloads_page_refresh (self->page);
}

/* The choice is kept, in the key of the limit that is in force now; the engine follows the keys. */
static void
set_limit (gint64 max_rate, gpointer user_data)
{
  UiActions *self = user_data;

  ui_settings_set_rate (self->settings, ui_settings_get_minute (), max_rate);
}

static void
limit_rate_action (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  set_limit (g_variant_get_int64 (state), user_data);
}

static void
limit_custom_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiActions *self = user_data;

  ui_limit_dialog_open (GTK_WINDOW (self->window), engine_get_limits (self->engine)->max_rate,
                        set_limit, self);
}

static const GActionEntry entries[] = {
  { .name = "pause", .activate = pause_action },
  { .name = "resume", .activate = resume_action },
  { .name = "toggle", .activate = toggle_action },
  { .name = "retry", .activate = retry_action },
  { .name = "start-now", .activate = start_now_action },
  { .name = "pause-all", .activate = pause_all_action },
  { .name = "resume-all", .activate = resume_all_action },
  { .name = "move-up", .activate = move_up_action },
  { .name = "move-down", .activate = move_down_action },
  { .name = "move-top", .activate = move_top_action },
  { .name = "move-bottom", .activate = move_bottom_action },
  { .name = "open", .activate = open_action },
  { .name = "change-address", .activate = change_address_action },
  { .name = "sign-in", .activate = sign_in_action },
  { .name = "details", .activate = details_action },
  { .name = "open-folder", .activate = open_folder_action },
  { .name = "copy-address", .activate = copy_address_action },
  { .name = "copy-error", .activate = copy_error_action },
  { .name = "trash", .activate = trash_action },
  { .name = "remove", .activate = remove_action },
  { .name = "undo", .activate = undo_action },
  { .name = "clear-finished", .activate = clear_finished_action },
  { .name = "select-all", .activate = select_all_action },
  { .name = "select-none", .activate = select_none_action },
  { .name = "limit-rate",
    .parameter_type = "x",
    .state = "int64 0",
    .change_state = limit_rate_action },
  { .name = "limit-custom", .activate = limit_custom_action },
};

UiActions *
ui_actions_new (GtkApplicationWindow *window,
                Engine *engine,
                GSettings *settings,
                UiDownloadsPage *page,
                AdwToastOverlay *toasts)
{
  UiActions *self = g_new0 (UiActions, 1);

  BASE_ASSERT_MAIN ();
  self->window = window;
  self->engine = g_object_ref (engine);
  self->settings = g_object_ref (settings);
  self->page = page;
  self->toasts = toasts;
  self->shown = TRUE;
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), self);
  self->changed_handler =
      g_signal_connect_swapped (page, "selection-changed", G_CALLBACK (update_enabled), self);
  self->show_file_handler = g_signal_connect (page, "show-file", G_CALLBACK (show_file_cb), self);
  self->limits_handler =
      g_signal_connect_swapped (settings, "changed", G_CALLBACK (limits_cb), self);
  update_enabled (self);
  return self;
}

void
ui_actions_free (UiActions *self)
{
  g_signal_handler_disconnect (self->page, self->changed_handler);
  g_signal_handler_disconnect (self->page, self->show_file_handler);
  g_signal_handler_disconnect (self->settings, self->limits_handler);
  g_clear_weak_pointer (&self->removal);
  g_object_unref (self->settings);
  g_object_unref (self->engine);
  g_free (self);
}
