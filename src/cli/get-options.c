/* Reading the command line of `get`. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/get-options.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* What GOption fills in before it is checked. */
typedef struct
{
  GStrv rest;
  GStrv headers;
  char *directory;
  char *output;
  char *input;
  char *checksum;
  char *referrer;
  char *user;
  char *user_agent;
  char *state_dir;
  char *on_conflict;
  char *limit_rate;
  char *min_segment;
  double retry_wait;
  int jobs;
  int segments;
  int per_host;
  int timeout;
  int retries;
  gboolean no_resume;
  gboolean insecure;
  gboolean json;
  gboolean quiet;
} Raw;

static void
raw_clear (Raw *raw)
{
  g_strfreev (raw->rest);
  g_strfreev (raw->headers);
  g_free (raw->directory);
  g_free (raw->output);
  g_free (raw->input);
  g_free (raw->checksum);
  g_free (raw->referrer);
  g_free (raw->user);
  g_free (raw->user_agent);
  g_free (raw->state_dir);
  g_free (raw->on_conflict);
  g_free (raw->limit_rate);
  g_free (raw->min_segment);
}

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
parse_raw (Raw *raw, int argc, char **argv, gboolean *help, GError **error)
{
  gboolean wants_help = FALSE;
  const GOptionEntry entries[] = {
    { "directory", 'd', 0, G_OPTION_ARG_FILENAME, &raw->directory, N_ ("Where files go"),
      N_ ("DIR") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &raw->output,
      N_ ("The file’s name, with exactly one URL"), N_ ("NAME") },
    { "input", 'i', 0, G_OPTION_ARG_FILENAME, &raw->input,
      N_ ("More URLs from FILE (-: standard input)"), N_ ("FILE") },
    { "jobs", 'j', 0, G_OPTION_ARG_INT, &raw->jobs, N_ ("Downloads at a time"), N_ ("N") },
    { "segments", 's', 0, G_OPTION_ARG_INT, &raw->segments,
      N_ ("Most connections for one download"), N_ ("N") },
    { "min-segment", 0, 0, G_OPTION_ARG_STRING, &raw->min_segment, N_ ("Never split below this"),
      N_ ("SIZE") },
    { "max-per-host", 0, 0, G_OPTION_ARG_INT, &raw->per_host, N_ ("Most connections to one host"),
      N_ ("N") },
    { "limit-rate", 0, 0, G_OPTION_ARG_STRING, &raw->limit_rate, N_ ("Bytes per second in all"),
      N_ ("RATE") },
    { "timeout", 0, 0, G_OPTION_ARG_INT, &raw->timeout,
      N_ ("Give up on a connection that delivers nothing for so long"), N_ ("SECONDS") },
    { "retries", 0, 0, G_OPTION_ARG_INT, &raw->retries,
      N_ ("Tries after the first, on a failure that may pass"), N_ ("N") },
    { "retry-wait", 0, 0, G_OPTION_ARG_DOUBLE, &raw->retry_wait,
      N_ ("First wait; doubles up to 60"), N_ ("SECONDS") },
    { "checksum", 0, 0, G_OPTION_ARG_STRING, &raw->checksum,
      N_ ("md5, sha1, sha256, sha384 or sha512; with exactly one URL"), N_ ("ALG=HEX") },
    { "header", 0, 0, G_OPTION_ARG_STRING_ARRAY, &raw->headers,
      N_ ("An extra request header; repeatable"), N_ ("'NAME: VALUE'") },
    { "user", 0, 0, G_OPTION_ARG_STRING, &raw->user, N_ ("For the URL’s own origin only"),
      N_ ("USER:PASSWORD") },
    { "referer", 0, 0, G_OPTION_ARG_STRING, &raw->referrer, N_ ("The Referer header"), N_ ("URL") },
    { "user-agent", 0, 0, G_OPTION_ARG_STRING, &raw->user_agent, N_ ("The User-Agent header"),
      N_ ("TEXT") },
    { "insecure", 0, 0, G_OPTION_ARG_NONE, &raw->insecure, N_ ("Accept any TLS certificate"),
      NULL },
    { "on-conflict", 0, 0, G_OPTION_ARG_STRING, &raw->on_conflict, N_ ("rename, overwrite or skip"),
      N_ ("POLICY") },
    { "no-resume", 0, 0, G_OPTION_ARG_NONE, &raw->no_resume,
      N_ ("Start over even where a partial download could go on"), NULL },
    { "state-dir", 0, 0, G_OPTION_ARG_FILENAME, &raw->state_dir,
      N_ ("Where the journal of partial downloads lives"), N_ ("DIR") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &raw->json, N_ ("Each result as one JSON object a line"),
      NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &raw->quiet, N_ ("No progress"), NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &wants_help, N_ ("Show this help"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &raw->rest, NULL, N_ ("URL…") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GPtrArray) copy = g_ptr_array_new ();
  char **words;

  for (int i = 0; i < argc; i++)
    g_ptr_array_add (copy, argv[i]);
  g_ptr_array_add (copy, NULL);
  words = (char **) copy->pdata;
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &words, error))
    return FALSE;
  *help = wants_help;
  if (wants_help)
    {
      g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);

      fputs (text, stdout);
    }
  return TRUE;
}

