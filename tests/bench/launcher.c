/* launcher: runs a command and prints what it took.
 *
 * A runner written in Python cannot measure this: a child starts out with its parent's
 * memory, and that peak stays in ru_maxrss. This one is small, and forks with nothing in hand.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
seconds (struct timeval t)
{
  return t.tv_sec + t.tv_usec / 1e6;
}

static double
now (void)
{
  struct timespec t;

  clock_gettime (CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

/* launcher LOG SECONDS COMMAND…: the command's streams go to LOG; it is killed after SECONDS. */
int
main (int argc, char **argv)
{
  struct rusage usage;
  double begun = now ();
  pid_t child;
  int status;

  if (argc < 4)
    return 2;
  child = vfork ();
  if (child < 0)
    return 2;
  if (child == 0)
    {
      int log = open (argv[1], O_WRONLY | O_CREAT | O_APPEND, 0600);
      int none = open ("/dev/null", O_RDONLY);

      dup2 (none, 0);
      dup2 (log, 1);
      dup2 (log, 2);
      alarm (atoi (argv[2])); /* kept through exec: nothing here runs for ever */
      execvp (argv[3], argv + 3);
      _exit (127);
    }
  if (wait4 (child, &status, 0, &usage) != child)
    return 2;
  printf ("%.6f %.6f %.6f %ld %d\n", now () - begun, seconds (usage.ru_utime),
          seconds (usage.ru_stime), usage.ru_maxrss,
          WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status));
  return 0;
}
