/* Watching the clipboard.
 *
 * Where the desktop tells of a change only while the window is in front, as Wayland
 * does, the offer comes when the person comes back to the window.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/clipboard-watch.h"

#include <glib/gi18n.h>

#include "base/thread.h"
#include "engine/engine.h"

#define NOTICE "copied"

/* Long enough to come over from the program where it was copied. */
#define OFFER_S 15

struct _UiClipboardWatch
{
  GtkWindow *window;         /* not owned: it owns what owns us */
  AdwToastOverlay *toasts;   /* not owned: the window's */
  GSettings *settings;       /* owned */
  GdkClipboard *clipboard;   /* not owned: the display's */
  GCancellable *cancellable; /* owned; cancelled with us */
  gulong changed;
  UiOffered offered;
  gpointer user_data; /* of offered */

  AdwToast *toast; /* not owned; NULL while no offer is shown */
  char *text;      /* owned; what is offered, or was last */
};

static int
count_addresses (const char *text)
{
  g_autoptr (GPtrArray) found = engine_address_find_all (text);
  int n = 0;

  for (guint i = 0; i < found->len; i++)
    n += ((EngineFound *) g_ptr_array_index (found, i))->address != NULL;
  return n;
}

static void
accept (UiClipboardWatch *self)
{
  g_application_withdraw_notification (g_application_get_default (), NOTICE);
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  if (self->text != NULL)
    self->offered (self->text, self->user_data);
}

static void
accept_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiClipboardWatch *self = user_data;

  gtk_window_present (self->window);
  accept (self);
}

static const GActionEntry entries[] = {
  { .name = "add-copied", .activate = accept_action },
};

static void
show_toast (UiClipboardWatch *self, const char *title)
{
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  self->toast = adw_toast_new (title);
  g_object_add_weak_pointer (G_OBJECT (self->toast), (gpointer *) &self->toast);
  adw_toast_set_button_label (self->toast, _ ("Add"));
  adw_toast_set_timeout (self->toast, OFFER_S);
  g_signal_connect_swapped (self->toast, "button-clicked", G_CALLBACK (accept), self);
  adw_toast_overlay_add_toast (self->toasts, self->toast);
}

static void
show_notice (const char *title)
{
  g_autoptr (GNotification) notice = g_notification_new (title);

  g_notification_set_default_action (notice, "app.add-copied");
  g_notification_add_button (notice, _ ("Add"), "app.add-copied");
  g_application_send_notification (g_application_get_default (), NOTICE, notice);
}

/* Whether one of our windows is, a dialog too. */
static gboolean
is_in_front (void)
{
  GtkWindow *window =
      gtk_application_get_active_window (GTK_APPLICATION (g_application_get_default ()));

  return window != NULL && gtk_window_is_active (window);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UiClipboardWatch *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  g_autofree char *title = NULL;
  int n;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* A clipboard that holds no text holds no address; what was offered once is not offered again. */
  n = text != NULL ? count_addresses (text) : 0;
  if (n == 0 || g_strcmp0 (text, self->text) == 0)
    return;
  g_free (self->text);
  self->text = g_steal_pointer (&text);
  title = g_strdup_printf (ngettext ("%d address copied", "%d addresses copied", n), n);
  if (is_in_front ())
    show_toast (self, title);
  else
    show_notice (title);
}

static void
changed_cb (UiClipboardWatch *self)
{
  /* What this program itself has put there is no news. */
  if (!g_settings_get_boolean (self->settings, "watch-clipboard") ||
      gdk_clipboard_is_local (self->clipboard))
    return;
  gdk_clipboard_read_text_async (self->clipboard, self->cancellable, read_cb, self);
}

UiClipboardWatch *
ui_clipboard_watch_new (GtkWindow *window,
                        GSettings *settings,
                        AdwToastOverlay *toasts,
                        UiOffered offered,
                        gpointer user_data)
{
  UiClipboardWatch *self = g_new0 (UiClipboardWatch, 1);

  BASE_ASSERT_MAIN ();
  self->window = window;
  self->toasts = toasts;
  self->settings = g_object_ref (settings);
  self->clipboard = gtk_widget_get_clipboard (GTK_WIDGET (window));
  self->cancellable = g_cancellable_new ();
  self->offered = offered;
  self->user_data = user_data;
  self->changed =
      g_signal_connect_swapped (self->clipboard, "changed", G_CALLBACK (changed_cb), self);
  g_action_map_add_action_entries (G_ACTION_MAP (g_application_get_default ()), entries,
                                   G_N_ELEMENTS (entries), self);
  return self;
}

void
ui_clipboard_watch_free (UiClipboardWatch *self)
{
  g_action_map_remove_action (G_ACTION_MAP (g_application_get_default ()), entries[0].name);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_signal_handler_disconnect (self->clipboard, self->changed);
  if (self->toast != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->toast, self);
      g_clear_weak_pointer (&self->toast);
    }
  g_object_unref (self->settings);
  g_free (self->text);
  g_free (self);
}
