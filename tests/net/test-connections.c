/* Many connections for one file, as the server sees them.
 *
 * Bounds on time are generous: they tell a download that was helped from one that was waited for,
 * by a factor, not by a few per cent. tests/bench has the figures. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "support/cli-site.h"

#define MIB (1024 * 1024)

static const HostilePayload plain = HOSTILE_PAYLOAD_INIT;

static int
count_status (CliSite *f, int status)
{
  g_autoptr (GPtrArray) log = hostile_server_dup_log (f->server);
  int n = 0;

  for (guint i = 0; i < log->len; i++)
    n += ((HostileEntry *) g_ptr_array_index (log, i))->status == status;
  return n;
}

/* Returns: seconds */
static double
fetch (CliSite *f, const char *address, const char *segments, const char *name, gint64 size)
{
  gint64 start_us = g_get_monotonic_time ();

  g_assert_cmpint (cli_run_get (f->run, "-q", "-s", segments, address, NULL), ==, 0);
  cli_run_assert_payload (f->run, name, &plain, size);
  return (g_get_monotonic_time () - start_us) / 1e6;
}

static void
test_many_fetch_one_file (CliSite *f, gconstpointer data)
{
  g_autofree char *address =
      hostile_server_dup_address (f->server, "/bytes/%d/a.bin?etag=x&rate=2000000", 24 * MIB);

  fetch (f, address, "8", "a.bin", 24 * MIB);
  g_assert_cmpuint (hostile_server_get_most_at_once (f->server), >, 2);
  g_assert_cmpuint (hostile_server_get_most_at_once (f->server), <=, 8);
}

static void
test_one_means_one (CliSite *f, gconstpointer data)
{
  g_autofree char *address =
      hostile_server_dup_address (f->server, "/bytes/%d/a.bin?etag=x&rate=6000000", 12 * MIB);

  fetch (f, address, "1", "a.bin", 12 * MIB);
  g_assert_cmpuint (hostile_server_get_most_at_once (f->server), ==, 1);
  g_assert_cmpuint (hostile_server_count (f->server, NULL), ==, 1);
}

static void
test_nothing_is_split_below_twice_the_minimum (CliSite *f, gconstpointer data)
{
  g_autofree char *address =
      hostile_server_dup_address (f->server, "/bytes/%d/a.bin?etag=x&rate=1000000", 2 * MIB - 1);

  fetch (f, address, "8", "a.bin", 2 * MIB - 1);
  g_assert_cmpuint (hostile_server_count (f->server, NULL), ==, 1);
}

static void
test_the_limit_for_a_host_is_kept_over_all_downloads (CliSite *f, gconstpointer data)
{
  char *a[4];

  for (int i = 0; i < 4; i++)
    a[i] =
        hostile_server_dup_address (f->server, "/bytes/%d/f%d.bin?etag=x&rate=2000000", 4 * MIB, i);
  g_assert_cmpint (cli_run_get (f->run, "-q", "--max-per-host", "3", a[0], a[1], a[2], a[3], NULL),
                   ==, 0);
  g_assert_cmpuint (hostile_server_get_most_at_once (f->server), <=, 3);
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("f%d.bin", i);

      cli_run_assert_payload (f->run, name, &plain, 4 * MIB);
      g_free (a[i]);
    }
}

static void
test_a_server_that_allows_four_refuses_few (CliSite *f, gconstpointer data)
{
  const char *query = "etag=x&max-conns=4&over=503&retry-after=2&rate=4000000&key=host";
  g_autofree char *first =
      hostile_server_dup_address (f->server, "/bytes/%d/a.bin?%s", 64 * MIB, query);
  g_autofree char *second =
      hostile_server_dup_address (f->server, "/bytes/%d/b.bin?%s", 32 * MIB, query);

  fetch (f, first, "16", "a.bin", 64 * MIB);
  g_assert_cmpint (count_status (f, 503), <=, 12);
  hostile_server_forget (f->server);
  /* In another run of the program: it is remembered. */
  fetch (f, second, "16", "b.bin", 32 * MIB);
  g_assert_cmpint (count_status (f, 503), ==, 0);
}

