/* An address that leads to a Metalink: its files come, and not the list. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <string.h>

#include "support/cli-site.h"

#define MIB (1024 * 1024)
#define TYPE "application/metalink4+xml"

static const HostilePayload plain = HOSTILE_PAYLOAD_INIT;

/* Of a file of @size bytes whose first address is gone; @query: of the second. */
static char *
describe (CliSite *f, const char *name, int size, const char *query)
{
  g_autofree char *gone = hostile_server_dup_address (f->server, "/gone");
  g_autofree char *good =
      hostile_server_dup_address (f->server, "/bytes/%d/%s?%s", size, name, query);
  g_autofree char *escaped = g_markup_escape_text (good, -1);
  g_autofree char *digest = hostile_payload_dup_digest (&plain, size, G_CHECKSUM_SHA256);

  return g_strdup_printf ("<file name=\"%s.bin\"><size>%d</size><hash type=\"sha-256\">%s</hash>"
                          "<url priority=\"1\">%s</url><url priority=\"2\">%s</url></file>",
                          name, size, digest, gone, escaped);
}

/* Returns: (transfer full): the list's address */
static char *
put_list (CliSite *f, const char *path, const char *type, const char *first, const char *second)
{
  g_autofree char *text =
      g_strdup_printf ("<?xml version=\"1.0\"?>\n<metalink "
                       "xmlns=\"urn:ietf:params:xml:ns:metalink\">%s%s</metalink>",
                       first, second != NULL ? second : "");

  hostile_server_put (f->server, path, type, text);
  return hostile_server_dup_address (f->server, "%s", path);
}

static void
assert_names (CliSite *f, const char *expected)
{
  g_autofree char *names = cli_run_dup_names (f->run);

  g_assert_cmpstr (names, ==, expected);
}

static void
test_by_type_or_name (CliSite *f, gconstpointer data)
{
  static const struct
  {
    const char *path;
    const char *type;
  } lists[] = { { "/list", TYPE },
                { "/list.meta4", "application/octet-stream" },
                { "/list.metalink", "text/plain" },
                { "/LIST.META4", "application/xml" } };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *name = g_strdup_printf ("f%d", (int) i);
      g_autofree char *file_name = g_strconcat (name, ".bin", NULL);
      g_autofree char *first = describe (f, name, 300000, "etag=x");
      g_autofree char *list = put_list (f, lists[i].path, lists[i].type, first, NULL);
      g_autofree char *line = g_strdup_printf ("%s: 300000 bytes", list);

      g_assert_cmpint (cli_run_get (f->run, list, NULL), ==, 0);
      cli_run_assert_payload (f->run, file_name, &plain, 300000);
      cli_run_assert_line (f->run, 0, line);
      /* The list is asked for once. */
      g_assert_cmpuint (hostile_server_count (f->server, lists[i].path), ==, 1);
    }
  assert_names (f, "f0.bin|f1.bin|f2.bin|f3.bin");
}

/* Results stay in the order given: a list's files stand where it does. */
static void
test_all_its_files_come (CliSite *f, gconstpointer data)
{
  g_autofree char *first = describe (f, "one", 300000, "etag=x");
  g_autofree char *second = describe (f, "two", 200000, "etag=x");
  g_autofree char *list = put_list (f, "/list", TYPE, first, second);
  g_autofree char *before = hostile_server_dup_address (f->server, "/bytes/1000/before");
  g_autofree char *after = hostile_server_dup_address (f->server, "/bytes/1000/after");
  g_autofree char *gone = hostile_server_dup_address (f->server, "/gone: 200000 bytes");
  g_autofree char *line = g_strconcat (list, ": 300000 bytes", NULL);
  g_autofree char *last = g_strconcat (after, ": 1000 bytes", NULL);

  g_assert_cmpint (cli_run_get (f->run, before, list, after, NULL), ==, 0);
  assert_names (f, "after|before|one.bin|two.bin");
  cli_run_assert_payload (f->run, "one.bin", &plain, 300000);
  cli_run_assert_payload (f->run, "two.bin", &plain, 200000);
  cli_run_assert_line (f->run, 1, line);
  cli_run_assert_line (f->run, 2, gone);
  cli_run_assert_line (f->run, 3, last);
  g_assert_nonnull (strstr (f->run->err, "(4 downloads, 0 failed)"));
}

static void
test_the_name_asked_for_counts (CliSite *f, gconstpointer data)
{
  g_autofree char *first = describe (f, "one", 300000, "etag=x");
  g_autofree char *list = put_list (f, "/list", TYPE, first, NULL);

  g_assert_cmpint (cli_run_get (f->run, "-o", "mine", list, NULL), ==, 0);
  assert_names (f, "mine");
  cli_run_assert_payload (f->run, "mine", &plain, 300000);
}

