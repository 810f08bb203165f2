/* `bobbin-cli get` by its results: lines, order, messages, exit statuses. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "support/cli-site.h"

static const HostilePayload plain = HOSTILE_PAYLOAD_INIT;

static void
test_five (CliSite *f, gconstpointer data)
{
  char *a[5];

  /* The first is the slowest: its line is the first all the same. */
  for (int i = 0; i < 5; i++)
    a[i] = hostile_server_dup_address (f->server, "/bytes/%d/f%d.bin?delay-ms=%d", 1000 * (i + 1),
                                       i, i == 0 ? 300 : 0);
  g_assert_cmpint (cli_run_get (f->run, a[0], a[1], a[2], a[3], a[4], NULL), ==, 0);
  for (int i = 0; i < 5; i++)
    {
      g_autofree char *line = g_strdup_printf ("%s: %d bytes", a[i], 1000 * (i + 1));
      g_autofree char *name = g_strdup_printf ("f%d.bin", i);

      cli_run_assert_line (f->run, i, line);
      cli_run_assert_payload (f->run, name, &plain, 1000 * (i + 1));
      g_free (a[i]);
    }
  g_assert_true (g_regex_match_simple (
      "^Completed in [0-9]+\\.[0-9][0-9] seconds \\(5 downloads, 0 failed\\)\n$", f->run->err, 0,
      0));
}

static void
assert_fails (CliSite *f, const char *address, const char *message)
{
  g_autofree char *line = g_strdup_printf ("%s: Error: %s", address, message);

  g_assert_cmpint (cli_run_get (f->run, "--retries", "0", "--timeout", "1", address, NULL), ==, 1);
  cli_run_assert_line (f->run, 0, line);
  g_assert_nonnull (strstr (f->run->err, "(1 downloads, 1 failed)"));
}

static void
test_failures (CliSite *f, gconstpointer data)
{
  static const struct
  {
    const char *path;
    const char *message;
  } cases[] = {
    { "/gone", "404 Not Found" },
    { "/bytes/5?status=403", "403 Forbidden" },
    { "/bytes/5?status=410", "410 Gone" },
    { "/bytes/5?status=500", "500 Internal Server Error" },
    { "/bytes/5?hang", "the server did not answer in time" },
    { "/bytes/500000?stall=70000", "the server did not answer in time" },
    { "/bytes/5?hang-up", "the server closed the connection early" },
    { "/bytes/5000?cut=100", "the server closed the connection early" },
    { "/bytes/5000?redirect=ftp://x/", "the server redirects to what is not a web address" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *address = hostile_server_dup_address (f->server, "%s", cases[i].path);

      assert_fails (f, address, cases[i].message);
    }
}

static void
test_refused (CliSite *f, gconstpointer data)
{
  HostileServer *gone = hostile_server_start (NULL, NULL);
  g_autofree char *address = hostile_server_dup_address (gone, "/x");

  hostile_server_stop (gone);
  assert_fails (f, address, "the server refused the connection");
}

static void
test_unknown_host (CliSite *f, gconstpointer data)
{
  assert_fails (f, "http://no-such-host.invalid/x", "no-such-host.invalid is not known");
}

static void
test_unusable (CliSite *f, gconstpointer data)
{
  g_autofree char *good = hostile_server_dup_address (f->server, "/bytes/7/good.bin");

  g_assert_cmpint (cli_run_get (f->run, "ftp://example.org/a", good, "nonsense", NULL), ==, 1);
  cli_run_assert_line (f->run, 0,
                       "ftp://example.org/a: Error: ftp is not a scheme that can be downloaded");
  cli_run_assert_line (f->run, 2, "nonsense: Error: this is not a web address");
  cli_run_assert_payload (f->run, "good.bin", &plain, 7);
  g_assert_nonnull (strstr (f->run->err, "(3 downloads, 2 failed)"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/cli-get/" name, CliSite, NULL, cli_site_set_up, func, cli_site_tear_down)
  ADD ("five-addresses-in-the-order-given", test_five);
  ADD ("each-failure-says-why", test_failures);
  ADD ("a-refused-connection-says-so", test_refused);
  ADD ("an-unknown-host-says-so", test_unknown_host);
  ADD ("an-unusable-address-leaves-the-others-alone", test_unusable);
  return g_test_run ();
}
