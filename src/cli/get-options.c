/* Checking the command line of `get`. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/get-options.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "cli/files.h"
#include "cli/raw-options.h"

static gboolean
wrong (GError **error, const char *format, const char *what)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format, what);
#pragma GCC diagnostic pop
  return FALSE;
}

static gboolean
check_number (int value, int low, int high, const char *option, GError **error)
{
  if (value >= low && value <= high)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("%s takes a number from %d to %d"), option, low, high);
  return FALSE;
}

gint64
cli_parse_size (const char *text)
{
  char *end;
  double value = g_ascii_strtod (text, &end);
  double unit = 1;

  if (end == text || !isfinite (value) || value < 0)
    return -1;
  switch (g_ascii_toupper (*end))
    {
    case 'G':
      unit = 1024.0 * 1024 * 1024;
      break;
    case 'M':
      unit = 1024.0 * 1024;
      break;
    case 'K':
      unit = 1024;
      break;
    case '\0':
      break;
    default:
      return -1;
    }
  if (*end != '\0' && end[1] != '\0')
    return -1;
  return value * unit < 9e18 ? (gint64) (value * unit) : -1;
}

static gboolean
take_rates (CliGetOptions *self, const CliRaw *raw, GError **error)
{
  if (raw->limit_rate != NULL)
    self->limits.max_rate = cli_parse_size (raw->limit_rate);
  if (self->limits.max_rate < 0)
    return wrong (error, _ ("“%s” is no rate such as 500K or 2M"), raw->limit_rate);
  if (raw->min_segment != NULL)
    self->limits.min_segment = cli_parse_size (raw->min_segment);
  if (raw->limit_rate_each != NULL)
    self->limits.max_rate_each = cli_parse_size (raw->limit_rate_each);
  if (self->limits.max_rate_each < 0)
    return wrong (error, _ ("“%s” is no rate such as 500K or 2M"), raw->limit_rate_each);
  if (self->limits.min_segment < 1)
    return wrong (error, _ ("“%s” is no size such as 500K or 2M"), raw->min_segment);
  return TRUE;
}

static gboolean
take_numbers (CliGetOptions *self, const CliRaw *raw, GError **error)
{
  if (!check_number (raw->jobs, 1, 256, "--jobs", error) ||
      !check_number (raw->segments, 1, 32, "--segments", error) ||
      !check_number (raw->per_host, 1, 256, "--max-per-host", error) ||
      !check_number (raw->timeout, 1, 86400, "--timeout", error) ||
      !check_number (raw->retries, 0, 1000000, "--retries", error))
    return FALSE;
  if (!(raw->retry_wait >= 0 && raw->retry_wait <= 60))
    return wrong (error, _ ("%s takes a number of seconds up to 60"), "--retry-wait");
  self->limits.max_downloads = raw->jobs;
  self->limits.workers = MAX (raw->jobs, MIN (raw->jobs * raw->segments, 64));
  self->limits.max_connections = raw->segments;
  self->limits.max_connections_per_host = raw->per_host;
  self->limits.timeout_s = raw->timeout;
  self->limits.max_retries = raw->retries;
  self->limits.retry_wait_ms = raw->retry_wait * 1000;
  self->limits.insecure = raw->insecure;
  self->limits.hold_loaded = TRUE;
  return take_rates (self, raw, error);
}

static gboolean
take_policy (CliGetOptions *self, const char *policy, GError **error)
{
  if (policy == NULL || strcmp (policy, "rename") == 0)
    self->on_conflict = ENGINE_ON_CONFLICT_RENAME;
  else if (strcmp (policy, "overwrite") == 0)
    self->on_conflict = ENGINE_ON_CONFLICT_OVERWRITE;
  else if (strcmp (policy, "skip") == 0)
    self->on_conflict = ENGINE_ON_CONFLICT_SKIP;
  else
    return wrong (error, _ ("--on-conflict takes rename, overwrite or skip, not “%s”"), policy);
  return TRUE;
}

/* RFC 9110, 5.5: no control characters but the tab. */
static gboolean
is_value (const char *text)
{
  for (const char *p = text; p != NULL && *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) && *p != '\t')
      return FALSE;
  return TRUE;
}

/* RFC 9110, 5.1: the name is a token. */
static gboolean
is_header (const char *text)
{
  gsize name = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                             "0123456789!#$%&'*+-.^_`|~");

  return name > 0 && text[name] == ':' && is_value (text);
}

static gboolean
is_checksum (const char *text)
{
  g_autofree char *digest = engine_checksum_parse (text, NULL);

  return digest != NULL;
}