static void
test_a_wrong_file_is_not_kept (CliSite *f, gconstpointer data)
{
  g_autofree char *first = describe (f, "one", 300000, "etag=x&odd-byte=5");
  g_autofree char *list = put_list (f, "/list", TYPE, first, NULL);

  g_assert_cmpint (cli_run_get (f->run, list, NULL), ==, 1);
  g_assert_nonnull (strstr (f->run->out, "the checksum is"));
  assert_names (f, "one.bin.part");
}

static void
test_one_that_cannot_be_read_says_why (CliSite *f, gconstpointer data)
{
  g_autofree char *list = put_list (f, "/list", TYPE, "<file name=\"a\">", NULL);
  g_autofree char *empty = put_list (f, "/empty.meta4", "text/xml", "", NULL);

  g_assert_cmpint (cli_run_get (f->run, list, empty, NULL), ==, 1);
  g_assert_nonnull (strstr (f->run->out, "/list: Error: the Metalink file cannot be read"));
  g_assert_nonnull (strstr (f->run->out, "/empty.meta4: Error: the Metalink file cannot be read"));
  assert_names (f, "");
}

/* Only its name says so. */
static void
test_what_is_none_is_a_file (CliSite *f, gconstpointer data)
{
  g_autofree char *small = hostile_server_dup_address (f->server, "/bytes/300000/a.meta4?etag=x");
  g_autofree char *large =
      hostile_server_dup_address (f->server, "/bytes/%d/b.metalink?etag=x", 17 * MIB);

  g_assert_cmpint (cli_run_get (f->run, small, large, NULL), ==, 0);
  cli_run_assert_payload (f->run, "a.meta4", &plain, 300000);
  cli_run_assert_payload (f->run, "b.metalink", &plain, 17 * MIB);
}

static gint64
count_sent (CliSite *f, const char *path)
{
  g_autoptr (GPtrArray) log = hostile_server_dup_log (f->server);
  gint64 sent = 0;

  for (guint i = 0; i < log->len; i++)
    {
      const HostileEntry *entry = g_ptr_array_index (log, i);

      if (strcmp (entry->path, path) == 0)
        sent += entry->sent;
    }
  return sent;
}

/* The same command goes on with all of them, whatever the list says by then of where they are. */
static void
test_it_goes_on_after_an_interruption (CliSite *f, gconstpointer data)
{
  int signal_number = GPOINTER_TO_INT (data);
  g_autofree char *first = describe (f, "one", 6 * MIB, "etag=x&rate=1500000");
  g_autofree char *second = describe (f, "two", 6 * MIB, "etag=x&rate=1500000");
  g_autofree char *list = put_list (f, "/list", TYPE, first, second);
  const char *arguments[] = { "get", "-q", "-s", "1", "-d", f->run->folder, list, NULL };
  GSubprocess *process = cli_run_start (f->run, arguments);

  cli_run_wait_for_byte (f->run, "one.bin.part", 3 * MIB + 1);
  cli_run_wait_for_byte (f->run, "two.bin.part", 2 * MIB + 1);
  g_subprocess_send_signal (process, signal_number);
  g_assert_cmpint (cli_run_wait (f->run, process), !=, 0);
  assert_names (f, "one.bin.part|two.bin.part");
  hostile_server_forget (f->server);
  g_assert_cmpint (cli_run_any (f->run, arguments, NULL), ==, 0);
  assert_names (f, "one.bin|two.bin");
  cli_run_assert_payload (f->run, "one.bin", &plain, 6 * MIB);
  cli_run_assert_payload (f->run, "two.bin", &plain, 6 * MIB);
  g_assert_cmpint (count_sent (f, "/bytes/6291456/one"), <, 6 * MIB);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD_WITH(name, data, func)                                                                 \
  g_test_add ("/listing/" name, CliSite, data, cli_site_set_up, func, cli_site_tear_down)
#define ADD(name, func) ADD_WITH (name, NULL, func)
  ADD ("it-is-known-by-type-or-name", test_by_type_or_name);
  ADD ("all-its-files-come-in-order", test_all_its_files_come);
  ADD ("the-name-asked-for-counts", test_the_name_asked_for_counts);
  ADD ("a-wrong-file-is-not-kept", test_a_wrong_file_is_not_kept);
  ADD ("one-that-cannot-be-read-says-why", test_one_that_cannot_be_read_says_why);
  ADD ("what-is-none-is-a-file", test_what_is_none_is_a_file);
  ADD_WITH ("it-goes-on-after-an-interruption", GINT_TO_POINTER (SIGINT),
            test_it_goes_on_after_an_interruption);
  ADD_WITH ("it-goes-on-after-a-kill", GINT_TO_POINTER (SIGKILL),
            test_it_goes_on_after_an_interruption);
  return g_test_run ();
}
