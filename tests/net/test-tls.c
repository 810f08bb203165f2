/* TLS: what is refused, with which reason; what is accepted. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "engine/http/tls.h"
#include "support/certificates.h"
#include "support/cli-run.h"
#include "support/hostile-server.h"

static const HostilePayload plain = HOSTILE_PAYLOAD_INIT;

static const struct
{
  const char *kind;
  const char *reason; /* NULL: accepted */
} kinds[] = {
  { "good", NULL },
  { "chain", NULL },
  { "expired", "the server's certificate has expired" },
  { "early", "the server's certificate is not valid yet" },
  { "name", "the server's certificate is for another name" },
  { "stranger", "the server's certificate is signed by nobody that this system trusts" },
  { "self", "the server's certificate is signed by nobody that this system trusts" },
};

typedef struct
{
  CliRun *run;
  char *authorities; /* owned */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->run = cli_run_new ();
  certificates_make (f->run->root);
  f->authorities = g_build_filename (f->run->root, "ca.pem", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  cli_run_free (f->run);
  g_free (f->authorities);
}

static HostileServer *
start (Fixture *f, const char *kind)
{
  g_autoptr (GTlsCertificate) certificate = certificates_load (f->run->root, kind);
  const HostileOptions options = { .certificate = certificate };
  g_autoptr (GError) error = NULL;
  HostileServer *server = hostile_server_start (&options, &error);

  g_assert_no_error (error);
  return server;
}

static void
test_kinds (Fixture *f, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (HostileServer) server = start (f, kinds[i].kind);
      g_autofree char *address =
          hostile_server_dup_address (server, "/bytes/3000000/%s?etag=a", kinds[i].kind);
      g_autofree char *line = g_strdup_printf ("%s: Error: %s", address, kinds[i].reason);

      g_test_message ("%s", kinds[i].kind);
      g_assert_cmpint (cli_run_get (f->run, "--cacert", f->authorities, address, NULL), ==,
                       kinds[i].reason == NULL ? 0 : 1);
      if (kinds[i].reason != NULL)
        {
          cli_run_assert_line (f->run, 0, line);
          g_assert_cmpint (hostile_server_count (server, NULL), ==, 0);
        }
      else
        cli_run_assert_payload (f->run, kinds[i].kind, &plain, 3000000);
    }
}

/* Without --cacert our authority is a stranger; with --insecure nobody is, and it says so. */
static void
test_insecure (Fixture *f, gconstpointer data)
{
  g_autoptr (HostileServer) server = start (f, "good");
  g_autoptr (HostileServer) expired = start (f, "expired");
  g_autofree char *address = hostile_server_dup_address (server, "/bytes/10/a");
  g_autofree char *other = hostile_server_dup_address (expired, "/bytes/11/b");

  g_assert_cmpint (cli_run_get (f->run, address, NULL), ==, 1);
  g_assert_nonnull (strstr (f->run->out, "Error: the server's certificate is signed by nobody"));
  g_assert_cmpint (cli_run_get (f->run, "--insecure", address, other, NULL), ==, 0);
  g_assert_nonnull (strstr (f->run->err, "Warning: any certificate is accepted"));
}

static void
test_no_way_down (Fixture *f, gconstpointer data)
{
  g_autoptr (HostileServer) server = start (f, "good");
  g_autoptr (HostileServer) open = hostile_server_start (NULL, NULL);
  g_autofree char *to = hostile_server_dup_address (open, "/bytes/10/a");
  g_autofree char *address = hostile_server_dup_address (server, "/bytes/1/x?redirect=%s", to);

  g_assert_cmpint (cli_run_get (f->run, "--cacert", f->authorities, address, NULL), ==, 1);
  g_assert_nonnull (
      strstr (f->run->out, "Error: the server redirects from a secure address to one that is not"));
  g_assert_cmpint (hostile_server_count (open, NULL), ==, 0);
}

/* A secure cookie goes out here, and not over plain HTTP. */
static void
test_secure_cookie (Fixture *f, gconstpointer data)
{
  g_autoptr (HostileServer) server = start (f, "good");
  g_autofree char *path = g_build_filename (f->run->root, "cookies.txt", NULL);
  g_autofree char *address =
      hostile_server_dup_address (server, "/bytes/10/a?need=Cookie:safe=yes");

  g_file_set_contents (path, "127.0.0.1\tFALSE\t/\tTRUE\t0\tsafe\tyes\n", -1, NULL);
  g_assert_cmpint (cli_run_get (f->run, "--cacert", f->authorities, "--cookies", path, address,
                                NULL),
                   ==, 0);
}

/* The delegate answers as the database behind it does, whatever it is asked. */
static void
test_delegate (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) real = g_tls_file_database_new (f->authorities, &error);
  g_autoptr (GTlsDatabase) delegate = engine_tls_database_new_delegating (real);
  g_autoptr (GSocketConnectable) identity = g_network_address_new ("localhost", 443);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GTlsCertificate) certificate = certificates_load (f->run->root, kinds[i].kind);
      GTlsCertificateFlags theirs =
          g_tls_database_verify_chain (real, certificate,
                                       G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, identity, NULL,
                                       0, NULL, NULL);
      GTlsCertificateFlags ours =
          g_tls_database_verify_chain (delegate, certificate,
                                       G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, identity, NULL,
                                       0, NULL, NULL);

      g_assert_cmpuint (ours, ==, theirs);
      g_assert_cmpint (theirs == 0, ==, kinds[i].reason == NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/tls/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("each-refusal-has-its-reason", test_kinds);
  ADD ("insecure-is-said", test_insecure);
  ADD ("https-never-leads-to-http", test_no_way_down);
  ADD ("a-secure-cookie-goes-over-tls", test_secure_cookie);
  ADD ("the-delegate-refuses-what-the-original-does", test_delegate);
  return g_test_run ();
}
