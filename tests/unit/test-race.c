/* Which of several addresses answers first: a dead one costs a quarter of a second, not its
 * time-out. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/http/race.h"

/* Addresses of 127.0.0.0/8 are all this machine; who listens on one is not there on the others. */
typedef struct
{
  GSocket *listener;
  GList *addresses; /* owned, and so are they */
  int port;
} Fixture;

static GSocket *
listen_at (const char *address, int port)
{
  g_autoptr (GSocketAddress) at = g_inet_socket_address_new_from_string (address, port);
  g_autoptr (GError) error = NULL;
  GSocket *socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_bind (socket, at, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (socket, &error);
  g_assert_no_error (error);
  return socket;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GSocketAddress) at = NULL;

  f->listener = listen_at ("127.0.0.1", 0);
  at = g_socket_get_local_address (f->listener, NULL);
  f->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (at));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_list_free_full (f->addresses, g_object_unref);
  g_object_unref (f->listener);
}

static void
add (Fixture *f, const char *address)
{
  f->addresses = g_list_append (f->addresses, g_inet_address_new_from_string (address));
}

static int
race (Fixture *f, int timeout_s)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  int winner = engine_race_addresses (f->addresses, f->port, timeout_s, cancellable, &error);

  g_assert_cmpint (winner == -2, ==, error != NULL);
  return winner;
}

static void
test_the_first_wins_where_all_answer (Fixture *f, gconstpointer data)
{
  add (f, "127.0.0.1");
  add (f, "127.0.0.1");
  g_assert_cmpint (race (f, 30), ==, 0);
}

/* A refusal is heard at once: the next one does not wait for its quarter of a second. */
static void
test_one_that_refuses_is_passed_over (Fixture *f, gconstpointer data)
{
  add (f, "127.0.0.2");
  add (f, "127.0.0.3");
  add (f, "127.0.0.1");
  g_assert_cmpint (race (f, 30), ==, 2);
}

static void
test_where_all_refuse_none_wins (Fixture *f, gconstpointer data)
{
  add (f, "127.0.0.2");
  add (f, "127.0.0.3");
  g_assert_cmpint (race (f, 30), ==, -1);
}

static void
test_none_of_none_wins (Fixture *f, gconstpointer data)
{
  g_assert_cmpint (race (f, 30), ==, -1);
}

/* One whose queue of connections is full is as silent as a black hole. */
static void
make_silent (Fixture *f, const char *address, GPtrArray *fillers)
{
  GSocket *silent;
  g_autoptr (GSocketAddress) to = g_inet_socket_address_new_from_string (address, f->port);
  g_autoptr (GSocketAddress) at = g_inet_socket_address_new_from_string (address, f->port);

  silent = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_socket_set_listen_backlog (silent, 0);
  g_assert_true (g_socket_bind (silent, at, TRUE, NULL));
  g_assert_true (g_socket_listen (silent, NULL));
  for (int i = 0; i < 4; i++)
    {
      GSocket *filler =
          g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

      g_socket_set_blocking (filler, FALSE);
      g_socket_connect (filler, to, NULL, NULL);
      g_ptr_array_add (fillers, filler);
    }
  g_ptr_array_add (fillers, silent);
}

static void
test_a_silent_one_is_not_waited_for (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) fillers = g_ptr_array_new_with_free_func (g_object_unref);

  make_silent (f, "127.0.0.2", fillers);
  add (f, "127.0.0.2");
  add (f, "127.0.0.1");
  g_assert_cmpint (race (f, 30), ==, 1);
}

static void
test_time_runs_out_where_all_are_silent (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) fillers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  make_silent (f, "127.0.0.2", fillers);
  add (f, "127.0.0.2");
  g_assert_cmpint (engine_race_addresses (f->addresses, f->port, 1, cancellable, &error), ==, -2);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static gpointer
cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_it_lets_go_when_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) fillers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *other;

  make_silent (f, "127.0.0.2", fillers);
  add (f, "127.0.0.2");
  other = g_thread_new ("cancel", cancel, cancellable);
  g_assert_cmpint (engine_race_addresses (f->addresses, f->port, 3600, cancellable, &error), ==,
                   -2);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (other);
}

/* A list longer than anybody's: the rest is left out, nothing is written beyond. */
static void
test_sixteen_are_enough (Fixture *f, gconstpointer data)
{
  for (int i = 2; i < 40; i++)
    {
      g_autofree char *address = g_strdup_printf ("127.0.0.%d", i);

      add (f, address);
    }
  add (f, "127.0.0.1");
  g_assert_cmpint (race (f, 30), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/race/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("the-first-wins-where-all-answer", test_the_first_wins_where_all_answer);
  ADD ("one-that-refuses-is-passed-over", test_one_that_refuses_is_passed_over);
  ADD ("where-all-refuse-none-wins", test_where_all_refuse_none_wins);
  ADD ("none-of-none-wins", test_none_of_none_wins);
  ADD ("a-silent-one-is-not-waited-for", test_a_silent_one_is_not_waited_for);
  ADD ("time-runs-out-where-all-are-silent", test_time_runs_out_where_all_are_silent);
  ADD ("it-lets-go-when-cancelled", test_it_lets_go_when_cancelled);
  ADD ("sixteen-are-enough", test_sixteen_are_enough);
  return g_test_run ();
}
