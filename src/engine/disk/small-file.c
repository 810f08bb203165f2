/* Small files. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/small-file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "engine/disk/crash-point.h"
#include "engine/disk/folder.h"

/* Not a part file's mark: what has it is finished, and nobody may replace it. */
#define ID_MARK "user.bobbin.id"

/* A number of 64 bits, its sign, its end. */
#define ID_SPACE 24

static gboolean
has_part (int folder, const char *name)
{
  char path[NAME_MAX + 8];
  struct stat facts;

  /* One too long for it is left to the way that can say so. */
  return (gsize) snprintf (path, sizeof path, "%s.part", name) >= sizeof path ||
         fstatat (folder, path, &facts, AT_SYMLINK_NOFOLLOW) == 0;
}

static gboolean
write_all (int fd, const char *data, gsize length)
{
  /* A small file goes in at once; one that does not is left to the other way. */
  return pwrite (fd, data, length, 0) == (gssize) length;
}

static gboolean
mark (int fd, gint64 id, const char *origin)
{
  char number[ID_SPACE];

  snprintf (number, sizeof number, "%" G_GINT64_FORMAT, id);
  if (fsetxattr (fd, ID_MARK, number, strlen (number), 0) != 0)
    return FALSE;
  if (origin != NULL)
    fsetxattr (fd, "user.xdg.origin.url", origin, strlen (origin), 0);
  return TRUE;
}

/* A nameless file gets a name through the descriptor's own link: linking a descriptor directly is
 * for those with CAP_DAC_READ_SEARCH. */
static gboolean
give_name (int fd, int folder, const char *name)
{
  char self[64];

  snprintf (self, sizeof self, "/proc/self/fd/%d", fd);
  return linkat (AT_FDCWD, self, folder, name, AT_SYMLINK_FOLLOW) == 0;
}

static gboolean
fill (int fd, const void *data, gsize length, gint64 id, const char *origin, EngineFileId *file)
{
  if (!write_all (fd, data, length) || !mark (fd, id, origin) || !engine_file_id_read (fd, file))
    return FALSE;
  engine_crash_point ("small-written");
  if (fsync (fd) != 0)
    return FALSE;
  engine_crash_point ("small-synced");
  return TRUE;
}

gboolean
engine_small_file_keep (const char *folder,
                        const char *name,
                        const void *data,
                        gsize length,
                        gint64 id,
                        const char *origin,
                        EngineFileId *file)
{
  g_autoptr (EngineFolder) place = engine_folder_open (folder, TRUE);
  gboolean named;
  int where;
  int fd;

  if (place == NULL)
    return FALSE;
  where = engine_folder_get_fd (place);
  /* Linking looks by itself whether the name is free. */
  if (has_part (where, name))
    return FALSE;
  /* The person's umask applies, as to any file of theirs. */
  fd = openat (where, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
  if (fd < 0)
    return FALSE;
  named = fill (fd, data, length, id, origin, file) && give_name (fd, where, name);
  close (fd);
  if (!named)
    return FALSE;
  engine_crash_point ("small-named");
  engine_folder_sync (place);
  engine_crash_point ("small-folder-synced");
  return TRUE;
}

gboolean
engine_small_file_is (const char *folder, const char *name, gint64 id, gint64 size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char wanted[ID_SPACE];
  char number[ID_SPACE];
  struct stat facts;
  ssize_t n;

  if (lstat (path, &facts) != 0 || !S_ISREG (facts.st_mode) || facts.st_size != size)
    return FALSE;
  n = lgetxattr (path, ID_MARK, number, sizeof number - 1);
  if (n <= 0)
    return FALSE;
  number[n] = '\0';
  snprintf (wanted, sizeof wanted, "%" G_GINT64_FORMAT, id);
  return strcmp (number, wanted) == 0;
}
