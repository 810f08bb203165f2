/* The preferences. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/preferences/window.h"

#include <glib/gi18n.h>

#include "base/thread.h"
#include "ui/names.h"
#include "ui/settings.h"
#include "ui/text/hours.h"

struct _UiPreferences
{
  AdwPreferencesWindow parent_instance;

  GSettings *settings;           /* owned */
  GtkFileChooserNative *chooser; /* owned, while open */

  /* The template's. */
  AdwActionRow *folder;
  GtkEntry *scheduled_from;
  GtkEntry *scheduled_to;
  AdwActionRow *hours;
  AdwEntryRow *proxy_address;
  AdwEntryRow *user_agent;
};

G_DEFINE_FINAL_TYPE (UiPreferences, ui_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* Which control stands for which key: the template's id, its property and the key. */
typedef struct
{
  const char *id;
  const char *property;
  const char *key;
} Binding;

static const Binding plain[] = {
  { "find_checksums", "active", "find-checksums" },
  { "start_when_added", "active", "start-when-added" },
  { "watch_clipboard", "active", "watch-clipboard" },
  { "max_downloads", "value", "max-downloads" },
  { "connections_per_download", "value", "connections-per-download" },
  { "connections_per_host", "value", "connections-per-host" },
  { "workers", "value", "workers" },
  { "scheduled_limit_enabled", "active", "scheduled-limit-enabled" },
  { "retries", "value", "retries" },
  { "timeout", "value", "timeout" },
  { "pause_on_metered", "active", "pause-on-metered" },
  { "keep_awake", "active", "keep-awake" },
  { "run_in_background", "active", "run-in-background" },
  { "notifications", "active", "notifications" },
};

static const Binding choices[] = {
  { "on_conflict", "selected", "on-conflict" },
  { "proxy", "selected", "proxy" },
  { "appearance", "selected", "appearance" },
  { "when_done", "selected", "when-done" },
};

static const Binding rates[] = {
  { "speed_limit", "value", "speed-limit" },
  { "scheduled_limit", "value", "scheduled-limit" },
};

static const Binding sensitivities[] = {
  { "hours", "sensitive", "scheduled-limit-enabled" },
  { "scheduled_limit", "sensitive", "scheduled-limit-enabled" },
};

static gboolean
rate_to_spin (GValue *value, GVariant *variant, gpointer user_data)
{
  g_value_set_double (value, g_variant_get_int64 (variant) / 1000.0);
  return TRUE;
}

static GVariant *
rate_from_spin (const GValue *value, const GVariantType *type, gpointer user_data)
{
  return g_variant_new_int64 ((gint64) (g_value_get_double (value) * 1000));
}

/* The rows of a choice stand in the order of the schema's values. */
static gboolean
choice_to_row (GValue *value, GVariant *variant, gpointer user_data)
{
  g_autoptr (GVariant) boxed = g_variant_get_child_value (user_data, 1);
  g_autoptr (GVariant) nicks = g_variant_get_variant (boxed);
  GVariantIter iter;
  const char *nick;
  guint place = 0;

  g_variant_iter_init (&iter, nicks);
  while (g_variant_iter_next (&iter, "&s", &nick))
    {
      if (g_str_equal (nick, g_variant_get_string (variant, NULL)))
        break;
      place++;
    }
  g_value_set_uint (value, place);
  return TRUE;
}

static GVariant *
choice_from_row (const GValue *value, const GVariantType *type, gpointer user_data)
{
  g_autoptr (GVariant) boxed = g_variant_get_child_value (user_data, 1);
  g_autoptr (GVariant) nicks = g_variant_get_variant (boxed);
  guint place = g_value_get_uint (value);

  return place < g_variant_n_children (nicks) ? g_variant_get_child_value (nicks, place) : NULL;
}

static GObject *
get_control (UiPreferences *self, const char *id)
{
  return gtk_widget_get_template_child (GTK_WIDGET (self), UI_TYPE_PREFERENCES, id);
}

static void
bind_choice (UiPreferences *self, const Binding *binding)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsSchemaKey) key = NULL;

  g_object_get (self->settings, "settings-schema", &schema, NULL);
  key = g_settings_schema_get_key (schema, binding->key);
  g_settings_bind_with_mapping (self->settings, binding->key, get_control (self, binding->id),
                                binding->property, G_SETTINGS_BIND_DEFAULT, choice_to_row,
                                choice_from_row, g_settings_schema_key_get_range (key),
                                (GDestroyNotify) g_variant_unref);
}

static void
bind_all (UiPreferences *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    g_settings_bind (self->settings, plain[i].key, get_control (self, plain[i].id),
                     plain[i].property, G_SETTINGS_BIND_DEFAULT);
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    bind_choice (self, &choices[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (rates); i++)
    g_settings_bind_with_mapping (self->settings, rates[i].key, get_control (self, rates[i].id),
                                  rates[i].property, G_SETTINGS_BIND_DEFAULT, rate_to_spin,
                                  rate_from_spin, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (sensitivities); i++)
    g_settings_bind (self->settings, sensitivities[i].key, get_control (self, sensitivities[i].id),
                     sensitivities[i].property,
                     G_SETTINGS_BIND_GET | G_SETTINGS_BIND_NO_SENSITIVITY);
}

static void
show_folder (UiPreferences *self)
{
  g_autofree char *folder = ui_settings_dup_folder (self->settings);
  g_autofree char *shown = g_filename_display_name (folder);
  g_autofree char *markup = g_markup_escape_text (shown, -1);

  adw_action_row_set_subtitle (self->folder, markup);
}

static void
folder_chosen_cb (GtkNativeDialog *dialog, int response, UiPreferences *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

      if (path != NULL && g_utf8_validate (path, -1, NULL))
        g_settings_set_string (self->settings, "folder", path);
    }
  g_clear_object (&self->chooser);
}

