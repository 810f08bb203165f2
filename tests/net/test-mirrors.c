/* Several addresses of one file: they share its pieces, and none that is wrong gives a byte.
 *
 * Each server is a host of its own, so that what is said of one says nothing of another. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <string.h>

#include "support/cli-run.h"
#include "support/hostile-server.h"
#include "support/links.h"

#define MIB (1024 * 1024)
#define SERVERS 4

typedef struct
{
  HostileServer *servers[SERVERS];
  CliRun *run;
} Fixture;

static const HostilePayload plain = HOSTILE_PAYLOAD_INIT;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < SERVERS; i++)
    {
      f->servers[i] = hostile_server_start (NULL, &error);
      g_assert_no_error (error);
    }
  f->run = cli_run_new ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  for (int i = 0; i < SERVERS; i++)
    hostile_server_stop (f->servers[i]);
  cli_run_free (f->run);
}

/* Returns: the exit status; what was said is in the run */
static int
get (Fixture *f, Links *links, const char *more)
{
  g_autofree char *path = links_end (links, f->run);

  return more != NULL ? cli_run_get (f->run, "-q", "--timeout", "5", "--metalink", path, more, NULL)
                      : cli_run_get (f->run, "-q", "--timeout", "5", "--metalink", path, NULL);
}

static gint64
count_sent (Fixture *f, int server)
{
  g_autoptr (GPtrArray) log = hostile_server_dup_log (f->servers[server]);
  gint64 sent = 0;

  for (guint i = 0; i < log->len; i++)
    sent += ((const HostileEntry *) g_ptr_array_index (log, i))->sent;
  return sent;
}

/* What proves that an address has the same file: 64 KiB each, as asked for. */
static gboolean
is_for_comparing (const HostileEntry *entry)
{
  return entry->end >= 0 && entry->end - entry->start <= 65536;
}

/* Bytes asked for to be kept, not to be compared. */
static guint
count_kept_requests (Fixture *f, int server)
{
  g_autoptr (GPtrArray) log = hostile_server_dup_log (f->servers[server]);
  guint n = 0;

  for (guint i = 0; i < log->len; i++)
    n += !is_for_comparing (g_ptr_array_index (log, i));
  return n;
}

static void
assert_whole (Fixture *f, gint64 size)
{
  g_autofree char *names = cli_run_dup_names (f->run);

  g_assert_cmpstr (names, ==, "f.bin");
  cli_run_assert_payload (f->run, "f.bin", &plain, size);
}

/* None of them could do it alone in the time that all take together. */
static void
test_mirrors_sum_up (Fixture *f, gconstpointer data)
{
  Links links = links_begin (24 * MIB);

  for (int i = 0; i < 3; i++)
    {
      g_autofree char *query = g_strdup_printf ("etag=m%d&rate=1500000&max-conns=1&over=503", i);

      links_add_file (&links, f->servers[i], 24 * MIB, query);
    }
  g_assert_cmpint (get (f, &links, NULL), ==, 0);
  assert_whole (f, 24 * MIB);
  for (int i = 0; i < 3; i++)
    {
      g_assert_cmpint (count_sent (f, i), >, MIB / 2);
      g_assert_cmpint (count_sent (f, i), <, 23 * MIB);
    }
}

static void
test_limits_hold_for_each_host_and_for_all (Fixture *f, gconstpointer data)
{
  Links links = links_begin (12 * MIB);
  guint together = 0;
  g_autofree char *path = NULL;

  for (int i = 0; i < 3; i++)
    links_add_file (&links, f->servers[i], 12 * MIB, "etag=x&rate=1000000");
  path = links_end (&links, f->run);
  g_assert_cmpint (cli_run_get (f->run, "-q", "-s", "5", "--max-per-host", "2", "--metalink", path,
                                NULL),
                   ==, 0);
  assert_whole (f, 12 * MIB);
  for (int i = 0; i < 3; i++)
    {
      g_assert_cmpuint (hostile_server_get_most_at_once (f->servers[i]), <=, 2);
      together += hostile_server_get_most_at_once (f->servers[i]) > 0;
    }
  g_assert_cmpuint (together, >, 1);
}

