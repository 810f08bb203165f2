/* The hostile server itself: what the other tests stand on. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "support/hostile-server.h"

/* All that comes for one request, head and body, until the server closes. */
static GByteArray *
fetch (HostileServer *server, const char *target, const char *headers)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_to_host (client, "127.0.0.1", hostile_server_get_port (server), NULL,
                                       &error);
  g_autofree char *request =
      g_strdup_printf ("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n", target,
                       headers);
  GByteArray *all = g_byte_array_new ();
  guint8 buffer[8192];
  gssize n;

  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                             strlen (request), NULL, NULL, &error);
  g_assert_no_error (error);
  while ((n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer,
                                   sizeof buffer, NULL, NULL)) > 0)
    g_byte_array_append (all, buffer, n);
  return all;
}

static const guint8 *
find_body (GByteArray *all, gsize *length)
{
  const guint8 *end = memmem (all->data, all->len, "\r\n\r\n", 4);

  g_assert_nonnull (end);
  *length = all->data + all->len - (end + 4);
  return end + 4;
}

static void
assert_head_has (GByteArray *all, const char *line)
{
  g_assert_nonnull (memmem (all->data, all->len, line, strlen (line)));
}

static void
test_any_range (void)
{
  static const struct
  {
    gint64 start, end;
  } ranges[] = { { 0, 1 }, { 3, 20 }, { 7, 8 }, { 65530, 65545 }, { 99990, 100000 } };
  g_autoptr (HostileServer) server = hostile_server_start (NULL, NULL);
  const HostilePayload payload = { .seed = 5, .version = 1, .odd_byte = -1 };

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_autofree char *range = g_strdup_printf ("Range: bytes=%d-%d\r\n", (int) ranges[i].start,
                                                (int) ranges[i].end - 1);
      g_autoptr (GByteArray) all = fetch (server, "/bytes/100000?seed=5", range);
      gsize length;
      const guint8 *body = find_body (all, &length);

      assert_head_has (all, "HTTP/1.1 206 ");
      g_assert_cmpint (length, ==, ranges[i].end - ranges[i].start);
      g_assert_cmpint (hostile_payload_find_difference (&payload, ranges[i].start, body, length),
                       ==, -1);
    }
}

static void
test_when (void)
{
  g_autoptr (HostileServer) server = hostile_server_start (NULL, NULL);
  static const int expected[] = { 200, 503, 200 };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GByteArray) all = fetch (server, "/bytes/10?status=503&when=nth:2", "");
      g_autofree char *line = g_strdup_printf ("HTTP/1.1 %d ", expected[i]);

      assert_head_has (all, line);
    }
  g_assert_cmpint (hostile_server_count (server, "/bytes/10"), ==, 3);
}

static void
test_log (void)
{
  g_autoptr (HostileServer) server = hostile_server_start (NULL, NULL);
  g_autoptr (GByteArray) all =
      fetch (server, "/bytes/1000?cut=100", "Range: bytes=10-\r\nX-Mine: a\"b\r\n");
  g_autoptr (GByteArray) shown = fetch (server, "/log", "");
  g_autoptr (GPtrArray) log = hostile_server_dup_log (server);
  const HostileEntry *entry = g_ptr_array_index (log, 0);
  g_autofree char *mine = hostile_entry_dup_header (entry, "x-mine");

  g_assert_cmpint (log->len, ==, 2);
  g_assert_cmpint (entry->start, ==, 10);
  g_assert_cmpint (entry->end, ==, -1);
  g_assert_cmpint (entry->sent, ==, 100);
  g_assert_cmpint (entry->status, ==, 206);
  g_assert_cmpstr (mine, ==, "a\"b");
  g_assert_cmpint (all->len, >, 100);
  assert_head_has (shown, "\"sent\":100");
  assert_head_has (shown, "a\\\"b");
}

static void
test_stop (void)
{
  /* A connection that hangs does not hold up the end. */
  HostileServer *server = hostile_server_start (NULL, NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_to_host (client, "127.0.0.1", hostile_server_get_port (server), NULL,
                                       NULL);
  const char *request = "GET /bytes/10?hang HTTP/1.1\r\n\r\n";

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                             strlen (request), NULL, NULL, NULL);
  while (hostile_server_count (server, NULL) == 0)
    g_thread_yield ();
  hostile_server_stop (server);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hostile/any-range-is-the-payload's", test_any_range);
  g_test_add_func ("/hostile/a-fault-counts-only-when-it-is-to", test_when);
  g_test_add_func ("/hostile/the-log-has-every-request", test_log);
  g_test_add_func ("/hostile/stopping-ends-what-hangs", test_stop);
  return g_test_run ();
}
