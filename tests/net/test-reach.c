/* Getting there: redirects, credentials, cookies, proxies; and that nothing of it goes elsewhere.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "support/cli-run.h"
#include "support/hostile-server.h"
#include "support/test-proxy.h"

typedef struct
{
  HostileServer *server;
  HostileServer *other; /* another origin: another port */
  CliRun *run;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->server = hostile_server_start (NULL, &error);
  g_assert_no_error (error);
  f->other = hostile_server_start (NULL, &error);
  g_assert_no_error (error);
  f->run = cli_run_new ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  hostile_server_stop (f->server);
  hostile_server_stop (f->other);
  cli_run_free (f->run);
}

static const HostilePayload plain = HOSTILE_PAYLOAD_INIT;

static char *
write_file (Fixture *f, const char *name, const char *text)
{
  char *path = g_build_filename (f->run->root, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

/* The header of that name in the latest request for @path; NULL where it had none. */
static char *
get_sent (HostileServer *server, const char *path, const char *name)
{
  g_autoptr (GPtrArray) log = hostile_server_dup_log (server);

  for (guint i = log->len; i-- > 0;)
    {
      const HostileEntry *entry = g_ptr_array_index (log, i);

      if (strcmp (entry->path, path) == 0)
        return hostile_entry_dup_header (entry, name);
    }
  g_assert_not_reached ();
}

/* An address that leads to @to, whose query is escaped. */
static char *
make_redirect (HostileServer *server, const char *to, const char *more)
{
  g_autofree char *escaped = g_uri_escape_string (to, NULL, FALSE);

  return hostile_server_dup_address (server, "/bytes/1/go?redirect=%s%s", escaped, more);
}

static void
test_redirects (Fixture *f, gconstpointer data)
{
  static const int statuses[] = { 301, 302, 303, 307, 308 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *to = g_strdup_printf ("/bytes/90/end%d.bin#part", statuses[i]);
      g_autofree char *more = g_strdup_printf ("&redirect-status=%d", statuses[i]);
      g_autofree char *address = make_redirect (f->server, to, more);
      g_autofree char *name = g_strdup_printf ("end%d.bin", statuses[i]);

      g_assert_cmpint (cli_run_get (f->run, address, NULL), ==, 0);
      cli_run_assert_payload (f->run, name, &plain, 90);
    }
}

static void
test_endless (Fixture *f, gconstpointer data)
{
  g_autofree char *address =
      hostile_server_dup_address (f->server, "/bytes/1/loop?redirect=?redirect=%%3Fx");
  g_autofree char *self =
      hostile_server_dup_address (f->server, "/bytes/1/self?redirect=/bytes/1/self?redirect=");

  g_assert_cmpint (cli_run_get (f->run, "--retries", "0", address, NULL), ==, 0);
  g_assert_cmpint (cli_run_get (f->run, self, NULL), ==, 1);
  g_assert_nonnull (strstr (f->run->out, "Error: the server redirects"));
  g_assert_cmpint (hostile_server_count (f->server, "/bytes/1/self"), <=, 21);
}

static void
test_other_origin (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "X-Secret", "Referer", "Cookie", "Authorization" };
  g_autofree char *to = hostile_server_dup_address (f->other, "/bytes/70/there");
  g_autofree char *address = make_redirect (f->server, to, "&auth=basic:me:pw");

  g_assert_cmpint (cli_run_get (f->run, "--user", "me:pw", "--header", "X-Secret: 1", "--header",
                                "Cookie: a=b", "--header", "Authorization: Basic bWU6cHc=",
                                "--referer", "http://from/", address, NULL),
                   ==, 0);
  cli_run_assert_payload (f->run, "there", &plain, 70);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *here = get_sent (f->server, "/bytes/1/go", names[i]);
      g_autofree char *there = get_sent (f->other, "/bytes/70/there", names[i]);

      g_assert_nonnull (here);
      g_assert_null (there);
    }
}

/* The other origin asks for a password: it does not get the first one's. */
static void
test_other_asks (Fixture *f, gconstpointer data)
{
  g_autofree char *to = hostile_server_dup_address (f->other, "/bytes/70/there?auth=basic:me:pw");
  g_autofree char *address = make_redirect (f->server, to, "&auth=basic:me:pw");

  g_assert_cmpint (cli_run_get (f->run, "--user", "me:pw", address, NULL), ==, 1);
  g_assert_nonnull (strstr (f->run->out, "Error: 401"));
}

static void
test_auth (Fixture *f, gconstpointer data)
{
  static const char *const kinds[] = { "basic", "digest" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *address =
          hostile_server_dup_address (f->server, "/bytes/300000/%s?auth=%s:me:p%%3Aw&etag=a",
                                      kinds[i], kinds[i]);
      g_autofree char *within =
          g_strdup_printf ("http://me:p%%3Aw@%s", address + strlen ("http://"));
      g_autofree char *line = g_strdup_printf ("%s: 300000 bytes", address);

      g_assert_cmpint (cli_run_get (f->run, "--retries", "0", address, NULL), ==, 1);
      g_assert_nonnull (strstr (f->run->out, "Error: 401 Unauthorized"));
      g_assert_cmpint (cli_run_get (f->run, "--user", "me:wrong", address, NULL), ==, 1);
      g_assert_cmpint (cli_run_get (f->run, "--user", "me:p:w", address, NULL), ==, 0);
      cli_run_assert_payload (f->run, kinds[i], &plain, 300000);
      g_assert_cmpint (cli_run_get (f->run, "--on-conflict", "overwrite", within, NULL), ==, 0);
      /* What is shown has no password in it. */
      cli_run_assert_line (f->run, 0, line);
      g_assert_null (strstr (f->run->err, "p%3Aw"));
    }
}

