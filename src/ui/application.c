/* The application.
 *
 * A second `bobbin URL…` hands its addresses to the first over D-Bus and ends.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/thread.h"
#include "ui/accelerators.h"
#include "ui/desktop/limits.h"
#include "ui/desktop/network.h"
#include "ui/desktop/notices.h"
#include "ui/desktop/presence.h"
#include "ui/preferences/window.h"
#include "ui/settings.h"
#include "ui/window.h"

struct _UiApplication
{
  AdwApplication parent_instance;

  /* Owned, from startup to shutdown. */
  GSettings *settings;
  Engine *engine;
  UiLimits *limits;
  UiNetwork *network;
  UiNotices *notices;
  UiPresence *presence;

  UiWindow *window; /* not owned; NULL while closed */
  gboolean stopped;
  gboolean stopping;
};

G_DEFINE_FINAL_TYPE (UiApplication, ui_application, ADW_TYPE_APPLICATION)

Engine *
ui_application_get_engine (UiApplication *self)
{
  return self->engine;
}

GSettings *
ui_application_get_settings (UiApplication *self)
{
  return self->settings;
}

gboolean
ui_application_keep_window (UiApplication *self)
{
  return !self->stopping && ui_presence_hide (self->presence, GTK_WINDOW (self->window));
}

void
ui_application_add (UiApplication *self, const char *const *addresses)
{
  GPtrArray *specs = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_spec_free);
  g_autofree char *folder = ui_settings_dup_folder (self->settings);

  BASE_ASSERT_MAIN ();
  for (int i = 0; addresses[i] != NULL; i++)
    {
      EngineSpec *spec = engine_spec_new (addresses[i], folder);

      ui_settings_prepare_spec (self->settings, spec);
      g_ptr_array_add (specs, spec);
    }
  engine_add (self->engine, specs, NULL, NULL);
}

static void
present (UiApplication *self)
{
  if (self->window == NULL)
    {
      self->window = ui_window_new (self);
      g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
    }
  ui_presence_take_shown (self->presence);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
add_urls_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiApplication *self = user_data;
  g_autofree const char **addresses = g_variant_get_strv (parameter, NULL);

  ui_application_add (self, addresses);
  present (self);
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UiApplication *self = user_data;

  engine_stop_finish (self->engine, result, NULL);
  self->stopped = TRUE;
}

static void
stopped_to_quit_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  stopped_cb (source, result, user_data);
  g_application_release (user_data);
  g_application_quit (user_data);
}

/* Stops the engine first, with the main loop running: nothing is lost, nothing is waited for. */
static void
quit (UiApplication *self)
{
  if (self->stopping)
    return;
  self->stopping = TRUE;
  g_application_hold (G_APPLICATION (self));
  if (self->window != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->window), FALSE);
  engine_stop_async (self->engine, stopped_to_quit_cb, self);
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  quit (user_data);
}

static gboolean
signal_cb (gpointer user_data)
{
  quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiApplication *self = user_data;

  adw_show_about_window (GTK_WINDOW (self->window), "application-name", "Bobbin",
                         "application-icon", BOBBIN_APP_ID, "version", BOBBIN_VERSION,
                         "developer-name", _ ("The Bobbin developers"), "license-type",
                         GTK_LICENSE_GPL_3_0, "comments",
                         _ ("Downloads files, and shows what threads do to each other"), NULL);
}

static void
shortcuts_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiApplication *self = user_data;
  g_autoptr (GtkBuilder) builder =
      gtk_builder_new_from_resource ("/org/bobbin/Bobbin/shortcuts.ui");
  GtkWindow *shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  if (self->window != NULL)
    gtk_window_set_transient_for (shortcuts, GTK_WINDOW (self->window));
  gtk_window_present (shortcuts);
}

static void
preferences_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiApplication *self = user_data;

  present (self);
  gtk_window_present (GTK_WINDOW (ui_preferences_new (self->settings, GTK_WINDOW (self->window))));
}

static const GActionEntry actions[] = {
  { .name = "preferences", .activate = preferences_action },
  { .name = "quit", .activate = quit_action },
  { .name = "about", .activate = about_action },
  { .name = "shortcuts", .activate = shortcuts_action },
  { .name = "add-urls", .activate = add_urls_action, .parameter_type = "as" },
};

/* A proxy is the process's and set before its first session: a new one counts from the next start.
 */
static void
set_proxy (UiApplication *self)
{
  g_autofree char *proxy = ui_settings_dup_proxy (self->settings);
  g_autoptr (GError) error = NULL;

  if (!engine_proxy_set (proxy, &error))
    g_warning ("%s", error->message);
}

