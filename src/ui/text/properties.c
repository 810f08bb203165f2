/* What the details say. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/text/properties.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/human.h"

static char *
headline_finished (const UiFacts *facts, gint64 ran_s)
{
  g_autofree char *size = base_human_size (facts->received);
  g_autofree char *span = NULL;
  g_autofree char *rate = NULL;

  if (ran_s < 1)
    return ui_label_sizes (facts, FALSE);
  span = base_human_duration (ran_s);
  rate = base_human_rate (facts->received / (double) ran_s);
  /* Translators: a size, a duration and a speed: 88.3 MB in 19 s · 4.6 MB/s */
  return g_strdup_printf (_ ("Finished · %s in %s · %s"), size, span, rate);
}

char *
ui_property_headline (const UiFacts *facts, gint64 ran_s)
{
  g_autofree char *percent = ui_label_percent (facts);
  g_autofree char *time = ui_label_time (facts);
  const char *state = ui_label_state (facts->state);

  if (facts->state == ENGINE_STATE_COMPLETED && !facts->skipped)
    return headline_finished (facts, ran_s);
  if (facts->state == ENGINE_STATE_FAILED)
    return g_strdup (state);
  if (facts->state != ENGINE_STATE_ACTIVE)
    return ui_label_sizes (facts, FALSE);
  if (*percent == '\0')
    return g_strdup (state);
  return g_strjoin (" · ", state, percent, *time != '\0' ? time : NULL, NULL);
}

char *
ui_property_validator (const EngineValidator *validator)
{
  if (validator->etag != NULL && engine_validator_is_strong (validator))
    /* Translators: ETag is a technical name; %s is its value. RFC 9110 calls some strong, some weak
     */
    return g_strdup_printf (_ ("ETag %s, strong"), validator->etag);
  if (validator->etag != NULL)
    return g_strdup_printf (_ ("ETag %s, weak"), validator->etag);
  if (validator->last_modified != NULL)
    /* Translators: %s is a date as the server wrote it */
    return g_strdup_printf (_ ("Last changed %s"), validator->last_modified);
  return g_strdup (_ ("None: the server does not say which version it sends"));
}

char *
ui_property_digest_name (const char *checksum)
{
  static const struct
  {
    const char *given;
    const char *shown;
  } names[] = {
    { "md5", "MD5" },         { "sha1", "SHA-1" },      { "sha-1", "SHA-1" },
    { "sha256", "SHA-256" },  { "sha-256", "SHA-256" }, { "sha384", "SHA-384" },
    { "sha-384", "SHA-384" }, { "sha512", "SHA-512" },  { "sha-512", "SHA-512" },
  };
  const char *equals = strchr (checksum, '=');
  g_autofree char *given = g_strndup (checksum, equals != NULL ? (gsize) (equals - checksum) : 0);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (given, names[i].given) == 0)
      return g_strdup (names[i].shown);
  return g_strdup (_ ("Checksum"));
}

const char *
ui_property_digest (const char *checksum)
{
  const char *equals = strchr (checksum, '=');

  return equals != NULL ? equals + 1 : checksum;
}

char *
ui_property_folder (const char *folder, const char *home)
{
  gsize length = strlen (home);

  if (length > 1 && strncmp (folder, home, length) == 0 &&
      (folder[length] == '\0' || folder[length] == G_DIR_SEPARATOR))
    {
      g_autofree char *rest = g_filename_display_name (folder + length);

      return g_strconcat ("~", rest, NULL);
    }
  return g_filename_display_name (folder);
}

char *
ui_property_date (gint64 us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%c") : g_strdup ("");
}
