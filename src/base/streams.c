/* Standard streams. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/streams.h"

#include <fcntl.h>
#include <unistd.h>

void
base_streams_hold (void)
{
  /* open() gives the lowest free number. */
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0 && open ("/dev/null", O_RDWR) < 0)
      return;
}