static void
test_stragglers_are_relieved (CliSite *f, gconstpointer data)
{
  g_autofree char *address = hostile_server_dup_address (
      f->server, "/bytes/%d/a.bin?etag=x&slow-connections=4&slow-rate=20480&rate=1500000",
      64 * MIB);

  /* Waiting for one of the slow ones would take 200 s and more; all is done in 4 s at best. */
  g_assert_cmpfloat (fetch (f, address, "16", "a.bin", 64 * MIB), <, 100);
}

static void
test_a_silent_connection_is_not_waited_for (CliSite *f, gconstpointer data)
{
  g_autofree char *address =
      hostile_server_dup_address (f->server,
                                  "/bytes/%d/a.bin?etag=x&rate=2000000&stall=100000&when=nth:2",
                                  32 * MIB);
  gint64 start_us = g_get_monotonic_time ();

  g_assert_cmpint (cli_run_get (f->run, "-q", "-s", "4", "--timeout", "600", address, NULL), ==, 0);
  cli_run_assert_payload (f->run, "a.bin", &plain, 32 * MIB);
  /* The time-out alone is ten minutes. */
  g_assert_cmpfloat ((g_get_monotonic_time () - start_us) / 1e6, <, 200);
}

static void
test_an_error_of_one_leaves_the_others_alone (CliSite *f, gconstpointer data)
{
  static const char *const faults[] = { "hang-up&when=every:3", "cut=300000&when=every:2",
                                        "status=500&when=nth:2", "status=404&when=from:2",
                                        "reset=100000&when=nth:3" };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *name = g_strdup_printf ("f%d.bin", (int) i);
      g_autofree char *address =
          hostile_server_dup_address (f->server, "/bytes/%d/%s?etag=x&rate=4000000&%s", 12 * MIB,
                                      name, faults[i]);

      fetch (f, address, "8", name, 12 * MIB);
    }
}

static void
test_a_server_without_validators_is_compared_at_the_end (CliSite *f, gconstpointer data)
{
  g_autofree char *same =
      hostile_server_dup_address (f->server, "/bytes/%d/same.bin?rate=4000000", 16 * MIB);
  g_autofree char *changes =
      hostile_server_dup_address (f->server, "/bytes/%d/new.bin?rate=4000000&change=3", 16 * MIB);
  HostilePayload second = plain;

  fetch (f, same, "8", "same.bin", 16 * MIB);
  g_assert_cmpuint (hostile_server_get_most_at_once (f->server), >, 1);
  second.version = 2;
  g_assert_cmpint (cli_run_get (f->run, "-q", changes, NULL), ==, 0);
  cli_run_assert_payload (f->run, "new.bin", &second, 16 * MIB);
}

/* Begins a download and cuts it; what is there stays. */
static void
begin (CliSite *f, const char *name, int size)
{
  g_autofree char *address =
      hostile_server_dup_address (f->server, "/bytes/%d/old?etag=old&cut=%d&when=first:1", size,
                                  size / 2);

  g_assert_cmpint (cli_run_get (f->run, "-q", "-s", "1", "--retries", "0", "-o", name, address,
                                NULL),
                   ==, 1);
  hostile_server_forget (f->server);
}

static gint64
first_start (CliSite *f, const char *path)
{
  g_autoptr (GPtrArray) log = hostile_server_dup_log (f->server);
  gint64 start = -1;

  /* The one that was not for a block to compare. */
  for (guint i = 0; i < log->len; i++)
    {
      HostileEntry *entry = g_ptr_array_index (log, i);

      if (g_str_equal (entry->path, path) && entry->end < 0)
        start = entry->start;
    }
  return start;
}

