/* Checksums: the person's, the server's, of files beside; and Metalinks. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "support/cli-site.h"

#define SIZE 300000

static const HostilePayload plain = HOSTILE_PAYLOAD_INIT;

static void
test_given (CliSite *f, gconstpointer data)
{
  static const struct
  {
    const char *name;
    GChecksumType kind;
  } kinds[] = { { "md5", G_CHECKSUM_MD5 },
                { "sha1", G_CHECKSUM_SHA1 },
                { "SHA256", G_CHECKSUM_SHA256 },
                { "sha384", G_CHECKSUM_SHA384 },
                { "sha512", G_CHECKSUM_SHA512 } };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *address =
          hostile_server_dup_address (f->server, "/bytes/%d/%s?etag=a", SIZE, kinds[i].name);
      g_autofree char *digest = hostile_payload_dup_digest (&plain, SIZE, kinds[i].kind);
      g_autofree char *right = g_strdup_printf ("%s=%s", kinds[i].name, digest);
      g_autofree char *wrong = g_strdup (right);
      g_autofree char *part = g_strconcat (kinds[i].name, ".part", NULL);

      wrong[strlen (wrong) - 1] = wrong[strlen (wrong) - 1] == '0' ? '1' : '0';
      g_assert_cmpint (cli_run_get (f->run, "--checksum", wrong, address, NULL), ==, 1);
      /* Both are said, and what came is kept. */
      g_assert_nonnull (strstr (f->run->out, digest));
      g_assert_nonnull (strstr (f->run->out, strchr (wrong, '=') + 1));
      g_assert_true (cli_run_has (f->run, part));
      g_assert_false (cli_run_has (f->run, kinds[i].name));
      g_assert_cmpint (cli_run_get (f->run, "--checksum", right, address, NULL), ==, 0);
      cli_run_assert_payload (f->run, kinds[i].name, &plain, SIZE);
    }
}

static void
test_headers (CliSite *f, gconstpointer data)
{
  static const char *const kinds[] = { "repr:sha-256", "repr:sha-512", "content:sha-256",
                                       "old:sha-256",  "old:md5",      "old:sha" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *right = hostile_server_dup_address (f->server, "/bytes/%d/a%d?digest=%s",
                                                           SIZE, (int) i, kinds[i]);
      g_autofree char *wrong = g_strconcat (right, "&digest-wrong", NULL);

      g_assert_cmpint (cli_run_get (f->run, wrong, NULL), ==, 1);
      g_assert_nonnull (strstr (f->run->out, "Error: the checksum is "));
      g_assert_cmpint (cli_run_get (f->run, right, NULL), ==, 0);
    }
}

static void
test_siblings (CliSite *f, gconstpointer data)
{
  g_autofree char *right = hostile_payload_dup_digest (&plain, SIZE, G_CHECKSUM_SHA256);
  g_autofree char *other = hostile_payload_dup_digest (&plain, SIZE + 1, G_CHECKSUM_SHA256);
  g_autofree char *sums = g_strdup_printf ("%s  a.iso\n%s *b.iso\n", right, other);
  g_autofree char *a = hostile_server_dup_address (f->server, "/bytes/%d/a.iso?etag=x", SIZE);
  g_autofree char *b = hostile_server_dup_address (f->server, "/bytes/%d/b.iso?etag=x", SIZE);
  g_autofree char *c = hostile_server_dup_address (f->server, "/bytes/%d/c.iso?etag=x", SIZE);

  hostile_server_put (f->server, "/bytes/300000/SHA256SUMS", "text/plain", sums);
  g_assert_cmpint (cli_run_get (f->run, "--find-checksum", a, b, c, NULL), ==, 1);
  g_assert_true (cli_run_has (f->run, "a.iso"));
  g_assert_false (cli_run_has (f->run, "b.iso"));
  g_assert_true (cli_run_has (f->run, "c.iso"));
  /* Nobody looks for them unasked. */
  g_assert_cmpint (cli_run_get (f->run, b, NULL), ==, 0);
}

