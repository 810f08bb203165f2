/* Through proxies: each kind to each kind of server, with and without a password; what a proxy
 * that refuses, is away or says nothing ends with; and that no server hears of the password. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "support/certificates.h"
#include "support/cli-run.h"
#include "support/hostile-server.h"
#include "support/test-proxy.h"

#define SIZE 300000

/* `me:s3cret` by Basic. */
#define ENCODED "bWU6czNjcmV0"

static const HostilePayload plain = HOSTILE_PAYLOAD_INIT;

static const char *const kinds[] = { "http", "https", "socks5" };

typedef struct
{
  CliRun *run;
  GTlsCertificate *certificate; /* owned */
  char *authorities;            /* owned */
  HostileServer *open;
  HostileServer *secure;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  HostileOptions options = { 0 };
  g_autoptr (GError) error = NULL;

  f->run = cli_run_new ();
  certificates_make (f->run->root);
  f->authorities = g_build_filename (f->run->root, "ca.pem", NULL);
  f->certificate = certificates_load (f->run->root, "good");
  f->open = hostile_server_start (NULL, &error);
  g_assert_no_error (error);
  options.certificate = f->certificate;
  f->secure = hostile_server_start (&options, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  hostile_server_stop (f->open);
  hostile_server_stop (f->secure);
  g_object_unref (f->certificate);
  g_free (f->authorities);
  cli_run_free (f->run);
}

static TestProxy *
start (Fixture *f, const char *kind, gboolean asks)
{
  return test_proxy_start (asks ? "me" : NULL, asks ? "s3cret" : NULL,
                           strcmp (kind, "https") == 0 ? f->certificate : NULL);
}

static char *
dup_proxy_address (const char *kind, const char *user, TestProxy *proxy)
{
  return g_strdup_printf ("%s://%s127.0.0.1:%d", kind, user, test_proxy_get_port (proxy));
}

static void set_variable (Fixture *f, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
set_variable (Fixture *f, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (f->run->env, g_strdup_vprintf (format, args));
  va_end (args);
}

static int
get_through (Fixture *f, const char *proxy, const char *address)
{
  return cli_run_get (f->run, "--cacert", f->authorities, "--retries", "0", "--timeout", "20",
                      "--proxy", proxy, address, NULL);
}

/* No server has seen what is the proxy's alone. */
static void
assert_kept_from (HostileServer *server)
{
  g_autoptr (GPtrArray) log = hostile_server_dup_log (server);

  for (guint i = 0; i < log->len; i++)
    {
      const HostileEntry *entry = g_ptr_array_index (log, i);

      g_assert_null (strstr (entry->head, ENCODED));
      g_assert_null (strstr (entry->head, "s3cret"));
      g_assert_null (strstr (entry->head, "Proxy-Authorization"));
    }
}

static void
assert_passes (Fixture *f, const char *kind, HostileServer *server, gboolean asks)
{
  g_autoptr (TestProxy) proxy = start (f, kind, asks);
  g_autofree char *through = dup_proxy_address (kind, asks ? "me:s3cret@" : "", proxy);
  g_autofree char *name = g_strdup_printf ("%s-%d-%d", kind, asks, server == f->secure);
  g_autofree char *address = hostile_server_dup_address (server, "/bytes/%d/%s?etag=a", SIZE, name);

  g_test_message ("%s to %s", through, address);
  g_assert_cmpint (get_through (f, through, address), ==, 0);
  cli_run_assert_payload (f->run, name, &plain, SIZE);
  g_assert_cmpint (test_proxy_count (proxy), >, 0);
  assert_kept_from (server);
}

static void
test_each_passes (Fixture *f, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (int asks = 0; asks < 2; asks++)
      {
        assert_passes (f, kinds[i], f->open, asks);
        assert_passes (f, kinds[i], f->secure, asks);
      }
}

/* The proxy's password is sent where a proxy asks, and a proxy alone is told it. */
static void
assert_refused (Fixture *f, const char *kind, HostileServer *server, const char *user)
{
  g_autoptr (TestProxy) proxy = start (f, kind, TRUE);
  g_autofree char *through = dup_proxy_address (kind, user, proxy);
  g_autofree char *address = hostile_server_dup_address (server, "/bytes/%d/p", SIZE);

  g_test_message ("%s to %s", through, address);
  g_assert_cmpint (get_through (f, through, address), ==, 1);
  g_assert_nonnull (strstr (f->run->out, "proxy"));
  g_assert_null (strstr (f->run->out, "s3cret"));
  g_assert_null (strstr (f->run->err, "s3cret"));
  g_assert_cmpuint (hostile_server_count (server, NULL), ==, 0);
}

static void
test_password (Fixture *f, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      assert_refused (f, kinds[i], f->open, "");
      assert_refused (f, kinds[i], f->secure, "");
      assert_refused (f, kinds[i], f->open, "me:wrong@");
      assert_refused (f, kinds[i], f->secure, "me:wrong@");
    }
}

static void
assert_says (Fixture *f, const char *kind, HostileServer *server, const char *refusal)
{
  g_autoptr (TestProxy) proxy = start (f, kind, FALSE);
  g_autofree char *through = dup_proxy_address (kind, "", proxy);
  g_autofree char *address = hostile_server_dup_address (server, "/bytes/%d/p", SIZE);

  test_proxy_refuse (proxy, refusal);
  g_test_message ("%s to %s: %s", through, address, refusal);
  g_assert_cmpint (get_through (f, through, address), ==, 1);
  g_test_message ("%s", f->run->out);
  /* Over plain HTTP nobody can tell whose answer it is. */
  if (strcmp (kind, "http") == 0 && server == f->open)
    g_assert_nonnull (strstr (f->run->out, refusal));
  else
    g_assert_nonnull (strstr (f->run->out, "proxy"));
  g_assert_cmpuint (hostile_server_count (server, NULL), ==, 0);
  g_assert_cmpint (test_proxy_count_asked (proxy), ==, 1);
}

static void
test_refusals (Fixture *f, gconstpointer data)
{
  static const char *const refusals[] = { "403 Forbidden", "502 Bad Gateway",
                                          "503 Service Unavailable" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (refusals); j++)
      {
        assert_says (f, kinds[i], f->open, refusals[j]);
        assert_says (f, kinds[i], f->secure, refusals[j]);
      }
}

static void
test_away (Fixture *f, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (TestProxy) proxy = start (f, kinds[i], FALSE);
      g_autofree char *through = dup_proxy_address (kinds[i], "", proxy);
      g_autofree char *open = hostile_server_dup_address (f->open, "/bytes/1/p");
      g_autofree char *secure = hostile_server_dup_address (f->secure, "/bytes/1/p");

      g_clear_pointer (&proxy, test_proxy_stop);
      g_assert_cmpint (get_through (f, through, open), ==, 1);
      g_assert_nonnull (strstr (f->run->out, "Error: the proxy 127.0.0.1 cannot be reached"));
      g_assert_cmpint (get_through (f, through, secure), ==, 1);
      g_assert_nonnull (strstr (f->run->out, "Error: the proxy 127.0.0.1 cannot be reached"));
    }
}