static void
test_a_new_address_goes_on_from_the_same_byte (CliSite *f, gconstpointer data)
{
  g_autofree char *fresh =
      hostile_server_dup_address (f->server, "/bytes/%d/new?etag=another", 4 * MIB);
  g_autofree char *path = g_strdup_printf ("/bytes/%d/new", 4 * MIB);

  begin (f, "a.bin", 4 * MIB);
  g_assert_cmpint (cli_run_get (f->run, "-q", "-s", "1", "-o", "a.bin", fresh, NULL), ==, 0);
  cli_run_assert_payload (f->run, "a.bin", &plain, 4 * MIB);
  g_assert_cmpint (first_start (f, path), ==, 2 * MIB);
}

static void
test_a_new_address_of_another_file_is_refused (CliSite *f, gconstpointer data)
{
  static const char *const others[] = { "version=2", "grow=1&version=2", "no-ranges&version=2" };
  g_autofree char *right =
      hostile_server_dup_address (f->server, "/bytes/%d/right?etag=another", 4 * MIB);

  begin (f, "a.bin", 4 * MIB);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *wrong =
          hostile_server_dup_address (f->server, "/bytes/%d/wrong%d?etag=another&%s", 4 * MIB,
                                      (int) i, others[i]);

      g_assert_cmpint (cli_run_get (f->run, "-q", "-o", "a.bin", wrong, NULL), ==, 1);
      g_assert_nonnull (strstr (f->run->out, "another file"));
      g_assert_true (cli_run_has (f->run, "a.bin.part"));
      g_assert_false (cli_run_has (f->run, "a.bin"));
    }
  hostile_server_forget (f->server);
  g_assert_cmpint (cli_run_get (f->run, "-q", "-s", "1", "-o", "a.bin", right, NULL), ==, 0);
  cli_run_assert_payload (f->run, "a.bin", &plain, 4 * MIB);
}

static void
test_an_expired_login_is_not_asked_again_and_again (CliSite *f, gconstpointer data)
{
  static const char *const answers[] = { "login", "status=403" };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *name = g_strdup_printf ("f%d.bin", (int) i);
      g_autofree char *part = g_strdup_printf ("f%d.bin.part", (int) i);
      g_autofree char *expired =
          hostile_server_dup_address (f->server, "/bytes/%d/old%d?etag=old&cut=%d&key=k%d&%s",
                                      8 * MIB, (int) i, MIB, (int) i, "when=first:1");
      g_autofree char *later = hostile_server_dup_address (f->server, "/bytes/%d/old%d?etag=old&%s",
                                                           8 * MIB, (int) i, answers[i]);
      g_autofree char *fresh =
          hostile_server_dup_address (f->server, "/bytes/%d/fresh%d?etag=new", 8 * MIB, (int) i);

      g_assert_cmpint (cli_run_get (f->run, "-q", "-s", "1", "--retries", "0", "-o", name, expired,
                                    NULL),
                       ==, 1);
      hostile_server_forget (f->server);
      g_assert_cmpint (cli_run_get (f->run, "-q", "-o", name, later, NULL), ==, 1);
      g_assert_cmpuint (hostile_server_count (f->server, NULL), <, 20);
      g_assert_true (cli_run_has (f->run, part));
      g_assert_cmpint (cli_run_get (f->run, "-q", "-o", name, fresh, NULL), ==, 0);
      cli_run_assert_payload (f->run, name, &plain, 8 * MIB);
    }
}

static void
test_a_tag_for_each_request_is_seen_through (CliSite *f, gconstpointer data)
{
  g_autofree char *address =
      hostile_server_dup_address (f->server,
                                  "/bytes/%d/a.bin?rotate&modified=1000000000&cut=%d&when=first:1",
                                  4 * MIB, 2 * MIB);
  g_autofree char *path = g_strdup_printf ("/bytes/%d/a.bin", 4 * MIB);

  g_assert_cmpint (cli_run_get (f->run, "-q", "-s", "1", "--retries", "0", address, NULL), ==, 1);
  g_assert_cmpint (cli_run_get (f->run, "-q", "-s", "1", address, NULL), ==, 0);
  cli_run_assert_payload (f->run, "a.bin", &plain, 4 * MIB);
  g_assert_cmpint (first_start (f, path), ==, 2 * MIB);
}