/* @data: what is wrong with the second of three: its file's size, and query. */
typedef struct
{
  const char *name;
  gint64 off;
  const char *query;
} Wrong;

static const Wrong wrongs[] = {
  { "a-shorter-file", -1000, "etag=x" },
  { "a-longer-file", 1000, "etag=x" },
  { "an-older-version-of-equal-length-and-tag", 0, "etag=same&version=2&keep-etag" },
  { "an-older-version-of-no-tag", 0, "version=2" },
  { "a-page-in-place-of-it", 0, "login" },
  { "a-page-of-equal-length", 0, "type=text/html&etag=x&seed=9" },
  { "a-status-404", 0, "status=404" },
  { "a-status-403", 0, "status=403" },
  { "a-status-500", 0, "status=500" },
  { "no-parts", 0, "no-ranges&etag=x" },
  { "other-parts-than-asked-for", 0, "range-shift=4096&etag=x" },
  { "shifted-parts-that-lie", 0, "range-shift=4096&lie&etag=x" },
  { "nothing-at-all", 0, "hang" },
  { "a-reset", 0, "abort" },
  { "garbage", 0, "raw=Z2FyYmFnZQ==" },
  { "a-redirect-to-nowhere", 0, "redirect=ftp%3A%2F%2Flocalhost%2Ff" },
};

static void
test_a_wrong_one_gives_no_byte (Fixture *f, gconstpointer data)
{
  const Wrong *wrong = data;
  Links links = links_begin (8 * MIB);

  links_add_file (&links, f->servers[0], 8 * MIB, "etag=same&rate=1500000");
  links_add_file (&links, f->servers[1], 8 * MIB + wrong->off, wrong->query);
  links_add_file (&links, f->servers[2], 8 * MIB, "etag=other&rate=1500000");
  g_assert_cmpint (get (f, &links, NULL), ==, 0);
  assert_whole (f, 8 * MIB);
  g_assert_cmpuint (hostile_server_count (f->servers[1], NULL), >, 0);
  g_assert_cmpuint (count_kept_requests (f, 1), ==, 0);
  g_assert_cmpint (count_sent (f, 2), >, 0);
}

/* It is the first to be asked, so that nothing is there yet to compare it with. */
static void
test_a_wrong_one_may_come_first (Fixture *f, gconstpointer data)
{
  const Wrong *wrong = data;
  Links links = links_begin (4 * MIB);

  links_add_digest (&links, 4 * MIB);
  links_add_file (&links, f->servers[1], 4 * MIB + wrong->off, wrong->query);
  links_add_file (&links, f->servers[0], 4 * MIB, "etag=same");
  links_add_file (&links, f->servers[2], 4 * MIB, "etag=other");
  g_assert_cmpint (get (f, &links, NULL), ==, 0);
  assert_whole (f, 4 * MIB);
}

static void
test_one_that_refuses_connections_is_put_aside (Fixture *f, gconstpointer data)
{
  Links links = links_begin (8 * MIB);

  links_add_dead (&links);
  links_add_file (&links, f->servers[0], 8 * MIB, "etag=x&rate=1500000");
  links_add_dead (&links);
  links_add_file (&links, f->servers[1], 8 * MIB, "etag=y&rate=1500000");
  g_assert_cmpint (get (f, &links, NULL), ==, 0);
  assert_whole (f, 8 * MIB);
  g_assert_cmpint (count_sent (f, 0), >, 0);
  g_assert_cmpint (count_sent (f, 1), >, 0);
}

static void
test_one_that_redirects_is_followed (Fixture *f, gconstpointer data)
{
  g_autofree char *there =
      hostile_server_dup_address (f->servers[2], "/bytes/%d/f?etag=z&rate=1500000", 8 * MIB);
  g_autofree char *escaped = g_uri_escape_string (there, NULL, FALSE);
  g_autofree char *query = g_strconcat ("redirect=", escaped, NULL);
  Links links = links_begin (8 * MIB);

  links_add_file (&links, f->servers[0], 8 * MIB, "etag=x&rate=1500000");
  links_add_file (&links, f->servers[1], 8 * MIB, query);
  g_assert_cmpint (get (f, &links, NULL), ==, 0);
  assert_whole (f, 8 * MIB);
  g_assert_cmpint (count_sent (f, 2), >, MIB);
}

