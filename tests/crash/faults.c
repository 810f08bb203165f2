/* The faulty disk. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faults.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MOST_FAULTS 64

typedef struct
{
  char name[64];
  int errno_;
  int after;
} Fault;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Fault faults[MOST_FAULTS]; /* guarded by lock */
static int n_faults;              /* guarded by lock */

void
faults_set (const char *name, int errno_, int after)
{
  pthread_mutex_lock (&lock);
  g_assert_cmpint (n_faults, <, MOST_FAULTS);
  g_strlcpy (faults[n_faults].name, name, sizeof faults[n_faults].name);
  faults[n_faults].errno_ = errno_;
  faults[n_faults].after = after;
  n_faults++;
  pthread_mutex_unlock (&lock);
}

void
faults_clear (void)
{
  pthread_mutex_lock (&lock);
  n_faults = 0;
  pthread_mutex_unlock (&lock);
}

/* Returns: the error that this call ends with, 0 none. */
static int
find_fault (int fd)
{
  char link[64];
  char path[4096];
  const char *name;
  ssize_t n;
  int found = 0;

  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  n = readlink (link, path, sizeof path - 1);
  if (n <= 0)
    return 0;
  path[n] = '\0';
  name = strrchr (path, '/');
  if (name == NULL || !g_str_has_suffix (name, ".part"))
    return 0;
  pthread_mutex_lock (&lock);
  for (int i = 0; i < n_faults; i++)
    if (g_str_has_prefix (name + 1, faults[i].name) && faults[i].after-- <= 0)
      found = faults[i].errno_;
  pthread_mutex_unlock (&lock);
  return found;
}

/* clang-format off */
ssize_t faulty_pwrite (int fd, const void *data, size_t length, off_t offset) __asm__ ("pwrite64");
int faulty_fallocate (int fd, int mode, off_t offset, off_t length) __asm__ ("fallocate64");
/* clang-format on */

ssize_t
faulty_pwrite (int fd, const void *data, size_t length, off_t offset)
{
  int fault = find_fault (fd);

  if (fault == 0)
    return syscall (SYS_pwrite64, fd, data, length, offset);
  errno = fault;
  return -1;
}

int
faulty_fallocate (int fd, int mode, off_t offset, off_t length)
{
  int fault = find_fault (fd);

  if (fault == 0)
    return syscall (SYS_fallocate, fd, mode, offset, length);
  errno = fault;
  return -1;
}