/* Addresses from a file, one a line. */
static gboolean
read_input (GPtrArray *addresses, const char *path, GError **error)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  char *line;
  GError *failed = NULL;

  if (strcmp (path, "-") == 0)
    {
      g_autoptr (GFile) standard_input = g_file_new_for_path ("/dev/stdin");

      stream = G_INPUT_STREAM (g_file_read (standard_input, NULL, error));
    }
  else
    {
      g_autoptr (GFile) file = g_file_new_for_path (path);

      stream = G_INPUT_STREAM (g_file_read (file, NULL, error));
    }
  if (stream == NULL)
    return FALSE;
  lines = g_data_input_stream_new (stream);
  g_data_input_stream_set_newline_type (lines, G_DATA_STREAM_NEWLINE_TYPE_ANY);
  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, &failed)) != NULL)
    {
      g_strstrip (line);
      if (*line != '\0' && *line != '#')
        g_ptr_array_add (addresses, line);
      else
        g_free (line);
    }
  if (failed != NULL)
    g_propagate_error (error, failed);
  return failed == NULL;
}

static gboolean
check_checksum (const char *checksum, GError **error)
{
  static const struct
  {
    const char *prefix;
    gsize digits;
  } kinds[] = {
    { "md5=", 32 }, { "sha1=", 40 }, { "sha256=", 64 }, { "sha384=", 96 }, { "sha512=", 128 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_ascii_strncasecmp (checksum, kinds[i].prefix, strlen (kinds[i].prefix)) == 0)
      {
        const char *hex = checksum + strlen (kinds[i].prefix);

        if (strlen (hex) == kinds[i].digits &&
            strspn (hex, "0123456789abcdefABCDEF") == kinds[i].digits)
          return TRUE;
      }
  return wrong (error, _ ("“%s” is no checksum such as sha256=HEX"), checksum);
}

static gboolean
take_rates (CliGetOptions *self, const Raw *raw, GError **error)
{
  if (raw->limit_rate != NULL)
    self->limits.max_rate = cli_parse_size (raw->limit_rate);
  if (self->limits.max_rate < 0)
    return wrong (error, _ ("“%s” is no rate such as 500K or 2M"), raw->limit_rate);
  if (raw->min_segment != NULL)
    self->limits.min_segment = cli_parse_size (raw->min_segment);
  if (self->limits.min_segment < 1)
    return wrong (error, _ ("“%s” is no size such as 500K or 2M"), raw->min_segment);
  return TRUE;
}

static gboolean
take_numbers (CliGetOptions *self, const Raw *raw, GError **error)
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

static gboolean
take_names (CliGetOptions *self, Raw *raw, GError **error)
{
  if (raw->output != NULL && (strchr (raw->output, '/') != NULL || *raw->output == '\0' ||
                              strcmp (raw->output, ".") == 0 || strcmp (raw->output, "..") == 0))
    return wrong (error, _ ("--output takes a name, not a path: “%s”"), raw->output);
  for (int i = 0; raw->headers != NULL && raw->headers[i] != NULL; i++)
    if (strchr (raw->headers[i], ':') == NULL || strpbrk (raw->headers[i], "\r\n") != NULL ||
        *raw->headers[i] == ':')
      return wrong (error, _ ("“%s” is no header such as NAME: VALUE"), raw->headers[i]);
  if (raw->checksum != NULL && !check_checksum (raw->checksum, error))
    return FALSE;
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

static gboolean
take_addresses (CliGetOptions *self, const Raw *raw, GError **error)
{
  self->addresses = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; raw->rest != NULL && raw->rest[i] != NULL; i++)
    g_ptr_array_add (self->addresses, g_strdup (raw->rest[i]));
  if (raw->input != NULL && !read_input (self->addresses, raw->input, error))
    return FALSE;
  if (self->addresses->len == 0 && raw->input == NULL)
    return wrong (error, "%s", _ ("no address to download is given"));
  if (self->addresses->len != 1 && self->output != NULL)
    return wrong (error, _ ("%s goes with exactly one URL"), "--output");
  if (self->addresses->len != 1 && self->checksum != NULL)
    return wrong (error, _ ("%s goes with exactly one URL"), "--checksum");
  return TRUE;
}

gboolean
cli_get_options_parse (CliGetOptions *self, int argc, char **argv, gboolean *help, GError **error)
{
  Raw raw = {
    .jobs = 5, .segments = 8, .per_host = 16, .timeout = 10, .retries = 5, .retry_wait = 1
  };
  gboolean ok;

  memset (self, 0, sizeof *self);
  engine_limits_init (&self->limits);
  ok = parse_raw (&raw, argc, argv, help, error);
  if (ok && !*help)
    {
      ok = take_numbers (self, &raw, error) && take_policy (self, raw.on_conflict, error) &&
           take_names (self, &raw, error) && take_addresses (self, &raw, error);
      self->no_resume = raw.no_resume;
      self->json = raw.json;
      self->quiet = raw.quiet;
    }
  raw_clear (&raw);
  return ok;
}

void
cli_get_options_clear (CliGetOptions *self)
{
  g_clear_pointer (&self->addresses, g_ptr_array_unref);
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