/* It is right at first, and its later replies are pages, or are of another version. */
static void
test_one_that_turns_is_put_aside (Fixture *f, gconstpointer data)
{
  Links links = links_begin (12 * MIB);

  links_add_digest (&links, 12 * MIB);
  links_add_file (&links, f->servers[0], 12 * MIB, "etag=x&rate=1500000");
  links_add_file (&links, f->servers[1], 12 * MIB, data);
  g_assert_cmpint (get (f, &links, NULL), ==, 0);
  assert_whole (f, 12 * MIB);
}

static void
test_one_that_falls_silent_is_not_waited_for (Fixture *f, gconstpointer data)
{
  Links links = links_begin (12 * MIB);

  links_add_file (&links, f->servers[0], 12 * MIB, "etag=x&rate=1500000");
  links_add_file (&links, f->servers[1], 12 * MIB, "etag=y&rate=1500000&stall=100000");
  g_assert_cmpint (get (f, &links, NULL), ==, 0);
  assert_whole (f, 12 * MIB);
}

/* Alone it would take 10 minutes for its share. */
static void
test_a_slow_one_is_relieved (Fixture *f, gconstpointer data)
{
  Links links = links_begin (24 * MIB);

  links_add_file (&links, f->servers[0], 24 * MIB, "etag=x&rate=2000000");
  links_add_file (&links, f->servers[1], 24 * MIB, "etag=y&slow-from=700000&slow-rate=20000");
  g_assert_cmpint (get (f, &links, NULL), ==, 0);
  assert_whole (f, 24 * MIB);
  g_assert_cmpint (count_sent (f, 1), <, 8 * MIB);
}

/* One byte is wrong where nobody looks: the checksum shows it, and each is tried alone. */
static void
test_a_byte_that_differs_is_found_by_the_checksum (Fixture *f, gconstpointer data)
{
  Links links = links_begin (6 * MIB);

  links_add_digest (&links, 6 * MIB);
  links_add_file (&links, f->servers[0], 6 * MIB, "etag=x&rate=4000000&odd-byte=3000000");
  links_add_file (&links, f->servers[1], 6 * MIB, "etag=y&rate=4000000");
  g_assert_cmpint (get (f, &links, NULL), ==, 0);
  assert_whole (f, 6 * MIB);
}

/* The stale one is asked first, and all others differ from it: they are right. */
static void
test_one_against_all_others_is_the_wrong_one (Fixture *f, gconstpointer data)
{
  Links links = links_begin (6 * MIB);

  links_add_digest (&links, 6 * MIB);
  links_add_file (&links, f->servers[0], 6 * MIB, "etag=x&rate=3000000&version=2");
  links_add_file (&links, f->servers[1], 6 * MIB, "etag=y&rate=3000000");
  links_add_file (&links, f->servers[2], 6 * MIB, "etag=z&rate=3000000");
  g_assert_cmpint (get (f, &links, NULL), ==, 0);
  assert_whole (f, 6 * MIB);
  g_assert_cmpint (count_sent (f, 2), >, 0);
}

/* The same, in two pieces of sixteen: only these are fetched again, and from another. */
static void
test_damaged_pieces_alone_come_again_from_another (Fixture *f, gconstpointer data)
{
  Links links = links_begin (4 * MIB);
  gint64 spare = 0;
  g_autoptr (GPtrArray) log = NULL;

  links_add_digest (&links, 4 * MIB);
  links_add_pieces (&links, 4 * MIB, MIB / 4);
  links_add_file (&links, f->servers[0], 4 * MIB, "etag=x&odd-byte=3000000");
  links_add_file (&links, f->servers[1], 4 * MIB, "etag=y");
  g_assert_cmpint (get (f, &links, "--segments=1"), ==, 0);
  assert_whole (f, 4 * MIB);
  /* All of it once from the first, one piece from the second. */
  g_assert_cmpint (count_sent (f, 0), ==, 4 * MIB);
  log = hostile_server_dup_log (f->servers[1]);
  for (guint i = 0; i < log->len; i++)
    {
      const HostileEntry *entry = g_ptr_array_index (log, i);

      if (!is_for_comparing (entry) && entry->status == 206)
        spare += entry->sent;
    }
  /* What it was asked for before it was compared is dropped, and comes again. */
  g_assert_cmpint (spare, >=, MIB / 4);
  g_assert_cmpint (spare, <=, MIB);
}

