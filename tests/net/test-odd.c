/* The odd ones: each reply that is not as it should be has one right ending, as docs/transfer.md
 * says. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "support/cli-run.h"
#include "support/hostile-server.h"

#define CLOSED "Error: the server closed the connection early"
#define CONTRADICTS "Error: the server's answer contradicts itself about the file's length"
#define CONTRADICTS_PART                                                                           \
  "Error: the server's answer contradicts itself about the part of the file it sends"
#define ENCODED "Error: the server sends the file in an encoding that was not asked for "
#define UNPACKS "Error: what the server sends does not unpack"
#define GARBLED "Error: the server's answer cannot be understood"

/* What a file of that size ends with; NULL: it is complete. */
typedef struct
{
  const char *name;
  int size;
  const char *query;
  const char *ending;
} Odd;

static const Odd odds[] = {
  { "chunked", 100000, "chunked&chunk=1000", NULL },
  { "chunked-and-cut-at-a-chunk", 100000, "chunked&chunk=1000&cut=50000&close-unsaid", CLOSED },
  { "chunked-without-ranges", 100000, "chunked&chunk=1000&no-ranges", NULL },
  { "chunked-without-ranges-and-cut", 100000, "chunked&chunk=1000&no-ranges&cut=50000&close-unsaid",
    CLOSED },
  { "no-length-with-ranges", 100000, "no-length&close", NULL },
  { "no-length-without-ranges", 100000, "no-length&close&no-ranges", NULL },
  { "no-total", 100000, "no-total", NULL },
  { "no-total-and-in-parts", 300000, "no-total&etag=a&range-short=70000", NULL },
  { "no-total-and-cut", 300000, "no-total&etag=a&cut=70000&when=first:1", NULL },
  { "chunk-size-that-is-none", 100000, "chunked&chunk=1000&bad-chunk", CLOSED },
  { "unasked-gzip", 100000, "encoding=gzip", NULL },
  { "unasked-gzip-and-chunked", 100000, "encoding=gzip&chunked", NULL },
  { "unasked-gzip-and-cut", 1000000, "encoding=gzip&cut=500000", UNPACKS },
  { "unasked-gzip-and-cut-once", 1000000, "encoding=gzip&cut=500000&when=first:1&etag=a", NULL },
  { "unasked-deflate", 100000, "encoding=deflate", NULL },
  { "unasked-identity", 100000, "encoding=identity", NULL },
  { "unasked-brotli", 1000, "encoding=br", ENCODED "(br)" },
  { "unasked-nonsense", 1000, "encoding=rot13", ENCODED "(rot13)" },
  { "unasked-twice", 1000, "encoding=gzip, br", ENCODED "(gzip, br)" },
  { "reset-content", 1000, "status=205", "Error: 205 Reset Content" },
  { "not-modified", 1000, "status=304", "Error: 304 Not Modified" },
  { "folded-header", 1000, "fold", NULL },
  { "header-without-colon", 1000, "no-colon", NULL },
  { "bare-line-feeds", 1000, "bare-lf", NULL },
  { "silent-ranges", 100000, "silent-ranges", NULL },
  { "negative-length", 1000, "length=-5&no-ranges", CONTRADICTS },
  { "length-of-words", 1000, "length=many&no-ranges", GARBLED },
  { "no-last-chunk", 100000, "chunked&no-last-chunk&no-ranges", CLOSED },
  { "hang-up-once", 1000, "hang-up&when=first:1", NULL },
  { "reset-once", 100000, "etag=a&reset=50000&when=first:1", NULL },
  { "no-content", 1000, "status=204", "Error: 204 No Content" },
  { "empty", 0, "", NULL },
  { "empty-without-ranges", 0, "no-ranges", NULL },
  { "early-hints", 1000, "early=103&early-times=3", NULL },
  { "many-continues", 1000, "early=100&early-times=5", NULL },
  { "old-http", 100000, "http10", NULL },
  { "old-http-without-length", 100000, "http10&no-length&no-ranges", NULL },
  { "garbage", 1000, "raw=Z2FyYmFnZSBnYXJiYWdl", GARBLED },
  { "huge-header", 1000, "header-block=1048576", "Error: " },
  { "two-lengths", 1000, "second-length=999", CONTRADICTS },
  { "two-equal-lengths", 1000, "second-length=1000", NULL },
  { "length-and-chunked", 1000, "both", NULL },
  { "length-too-large-for-a-number", 1000, "length=99999999999999999999&no-ranges", CONTRADICTS },
  { "length-against-range", 1000, "length-off=10&close", CONTRADICTS_PART },
  { "more-than-the-length", 1000, "extra=10", NULL },
  { "cut-head", 1000, "cut-head=20", "Error: " },
  { "no-reason", 1000, "no-reason", NULL },
  { "hang-up", 1000, "hang-up", CLOSED },
  { "other-range", 1000, "range-shift=7", "Error: " },
  { "crumbs", 100000, "range-short=10", "Error: the server sends the file in crumbs" },
};

static const HostilePayload plain = HOSTILE_PAYLOAD_INIT;

static void
test_odd (gconstpointer data)
{
  const Odd *odd = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HostileServer) server = hostile_server_start (NULL, &error);
  g_autoptr (CliRun) run = cli_run_new ();
  g_autofree char *address = NULL;
  int status;

  g_assert_no_error (error);
  address = hostile_server_dup_address (server, "/bytes/%d/f?%s", odd->size, odd->query);
  status = cli_run_get (run, "-q", "--retries", "2", "--timeout", "20", address, NULL);
  g_test_message ("%s", run->out);
  g_assert_cmpint (status, ==, odd->ending != NULL);
  if (odd->ending == NULL)
    cli_run_assert_payload (run, "f", &plain, odd->size);
  else
    {
      g_assert_nonnull (strstr (run->out, odd->ending));
      g_assert_false (cli_run_has (run, "f"));
    }
  g_assert_cmpuint (hostile_server_count (server, NULL), <, 80);
}

static void
test_fifty_at_a_time (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HostileServer) server = hostile_server_start (NULL, &error);
  g_autoptr (CliRun) run = cli_run_new ();
  g_autoptr (GString) list = g_string_new (NULL);
  const char *arguments[] = { "get",       "-q", "-j", "50", "--max-per-host", "50", "-d",
                              run->folder, "-i", "-",  NULL };

  g_assert_no_error (error);
  for (int i = 0; i < 200; i++)
    {
      g_autofree char *address =
          hostile_server_dup_address (server, "/bytes/%d/f%d?delay-ms=20", 1000 + i, i);

      g_string_append_printf (list, "%s\n", address);
    }
  g_assert_cmpint (cli_run_any (run, arguments, list->str), ==, 0);
  for (int i = 0; i < 200; i++)
    {
      g_autofree char *name = g_strdup_printf ("f%d", i);

      cli_run_assert_payload (run, name, &plain, 1000 + i);
    }
  g_assert_cmpuint (hostile_server_count (server, NULL), ==, 200);
  g_assert_cmpuint (hostile_server_get_most_at_once (server), <=, 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (odds); i++)
    {
      g_autofree char *path = g_strconcat ("/odd/", odds[i].name, NULL);

      g_test_add_data_func (path, &odds[i], test_odd);
    }
  g_test_add_func ("/odd/two-hundred-addresses-fifty-at-a-time", test_fifty_at_a_time);
  return g_test_run ();
}
