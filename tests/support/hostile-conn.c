/* Writing to a connection, and waiting on one. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <poll.h>
#include <sys/socket.h>

#include "support/hostile-private.h"

gboolean
hostile_conn_write (HostileConn *self, const void *data, gsize length)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (self->stream), data, length,
                                    NULL, NULL, NULL);
}

gboolean
hostile_conn_wait (HostileConn *self, gint64 ms)
{
  gint64 end_us = g_get_monotonic_time () + ms * 1000;

  for (;;)
    {
      struct pollfd fds[] = { { self->server->wake_fd, POLLIN, 0 },
                              { g_socket_get_fd (self->socket), POLLRDHUP, 0 } };
      gint64 left_us = end_us - g_get_monotonic_time ();

      if (ms >= 0 && left_us <= 0)
        return TRUE;
      poll (fds, G_N_ELEMENTS (fds), ms < 0 ? -1 : (int) MIN (left_us / 1000 + 1, 60000));
      if (fds[0].revents != 0 || (fds[1].revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0)
        return FALSE;
    }
}

void
hostile_conn_reset (HostileConn *self)
{
  struct linger none = { 1, 0 };

  setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_LINGER, &none, sizeof none);
}
