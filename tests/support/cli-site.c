/* A server and a command line. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/cli-site.h"

void
cli_site_set_up (CliSite *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->server = hostile_server_start (NULL, &error);
  g_assert_no_error (error);
  self->run = cli_run_new ();
}

void
cli_site_tear_down (CliSite *self, gconstpointer data)
{
  hostile_server_stop (self->server);
  cli_run_free (self->run);
}