static void
ui_application_startup (GApplication *application)
{
  UiApplication *self = UI_APPLICATION (application);
  EngineLimits limits;
  g_autofree char *agent = NULL;

  G_APPLICATION_CLASS (ui_application_parent_class)->startup (application);
  self->settings = ui_settings_new ();
  if (self->settings == NULL)
    {
      g_printerr ("%s\n", _ ("Bobbin’s settings schema is missing: install Bobbin as a whole."));
      exit (EXIT_FAILURE);
    }
  engine_limits_init (&limits);
  ui_settings_fill_limits (self->settings, ui_settings_get_minute (), &limits);
  set_proxy (self);
  agent = ui_settings_dup_user_agent (self->settings);
  self->engine = engine_new (NULL, agent, &limits);
  self->limits = ui_limits_new (self->settings, self->engine);
  self->network = ui_network_new (self->settings, self->engine);
  self->notices = ui_notices_new (GTK_APPLICATION (self), self->settings, self->engine);
  self->presence = ui_presence_new (GTK_APPLICATION (self), self->settings, self->engine);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  ui_accelerators_set (GTK_APPLICATION (self));
  g_unix_signal_add (SIGTERM, signal_cb, self);
  g_unix_signal_add (SIGINT, signal_cb, self);
}

static void
ui_application_activate (GApplication *application)
{
  present (UI_APPLICATION (application));
}

/* A file is told from an address by how it is written, not by a look at the disk. */
static gboolean
is_file (const char *word)
{
  static const char *const endings[] = { ".metalink", ".meta4" };

  if (g_str_has_prefix (word, "file:"))
    return TRUE;
  for (gsize i = 0; strstr (word, "://") == NULL && i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (word, endings[i]))
      return TRUE;
  return FALSE;
}

/* What the desktop hands over: addresses, or files that hold some. */
static void
take (UiApplication *self, GPtrArray *addresses, GPtrArray *files)
{
  if (addresses->len > 0)
    {
      g_ptr_array_add (addresses, NULL);
      ui_application_add (self, (const char *const *) addresses->pdata);
    }
  present (self);
  for (guint i = 0; i < files->len; i++)
    ui_window_import (self->window, g_ptr_array_index (files, i));
}

static void
ui_application_open (GApplication *application, GFile **files, int n, const char *hint)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();

  for (int i = 0; i < n; i++)
    if (g_file_has_uri_scheme (files[i], "file"))
      g_ptr_array_add (lists, files[i]);
    else
      g_ptr_array_add (addresses, g_file_get_uri (files[i]));
  take (UI_APPLICATION (application), addresses, lists);
}

static int
ui_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  UiApplication *self = UI_APPLICATION (application);
  g_auto (GStrv) words = g_application_command_line_get_arguments (line, NULL);

  g_autoptr (GPtrArray) addresses = g_ptr_array_new ();
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 1; words[0] != NULL && words[i] != NULL; i++)
    if (is_file (words[i]))
      g_ptr_array_add (files, g_application_command_line_create_file_for_arg (line, words[i]));
    else
      g_ptr_array_add (addresses, words[i]);
  take (self, addresses, files);
  return 0;
}

/* Runs in the second instance too, and with no display. */
static int
ui_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;
  g_print ("bobbin %s\n", BOBBIN_VERSION);
  return 0;
}

static void
ui_application_shutdown (GApplication *application)
{
  UiApplication *self = UI_APPLICATION (application);

  /* Ended by other means than ours: the engine still gets its last word. */
  if (self->engine != NULL && !self->stopping)
    {
      self->stopping = TRUE;
      engine_stop_async (self->engine, stopped_cb, self);
    }
  while (self->engine != NULL && !self->stopped)
    g_main_context_iteration (NULL, TRUE);
  g_clear_pointer (&self->presence, ui_presence_free);
  g_clear_pointer (&self->notices, ui_notices_free);
  g_clear_pointer (&self->network, ui_network_free);
  g_clear_pointer (&self->limits, ui_limits_free);
  g_clear_object (&self->engine);
  g_clear_object (&self->settings);
  G_APPLICATION_CLASS (ui_application_parent_class)->shutdown (application);
}

static void
ui_application_class_init (UiApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = ui_application_startup;
  application_class->activate = ui_application_activate;
  application_class->open = ui_application_open;
  application_class->command_line = ui_application_command_line;
  application_class->handle_local_options = ui_application_handle_local_options;
  application_class->shutdown = ui_application_shutdown;
}

static void
ui_application_init (UiApplication *self)
{
  const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version and end"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[URL…]"));
}

UiApplication *
ui_application_new (void)
{
  return g_object_new (UI_TYPE_APPLICATION, "application-id", BOBBIN_APP_ID, "resource-base-path",
                       "/org/bobbin/Bobbin", "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN, NULL);
}