static void
choose_folder_cb (UiPreferences *self)
{
  g_autofree char *folder = ui_settings_dup_folder (self->settings);
  g_autoptr (GFile) file = g_file_new_for_path (folder);

  g_set_object (&self->chooser, NULL);
  self->chooser = gtk_file_chooser_native_new (_ ("Folder for Downloads"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Select"),
                                               _ ("_Cancel"));
  /* An error means that the folder is not there yet: the chooser then opens where it likes. */
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), file, NULL);
  g_signal_connect (self->chooser, "response", G_CALLBACK (folder_chosen_cb), self);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
set_wrong (GtkWidget *widget, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (widget, "error");
  else
    gtk_widget_remove_css_class (widget, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

/* A time of day is taken as it is typed; what is none is marked and changes nothing. */
static void
hour_changed_cb (GtkEditable *entry, UiPreferences *self)
{
  const char *key = GTK_ENTRY (entry) == self->scheduled_from ? "scheduled-from" : "scheduled-to";
  int minute = ui_text_parse_hour (gtk_editable_get_text (entry));

  set_wrong (GTK_WIDGET (entry), minute < 0);
  if (minute >= 0)
    g_settings_set_int (self->settings, key, minute);
}

static void
show_hours (UiPreferences *self)
{
  g_autofree char *from = ui_text_dup_hour (g_settings_get_int (self->settings, "scheduled-from"));
  g_autofree char *to = ui_text_dup_hour (g_settings_get_int (self->settings, "scheduled-to"));

  gtk_editable_set_text (GTK_EDITABLE (self->scheduled_from), from);
  gtk_editable_set_text (GTK_EDITABLE (self->scheduled_to), to);
  g_signal_connect (self->scheduled_from, "changed", G_CALLBACK (hour_changed_cb), self);
  g_signal_connect (self->scheduled_to, "changed", G_CALLBACK (hour_changed_cb), self);
}

static void
proxy_applied_cb (UiPreferences *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->proxy_address));
  gboolean right = *text == '\0' || ui_settings_is_proxy (text);

  set_wrong (GTK_WIDGET (self->proxy_address), !right);
  if (right)
    g_settings_set_string (self->settings, "proxy-address", text);
}

static void
user_agent_applied_cb (UiPreferences *self)
{
  g_settings_set_string (self->settings, "user-agent",
                         gtk_editable_get_text (GTK_EDITABLE (self->user_agent)));
}

static void
show_proxy_row (UiPreferences *self)
{
  g_autofree char *proxy = g_settings_get_string (self->settings, "proxy");

  gtk_widget_set_visible (GTK_WIDGET (self->proxy_address), g_str_equal (proxy, "manual"));
}

static void
ui_preferences_dispose (GObject *object)
{
  UiPreferences *self = UI_PREFERENCES (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (ui_preferences_parent_class)->dispose (object);
}

static void
bind_ids (GtkWidgetClass *widget_class, const Binding *bindings, gsize n)
{
  for (gsize i = 0; i < n; i++)
    gtk_widget_class_bind_template_child_full (widget_class, bindings[i].id, FALSE, 0);
}

static void
ui_preferences_class_init (UiPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ui_preferences_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/bobbin/Bobbin/preferences/window.ui");
  gtk_widget_class_bind_template_child (widget_class, UiPreferences, folder);
  gtk_widget_class_bind_template_child (widget_class, UiPreferences, hours);
  gtk_widget_class_bind_template_child (widget_class, UiPreferences, scheduled_from);
  gtk_widget_class_bind_template_child (widget_class, UiPreferences, scheduled_to);
  gtk_widget_class_bind_template_child (widget_class, UiPreferences, proxy_address);
  gtk_widget_class_bind_template_child (widget_class, UiPreferences, user_agent);
  bind_ids (widget_class, plain, G_N_ELEMENTS (plain));
  bind_ids (widget_class, choices, G_N_ELEMENTS (choices));
  bind_ids (widget_class, rates, G_N_ELEMENTS (rates));
  gtk_widget_class_bind_template_callback (widget_class, choose_folder_cb);
}

static void
ui_preferences_init (UiPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

UiPreferences *
ui_preferences_new (GSettings *settings, GtkWindow *parent)
{
  UiPreferences *self = g_object_new (UI_TYPE_PREFERENCES, "transient-for", parent, NULL);
  g_autofree char *agent = g_settings_get_string (settings, "user-agent");
  g_autofree char *address = g_settings_get_string (settings, "proxy-address");

  BASE_ASSERT_MAIN ();
  self->settings = g_object_ref (settings);
  bind_all (self);
  show_folder (self);
  show_hours (self);
  show_proxy_row (self);
  ui_names_complete (GTK_WIDGET (self));
  gtk_editable_set_text (GTK_EDITABLE (self->proxy_address), address);
  gtk_editable_set_text (GTK_EDITABLE (self->user_agent), agent);
  g_signal_connect_swapped (self->proxy_address, "apply", G_CALLBACK (proxy_applied_cb), self);
  g_signal_connect_swapped (self->user_agent, "apply", G_CALLBACK (user_agent_applied_cb), self);
  g_signal_connect_object (settings, "changed::folder", G_CALLBACK (show_folder), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::proxy", G_CALLBACK (show_proxy_row), self,
                           G_CONNECT_SWAPPED);
  return self;
}
