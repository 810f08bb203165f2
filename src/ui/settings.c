/* What a person has chosen. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/settings.h"

/* An own tree comes first: an older schema that is installed may lack a key, which GSettings
 * answers by ending the program. */
static GSettingsSchema *
find_in (const char *folder)
{
  g_autoptr (GSettingsSchemaSource) source = NULL;

  /* An error means that nothing of ours is there: the next place may have it. */
  source =
      g_settings_schema_source_new_from_directory (folder, g_settings_schema_source_get_default (),
                                                   TRUE, NULL);
  return source != NULL ? g_settings_schema_source_lookup (source, BOBBIN_APP_ID, FALSE) : NULL;
}

static GSettingsSchema *
find_schema (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : g_strdup (".");
  g_autofree char *beside = g_build_filename (folder, "..", "share", "glib-2.0", "schemas", NULL);
  GSettingsSchema *schema = NULL;

  if (g_str_has_prefix (folder, BOBBIN_BUILD_DIR "/"))
    schema = find_in (BOBBIN_BUILD_DIR "/data");
  if (schema == NULL)
    schema = find_in (beside);
  if (schema == NULL && source != NULL)
    schema = g_settings_schema_source_lookup (source, BOBBIN_APP_ID, TRUE);
  return schema;
}

GSettings *
ui_settings_new (void)
{
  g_autoptr (GSettingsSchema) schema = find_schema ();

  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

gboolean
ui_settings_is_scheduled (int minute, int from, int to)
{
  if (from < to)
    return minute >= from && minute < to;
  return minute >= from || minute < to;
}

static const char *
get_rate_key (GSettings *settings, int minute)
{
  gboolean scheduled =
      g_settings_get_boolean (settings, "scheduled-limit-enabled") &&
      ui_settings_is_scheduled (minute, g_settings_get_int (settings, "scheduled-from"),
                                g_settings_get_int (settings, "scheduled-to"));

  return scheduled ? "scheduled-limit" : "speed-limit";
}

int
ui_settings_get_minute (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_get_hour (now) * 60 + g_date_time_get_minute (now);
}

void
ui_settings_set_rate (GSettings *settings, int minute, gint64 rate)
{
  g_settings_set_int64 (settings, get_rate_key (settings, minute), MAX (rate, 0));
}

gboolean
ui_settings_is_proxy (const char *address)
{
  /* An error is the answer: it is no address at all. */
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_HAS_PASSWORD, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";

  return (g_str_equal (scheme, "http") || g_str_equal (scheme, "https") ||
          g_str_equal (scheme, "socks5")) &&
         g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0';
}

void
ui_settings_fill_limits (GSettings *settings, int minute, EngineLimits *limits)
{
  limits->max_downloads = g_settings_get_int (settings, "max-downloads");
  limits->max_connections = g_settings_get_int (settings, "connections-per-download");
  limits->max_connections_per_host = g_settings_get_int (settings, "connections-per-host");
  limits->workers = g_settings_get_int (settings, "workers");
  limits->timeout_s = g_settings_get_int (settings, "timeout");
  limits->max_retries = g_settings_get_int (settings, "retries");
  limits->max_rate = g_settings_get_int64 (settings, get_rate_key (settings, minute));
}

char *
ui_settings_dup_folder (GSettings *settings)
{
  g_autofree char *chosen = g_settings_get_string (settings, "folder");
  const char *special = g_get_user_special_dir (G_USER_DIRECTORY_DOWNLOAD);

  if (g_path_is_absolute (chosen))
    return g_steal_pointer (&chosen);
  return special != NULL ? g_strdup (special)
                         : g_build_filename (g_get_home_dir (), "Downloads", NULL);
}

char *
ui_settings_dup_proxy (GSettings *settings)
{
  g_autofree char *chosen = g_settings_get_string (settings, "proxy");
  g_autofree char *address = g_settings_get_string (settings, "proxy-address");

  if (g_str_equal (chosen, "none"))
    return g_strdup ("none");
  if (g_str_equal (chosen, "manual") && ui_settings_is_proxy (address))
    return g_steal_pointer (&address);
  return NULL;
}

char *
ui_settings_dup_user_agent (GSettings *settings)
{
  g_autofree char *agent = g_settings_get_string (settings, "user-agent");

  return *agent != '\0' ? g_steal_pointer (&agent) : NULL;
}

void
ui_settings_prepare_spec (GSettings *settings, EngineSpec *spec)
{
  spec->on_conflict = (EngineOnConflict) g_settings_get_enum (settings, "on-conflict");
  spec->paused = !g_settings_get_boolean (settings, "start-when-added");
  spec->find_checksum = g_settings_get_boolean (settings, "find-checksums");
}