/* Whose certificate it was. */
static void
test_certificates (Fixture *f, gconstpointer data)
{
  g_autoptr (GTlsCertificate) expired = certificates_load (f->run->root, "expired");
  const HostileOptions options = { .certificate = expired };
  g_autoptr (HostileServer) server = hostile_server_start (&options, NULL);
  g_autofree char *address = hostile_server_dup_address (server, "/bytes/1/p");
  g_autofree char *open = hostile_server_dup_address (f->open, "/bytes/1/p");
  g_autoptr (TestProxy) untrusted = test_proxy_start (NULL, NULL, expired);
  g_autofree char *through_untrusted = dup_proxy_address ("https", "", untrusted);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (TestProxy) proxy = start (f, kinds[i], FALSE);
      g_autofree char *through = dup_proxy_address (kinds[i], "", proxy);

      g_assert_cmpint (get_through (f, through, address), ==, 1);
      g_assert_nonnull (strstr (f->run->out, "Error: the server's certificate has expired"));
    }
  g_assert_cmpint (get_through (f, through_untrusted, open), ==, 1);
  g_assert_nonnull (strstr (f->run->out, "Error: there is no secure connection to the proxy"));
  g_assert_cmpint (test_proxy_count_asked (untrusted), ==, 0);
}

static void
test_silent (Fixture *f, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (TestProxy) proxy = start (f, kinds[i], FALSE);
      g_autofree char *through = dup_proxy_address (kinds[i], "", proxy);
      g_autofree char *open = hostile_server_dup_address (f->open, "/bytes/1/p");
      g_autofree char *secure = hostile_server_dup_address (f->secure, "/bytes/1/p");

      test_proxy_refuse (proxy, "silent");
      g_assert_cmpint (cli_run_get (f->run, "--timeout", "1", "--retries", "0", "--cacert",
                                    f->authorities, "--proxy", through, open, secure, NULL),
                       ==, 1);
      g_test_message ("%s", f->run->out);
      g_assert_nonnull (
          strstr (f->run->out, "Error: nothing came through the proxy 127.0.0.1 in time"));
      g_assert_null (strstr (f->run->out, "bytes\n"));
    }
}

