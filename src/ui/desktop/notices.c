/* Says that downloads have ended. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/desktop/notices.h"

#include <glib/gi18n.h>

#include "base/human.h"
#include "base/thread.h"

#define NOTICE "ended"

/* So long after the first of a batch the notification comes: the rest has a chance to join. */
#define GATHER_MS 1500

struct _UiNotices
{
  GtkApplication *application; /* not owned: it owns this */
  GSettings *settings;         /* owned */
  Engine *engine;              /* owned */
  gulong finished;
  gulong added;

  GPtrArray *ended; /* owned; (element-type EngineDownload), since the person last looked */
  guint gather;
};

static gboolean
is_in_front (UiNotices *self)
{
  GtkWindow *window = gtk_application_get_active_window (self->application);

  return window != NULL && gtk_widget_get_visible (GTK_WIDGET (window)) &&
         gtk_window_is_active (window);
}

static guint
count_failed (UiNotices *self)
{
  guint failed = 0;

  for (guint i = 0; i < self->ended->len; i++)
    if (engine_download_get_state (g_ptr_array_index (self->ended, i)) == ENGINE_STATE_FAILED)
      failed++;
  return failed;
}

static GNotification *
make_for_one (EngineDownload *download)
{
  gint64 id = engine_download_get_id (download);
  gboolean failed = engine_download_get_state (download) == ENGINE_STATE_FAILED;
  g_autofree char *size = base_human_size (engine_download_get_received (download));
  GNotification *notice;

  if (failed)
    {
      notice = g_notification_new (_ ("Download Failed"));
      /* Translators: the name of a file, and why it could not be downloaded */
      g_autofree char *body = g_strdup_printf (_ ("%s: %s"), engine_download_get_name (download),
                                               engine_download_get_error (download) != NULL
                                                   ? engine_download_get_error (download)->message
                                                   : "");

      g_notification_set_body (notice, body);
      g_notification_add_button_with_target (notice, _ ("Retry"), "app.retry-download", "x", id);
      return notice;
    }
  notice = g_notification_new (_ ("Download Finished"));
  /* Translators: the name of a file, and its size */
  g_autofree char *body =
      g_strdup_printf (_ ("%s · %s"), engine_download_get_name (download), size);

  g_notification_set_body (notice, body);
  g_notification_add_button_with_target (notice, _ ("Open"), "app.open-download", "x", id);
  g_notification_add_button_with_target (notice, _ ("Open Folder"), "app.open-download-folder", "x",
                                         id);
  return notice;
}

static GNotification *
make_for_many (UiNotices *self)
{
  guint failed = count_failed (self);
  guint whole = self->ended->len - failed;
  EngineDownload *last = g_ptr_array_index (self->ended, self->ended->len - 1);
  g_autofree char *title = NULL;
  GNotification *notice;

  if (whole > 0)
    title =
        g_strdup_printf (ngettext ("%u Download Finished", "%u Downloads Finished", whole), whole);
  else
    title =
        g_strdup_printf (ngettext ("%u Download Failed", "%u Downloads Failed", failed), failed);
  notice = g_notification_new (title);
  if (whole > 0 && failed > 0)
    {
      g_autofree char *body =
          g_strdup_printf (ngettext ("%u download failed", "%u downloads failed", failed), failed);

      g_notification_set_body (notice, body);
    }
  g_notification_add_button_with_target (notice, _ ("Open Folder"), "app.open-download-folder", "x",
                                         engine_download_get_id (last));
  return notice;
}

static gboolean
gather_cb (gpointer user_data)
{
  UiNotices *self = user_data;
  g_autoptr (GNotification) notice = NULL;

  self->gather = 0;
  if (self->ended->len == 0)
    return G_SOURCE_REMOVE;
  notice = self->ended->len == 1 ? make_for_one (g_ptr_array_index (self->ended, 0))
                                 : make_for_many (self);
  g_notification_set_default_action (notice, "app.show");
  g_application_send_notification (G_APPLICATION (self->application), NOTICE, notice);
  return G_SOURCE_REMOVE;
}

static void
finished_cb (UiNotices *self, EngineDownload *download)
{
  if (!g_settings_get_boolean (self->settings, "notifications") || is_in_front (self) ||
      engine_download_get_state (download) == ENGINE_STATE_CANCELLED)
    return;
  g_ptr_array_add (self->ended, g_object_ref (download));
  if (self->gather == 0)
    self->gather = g_timeout_add (GATHER_MS, gather_cb, self);
}

/* The window has come to the front, or one of its dialogs. */
static void
looked_cb (UiNotices *self)
{
  if (!is_in_front (self) || self->ended->len == 0)
    return;
  g_ptr_array_set_size (self->ended, 0);
  g_clear_handle_id (&self->gather, g_source_remove);
  g_application_withdraw_notification (G_APPLICATION (self->application), NOTICE);
}

static void
window_added_cb (UiNotices *self, GtkWindow *window)
{
  g_signal_connect_swapped (window, "notify::is-active", G_CALLBACK (looked_cb), self);
}

/* Where nothing of that id is left, the notification is older than the list: nothing to do. */
static EngineDownload *
find (UiNotices *self, GVariant *parameter)
{
  return engine_find_id (self->engine, g_variant_get_int64 (parameter));
}

static void
show (UiNotices *self, const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  /* A path that is no URI does not come from the engine: it is absolute. */
  if (uri != NULL)
    gtk_show_uri (gtk_application_get_active_window (self->application), uri, GDK_CURRENT_TIME);
}

static void
open_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiNotices *self = user_data;
  EngineDownload *download = find (self, parameter);

  g_autofree char *path = download != NULL ? engine_download_dup_path (download) : NULL;

  if (path != NULL)
    show (self, path);
}

static void
open_folder_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiNotices *self = user_data;
  EngineDownload *download = find (self, parameter);

  if (download != NULL)
    show (self, engine_download_get_folder (download));
}

static void
retry_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiNotices *self = user_data;
  EngineDownload *download = find (self, parameter);

  if (download != NULL)
    engine_retry (self->engine, download);
}

static const GActionEntry actions[] = {
  { .name = "open-download", .activate = open_action, .parameter_type = "x" },
  { .name = "open-download-folder", .activate = open_folder_action, .parameter_type = "x" },
  { .name = "retry-download", .activate = retry_action, .parameter_type = "x" },
};

UiNotices *
ui_notices_new (GtkApplication *application, GSettings *settings, Engine *engine)
{
  UiNotices *self = g_new0 (UiNotices, 1);

  BASE_ASSERT_MAIN ();
  self->application = application;
  self->settings = g_object_ref (settings);
  self->engine = g_object_ref (engine);
  self->ended = g_ptr_array_new_with_free_func (g_object_unref);
  self->finished = g_signal_connect_swapped (engine, "finished", G_CALLBACK (finished_cb), self);
  self->added =
      g_signal_connect_swapped (application, "window-added", G_CALLBACK (window_added_cb), self);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   self);
  return self;
}

void
ui_notices_free (UiNotices *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    g_action_map_remove_action (G_ACTION_MAP (self->application), actions[i].name);
  g_clear_handle_id (&self->gather, g_source_remove);
  g_clear_signal_handler (&self->finished, self->engine);
  g_clear_signal_handler (&self->added, self->application);
  for (GList *l = gtk_application_get_windows (self->application); l != NULL; l = l->next)
    g_signal_handlers_disconnect_by_data (l->data, self);
  g_ptr_array_unref (self->ended);
  g_object_unref (self->engine);
  g_object_unref (self->settings);
  g_free (self);
}
