/* Which file it is. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/file-id.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#ifndef EXFAT_SUPER_MAGIC
#define EXFAT_SUPER_MAGIC 0x2011BAB0
#endif

/* Stands for the number of a file whose file system numbers its files anew at each mount. */
#define UNNUMBERED 1

static gboolean
numbers_anew (const struct statfs *facts)
{
  return facts->f_type == MSDOS_SUPER_MAGIC || facts->f_type == EXFAT_SUPER_MAGIC;
}

static void
fill (EngineFileId *id, const struct statx *file, const struct statfs *system)
{
  id->inode = file->stx_ino;
  id->born_ns =
      (file->stx_mask & STATX_BTIME) != 0
          ? file->stx_btime.tv_sec * G_GINT64_CONSTANT (1000000000) + file->stx_btime.tv_nsec
          : 0;
  if (numbers_anew (system) && id->born_ns != 0)
    id->inode = UNNUMBERED;
  memcpy (&id->volume, &system->f_fsid, sizeof id->volume);
}

gboolean
engine_file_id_read (int fd, EngineFileId *id)
{
  struct statx file;
  struct statfs system;

  *id = (EngineFileId){ 0 };
  if (statx (fd, "", AT_EMPTY_PATH, STATX_INO | STATX_BTIME, &file) != 0 ||
      fstatfs (fd, &system) != 0)
    return FALSE;
  fill (id, &file, &system);
  return TRUE;
}

gboolean
engine_file_id_read_at (int folder, const char *name, EngineFileId *id)
{
  struct statx file;
  struct statfs system;

  *id = (EngineFileId){ 0 };
  if (statx (folder, name, AT_SYMLINK_NOFOLLOW, STATX_TYPE | STATX_INO | STATX_BTIME, &file) != 0 ||
      !S_ISREG (file.stx_mode) || fstatfs (folder, &system) != 0)
    return FALSE;
  fill (id, &file, &system);
  return TRUE;
}

gboolean
engine_file_id_equal (const EngineFileId *a, const EngineFileId *b)
{
  return a->inode != 0 && a->inode == b->inode && a->born_ns == b->born_ns;
}