/* Room for the whole file is made at once: what was written is what is not 0. */
static gboolean
has_byte (const char *path, gint64 at)
{
  char bytes[16] = { 0 };
  FILE *file = fopen (path, "r");
  gboolean there = FALSE;

  if (file == NULL)
    return FALSE;
  fseek (file, at, SEEK_SET);
  there = fread (bytes, 1, sizeof bytes, file) == sizeof bytes && strnlen (bytes, sizeof bytes) > 0;
  fclose (file);
  return there;
}

static gboolean
look_again_cb (gpointer user_data)
{
  ++*(int *) user_data;
  return G_SOURCE_CONTINUE;
}

static void
wait_for_byte (CliSite *f, const char *name, gint64 at)
{
  g_autofree char *path = g_build_filename (f->run->folder, name, NULL);
  int looks = 0;
  guint source = g_timeout_add (10, look_again_cb, &looks);

  while (!has_byte (path, at) && looks < 6000)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  g_assert_true (has_byte (path, at));
}

static void
test_one_byte_of_difference_is_never_resumed (CliSite *f, gconstpointer data)
{
  g_autofree char *address = hostile_server_dup_address (
      f->server,
      "/bytes/%d/a.bin?etag=x&modified=1000000000&rate=200000&odd-byte=100000&when=from:2",
      2 * MIB);
  const char *arguments[] = { "get", "-q", "-s", "1", "-d", f->run->folder, address, NULL };
  GSubprocess *process = cli_run_start (f->run, arguments);
  HostilePayload odd = plain;

  wait_for_byte (f, "a.bin.part", 300000);
  g_subprocess_send_signal (process, SIGINT);
  g_assert_cmpint (cli_run_wait (f->run, process), ==, 130);
  g_object_unref (process);
  g_assert_true (cli_run_has (f->run, "a.bin.part"));
  g_assert_cmpint (cli_run_any (f->run, arguments, NULL), ==, 0);
  odd.odd_byte = 100000;
  cli_run_assert_payload (f->run, "a.bin", &odd, 2 * MIB);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/connections/" path, CliSite, NULL, cli_site_set_up, function, cli_site_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("many-fetch-one-file", test_many_fetch_one_file);
  ADD ("one-means-one", test_one_means_one);
  ADD ("nothing-is-split-below-twice-the-minimum", test_nothing_is_split_below_twice_the_minimum);
  ADD ("the-limit-for-a-host-is-kept-over-all-downloads",
       test_the_limit_for_a_host_is_kept_over_all_downloads);
  ADD ("a-server-that-allows-four-refuses-few", test_a_server_that_allows_four_refuses_few);
  ADD ("stragglers-are-relieved", test_stragglers_are_relieved);
  ADD ("a-silent-connection-is-not-waited-for", test_a_silent_connection_is_not_waited_for);
  ADD ("an-error-of-one-leaves-the-others-alone", test_an_error_of_one_leaves_the_others_alone);
  ADD ("a-server-without-validators-is-compared-at-the-end",
       test_a_server_without_validators_is_compared_at_the_end);
  ADD ("a-new-address-goes-on-from-the-same-byte", test_a_new_address_goes_on_from_the_same_byte);
  ADD ("a-new-address-of-another-file-is-refused", test_a_new_address_of_another_file_is_refused);
  ADD ("an-expired-login-is-not-asked-again-and-again",
       test_an_expired_login_is_not_asked_again_and_again);
  ADD ("a-tag-for-each-request-is-seen-through", test_a_tag_for_each_request_is_seen_through);
  ADD ("one-byte-of-difference-is-never-resumed", test_one_byte_of_difference_is_never_resumed);
  return g_test_run ();
}