/* Two files: one whose first mirror is gone and whose second is stale, one of one address. */
static void
test_metalink (CliSite *f, gconstpointer data)
{
  g_autofree char *gone = hostile_server_dup_address (f->server, "/gone");
  g_autofree char *stale = hostile_server_dup_address (f->server, "/bytes/%d/x", SIZE - 5);
  g_autofree char *good = hostile_server_dup_address (f->server, "/bytes/%d/y", SIZE);
  g_autofree char *digest = hostile_payload_dup_digest (&plain, SIZE, G_CHECKSUM_SHA256);
  g_autofree char *text = g_strdup_printf (
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<metalink "
      "xmlns=\"urn:ietf:params:xml:ns:metalink\">\n"
      "<file name=\"../one.iso\"><size>%d</size><hash type=\"sha-256\">%s</hash>"
      "<url priority=\"3\">%s</url><url priority=\"1\">%s</url><url priority=\"2\">%s</url></file>"
      "<file name=\"two.iso\"><url>%s</url></file></metalink>",
      SIZE, digest, good, gone, stale, good);
  g_autofree char *path = g_build_filename (f->run->root, "both.meta4", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (cli_run_get (f->run, "--metalink", path, NULL), ==, 0);
  cli_run_assert_payload (f->run, "one.iso", &plain, SIZE);
  cli_run_assert_payload (f->run, "two.iso", &plain, SIZE);
  g_assert_cmpint (cli_run_get (f->run, "-i", path, NULL), ==, 0);
  cli_run_assert_payload (f->run, "two (1).iso", &plain, SIZE);
}

/* One byte is wrong at the first mirror: its piece alone is fetched again, from the second. */
static void
test_pieces (CliSite *f, gconstpointer data)
{
  g_autofree char *bad = hostile_server_dup_address (
      f->server, "/bytes/%d/bad?odd-byte=150000&amp;modified=1000&amp;keep-modified", SIZE);
  g_autofree char *good =
      hostile_server_dup_address (f->server, "/bytes/%d/good?modified=1000", SIZE);
  g_autofree char *path = g_build_filename (f->run->root, "pieces.meta4", NULL);
  g_autofree char *whole = g_malloc (SIZE);
  GString *text =
      g_string_new ("<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\"><file name=\"p\">");
  g_autoptr (GPtrArray) log = NULL;
  gint64 sent = 0;

  hostile_payload_fill (&plain, 0, (guint8 *) whole, SIZE);
  g_string_append_printf (text, "<size>%d</size><pieces type=\"sha-1\" length=\"65536\">", SIZE);
  for (int at = 0; at < SIZE; at += 65536)
    {
      g_autofree char *hex = g_compute_checksum_for_data (G_CHECKSUM_SHA1, (guint8 *) whole + at,
                                                          MIN (65536, SIZE - at));

      g_string_append_printf (text, "<hash>%s</hash>", hex);
    }
  g_string_append_printf (text, "</pieces><url>%s</url><url>%s</url></file></metalink>", bad, good);
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  g_assert_cmpint (cli_run_get (f->run, "--metalink", path, NULL), ==, 0);
  cli_run_assert_payload (f->run, "p", &plain, SIZE);
  log = hostile_server_dup_log (f->server);
  for (guint i = 0; i < log->len; i++)
    {
      const HostileEntry *entry = g_ptr_array_index (log, i);

      if (g_str_has_suffix (entry->path, "/bad"))
        sent += entry->sent;
    }
  g_assert_cmpint (sent, ==, SIZE);
  g_string_free (text, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/checksums/" name, CliSite, NULL, cli_site_set_up, func, cli_site_tear_down)
  ADD ("a-wrong-one-keeps-the-part-and-says-both", test_given);
  ADD ("what-headers-say-is-checked", test_headers);
  ADD ("files-beside-are-looked-for-when-asked", test_siblings);
  ADD ("a-metalink's-mirrors-are-tried-in-turn", test_metalink);
  ADD ("a-damaged-piece-alone-is-fetched-again", test_pieces);
  return g_test_run ();
}
