/* Printing results. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "base/clock.h"
#include "cli/json.h"

gboolean
cli_report_failed (EngineDownload *download)
{
  return engine_download_get_state (download) != ENGINE_STATE_COMPLETED;
}

const char *
cli_report_advise (EngineDownload *download)
{
  const GError *error = engine_download_get_error (download);

  if (engine_download_get_state (download) != ENGINE_STATE_FAILED || error == NULL)
    return "";
  return engine_remedy_advise (error);
}

static const char *
status_word (EngineDownload *download, gboolean interrupted)
{
  if (interrupted || engine_download_get_state (download) == ENGINE_STATE_CANCELLED)
    return "cancelled";
  if (engine_download_was_skipped (download))
    return "skipped";
  return cli_report_failed (download) ? "failed" : "completed";
}

static const char *
interrupted_message (void)
{
  return _ ("interrupted, run the same command to go on");
}

static void
write_error (CliJson *json, EngineDownload *download, gboolean interrupted)
{
  const GError *error = engine_download_get_error (download);

  cli_json_key (json, "error");
  if (!interrupted && error == NULL)
    {
      cli_json_null (json);
      return;
    }
  cli_json_open (json, '{');
  cli_json_key (json, "code");
  cli_json_string (
      json, interrupted ? "cancelled" : engine_error_get_nick ((EngineErrorCode) error->code));
  cli_json_key (json, "message");
  cli_json_string (json, interrupted ? interrupted_message () : error->message);
  cli_json_close (json, '}');
}

static double
get_seconds (EngineDownload *download)
{
  gint64 started_us = engine_download_get_started_us (download);
  gint64 ended_us = engine_download_get_ended_us (download);

  if (started_us == 0)
    return 0;
  return (double) ((ended_us != 0 ? ended_us : base_clock_now_us ()) - started_us) / BASE_SECOND_US;
}

static void
print_json (const char *address, EngineDownload *download, gboolean interrupted)
{
  g_autofree char *path = engine_download_dup_path (download);
  g_autofree char *text = NULL;
  gboolean completed = !interrupted && !cli_report_failed (download);
  int status = engine_download_get_http_status (download);
  CliJson json;

  cli_json_init (&json);
  cli_json_open (&json, '{');
  cli_json_key (&json, "url");
  cli_json_string (&json, address);
  cli_json_key (&json, "status");
  cli_json_string (&json, status_word (download, interrupted));
  cli_json_key (&json, "path");
  cli_json_string (&json, completed ? path : NULL);
  cli_json_key (&json, "bytes");
  cli_json_int (&json, engine_download_get_received (download));
  cli_json_key (&json, "resumed_from");
  cli_json_int (&json, engine_download_get_resumed_from (download));
  cli_json_key (&json, "seconds");
  cli_json_double (&json, get_seconds (download));
  cli_json_key (&json, "connections");
  cli_json_int (&json, engine_download_get_most_connections (download));
  cli_json_key (&json, "http_status");
  if (status != 0)
    cli_json_int (&json, status);
  else
    cli_json_null (&json);
  write_error (&json, download, interrupted);
  cli_json_close (&json, '}');
  text = cli_json_finish (&json);
  puts (text);
}

static void
print_text (const char *address, EngineDownload *download, gboolean interrupted)
{
  const GError *error = engine_download_get_error (download);

  if (interrupted)
    /* Translators: an address, and what went wrong with it */
    printf (_ ("%s: Error: %s\n"), address, interrupted_message ());
  else if (engine_download_was_skipped (download))
    /* Translators: an address, and the name of a file */
    printf (_ ("%s: skipped, %s exists\n"), address, engine_download_get_name (download));
  else if (!cli_report_failed (download))
    {
      g_autofree char *bytes = g_strdup_printf ("%" G_GINT64_FORMAT, engine_download_get_received (download));

      /* Translators: an address, and a number of bytes */
      printf (_ ("%s: %s bytes\n"), address, bytes);
    }
  else
    printf (_ ("%s: Error: %s\n"), address, error != NULL ? error->message : _ ("cancelled"));
}

void
cli_report_print (const char *address, EngineDownload *download, gboolean interrupted, gboolean json)
{
  g_autofree char *shown = engine_address_dup_shown (address);

  if (json)
    print_json (shown, download, interrupted);
  else
    print_text (shown, download, interrupted);
  fflush (stdout);
}
