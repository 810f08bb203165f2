/* Progress on the launcher.
 *
 * The LauncherEntry signal that Ubuntu's dock, Dash to Dock and KDE's panel listen to:
 * https://wiki.ubuntu.com/Unity/LauncherAPI. Where nobody listens it is lost, as it should be.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/desktop/launcher.h"

struct _UiLauncher
{
  GtkApplication *application; /* not owned */
  Engine *engine;              /* owned */
  guint source;                /* once a second while anything runs */
};

static void
send (UiLauncher *self, const EngineTotals *totals)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (self->application));
  gboolean known = totals->total > 0 && totals->active > 0;
  GVariantBuilder facts;

  if (bus == NULL)
    return;
  g_variant_builder_init (&facts, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&facts, "{sv}", "progress",
                         g_variant_new_double (known ? (double) totals->received / totals->total
                                                     : 0));
  g_variant_builder_add (&facts, "{sv}", "progress-visible", g_variant_new_boolean (known));
  g_variant_builder_add (&facts, "{sv}", "count", g_variant_new_int64 (totals->active));
  g_variant_builder_add (&facts, "{sv}", "count-visible",
                         g_variant_new_boolean (totals->active > 0));
  /* An error here would be one of our own types: the signal is sent to whom it may concern. */
  g_dbus_connection_emit_signal (
      bus, NULL, "/org/bobbin/Bobbin", "com.canonical.Unity.LauncherEntry", "Update",
      g_variant_new ("(sa{sv})", "application://" BOBBIN_APP_ID ".desktop", &facts), NULL);
}

static gboolean
tick_cb (gpointer user_data)
{
  UiLauncher *self = user_data;
  EngineTotals totals;

  engine_get_totals (self->engine, &totals);
  send (self, &totals);
  if (totals.active > 0)
    return G_SOURCE_CONTINUE;
  self->source = 0;
  return G_SOURCE_REMOVE;
}

void
ui_launcher_wake (UiLauncher *self)
{
  if (self->source == 0)
    self->source = g_timeout_add_seconds (1, tick_cb, self);
}

UiLauncher *
ui_launcher_new (GtkApplication *application, Engine *engine)
{
  UiLauncher *self = g_new0 (UiLauncher, 1);

  self->application = application;
  self->engine = g_object_ref (engine);
  return self;
}

void
ui_launcher_free (UiLauncher *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_object_unref (self->engine);
  g_free (self);
}
