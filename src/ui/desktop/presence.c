/* What the desktop is told while downloads go on. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/desktop/presence.h"

#include <glib/gi18n.h>

#include "base/thread.h"
#include "ui/desktop/launcher.h"

#define BACKGROUND_NOTICE "background"
#define AFTERWARDS_NOTICE "afterwards"

/* So long a person has to call off the end or the sleep that they had chosen. */
#define AFTERWARDS_S 30

typedef enum
{
  WHEN_DONE_NOTHING,
  WHEN_DONE_QUIT,
  WHEN_DONE_SUSPEND,
} WhenDone;

struct _UiPresence
{
  GtkApplication *application; /* not owned: it owns this */
  GSettings *settings;         /* owned */
  Engine *engine;              /* owned */
  UiLauncher *launcher;        /* owned */
  gulong moved;
  gulong idle;
  gulong finished;
  gulong awake_changed;

  guint inhibited;    /* the session's cookie, 0: not */
  gboolean any_ended; /* something has finished since the last idle: there is an end to act on */
  gboolean held;      /* the window is closed and the downloads go on */
  guint afterwards;   /* counts down */
};

static void
keep_awake (UiPresence *self)
{
  EngineTotals totals;
  gboolean wanted;

  engine_get_totals (self->engine, &totals);
  wanted = totals.active > 0 && g_settings_get_boolean (self->settings, "keep-awake");
  if (wanted && self->inhibited == 0)
    self->inhibited =
        gtk_application_inhibit (self->application,
                                 gtk_application_get_active_window (self->application),
                                 GTK_APPLICATION_INHIBIT_SUSPEND, _ ("Files are being downloaded"));
  else if (!wanted && self->inhibited != 0)
    {
      gtk_application_uninhibit (self->application, self->inhibited);
      self->inhibited = 0;
    }
}

static void
moved_cb (UiPresence *self)
{
  keep_awake (self);
  ui_launcher_wake (self->launcher);
}

static void
finished_cb (UiPresence *self, EngineDownload *download)
{
  if (engine_download_get_state (download) == ENGINE_STATE_COMPLETED)
    self->any_ended = TRUE;
}

/* A session without logind cannot be put to sleep from here; there is nobody to tell either. */
static void
bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus != NULL)
    g_dbus_connection_call (bus, "org.freedesktop.login1", "/org/freedesktop/login1",
                            "org.freedesktop.login1.Manager", "Suspend",
                            g_variant_new ("(b)", TRUE), NULL,
                            G_DBUS_CALL_FLAGS_ALLOW_INTERACTIVE_AUTHORIZATION, -1, NULL, NULL,
                            NULL);
}

static void
call_off (UiPresence *self)
{
  g_clear_handle_id (&self->afterwards, g_source_remove);
  g_application_withdraw_notification (G_APPLICATION (self->application), AFTERWARDS_NOTICE);
}

static gboolean
afterwards_cb (gpointer user_data)
{
  UiPresence *self = user_data;
  int chosen = g_settings_get_enum (self->settings, "when-done");

  self->afterwards = 0;
  call_off (self);
  if (chosen == WHEN_DONE_SUSPEND)
    g_bus_get (G_BUS_TYPE_SYSTEM, NULL, bus_cb, NULL);
  else if (chosen == WHEN_DONE_QUIT)
    g_action_group_activate_action (G_ACTION_GROUP (self->application), "quit", NULL);
  return G_SOURCE_REMOVE;
}

static void
announce_afterwards (UiPresence *self, int chosen)
{
  g_autoptr (GNotification) notice = g_notification_new (_ ("All Downloads Are Done"));
  g_autofree char *body = NULL;

  if (chosen == WHEN_DONE_SUSPEND)
    body = g_strdup_printf (ngettext ("The computer goes to sleep in %d second.",
                                      "The computer goes to sleep in %d seconds.", AFTERWARDS_S),
                            AFTERWARDS_S);
  else
    body = g_strdup_printf (ngettext ("Bobbin quits in %d second.", "Bobbin quits in %d seconds.",
                                      AFTERWARDS_S),
                            AFTERWARDS_S);
  g_notification_set_body (notice, body);
  g_notification_add_button (notice, _ ("Don’t"), "app.stay");
  g_application_send_notification (G_APPLICATION (self->application), AFTERWARDS_NOTICE, notice);
}