static void
test_a_wrong_checksum_ends_when_two_agree (Fixture *f, gconstpointer data)
{
  Links links = links_begin (MIB);

  links_add_digest (&links, MIB - 1);
  for (int i = 0; i < SERVERS; i++)
    links_add_file (&links, f->servers[i], MIB, "etag=x");
  g_assert_cmpint (get (f, &links, NULL), ==, 1);
  g_assert_nonnull (strstr (f->run->out, "the checksum is"));
  g_assert_true (cli_run_has (f->run, "f.bin.part"));
  g_assert_false (cli_run_has (f->run, "f.bin"));
  g_assert_cmpuint (hostile_server_count (f->servers[3], NULL), ==, 0);
}

static void
test_where_all_fail_the_last_reason_is_said (Fixture *f, gconstpointer data)
{
  Links links = links_begin (MIB);

  links_add_file (&links, f->servers[0], MIB - 5, "etag=x");
  links_add_file (&links, f->servers[1], MIB, "login");
  links_add_file (&links, f->servers[2], MIB, "status=410");
  g_assert_cmpint (get (f, &links, NULL), ==, 1);
  g_assert_nonnull (strstr (f->run->out, "Error: 410 Gone; none of the file's 3 addresses"));
  g_assert_false (cli_run_has (f->run, "f.bin"));
  g_assert_cmpuint (hostile_server_count (f->servers[0], NULL), ==, 1);
  g_assert_cmpuint (hostile_server_count (f->servers[2], NULL), ==, 1);
}

/* What may pass is tried again, all of them. */
static void
test_where_all_are_busy_they_are_tried_again (Fixture *f, gconstpointer data)
{
  Links links = links_begin (MIB);

  links_add_file (&links, f->servers[0], MIB, "status=500&when=first:1&etag=x");
  links_add_file (&links, f->servers[1], MIB, "hang-up&when=first:1&etag=x");
  g_assert_cmpint (get (f, &links, NULL), ==, 0);
  assert_whole (f, MIB);
}

/* The address of what is on the disk is gone when it goes on: another has the same. */
static void
test_another_goes_on_after_an_interruption (Fixture *f, gconstpointer data)
{
  Links links = links_begin (8 * MIB);
  g_autofree char *path = NULL;
  GSubprocess *process;
  g_autoptr (GError) error = NULL;

  links_add_file (&links, f->servers[0], 8 * MIB, "etag=x&rate=2000000");
  links_add_file (&links, f->servers[1], 8 * MIB, data);
  path = links_end (&links, f->run);
  process = cli_run_start (f->run, (const char *[]){ "get", "-q", "-s", "1", "-d", f->run->folder,
                                                     "--metalink", path, NULL });
  cli_run_wait_for_byte (f->run, "f.bin.part", 4 * MIB + 1);
  g_subprocess_send_signal (process, SIGINT);
  g_assert_cmpint (cli_run_wait (f->run, process), ==, 130);
  hostile_server_stop (f->servers[0]);
  g_assert_cmpint (cli_run_get (f->run, "-q", "-s", "1", "--metalink", path, NULL), ==, 0);
  assert_whole (f, 8 * MIB);
  g_assert_cmpint (count_sent (f, 1), <, 6 * MIB);
  f->servers[0] = hostile_server_start (NULL, &error);
  g_assert_no_error (error);
}

