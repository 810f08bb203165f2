/* raw-loop: the least that a download can cost: one request on a socket, recv() and pwrite().
 *
 * raw-loop PORT PATH FILE: from 127.0.0.1. It checks nothing and promises nothing; it stands in the
 * benchmark's table as a limit.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BUFFER (1024 * 1024)

static int
connect_to (int port)
{
  struct sockaddr_in address = {
    .sin_family = AF_INET,
    .sin_port = htons (port),
    .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
  };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  return connect (fd, (struct sockaddr *) &address, sizeof address) == 0 ? fd : -1;
}

/* Returns: how many bytes of the body came with the head, moved to the front; -1: none, or no 200.
 */
static ssize_t
read_head (int fd, char *buffer, long long *length)
{
  size_t have = 0;

  for (;;)
    {
      ssize_t n = recv (fd, buffer + have, BUFFER - 1 - have, 0);
      char *end, *field;

      if (n <= 0)
        return -1;
      have += n;
      buffer[have] = '\0';
      end = strstr (buffer, "\r\n\r\n");
      if (end == NULL)
        continue;
      field = strcasestr (buffer, "\r\nContent-Length:");
      if (strstr (buffer, " 200 ") == NULL || field == NULL || field > end)
        return -1;
      *length = atoll (field + strlen ("\r\nContent-Length:"));
      end += 4;
      have -= end - buffer;
      memmove (buffer, end, have);
      return have;
    }
}

int
main (int argc, char **argv)
{
  static char buffer[BUFFER];
  long long length = 0, done = 0;
  char request[1024];
  ssize_t n;
  int fd, out;

  if (argc != 4 || (fd = connect_to (atoi (argv[1]))) < 0)
    return 2;
  snprintf (request, sizeof request,
            "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", argv[2]);
  if (send (fd, request, strlen (request), 0) < 0)
    return 1;
  out = open (argv[3], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  for (n = read_head (fd, buffer, &length); n >= 0; n = recv (fd, buffer, BUFFER, 0))
    {
      if (n > 0 && pwrite (out, buffer, n, done) != n)
        return 1;
      done += n;
      if (done >= length || (n == 0 && done > 0))
        break;
    }
  return done == length && length > 0 ? 0 : 1;
}
