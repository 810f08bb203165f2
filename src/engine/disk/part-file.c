/* Part files.
 *
 * Invariants:
 * 1. Whoever has an EnginePartFile has the file's lock.
 * 2. A fresh part file has another inode than the one it replaced, so that a
 *    journal row written for the old one is never trusted for the new one.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/part-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/human.h"
#include "engine/disk/final-name.h"
#include "engine/plan/error.h"

/* Tells our part files from those of others that use the same ending. */
#define MARK "user.bobbin.part"

/* Between looking and opening, another program may act; so often it is tried again. */
#define MOST_TRIES 8

struct _EnginePartFile
{
  _Atomic int references; /* release on the way down, acquire at zero */

  /* Written once, before any other thread can see it. */
  char *name;      /* owned; the final one */
  char *part_name; /* owned */
  char *folder_path; /* owned; for messages */
  int folder;      /* descriptor, owned */
  int fd;          /* descriptor, owned */
  guint64 inode;
};

static gboolean
fail (GError **error, int errno_, const char *what)
{
  g_propagate_error (error, engine_disk_error (errno_, what));
  return FALSE;
}

static gboolean
fail_in_use (GError **error, const char *name)
{
  g_set_error (error,
               ENGINE_ERROR,
               ENGINE_ERROR_IN_USE,
               _ ("%s.part is being written by another program or download"),
               name);
  return FALSE;
}

/* Open file description locks: two opens in one process exclude each other too. */
static gboolean
lock_whole (int fd)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  return fcntl (fd, F_OFD_SETLK, &lock) == 0;
}

static gboolean
is_still_named (EnginePartFile *self, const char *name)
{
  struct stat facts;

  return fstatat (self->folder, name, &facts, AT_SYMLINK_NOFOLLOW) == 0 &&
         facts.st_ino == self->inode;
}

/* A plain file that only we can reach under this name. */
static gboolean
is_plain (int fd, guint64 *inode)
{
  struct stat facts;

  if (fstat (fd, &facts) != 0 || !S_ISREG (facts.st_mode) || facts.st_nlink > 1)
    return FALSE;
  *inode = facts.st_ino;
  return TRUE;
}

/* Whether an unlocked file that is there may be replaced: ours, or nothing in it. */
static gboolean
is_ours (int fd)
{
  struct stat facts;

  if (fstat (fd, &facts) == 0 && facts.st_size == 0)
    return TRUE;
  return fgetxattr (fd, MARK, NULL, 0) >= 0 || errno == ENOTSUP;
}

/* Takes away what stands in the place of a fresh part file. @old stays open until the new one
 * exists, so that its inode number cannot come again. */
