/* The table of options. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/raw-options.h"

#include <glib/gi18n.h>
#include <stdio.h>

void
cli_raw_clear (CliRaw *raw)
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
  g_free (raw->limit_rate_each);
  g_free (raw->proxy);
  g_free (raw->cacert);
  g_free (raw->cookies);
  g_free (raw->metalink);
}

/* Prints the help where it was asked for. */
static gboolean
parse_words (
    const GOptionEntry *entries, int argc, char **argv, const gboolean *help, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GPtrArray) copy = g_ptr_array_new ();
  char **words;

  for (int i = 0; i < argc; i++)
    g_ptr_array_add (copy, argv[i]);
  g_ptr_array_add (copy, NULL);
  words = (char **) copy->pdata;
  g_set_prgname ("bobbin-cli get"); /* for the help's first line */
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &words, error))
    return FALSE;
  if (*help)
    {
      g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);

      fputs (text, stdout);
    }
  return TRUE;
}

gboolean
cli_raw_parse (CliRaw *raw, int argc, char **argv, gboolean *help, GError **error)
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
    { "netrc", 0, 0, G_OPTION_ARG_NONE, &raw->netrc,
      N_ ("Take user and password from ~/.netrc for the hosts named there"), NULL },
    { "cookies", 0, 0, G_OPTION_ARG_FILENAME, &raw->cookies,
      N_ ("Send the cookies of a Netscape cookie file that match"), N_ ("FILE") },
    { "referer", 0, 0, G_OPTION_ARG_STRING, &raw->referrer, N_ ("The Referer header"), N_ ("URL") },
    { "user-agent", 0, 0, G_OPTION_ARG_STRING, &raw->user_agent, N_ ("The User-Agent header"),
      N_ ("TEXT") },
    { "proxy", 0, 0, G_OPTION_ARG_STRING, &raw->proxy,
      N_ ("http://, https:// or socks5://, or none"), N_ ("URL") },
    { "metalink", 0, 0, G_OPTION_ARG_FILENAME, &raw->metalink,
      N_ ("Download the files of a Metalink 4 file"), N_ ("FILE") },
    { "limit-rate-each", 0, 0, G_OPTION_ARG_STRING, &raw->limit_rate_each,
      N_ ("Bytes per second for each download"), N_ ("RATE") },
    { "find-checksum", 0, 0, G_OPTION_ARG_NONE, &raw->find_checksum,
      N_ ("Look for files of checksums beside each file"), NULL },
    { "cacert", 0, 0, G_OPTION_ARG_FILENAME, &raw->cacert,
      N_ ("Certificate authorities to trust instead of the system’s"), N_ ("FILE") },
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
  *help = FALSE;
  if (!parse_words (entries, argc, argv, &wants_help, error))
    return FALSE;
  *help = wants_help;
  return TRUE;
}