static void
test_netrc (Fixture *f, gconstpointer data)
{
  g_autofree char *path = write_file (f, ".netrc", "machine 127.0.0.1 login me password pw\n");
  g_autofree char *address = hostile_server_dup_address (f->server, "/bytes/60/a?auth=basic:me:pw");

  g_assert_cmpint (cli_run_get (f->run, address, NULL), ==, 1);
  g_assert_cmpint (cli_run_get (f->run, "--netrc", address, NULL), ==, 0);
  g_remove (path);
}

static void
test_cookies (Fixture *f, gconstpointer data)
{
  g_autofree char *path = write_file (
      f, "cookies.txt",
      "127.0.0.1\tFALSE\t/bytes\tFALSE\t0\tsession\tabc\n127.0.0.1\tFALSE\t/\tTRUE\t0\tsafe\tno\n"
      "127.0.0.1\tFALSE\t/\tFALSE\t1\told\tno\n");
  g_autofree char *address =
      hostile_server_dup_address (f->server, "/bytes/60/a?need=Cookie:session=abc");
  g_autofree char *there =
      hostile_server_dup_address (f->other, "/bytes/61/b?need=Cookie:session=abc");
  g_autofree char *redirect = make_redirect (f->server, there, "");

  g_assert_cmpint (cli_run_get (f->run, address, NULL), ==, 1);
  g_assert_cmpint (cli_run_get (f->run, "--cookies", path, address, redirect, NULL), ==, 0);
  cli_run_assert_payload (f->run, "b", &plain, 61);
}

/* A gate that sets a cookie and sends on to where it is wanted. */
static void
test_gate (Fixture *f, gconstpointer data)
{
  g_autofree char *gate = make_redirect (f->server, "/bytes/62/c?need=Cookie:pass=1",
                                         "&header=Set-Cookie:%20pass=1;%20path=/");
  g_autofree char *there = hostile_server_dup_address (f->other, "/bytes/63/d");
  g_autofree char *away =
      make_redirect (f->server, there, "&header=Set-Cookie:%20pass=1;%20path=/");

  g_assert_cmpint (cli_run_get (f->run, gate, NULL), ==, 0);
  cli_run_assert_payload (f->run, "c", &plain, 62);
  g_assert_cmpint (cli_run_get (f->run, away, NULL), ==, 0);
}

static void
test_proxies (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *format;
    const char *user;
  } kinds[] = {
    { "http://127.0.0.1:%d", NULL },
    { "http://me:pw@127.0.0.1:%d", "me" },
    { "socks5://127.0.0.1:%d", NULL },
    { "socks5://me:pw@127.0.0.1:%d", "me" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (TestProxy) proxy =
          test_proxy_start (kinds[i].user, kinds[i].user != NULL ? "pw" : NULL, NULL);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_autofree char *through = g_strdup_printf (kinds[i].format, test_proxy_get_port (proxy));
#pragma GCC diagnostic pop
      g_autofree char *address =
          hostile_server_dup_address (f->server, "/bytes/%d/p", 100000 + (int) i);

      g_test_message ("%s", through);
      g_assert_cmpint (cli_run_get (f->run, "--on-conflict", "overwrite", "--proxy", through,
                                    address, NULL),
                       ==, 0);
      cli_run_assert_payload (f->run, "p", &plain, 100000 + i);
      g_assert_cmpint (test_proxy_count (proxy), >, 0);
    }
}

static void
test_proxy_from_system (Fixture *f, gconstpointer data)
{
  g_autoptr (TestProxy) proxy = test_proxy_start (NULL, NULL, NULL);
  g_autofree char *address = hostile_server_dup_address (f->server, "/bytes/50/p");

  g_ptr_array_add (f->run->env,
                   g_strdup_printf ("http_proxy=http://127.0.0.1:%d", test_proxy_get_port (proxy)));
  g_assert_cmpint (cli_run_get (f->run, "--proxy", "none", address, NULL), ==, 0);
  g_assert_cmpint (test_proxy_count (proxy), ==, 0);
}

static void
test_proxy_refusal (Fixture *f, gconstpointer data)
{
  g_autoptr (TestProxy) proxy = test_proxy_start ("me", "pw", NULL);
  g_autofree char *through = g_strdup_printf ("http://127.0.0.1:%d", test_proxy_get_port (proxy));
  g_autofree char *wrong =
      g_strdup_printf ("socks5://me:no@127.0.0.1:%d", test_proxy_get_port (proxy));
  g_autofree char *address = hostile_server_dup_address (f->server, "/bytes/50/p");

  g_assert_cmpint (cli_run_get (f->run, "--retries", "0", "--user", "me:pw", "--proxy", through,
                                address, NULL),
                   ==, 1);
  g_assert_cmpint (cli_run_get (f->run, "--retries", "0", "--proxy", wrong, address, NULL), ==, 1);
  g_assert_cmpint (hostile_server_count (f->server, NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/reach/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("every-kind-of-redirect-is-followed", test_redirects);
  ADD ("an-endless-redirect-ends", test_endless);
  ADD ("nothing-goes-to-another-origin", test_other_origin);
  ADD ("another-origin-that-asks-gets-no-password", test_other_asks);
  ADD ("basic-and-digest-let-in", test_auth);
  ADD ("a-netrc-names-its-hosts", test_netrc);
  ADD ("a-cookie-file-goes-where-it-belongs", test_cookies);
  ADD ("a-cookie-of-the-way-goes-back-to-its-host", test_gate);
  ADD ("each-kind-of-proxy-passes-on", test_proxies);
  ADD ("no-proxy-means-none", test_proxy_from_system);
  ADD ("a-proxy-that-refuses-is-no-way-around", test_proxy_refusal);
  return g_test_run ();
}