static gboolean
clear_place (EnginePartFile *self, int *old, GError **error)
{
  guint64 inode;

  *old = openat (self->folder, self->part_name, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (*old < 0)
    return errno == ENOENT || fail_in_use (error, self->name);
  if (!is_plain (*old, &inode) || !lock_whole (*old) || !is_ours (*old))
    return fail_in_use (error, self->name);
  if (unlinkat (self->folder, self->part_name, 0) != 0 && errno != ENOENT)
    return fail (error, errno, self->part_name);
  return TRUE;
}

static gboolean
open_fresh (EnginePartFile *self, gboolean *again, GError **error)
{
  int old = -1;
  gboolean cleared = clear_place (self, &old, error);

  if (cleared)
    {
      self->fd = openat (self->folder,
                         self->part_name,
                         O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                         0600);
      *again = self->fd < 0 && errno == EEXIST;
      if (self->fd < 0 && !*again)
        cleared = fail (error, errno, errno == ENAMETOOLONG ? self->name : self->folder_path);
    }
  if (old >= 0)
    close (old);
  return cleared;
}

static gboolean
open_existing (EnginePartFile *self, GError **error)
{
  self->fd = openat (self->folder,
                     self->part_name,
                     O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK,
                     0600);
  if (self->fd >= 0)
    return TRUE;
  return errno == ELOOP ? fail_in_use (error, self->name) : fail (error, errno, self->folder_path);
}

static gboolean
try_open (EnginePartFile *self, EnginePartMode mode, gboolean *again, GError **error)
{
  *again = FALSE;
  if (mode == ENGINE_PART_FRESH ? !open_fresh (self, again, error) : !open_existing (self, error))
    return FALSE;
  if (*again)
    return TRUE;
  if (!is_plain (self->fd, &self->inode) || !lock_whole (self->fd))
    return fail_in_use (error, self->name);
  /* Somebody else may have put another file in its place before we had the lock. */
  *again = !is_still_named (self, self->part_name);
  if (!*again)
    fsetxattr (self->fd, MARK, "1", 1, 0);
  return TRUE;
}

static gboolean
open_folder (EnginePartFile *self, GError **error)
{
  if (g_mkdir_with_parents (self->folder_path, 0777) != 0)
    return fail (error, errno, self->folder_path);
  self->folder = open (self->folder_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return self->folder >= 0 || fail (error, errno, self->folder_path);
}

EnginePartFile *
engine_part_file_open (const char *folder, const char *name, EnginePartMode mode, GError **error)
{
  g_autoptr (EnginePartFile) self = g_new0 (EnginePartFile, 1);
  gboolean again = TRUE;

  g_return_val_if_fail (strchr (name, '/') == NULL && *name != '\0', NULL);

  atomic_init (&self->references, 1);
  self->fd = self->folder = -1;
  self->name = g_strdup (name);
  self->part_name = g_strconcat (name, ".part", NULL);
  self->folder_path = g_strdup (folder);
  if (!open_folder (self, error))
    return NULL;
  for (int i = 0; again && i < MOST_TRIES; i++)
    {
      if (self->fd >= 0)
        close (self->fd);
      self->fd = -1;
      if (!try_open (self, mode, &again, error))
        return NULL;
    }
  if (!again)
    return g_steal_pointer (&self);
  fail_in_use (error, name);
  return NULL;
}

EnginePartFile *
engine_part_file_ref (EnginePartFile *self)
{
  atomic_fetch_add_explicit (&self->references, 1, memory_order_relaxed);
  return self;
}

void
engine_part_file_unref (EnginePartFile *self)
{
  if (atomic_fetch_sub_explicit (&self->references, 1, memory_order_acq_rel) > 1)
    return;

  if (self->fd >= 0)
    close (self->fd);
  if (self->folder >= 0)
    close (self->folder);
  g_free (self->name);
  g_free (self->part_name);
  g_free (self->folder_path);
  g_free (self);
}

const char *
engine_part_file_get_name (EnginePartFile *self)
{
  return self->name;
}

gint64
engine_part_file_get_size (EnginePartFile *self)
{
  struct stat facts;

  return fstat (self->fd, &facts) == 0 ? facts.st_size : -1;
}

guint64
engine_part_file_get_inode (EnginePartFile *self)
{
  return self->inode;
}

static gboolean
fail_for_room (EnginePartFile *self, gint64 total, GError **error)
{
  struct stat facts;
  gint64 there = fstat (self->fd, &facts) == 0 ? facts.st_blocks * 512 : 0;
  gint64 missing = total - there - MAX (0, engine_disk_get_free (self->folder_path));
  g_autofree char *size = base_human_size (MAX (missing, 1));
  g_autofree char *folder = g_filename_display_basename (self->folder_path);

  g_set_error (error,
               ENGINE_ERROR,
               ENGINE_ERROR_DISK_FULL,
               /* Translators: a size, and the name of a folder */
               _ ("the disk is full: %s more is needed in %s"),
               size,
               folder);
  return FALSE;
}

gboolean
engine_part_file_reserve (EnginePartFile *self, gint64 total, GError **error)
{
  while (fallocate (self->fd, 0, 0, total) != 0)
    {
      if (errno == EINTR)
        continue;
      if (errno == ENOSPC || errno == EDQUOT)
        return fail_for_room (self, total, error);
      if (errno != EOPNOTSUPP && errno != ENOSYS)
        return fail (error, errno, self->folder_path);
      if (ftruncate (self->fd, total) != 0)
        return fail (error, errno, self->folder_path);
      break;
    }
  return TRUE;
}

gboolean
engine_part_file_write (
    EnginePartFile *self, const void *data, gsize length, gint64 offset, GError **error)
{
  const char *p = data;

  while (length > 0)
    {
      ssize_t n = pwrite (self->fd, p, length, offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return fail (error, n < 0 ? errno : EIO, self->folder_path);
      p += n;
      length -= n;
      offset += n;
    }
  return TRUE;
}

gssize
engine_part_file_read (
    EnginePartFile *self, void *data, gsize length, gint64 offset, GError **error)
{
  gsize got = 0;

  while (got < length)
    {
      ssize_t n = pread (self->fd, (char *) data + got, length - got, offset + got);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          fail (error, errno, self->name);
          return -1;
        }
      if (n == 0)
        break;
      got += n;
    }
  return got;
}

void
engine_part_file_start_writeback (EnginePartFile *self, gint64 start, gint64 end)
{
  sync_file_range (self->fd, start, end - start, SYNC_FILE_RANGE_WRITE);
}

gboolean
engine_part_file_sync (EnginePartFile *self, GError **error)
{
  return fdatasync (self->fd) == 0 || fail (error, errno, self->folder_path);
}

gboolean
engine_part_file_truncate (EnginePartFile *self, gint64 size, GError **error)
{
  return ftruncate (self->fd, size) == 0 || fail (error, errno, self->folder_path);
}

/* What the person's umask leaves of 0666: never an execute bit. Asked of /proc, since umask(2)
 * answers only by changing it for all threads. */
static mode_t
finished_mode (void)
{
  g_autofree char *status = NULL;
  const char *line;
  unsigned int mask = 022;

  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL) &&
      (line = strstr (status, "\nUmask:")) != NULL)
    sscanf (line, "\nUmask: %o", &mask);
  return 0666 & ~mask;
}

gboolean
engine_part_file_finish (EnginePartFile *self,
                         gboolean policy_overwrite,
                         gboolean rename,
                         char **final_name,
                         GError **error)
{
  if (!is_still_named (self, self->part_name))
    return fail (error, ENOENT, self->part_name);
  fremovexattr (self->fd, MARK);
  fchmod (self->fd, finished_mode ());
  if (fsync (self->fd) != 0)
    return fail (error, errno, self->folder_path);
  *final_name = engine_final_name_take (
      self->folder, self->part_name, self->name, policy_overwrite, rename, error);
  if (*final_name == NULL)
    return FALSE;
  return fsync (self->folder) == 0 || fail (error, errno, self->folder_path);
}

void
engine_part_file_set_origin (EnginePartFile *self, const char *address)
{
  /* Where the file system has no attributes, the file has no origin: no loss. */
  fsetxattr (self->fd, "user.xdg.origin.url", address, strlen (address), 0);
}

void
engine_part_file_discard (EnginePartFile *self)
{
  if (is_still_named (self, self->part_name))
    unlinkat (self->folder, self->part_name, 0);
}

gboolean
engine_part_file_is_taken (const char *folder, const char *name, gboolean part)
{
  g_autofree char *path =
      part ? g_strconcat (folder, "/", name, ".part", NULL) : g_build_filename (folder, name, NULL);
  struct stat facts;

  return lstat (path, &facts) == 0;
}