static gboolean
take_names (CliGetOptions *self, CliRaw *raw, GError **error)
{
  if (raw->output != NULL && (strchr (raw->output, '/') != NULL || *raw->output == '\0' ||
                              strcmp (raw->output, ".") == 0 || strcmp (raw->output, "..") == 0))
    return wrong (error, _ ("--output takes a name, not a path: “%s”"), raw->output);
  for (int i = 0; raw->headers != NULL && raw->headers[i] != NULL; i++)
    if (!is_header (raw->headers[i]))
      return wrong (error, _ ("“%s” is no header such as NAME: VALUE"), raw->headers[i]);
  if (!is_value (raw->referrer))
    return wrong (error, _ ("%s takes a text of one line"), "--referer");
  if (!is_value (raw->user_agent))
    return wrong (error, _ ("%s takes a text of one line"), "--user-agent");
  if (raw->checksum != NULL && !is_checksum (raw->checksum))
    return wrong (error, _ ("“%s” is no checksum such as sha256=HEX"), raw->checksum);
  self->directory = g_canonicalize_filename (raw->directory != NULL ? raw->directory : ".", NULL);
  self->output = g_steal_pointer (&raw->output);
  self->headers = g_steal_pointer (&raw->headers);
  self->checksum = g_steal_pointer (&raw->checksum);
  self->referrer = g_steal_pointer (&raw->referrer);
  self->user_agent = g_steal_pointer (&raw->user_agent);
  self->state_dir = g_steal_pointer (&raw->state_dir);
  if (raw->user != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (raw->user, ":", 2);

      self->user = g_strdup (parts[0]);
      self->password = g_strdup (parts[0] != NULL && parts[1] != NULL ? parts[1] : "");
    }
  return TRUE;
}

/* Proxy and authorities count for the whole process, so they are set here and now. */
static gboolean
take_surroundings (CliGetOptions *self, const CliRaw *raw, GError **error)
{
  g_autofree char *netrc = g_build_filename (g_get_home_dir (), ".netrc", NULL);

  if (!engine_proxy_set (raw->proxy, error))
    return FALSE;
  if (raw->cacert != NULL && !engine_tls_trust_only (raw->cacert, error))
    return FALSE;
  if (raw->cookies != NULL)
    {
      self->cookies = cli_read_cookies (raw->cookies, error);
      if (self->cookies == NULL)
        return FALSE;
    }
  if (raw->netrc)
    {
      self->netrc = cli_read_netrc (netrc, error);
      if (self->netrc == NULL)
        return FALSE;
    }
  self->find_checksum = raw->find_checksum;
  return TRUE;
}

static gboolean
take_addresses (CliGetOptions *self, const CliRaw *raw, GError **error)
{
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) cli_item_free);
  for (int i = 0; raw->rest != NULL && raw->rest[i] != NULL; i++)
    g_ptr_array_add (self->items, cli_item_new (raw->rest[i]));
  if (raw->input != NULL && !cli_read_input (self->items, raw->input, error))
    return FALSE;
  if (raw->metalink != NULL && !cli_read_metalink (self->items, raw->metalink, error))
    return FALSE;
  if (self->items->len == 0 && raw->input == NULL)
    return wrong (error, "%s", _ ("no address to download is given"));
  if (self->items->len != 1 && self->output != NULL)
    return wrong (error, _ ("%s goes with exactly one URL"), "--output");
  if (self->items->len != 1 && self->checksum != NULL)
    return wrong (error, _ ("%s goes with exactly one URL"), "--checksum");
  return TRUE;
}

gboolean
cli_get_options_parse (CliGetOptions *self, int argc, char **argv, gboolean *help, GError **error)
{
  CliRaw raw = {
    .jobs = 5, .segments = 8, .per_host = 16, .timeout = 10, .retries = 5, .retry_wait = 1
  };
  gboolean ok;

  memset (self, 0, sizeof *self);
  engine_limits_init (&self->limits);
  ok = cli_raw_parse (&raw, argc, argv, help, error);
  if (ok && !*help)
    {
      ok = take_numbers (self, &raw, error) && take_policy (self, raw.on_conflict, error) &&
           take_names (self, &raw, error) && take_addresses (self, &raw, error) &&
           take_surroundings (self, &raw, error);
      self->no_resume = raw.no_resume;
      self->json = raw.json;
      self->quiet = raw.quiet;
    }
  cli_raw_clear (&raw);
  return ok;
}

void
cli_get_options_clear (CliGetOptions *self)
{
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->cookies, engine_cookies_unref);
  g_clear_pointer (&self->netrc, engine_netrc_unref);
  g_free (self->directory);
  g_free (self->output);
  g_free (self->checksum);
  g_free (self->referrer);
  g_free (self->user);
  g_free (self->password);
  g_free (self->user_agent);
  g_free (self->state_dir);
  g_strfreev (self->headers);
}
