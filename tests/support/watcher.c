/* Preloaded into the window: writes down each call of its main thread that may wait for a disk or
 * the network.
 *
 * Watched are SQLite, sockets of the internet, and files below the folders in BOBBIN_WATCH_ROOTS
 * (`:` between): the state and the downloads. What the toolkit reads for itself (fonts, icons,
 * settings) is none of ours. A line in the file BOBBIN_WATCH for each: `main CALL PATH`; one `other
 * …` the first time that another thread does such a thing, so that a watcher that sees nothing is
 * noticed.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#undef _FILE_OFFSET_BITS
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LINE_MOST 5000

static bool
is_below (const char *path, const char *roots)
{
  while (roots != NULL && *roots != '\0')
    {
      size_t n = strcspn (roots, ":");

      if (n > 0 && strncmp (path, roots, n) == 0 && (path[n] == '/' || path[n] == '\0'))
        return true;
      roots += n + (roots[n] == ':');
    }
  return false;
}

static void
note (const char *call, const char *what)
{
  static atomic_bool seen_other;
  bool is_main = syscall (SYS_gettid) == getpid ();
  char line[LINE_MOST];
  int n;
  int fd;

  if (getenv ("BOBBIN_WATCH") == NULL || (!is_main && atomic_exchange (&seen_other, true)))
    return;
  n = snprintf (line, sizeof line, "%s %s %s\n", is_main ? "main" : "other", call, what);
  fd = syscall (SYS_openat, AT_FDCWD, getenv ("BOBBIN_WATCH"), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (fd < 0 || syscall (SYS_write, fd, line, n < LINE_MOST ? n : LINE_MOST) < 0)
    abort ();
  syscall (SYS_close, fd);
}

static void
note_path (const char *call, int folder, const char *path)
{
  char whole[LINE_MOST];
  char link[64];
  ssize_t n;

  if (path == NULL)
    return;
  if (path[0] != '/' && folder != AT_FDCWD)
    {
      snprintf (link, sizeof link, "/proc/self/fd/%d", folder);
      n = readlink (link, whole, sizeof whole / 2);
      if (n <= 0)
        return;
      snprintf (whole + n, sizeof whole - n, "/%s", path);
      path = whole;
    }
  if (is_below (path, getenv ("BOBBIN_WATCH_ROOTS")))
    note (call, path);
}

/* The real one, which this stands before. */
#define NEXT(name) ((__typeof__ (&name)) dlsym (RTLD_NEXT, #name))

/* clang-format off */
#pragma GCC diagnostic ignored "-Wmissing-prototypes"
#define OPEN(name) \
  int name (const char *path, int flags, ...) \
  { va_list v; mode_t mode; va_start (v, flags); mode = va_arg (v, mode_t); va_end (v); \
    note_path ("open", AT_FDCWD, path); return syscall (SYS_openat, AT_FDCWD, path, flags, mode); }
#define OPENAT(name) \
  int name (int folder, const char *path, int flags, ...) \
  { va_list v; mode_t mode; va_start (v, flags); mode = va_arg (v, mode_t); va_end (v); \
    note_path ("open", folder, path); return syscall (SYS_openat, folder, path, flags, mode); }
#define AT_PATH(type, name, parameters, arguments) \
  type name parameters { note_path (#name, AT_FDCWD, path); return NEXT (name) arguments; }
#define AT_FOLDER(type, name, parameters, arguments) \
  type name parameters { note_path (#name, folder, path); return NEXT (name) arguments; }

OPEN (open)
OPEN (open64)
OPENAT (openat)
OPENAT (openat64)
AT_PATH (int, stat, (const char *path, struct stat *s), (path, s))
AT_PATH (int, stat64, (const char *path, struct stat64 *s), (path, s))
AT_PATH (int, lstat, (const char *path, struct stat *s), (path, s))
AT_PATH (int, lstat64, (const char *path, struct stat64 *s), (path, s))
AT_PATH (int, statvfs, (const char *path, struct statvfs *s), (path, s))
AT_PATH (int, statvfs64, (const char *path, struct statvfs64 *s), (path, s))
AT_PATH (int, access, (const char *path, int mode), (path, mode))
AT_PATH (int, mkdir, (const char *path, mode_t mode), (path, mode))
AT_PATH (int, unlink, (const char *path), (path))
AT_PATH (int, rename, (const char *path, const char *to), (path, to))
AT_FOLDER (int, fstatat, (int folder, const char *path, struct stat *s, int flags), (folder, path, s, flags))
AT_FOLDER (int, fstatat64, (int folder, const char *path, struct stat64 *s, int flags), (folder, path, s, flags))
AT_FOLDER (int, statx, (int folder, const char *path, int flags, unsigned mask, struct statx *s), (folder, path, flags, mask, s))
AT_FOLDER (int, unlinkat, (int folder, const char *path, int flags), (folder, path, flags))

int
connect (int fd, const struct sockaddr *address, socklen_t length)
{
  if (address->sa_family == AF_INET || address->sa_family == AF_INET6)
    note ("connect", "");
  return NEXT (connect) (fd, address, length);
}

/* SQLite by its entry points: where the main thread calls it at all, it is wrong. */
#define SQLITE(name, parameters, arguments) \
  int name parameters; \
  int name parameters { note (#name, ""); return NEXT (name) arguments; }
SQLITE (sqlite3_open_v2, (const char *path, void **db, int flags, const char *vfs), (path, db, flags, vfs))
SQLITE (sqlite3_step, (void *statement), (statement))
SQLITE (sqlite3_exec, (void *db, const char *sql, void *cb, void *data, char **error), (db, sql, cb, data, error))
SQLITE (sqlite3_close, (void *db), (db))
/* clang-format on */
