/* Bobbin's own window, measured from inside. It is started as main.c starts it; the engine may be
 * set beyond what Preferences offer.
 *
 * What it understands besides what control.h lists:
 *   limits DOWNLOADS WORKERS    so many at a time, one connection each
 *   add N ADDRESS              N downloads, ADDRESS/0.bin and on
 *   count                      rows, active, queued
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <stdlib.h>

#include "base/thread.h"
#include "control.h"
#include "heartbeat.h"
#include "ui/application.h"

static void
set_limits (Engine *engine, int downloads, int workers)
{
  EngineLimits limits = *engine_get_limits (engine);

  limits.max_downloads = downloads;
  limits.workers = limits.max_connections_per_host = workers;
  limits.max_connections = 1;
  engine_set_limits (engine, &limits);
}

static void
add (UiApplication *application, int n, const char *address)
{
  g_auto (GStrv) addresses = g_new0 (char *, n + 1);

  for (int i = 0; i < n; i++)
    addresses[i] = g_strdup_printf ("%s/%d.bin", address, i);
  ui_application_add (application, (const char *const *) addresses);
}

static char *
command (const char *const *words, gpointer user_data)
{
  UiApplication *application = user_data;
  Engine *engine = ui_application_get_engine (application);
  guint n = g_strv_length ((char **) words);
  EngineTotals totals;

  if (n == 3 && g_str_equal (words[0], "limits"))
    set_limits (engine, atoi (words[1]), atoi (words[2]));
  else if (n == 3 && g_str_equal (words[0], "add"))
    add (application, atoi (words[1]), words[2]);
  else if (n != 1 || !g_str_equal (words[0], "count"))
    return NULL;
  engine_get_totals (engine, &totals);
  return g_strdup_printf ("{\"loaded\": %s, \"rows\": %u, \"active\": %d, \"queued\": %d}",
                          engine_is_loaded (engine) ? "true" : "false",
                          g_list_model_get_n_items (engine_get_list (engine)), totals.active,
                          totals.queued);
}

/* Full: the first rows of the journal are there, or it is known that there are none. */
static gboolean
is_full (gpointer user_data)
{
  Engine *engine = ui_application_get_engine (user_data);

  return engine != NULL &&
         (engine_is_loaded (engine) || g_list_model_get_n_items (engine_get_list (engine)) > 0);
}

static void
startup_cb (GApplication *application, gpointer user_data)
{
  bench_control_start (GTK_APPLICATION (application), command, application);
}

int
main (int argc, char **argv)
{
  g_autoptr (UiApplication) application = NULL;

  setlocale (LC_ALL, "");
  base_thread_claim_main ();
  engine_prepare_process ();
  g_set_application_name ("Bobbin");
  application = ui_application_new ();
  bench_heartbeat_init (is_full, application);
  g_signal_connect (application, "startup", G_CALLBACK (startup_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
