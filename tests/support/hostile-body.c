/* Sending a body: at its pace, in its framing, as far as it is to go. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "support/hostile-private.h"

#define BLOCK 65536

/* A paced body comes in so many pieces a second. */
#define BEATS 50

static gint64
nearest (gint64 at, gint64 mark, gint64 otherwise)
{
  return mark > at ? MIN (otherwise, mark - at) : otherwise;
}

static gint64
get_rate (const HostileBody *body, gint64 at)
{
  return body->slow_from >= 0 && at >= body->slow_from ? body->slow_rate : body->rate;
}

/* How many bytes may go in one piece, @at bytes into the body. */
static gint64
next_piece (const HostileBody *body, gint64 at)
{
  gint64 n = MIN (BLOCK, body->end - body->start - at);
  gint64 rate = get_rate (body, at);

  if (body->chunk > 0)
    n = MIN (n, body->chunk);
  if (rate > 0)
    n = MIN (n, MAX (1, rate / BEATS));
  n = nearest (at, body->cut, n);
  n = nearest (at, body->reset, n);
  n = nearest (at, body->stall, n);
  n = nearest (at, body->pause, n);
  return nearest (at, body->slow_from, n);
}

static gboolean
send_piece (HostileConn *conn, const HostileBody *body, gint64 at, gint64 n)
{
  guint8 buffer[BLOCK + 32];
  char size[24] = "";
  gsize head = 0;

  if (body->chunk > 0)
    {
      gboolean bad = body->bad_chunk && at > 0;

      g_snprintf (size, sizeof size, bad ? "zz%x\r\n" : "%x\r\n", (guint) n);
      head = strlen (size);
      memcpy (buffer, size, head);
    }
  hostile_payload_fill (&body->payload, body->start + at, buffer + head, n);
  if (body->chunk > 0)
    memcpy (buffer + head + n, "\r\n", 2);
  return hostile_conn_write (conn, buffer, head + n + (body->chunk > 0 ? 2 : 0));
}

/* What is to happen at this place. FALSE ends the connection. */
static gboolean
meet_mark (HostileConn *conn, const HostileBody *body, gint64 at)
{
  if (at == body->cut)
    return FALSE;
  if (at == body->reset)
    {
      hostile_conn_reset (conn);
      return FALSE;
    }
  if (at == body->stall)
    {
      hostile_conn_wait (conn, -1);
      return FALSE;
    }
  return at != body->pause || hostile_conn_wait (conn, body->pause_ms);
}

static gboolean
send_end (HostileConn *conn, const HostileBody *body)
{
  g_autofree char *extra = g_strnfill (MAX (0, body->extra), 'x');

  if (body->extra > 0 && !hostile_conn_write (conn, extra, body->extra))
    return FALSE;
  if (body->chunk > 0 && body->no_last_chunk)
    return FALSE;
  return body->chunk == 0 || hostile_conn_write (conn, "0\r\n\r\n", 5);
}

gboolean
hostile_body_send (HostileConn *conn, const HostileBody *body, gint64 *sent)
{
  gint64 length = body->end - body->start;
  gint64 due_us = g_get_monotonic_time ();
  gint64 at = 0;

  for (;;)
    {
      gint64 rate = get_rate (body, at);
      gint64 n;

      if (!meet_mark (conn, body, at))
        return FALSE;
      if (at >= length)
        return send_end (conn, body);
      n = next_piece (body, at);
      if (!send_piece (conn, body, at, n))
        return FALSE;
      at += n;
      *sent += n;
      if (rate <= 0)
        continue;
      due_us = MAX (due_us, g_get_monotonic_time () - G_USEC_PER_SEC) + n * G_USEC_PER_SEC / rate;
      if (due_us > g_get_monotonic_time () &&
          !hostile_conn_wait (conn, (due_us - g_get_monotonic_time ()) / 1000))
        return FALSE;
    }
}
