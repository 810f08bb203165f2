/* What the disk refuses, in words; and how much room it has. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/disk-error.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <sys/statvfs.h>

#include "engine/plan/error.h"

GError *
engine_disk_error (int errno_, const char *what)
{
  g_autofree char *shown = g_filename_display_basename (what);

  switch (errno_)
    {
    case ENOSPC:
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_DISK_FULL,
                          _ ("the disk is full; make room in %s"), shown);
    case EDQUOT:
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_DISK_FULL,
                          _ ("your share of the disk is used up; make room in %s"), shown);
    case EROFS:
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_DISK_AWAY,
                          _ ("the disk of %s can only be read"), shown);
    case EACCES:
    case EPERM:
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_DISK,
                          _ ("there is no permission to write to %s"), shown);
    case ENOTDIR:
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_DISK, _ ("%s is not a folder"), shown);
    case ENOENT:
    case ESTALE:
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_DISK_AWAY, _ ("%s is no longer there"), shown);
    case EIO:
    case ENODEV:
    case ENXIO:
    case ENOTCONN:
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_DISK_AWAY,
                          /* Translators: %s is a folder, then what the system says */
                          _ ("the disk of %s does not answer: %s"), shown, g_strerror (errno_));
    case ENAMETOOLONG:
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_NAME,
                          _ ("the name %s is too long for this disk"), shown);
    case EFBIG:
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_DISK, _ ("%s is too large for this disk"),
                          shown);
    default:
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_DISK, _ ("%s cannot be written: %s"), shown,
                          g_strerror (errno_));
    }
}

gint64
engine_disk_get_free (const char *folder)
{
  g_autofree char *path = g_strdup (folder);

  for (;;)
    {
      struct statvfs facts;
      char *parent;

      if (statvfs (path, &facts) == 0)
        return (gint64) facts.f_bavail * facts.f_frsize;
      if (errno != ENOENT || g_str_equal (path, "/") || g_str_equal (path, "."))
        return -1;
      parent = g_path_get_dirname (path);
      g_free (path);
      path = parent;
    }
}