/* Fetched with no word of a proxy on the command line. */
static void
assert_by_system (Fixture *f, HostileServer *server, const char *name, TestProxy *proxy, int more)
{
  g_autofree char *address = hostile_server_dup_address (server, "/bytes/%d/%s", SIZE, name);
  int before = test_proxy_count (proxy);

  g_test_message ("%s", name);
  g_assert_cmpint (cli_run_get (f->run, "--cacert", f->authorities, "-s", "1", address, NULL), ==,
                   0);
  cli_run_assert_payload (f->run, name, &plain, SIZE);
  g_assert_cmpint (test_proxy_count (proxy) - before, ==, more);
  assert_kept_from (server);
}

static void
test_variables (Fixture *f, gconstpointer data)
{
  g_autoptr (TestProxy) proxy = start (f, "http", TRUE);
  g_autofree char *through = dup_proxy_address ("http", "me:s3cret@", proxy);

  set_variable (f, "http_proxy=%s", through);
  set_variable (f, "https_proxy=%s", through);
  assert_by_system (f, f->open, "open", proxy, 1);
  assert_by_system (f, f->secure, "secure", proxy, 1);
  set_variable (f, "no_proxy=127.0.0.1");
  assert_by_system (f, f->open, "exempt", proxy, 0);
}

/* What a person has chosen in GNOME's settings. */
static void
test_settings (Fixture *f, gconstpointer data)
{
  g_autoptr (TestProxy) proxy = start (f, "http", FALSE);
  g_autofree char *folder = g_build_filename (f->run->root, "glib-2.0", "settings", NULL);
  g_autofree char *path = g_build_filename (folder, "keyfile", NULL);
  g_autofree char *text = g_strdup_printf ("[system/proxy]\n"
                                           "mode='manual'\n"
                                           "ignore-hosts=['localhost']\n"
                                           "[system/proxy/http]\n"
                                           "host='127.0.0.1'\n"
                                           "port=%d\n",
                                           test_proxy_get_port (proxy));

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  set_variable (f, "XDG_CONFIG_HOME=%s", f->run->root);
  set_variable (f, "GSETTINGS_BACKEND=keyfile");
  set_variable (f, "XDG_CURRENT_DESKTOP=GNOME");
  assert_by_system (f, f->open, "chosen", proxy, 1);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/proxies/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("each-kind-passes-on-to-each-kind", test_each_passes);
  ADD ("a-password-is-asked-for-and-goes-no-further", test_password);
  ADD ("a-refusal-is-the-proxys", test_refusals);
  ADD ("the-environment-names-one", test_variables);
  ADD ("the-settings-of-gnome-name-one", test_settings);
  ADD ("one-that-is-away-is-said-to-be", test_away);
  ADD ("a-certificate-is-the-servers-or-the-proxys", test_certificates);
  ADD ("one-that-says-nothing-is-not-waited-for", test_silent);
  return g_test_run ();
}
