/* Preloaded into a program: writes down all that it does to files below BOBBIN_RECORD_ROOT,
 * SQLite's own calls included, into the file BOBBIN_RECORD.
 *
 * A call and its record are one step, under a lock: the log has the order in which it happened.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Both names of each call are meant, so none may stand for the other. */
#undef _FILE_OFFSET_BITS
#include "recorder.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PATH_MOST 4096

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -1; /* guarded by lock */

/* The path below the root, or NULL where it is not ours. SQLite's shared memory is made anew at
 * each start. */
static const char *
below_root (const char *path)
{
  const char *root = getenv ("BOBBIN_RECORD_ROOT");
  size_t n = root != NULL ? strlen (root) : 0;

  if (n == 0 || strncmp (path, root, n) != 0 || path[n] != '/')
    return NULL;
  if (strlen (path) > 4 && strcmp (path + strlen (path) - 4, "-shm") == 0)
    return NULL;
  return path + n + 1;
}

static const char *
path_of_fd (int fd, char *buffer)
{
  char link[64];
  ssize_t n;

  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  n = readlink (link, buffer, PATH_MOST - 1);
  if (n <= 0)
    return NULL;
  buffer[n] = '\0';
  return below_root (buffer);
}

static const char *
path_at (int folder, const char *name, char *buffer)
{
  char base[PATH_MOST];
  char link[64];
  ssize_t n;

  if (name[0] == '/')
    return below_root (name);
  snprintf (link, sizeof link, folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", folder);
  n = readlink (link, base, sizeof base - 1);
  if (n <= 0)
    return NULL;
  base[n] = '\0';
  if (snprintf (buffer, PATH_MOST, "%s/%s", base, name) >= PATH_MOST)
    return NULL;
  return below_root (buffer);
}

static void
put (const void *data, size_t length)
{
  if (log_fd < 0)
    log_fd = syscall (SYS_openat, AT_FDCWD, getenv ("BOBBIN_RECORD"),
                      O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log_fd < 0 || syscall (SYS_write, log_fd, data, length) != (ssize_t) length)
    abort ();
}

static void
record (RecordKind kind, int fd, const char *path, int64_t offset, const void *data, size_t length)
{
  RecordHead head = {
    .kind = kind, .path_length = strlen (path), .data_length = length, .offset = offset
  };
  struct stat facts;

  if (fd >= 0 && fstat (fd, &facts) == 0)
    head.inode = facts.st_ino;
  put (&head, sizeof head);
  put (path, head.path_length);
  if (length > 0)
    put (data, length);
}

static int
open_and_record (int folder, const char *name, int flags, mode_t mode)
{
  char buffer[PATH_MOST];
  const char *path = (flags & O_CREAT) != 0 ? path_at (folder, name, buffer) : NULL;
  struct stat facts;
  bool is_new;
  int saved;
  int fd;

  pthread_mutex_lock (&lock);
  is_new = path != NULL && fstatat (folder, name, &facts, AT_SYMLINK_NOFOLLOW) != 0;
  fd = syscall (SYS_openat, folder, name, flags, mode);
  saved = errno;
  if (fd >= 0 && is_new)
    record (RECORD_CREATE, fd, path, 0, NULL, 0);
  pthread_mutex_unlock (&lock);
  errno = saved;
  return fd;
}

static mode_t
mode_from (int flags, va_list arguments)
{
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg (arguments, mode_t) : 0;
}

/* The C library has two names for each of these; programs use either. */
#define OPEN(name)                                                                                 \
  int name (const char *path, int flags, ...)                                                      \
  {                                                                                                \
    va_list arguments;                                                                             \
    mode_t mode;                                                                                   \
                                                                                                   \
    va_start (arguments, flags);                                                                   \
    mode = mode_from (flags, arguments);                                                           \
    va_end (arguments);                                                                            \
    return open_and_record (AT_FDCWD, path, flags, mode);                                          \
  }
#define OPENAT(name)                                                                               \
  int name (int folder, const char *path, int flags, ...)                                          \
  {                                                                                                \
    va_list arguments;                                                                             \
    mode_t mode;                                                                                   \
                                                                                                   \
    va_start (arguments, flags);                                                                   \
    mode = mode_from (flags, arguments);                                                           \
    va_end (arguments);                                                                            \
    return open_and_record (folder, path, flags, mode);                                            \
  }

static ssize_t
pwrite_and_record (int fd, const void *data, size_t length, off_t offset)
{
  char buffer[PATH_MOST];
  const char *path = path_of_fd (fd, buffer);
  ssize_t n;

  if (path == NULL)
    return syscall (SYS_pwrite64, fd, data, length, offset);
  pthread_mutex_lock (&lock);
  n = syscall (SYS_pwrite64, fd, data, length, offset);
  if (n > 0)
    record (RECORD_WRITE, fd, path, offset, data, n);
  pthread_mutex_unlock (&lock);
  return n;
}

/* One call on a descriptor, recorded where it succeeds. */
static int
call_and_record (RecordKind kind, int fd, int64_t offset, long number, long a, long b, long c)
{
  char buffer[PATH_MOST];
  const char *path = path_of_fd (fd, buffer);
  struct stat facts;
  int status;

  if (kind == RECORD_SYNC && fstat (fd, &facts) == 0 && S_ISDIR (facts.st_mode))
    kind = RECORD_SYNC_FOLDER;
  if (path == NULL)
    return syscall (number, fd, a, b, c);
  pthread_mutex_lock (&lock);
  status = syscall (number, fd, a, b, c);
  if (status == 0)
    record (kind, fd, path, offset, NULL, 0);
  pthread_mutex_unlock (&lock);
  return status;
}

static int
rename_and_record (int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
  char from_buffer[PATH_MOST];
  char to_buffer[PATH_MOST];
  const char *old = path_at (from_folder, from, from_buffer);
  const char *new = path_at (to_folder, to, to_buffer);
  int saved;
  int status;

  pthread_mutex_lock (&lock);
  status = syscall (SYS_renameat2, from_folder, from, to_folder, to, flags);
  saved = errno;
  if (status == 0 && old != NULL && new != NULL)
    record (RECORD_RENAME, -1, old, 0, new, strlen (new));
  pthread_mutex_unlock (&lock);
  errno = saved;
  return status;
}

/* What had no name has one: to the disk's names that is the same as a new file. */
static int
link_and_record (int from_folder, const char *from, int to_folder, const char *to, int flags)
{
  char buffer[PATH_MOST];
  const char *new = path_at (to_folder, to, buffer);
  int saved;
  int status;
  int fd;

  pthread_mutex_lock (&lock);
  status = syscall (SYS_linkat, from_folder, from, to_folder, to, flags);
  saved = errno;
  if (status == 0 && new != NULL)
    {
      fd = syscall (SYS_openat, to_folder, to, O_PATH | O_CLOEXEC);
      record (RECORD_CREATE, fd, new, 0, NULL, 0);
      close (fd);
    }
  pthread_mutex_unlock (&lock);
  errno = saved;
  return status;
}

static int
unlink_and_record (int folder, const char *name, int flags)
{
  char buffer[PATH_MOST];
  const char *path = path_at (folder, name, buffer);
  int status;

  pthread_mutex_lock (&lock);
  status = syscall (SYS_unlinkat, folder, name, flags);
  if (status == 0 && path != NULL)
    record (RECORD_UNLINK, -1, path, 0, NULL, 0);
  pthread_mutex_unlock (&lock);
  return status;
}

/* clang-format off */
#pragma GCC diagnostic ignored "-Wmissing-prototypes"
OPEN (open)
OPEN (open64)
OPENAT (openat)
OPENAT (openat64)
ssize_t pwrite (int fd, const void *data, size_t n, off_t at) { return pwrite_and_record (fd, data, n, at); }
ssize_t pwrite64 (int fd, const void *data, size_t n, off_t at) { return pwrite_and_record (fd, data, n, at); }
int ftruncate (int fd, off_t size) { return call_and_record (RECORD_RESIZE, fd, size, SYS_ftruncate, size, 0, 0); }
int ftruncate64 (int fd, off_t size) { return call_and_record (RECORD_RESIZE, fd, size, SYS_ftruncate, size, 0, 0); }
int fallocate (int fd, int mode, off_t at, off_t n) { return call_and_record (RECORD_RESERVE, fd, at + n, SYS_fallocate, mode, at, n); }
int fallocate64 (int fd, int mode, off_t at, off_t n) { return call_and_record (RECORD_RESERVE, fd, at + n, SYS_fallocate, mode, at, n); }
int fsync (int fd) { return call_and_record (RECORD_SYNC, fd, 0, SYS_fsync, 0, 0, 0); }
int fdatasync (int fd) { return call_and_record (RECORD_SYNC, fd, 0, SYS_fdatasync, 0, 0, 0); }
int rename (const char *from, const char *to) { return rename_and_record (AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat (int a, const char *from, int b, const char *to) { return rename_and_record (a, from, b, to, 0); }
int renameat2 (int a, const char *from, int b, const char *to, unsigned flags) { return rename_and_record (a, from, b, to, flags); }
int linkat (int a, const char *from, int b, const char *to, int flags) { return link_and_record (a, from, b, to, flags); }
int unlink (const char *path) { return unlink_and_record (AT_FDCWD, path, 0); }
int unlinkat (int folder, const char *name, int flags) { return unlink_and_record (folder, name, flags); }
/* clang-format on */
