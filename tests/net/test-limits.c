/* Limits, as the server sees them: never exceeded. That they are reached is for tests/bench. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/cli-site.h"

#define MIB (1024 * 1024)

static const HostilePayload plain = HOSTILE_PAYLOAD_INIT;

static void
test_the_rate_is_never_exceeded (CliSite *f, gconstpointer data)
{
  static const char *const segments[] = { "1", "8" };

  for (gsize i = 0; i < G_N_ELEMENTS (segments); i++)
    {
      g_autofree char *name = g_strdup_printf ("f%s", segments[i]);
      g_autofree char *address =
          hostile_server_dup_address (f->server, "/bytes/%d/%s?etag=x", 6 * MIB, name);
      gint64 start_us = g_get_monotonic_time ();

      g_assert_cmpint (cli_run_get (f->run, "-q", "-s", segments[i], "--limit-rate", "2M", address,
                                    NULL),
                       ==, 0);
      /* Three seconds, less what may come at once. */
      g_assert_cmpint (g_get_monotonic_time () - start_us, >, 2900000);
      cli_run_assert_payload (f->run, name, &plain, 6 * MIB);
    }
}

static void
test_no_more_downloads_at_a_time_than_said (CliSite *f, gconstpointer data)
{
  char *a[8];

  for (int i = 0; i < 8; i++)
    a[i] = hostile_server_dup_address (f->server, "/bytes/200000/f%d?rate=1000000", i);
  g_assert_cmpint (cli_run_get (f->run, "-q", "-j", "3", "-s", "1", a[0], a[1], a[2], a[3], a[4],
                                a[5], a[6], a[7], NULL),
                   ==, 0);
  g_assert_cmpuint (hostile_server_get_most_at_once (f->server), <=, 3);
  for (int i = 0; i < 8; i++)
    g_free (a[i]);
}

static void
test_no_more_connections_for_a_download_than_said (CliSite *f, gconstpointer data)
{
  g_autofree char *address =
      hostile_server_dup_address (f->server, "/bytes/%d/f?etag=x&rate=2000000", 12 * MIB);

  g_assert_cmpint (cli_run_get (f->run, "-q", "-s", "3", address, NULL), ==, 0);
  g_assert_cmpuint (hostile_server_get_most_at_once (f->server), <=, 3);
  cli_run_assert_payload (f->run, "f", &plain, 12 * MIB);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/limits/" path, CliSite, NULL, cli_site_set_up, function, cli_site_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("the-rate-is-never-exceeded", test_the_rate_is_never_exceeded);
  ADD ("no-more-downloads-at-a-time-than-said", test_no_more_downloads_at_a_time_than_said);
  ADD ("no-more-connections-for-a-download-than-said",
       test_no_more_connections_for_a_download_than_said);
  return g_test_run ();
}
