/* Opening a part file: found or made without following links, and locked. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/part-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "engine/disk/crash-point.h"
#include "engine/plan/error.h"

/* Between looking and opening, another program may act; so often it is tried again. */
#define MOST_TRIES 8

/* The lock covers all bytes that a file can have; beyond them lies one byte that says who has it.
 */
#define LOCKED_BYTES (G_GINT64_CONSTANT (1) << 61)

static gboolean
fail (GError **error, int errno_, const char *what)
{
  g_propagate_error (error, engine_disk_error (errno_, what));
  return FALSE;
}

/* @fd: the file that is in the way, -1 where it cannot be opened. */
static gboolean
fail_in_use (GError **error, const char *name, int fd)
{
  struct flock who = {
    .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCKED_BYTES, .l_len = 1
  };

  if (fd >= 0 && fcntl (fd, F_GETLK, &who) == 0 && who.l_type != F_UNLCK && who.l_pid > 0)
    g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_IN_USE,
                 /* Translators: the name of a file, and the number of a process */
                 _ ("%s.part is being written by another program (process %d)"), name,
                 (int) who.l_pid);
  else
    g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_IN_USE,
                 _ ("%s.part is being written by another program or download"), name);
  return FALSE;
}

/* Open file description locks: two opens in one process exclude each other too. They do not tell
 * who has them, so a lock of the old kind, which excludes nobody, stands beside to tell that. */
static gboolean
lock_whole (int fd)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = LOCKED_BYTES };
  struct flock who = {
    .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCKED_BYTES, .l_len = 1
  };

  if (fcntl (fd, F_OFD_SETLK, &lock) != 0)
    return FALSE;
  fcntl (fd, F_SETLK, &who);
  return TRUE;
}

gboolean
engine_part_file_is_still_named (EnginePartFile *self)
{
  EngineFileId there;

  return engine_file_id_read_at (self->folder, self->part_name, &there) &&
         engine_file_id_equal (&there, &self->id);
}

/* A plain file that only we can reach under this name. */
static gboolean
is_plain (int fd)
{
  struct stat facts;

  return fstat (fd, &facts) == 0 && S_ISREG (facts.st_mode) && facts.st_nlink == 1;
}

/* Whether an unlocked file that is there may be replaced: ours, or nothing in it. */
static gboolean
is_ours (EnginePartFile *self, int fd)
{
  struct stat facts;
  EngineFileId id;

  if (fstat (fd, &facts) == 0 && facts.st_size == 0)
    return TRUE;
  if (fgetxattr (fd, ENGINE_PART_MARK, NULL, 0) >= 0)
    return TRUE;
  return errno == ENOTSUP && engine_file_id_read (fd, &id) &&
         engine_file_id_equal (&id, &self->ours);
}

/* Takes away what stands in the place of a fresh part file. @old stays open until the new one
 * exists, so that its inode number cannot come again. */
static gboolean
clear_place (EnginePartFile *self, int *old, GError **error)
{
  *old = openat (self->folder, self->part_name, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (*old < 0)
    return errno == ENOENT || fail_in_use (error, self->name, -1);
  if (!is_plain (*old) || !lock_whole (*old) || !is_ours (self, *old))
    return fail_in_use (error, self->name, *old);
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
      self->fd = openat (self->folder, self->part_name,
                         O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
      *again = self->fd < 0 && errno == EEXIST;
      if (self->fd < 0 && !*again)
        cleared = fail (error, errno, errno == ENAMETOOLONG ? self->name : self->folder_path);
      engine_crash_point ("part-created");
    }
  if (old >= 0)
    close (old);
  return cleared;
}

static gboolean
open_existing (EnginePartFile *self, GError **error)
{
  self->fd = openat (self->folder, self->part_name, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (self->fd >= 0)
    return TRUE;
  return errno == ELOOP ? fail_in_use (error, self->name, -1)
                        : fail (error, errno, self->part_name);
}

static gboolean
try_open (EnginePartFile *self, EnginePartMode mode, gboolean *again, GError **error)
{
  *again = FALSE;
  if (mode == ENGINE_PART_FRESH ? !open_fresh (self, again, error) : !open_existing (self, error))
    return FALSE;
  if (*again)
    return TRUE;
  if (!is_plain (self->fd) || !lock_whole (self->fd))
    return fail_in_use (error, self->name, self->fd);
  if (!engine_file_id_read (self->fd, &self->id))
    return fail (error, errno, self->part_name);
  /* Somebody else may have put another file in its place before we had the lock. */
  *again = !engine_part_file_is_still_named (self);
  if (!*again)
    fsetxattr (self->fd, ENGINE_PART_MARK, "1", 1, 0);
  return TRUE;
}

static gboolean
open_folder (EnginePartFile *self, EnginePartMode mode, GError **error)
{
  self->held = engine_folder_open (self->folder_path, mode == ENGINE_PART_FRESH);
  if (self->held == NULL)
    return fail (error, errno, self->folder_path);
  self->folder = engine_folder_get_fd (self->held);
  return TRUE;
}

static EnginePartFile *
open_part (const char *folder,
           const char *name,
           EnginePartMode mode,
           const EngineFileId *ours,
           GError **error)
{
  g_autoptr (EnginePartFile) self = g_new0 (EnginePartFile, 1);
  gboolean again = TRUE;

  g_return_val_if_fail (strchr (name, '/') == NULL && *name != '\0', NULL);

  atomic_init (&self->references, 1);
  self->fd = self->folder = -1;
  if (ours != NULL)
    self->ours = *ours;
  self->name = g_strdup (name);
  self->part_name = g_strconcat (name, ".part", NULL);
  self->folder_path = g_strdup (folder);
  if (!open_folder (self, mode, error))
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
  fail_in_use (error, name, -1);
  return NULL;
}

EnginePartFile *
engine_part_file_open (const char *folder, const char *name, EnginePartMode mode, GError **error)
{
  return open_part (folder, name, mode, NULL, error);
}

EnginePartFile *
engine_part_file_open_in_place_of (const char *folder,
                                   const char *name,
                                   const EngineFileId *ours,
                                   GError **error)
{
  return open_part (folder, name, ENGINE_PART_FRESH, ours, error);
}
