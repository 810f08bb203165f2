/* Racing addresses. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/http/race.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "engine/http/resolver.h"

/* RFC 8305, 5: the next one starts after so long. */
#define APART_US 250000

/* No host has more that are worth a try. */
#define MOST 16

typedef struct
{
  struct pollfd fds[MOST + 1];   /* the last: the cancellable */
  GSocket *sockets[MOST];        /* owned; NULL: not begun, or refused */
  GInetAddress *addresses[MOST]; /* borrowed */
  int n;
  int started;
  int open;
} Race;

static void
start_next (Race *race, GInetAddress *address, int port)
{
  g_autoptr (GSocketAddress) to = g_inet_socket_address_new (address, port);
  GSocket *socket = g_socket_new (g_inet_address_get_family (address), G_SOCKET_TYPE_STREAM,
                                  G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GError) error = NULL;
  int i = race->started++;

  race->fds[i] = (struct pollfd){ .fd = -1 };
  if (socket == NULL)
    return;
  g_socket_set_blocking (socket, FALSE);
  if (!g_socket_connect (socket, to, NULL, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING))
    {
      g_object_unref (socket);
      return;
    }
  race->sockets[i] = socket;
  race->fds[i] = (struct pollfd){ .fd = g_socket_get_fd (socket), .events = POLLOUT };
  race->open++;
}

/* Returns: who has arrived, -1: none yet. Those that were refused drop out. */
static int
look (Race *race)
{
  for (int i = 0; i < race->started; i++)
    {
      if (race->sockets[i] == NULL || race->fds[i].revents == 0)
        continue;
      if (g_socket_check_connect_result (race->sockets[i], NULL))
        return i;
      g_clear_object (&race->sockets[i]);
      race->fds[i].fd = -1;
      race->open--;
    }
  return -1;
}

static int
run (Race *race, int port, gint64 end_us, GCancellable *cancellable, GError **error)
{
  gint64 next_us = 0;

  for (;;)
    {
      gint64 now_us = g_get_monotonic_time ();
      gint64 until_us;
      int winner;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return -2;
      if (now_us >= end_us)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, g_strerror (ETIMEDOUT));
          return -2;
        }
      while (race->started < race->n && (now_us >= next_us || race->open == 0))
        {
          start_next (race, race->addresses[race->started], port);
          next_us = now_us + APART_US;
        }
      if (race->open == 0)
        return -1;
      until_us = race->started < race->n ? MIN (next_us, end_us) : end_us;
      race->fds[race->started] =
          (struct pollfd){ .fd = g_cancellable_get_fd (cancellable), .events = POLLIN };
      poll (race->fds, race->started + 1, (int) MAX (1, (until_us - now_us + 999) / 1000));
      if (race->fds[race->started].fd >= 0)
        g_cancellable_release_fd (cancellable);
      winner = look (race);
      if (winner >= 0)
        return winner;
    }
}

int
engine_race_addresses (
    GList *addresses, int port, int timeout_s, GCancellable *cancellable, GError **error)
{
  Race race = { 0 };
  int winner;

  for (GList *l = addresses; l != NULL && race.n < MOST; l = l->next)
    race.addresses[race.n++] = l->data;
  winner = run (&race, port, g_get_monotonic_time () + (gint64) timeout_s * G_USEC_PER_SEC,
                cancellable, error);

  for (int i = 0; i < race.started; i++)
    g_clear_object (&race.sockets[i]);
  return winner;
}

void
engine_race_prepare_process (void)
{
  g_autoptr (GResolver) resolver = engine_resolver_new (g_resolver_get_default ());

  g_resolver_set_default (resolver);
}

gboolean
engine_race_is_due (const char *host)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();

  return ENGINE_IS_RESOLVER (resolver) && !g_hostname_is_ip_address (host) &&
         strchr (host, ':') == NULL && g_ascii_strcasecmp (host, "localhost") != 0 &&
         !engine_resolver_knows (ENGINE_RESOLVER (resolver), host);
}

gboolean
engine_race_host (
    const char *host, int port, int timeout_s, GCancellable *cancellable, GError **error)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  GList *addresses;
  int place = 0;
  int winner;

  addresses = g_resolver_lookup_by_name (resolver, host, cancellable, NULL);
  if (addresses == NULL || addresses->next == NULL)
    {
      /* One address needs no race, now or soon. */
      if (addresses != NULL)
        engine_resolver_prefer (ENGINE_RESOLVER (resolver), host, addresses->data);
      g_resolver_free_addresses (addresses);
      return TRUE;
    }
  winner = engine_race_addresses (addresses, port, timeout_s, cancellable, error);
  for (GList *l = addresses; l != NULL && winner >= 0; l = l->next, place++)
    if (place == winner)
      engine_resolver_prefer (ENGINE_RESOLVER (resolver), host, l->data);
  g_resolver_free_addresses (addresses);
  return winner != -2;
}
