/* Part files: their bytes, and their end.
 *
 * Invariants:
 * 1. Whoever has an EnginePartFile has the file's lock.
 * 2. A fresh part file is another file than the one it replaced, so that a
 *    journal row written for the old one is never trusted for the new one.
 * 3. What gets a final name is whole, verified and synced; the caller has verified it.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/part-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/human.h"
#include "engine/disk/crash-point.h"
#include "engine/disk/final-name.h"
#include "engine/disk/part-file-private.h"
#include "engine/plan/error.h"

static gboolean
fail (GError **error, int errno_, const char *what)
{
  g_propagate_error (error, engine_disk_error (errno_, what));
  return FALSE;
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
  g_clear_pointer (&self->held, engine_folder_unref);
  g_free (self->name);
  g_free (self->part_name);
  g_free (self->folder_path);
  g_free (self);
}

void
engine_part_file_unlock (EnginePartFile *self)
{
  struct flock lock = { .l_type = F_UNLCK, .l_whence = SEEK_SET };

  fcntl (self->fd, F_OFD_SETLK, &lock);
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

const EngineFileId *
engine_part_file_get_id (EnginePartFile *self)
{
  return &self->id;
}

static gboolean
fail_for_room (EnginePartFile *self, gint64 total, GError **error)
{
  struct stat facts;
  gint64 there = fstat (self->fd, &facts) == 0 ? facts.st_blocks * 512 : 0;
  gint64 missing = total - there - MAX (0, engine_disk_get_free (self->folder_path));
  g_autofree char *size = base_human_size (MAX (missing, 1));
  g_autofree char *folder = g_filename_display_basename (self->folder_path);

  g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_DISK_FULL,
               /* Translators: a size, and the name of a folder */
               _ ("the disk is full: %s more is needed in %s"), size, folder);
  return FALSE;
}

/* Without fallocate nothing holds the room, but it can be looked at. */
static gboolean
reserve_sparse (EnginePartFile *self, gint64 total, GError **error)
{
  struct stat facts;
  gint64 there = fstat (self->fd, &facts) == 0 ? facts.st_blocks * 512 : 0;
  gint64 room = engine_disk_get_free (self->folder_path);

  if (room >= 0 && total - there > room)
    return fail_for_room (self, total, error);
  return ftruncate (self->fd, total) == 0 || fail (error, errno, self->folder_path);
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
      return reserve_sparse (self, total, error);
    }
  engine_crash_point ("reserved");
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
  engine_crash_point ("written");
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
  /* A file that nobody can reach any more is no place for bytes that should last. */
  if (!engine_part_file_is_still_named (self))
    return fail (error, ENOENT, self->part_name);
  engine_crash_point ("sync");
  if (fdatasync (self->fd) != 0)
    return fail (error, errno, self->folder_path);
  if (!atomic_exchange_explicit (&self->name_synced, true, memory_order_relaxed))
    engine_folder_sync (self->held);
  engine_crash_point ("synced");
  return TRUE;
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
  if (!engine_part_file_is_still_named (self))
    return fail (error, ENOENT, self->part_name);
  fchmod (self->fd, finished_mode ());
  engine_crash_point ("finish");
  if (fsync (self->fd) != 0)
    return fail (error, errno, self->folder_path);
  engine_crash_point ("finish-synced");
  *final_name = engine_final_name_take (self->folder, self->part_name, self->name, policy_overwrite,
                                        rename, error);
  if (*final_name == NULL)
    return FALSE;
  engine_crash_point ("renamed");
  /* Not before: what a crash left without its mark would be taken for somebody else's. */
  fremovexattr (self->fd, ENGINE_PART_MARK);
  /* The name is given and the data safe; if the folder does not take the sync (some cannot), that
   * is no failure of the download. */
  engine_folder_sync (self->held);
  engine_crash_point ("folder-synced");
  return TRUE;
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
  if (engine_part_file_is_still_named (self))
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

void
engine_part_file_remove (const char *folder, const char *name, const EngineFileId *id)
{
  /* Whatever refuses is no loss: a file that is not removed is still there. */
  g_autoptr (EnginePartFile) part = engine_part_file_open (folder, name, ENGINE_PART_RESUME, NULL);

  if (part != NULL && engine_file_id_equal (&part->id, id))
    engine_part_file_discard (part);
}