static void
idle_cb (UiPresence *self)
{
  int chosen = g_settings_get_enum (self->settings, "when-done");

  keep_awake (self);
  if (self->any_ended && chosen != WHEN_DONE_NOTHING && self->afterwards == 0)
    {
      announce_afterwards (self, chosen);
      self->afterwards = g_timeout_add_seconds (AFTERWARDS_S, afterwards_cb, self);
    }
  self->any_ended = FALSE;
  /* The window was closed: with the last download there is nothing left to stay for. */
  if (self->held && self->afterwards == 0)
    g_action_group_activate_action (G_ACTION_GROUP (self->application), "quit", NULL);
}

void
ui_presence_take_shown (UiPresence *self)
{
  if (!self->held)
    return;
  self->held = FALSE;
  g_application_withdraw_notification (G_APPLICATION (self->application), BACKGROUND_NOTICE);
}

static void
show_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiPresence *self = user_data;

  g_application_activate (G_APPLICATION (self->application));
}

static void
stay_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  call_off (user_data);
}

static const GActionEntry actions[] = {
  { .name = "show", .activate = show_action },
  { .name = "stay", .activate = stay_action },
};

gboolean
ui_presence_hide (UiPresence *self, GtkWindow *window)
{
  g_autoptr (GNotification) notice = NULL;
  EngineTotals totals;

  BASE_ASSERT_MAIN ();
  engine_get_totals (self->engine, &totals);
  if (totals.active + totals.queued + totals.waiting == 0 ||
      !g_settings_get_boolean (self->settings, "run-in-background"))
    return FALSE;

  self->held = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
  notice = g_notification_new (_ ("Downloads Go On in the Background"));
  g_notification_set_body (notice, _ ("Bobbin ends when the last one is done."));
  g_notification_set_default_action (notice, "app.show");
  g_notification_add_button (notice, _ ("Show"), "app.show");
  g_notification_add_button (notice, _ ("Quit"), "app.quit");
  g_application_send_notification (G_APPLICATION (self->application), BACKGROUND_NOTICE, notice);
  return TRUE;
}

UiPresence *
ui_presence_new (GtkApplication *application, GSettings *settings, Engine *engine)
{
  UiPresence *self = g_new0 (UiPresence, 1);

  BASE_ASSERT_MAIN ();
  self->application = application;
  self->settings = g_object_ref (settings);
  self->engine = g_object_ref (engine);
  self->launcher = ui_launcher_new (application, engine);
  self->moved = g_signal_connect_swapped (engine, "moved", G_CALLBACK (moved_cb), self);
  self->idle = g_signal_connect_swapped (engine, "idle", G_CALLBACK (idle_cb), self);
  self->finished = g_signal_connect_swapped (engine, "finished", G_CALLBACK (finished_cb), self);
  self->awake_changed =
      g_signal_connect_swapped (settings, "changed::keep-awake", G_CALLBACK (keep_awake), self);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   self);
  return self;
}

void
ui_presence_free (UiPresence *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    g_action_map_remove_action (G_ACTION_MAP (self->application), actions[i].name);
  call_off (self);
  if (self->inhibited != 0)
    gtk_application_uninhibit (self->application, self->inhibited);
  ui_launcher_free (self->launcher);
  g_clear_signal_handler (&self->moved, self->engine);
  g_clear_signal_handler (&self->idle, self->engine);
  g_clear_signal_handler (&self->finished, self->engine);
  g_clear_signal_handler (&self->awake_changed, self->settings);
  g_object_unref (self->engine);
  g_object_unref (self->settings);
  g_free (self);
}