/* Credentials and headers are for the address that they were given for. */
static void
test_a_mirror_elsewhere_gets_no_credentials (Fixture *f, gconstpointer data)
{
  Links links = links_begin (4 * MIB);
  g_autofree char *path = NULL;

  links_add_file (&links, f->servers[0], 4 * MIB, "etag=x&rate=1000000&auth=basic:me:secret");
  links_add_file (&links, f->servers[1], 4 * MIB, "etag=y&rate=1000000");
  path = links_end (&links, f->run);
  g_assert_cmpint (cli_run_get (f->run, "-q", "--user", "me:secret", "--header", "X-Own: 1",
                                "--metalink", path, NULL),
                   ==, 0);
  assert_whole (f, 4 * MIB);
  g_autoptr (GPtrArray) log = hostile_server_dup_log (f->servers[1]);
  g_assert_cmpuint (log->len, >, 0);
  for (guint i = 0; i < log->len; i++)
    {
      g_autofree char *own = hostile_entry_dup_header (g_ptr_array_index (log, i), "X-Own");
      g_autofree char *secret =
          hostile_entry_dup_header (g_ptr_array_index (log, i), "Authorization");

      g_assert_null (own);
      g_assert_null (secret);
    }
}

#define ADD_WITH(name, data, func)                                                                 \
  g_test_add ("/mirrors/" name, Fixture, data, set_up, func, tear_down)
#define ADD(name, func) ADD_WITH (name, NULL, func)

static void
add_wrongs (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      g_autofree char *later = g_strconcat ("/mirrors/one-with-", wrongs[i].name, "/later", NULL);
      g_autofree char *first = g_strconcat ("/mirrors/one-with-", wrongs[i].name, "/first", NULL);

      g_test_add (later, Fixture, &wrongs[i], set_up, test_a_wrong_one_gives_no_byte, tear_down);
      g_test_add (first, Fixture, &wrongs[i], set_up, test_a_wrong_one_may_come_first, tear_down);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("limited-ones-sum-up", test_mirrors_sum_up);
  ADD ("limits-hold-for-each-host-and-for-all", test_limits_hold_for_each_host_and_for_all);
  add_wrongs ();
  ADD ("one-that-refuses-connections-is-put-aside", test_one_that_refuses_connections_is_put_aside);
  ADD ("one-that-redirects-is-followed", test_one_that_redirects_is_followed);
  ADD_WITH ("one-that-turns-into-a-page-is-put-aside",
            "etag=y&rate=1500000&cut=900000&login&when=from:14", test_one_that_turns_is_put_aside);
  ADD_WITH ("one-that-turns-into-another-version-is-put-aside",
            "etag=y&rate=1500000&cut=900000&change=14", test_one_that_turns_is_put_aside);
  ADD ("one-that-falls-silent-is-not-waited-for", test_one_that_falls_silent_is_not_waited_for);
  ADD ("a-slow-one-is-relieved", test_a_slow_one_is_relieved);
  ADD ("a-byte-that-differs-is-found-by-the-checksum",
       test_a_byte_that_differs_is_found_by_the_checksum);
  ADD ("one-against-all-others-is-the-wrong-one", test_one_against_all_others_is_the_wrong_one);
  ADD ("damaged-pieces-alone-come-again-from-another",
       test_damaged_pieces_alone_come_again_from_another);
  ADD ("a-wrong-checksum-ends-when-two-agree", test_a_wrong_checksum_ends_when_two_agree);
  ADD ("where-all-fail-the-last-reason-is-said", test_where_all_fail_the_last_reason_is_said);
  ADD ("where-all-are-busy-they-are-tried-again", test_where_all_are_busy_they_are_tried_again);
  ADD_WITH ("another-goes-on-after-an-interruption", "etag=y&rate=3000000",
            test_another_goes_on_after_an_interruption);
  /* As nginx makes them: of the date and the length, so that they say nothing of two servers. */
  ADD_WITH ("another-with-the-same-tag-goes-on-after-an-interruption", "etag=x&rate=3000000",
            test_another_goes_on_after_an_interruption);
  ADD_WITH ("another-with-no-tag-goes-on-after-an-interruption", "rate=3000000",
            test_another_goes_on_after_an_interruption);
  ADD ("a-mirror-elsewhere-gets-no-credentials", test_a_mirror_elsewhere_gets_no_credentials);
  return g_test_run ();
}
