/* The final name. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/final-name.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

#include "engine/disk/disk-error.h"
#include "engine/plan/error.h"
#include "engine/plan/file-name.h"

#define MOST_NUMBERS 10000

/* Returns: 0, or the errno of the refusal; EEXIST where the name is taken. */
static int
move_exclusively (int folder, const char *from, const char *to)
{
  if (renameat2 (folder, from, folder, to, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS)
    return errno;
  /* A file system that knows no exclusive rename: a link is exclusive too. */
  if (linkat (folder, from, folder, to, 0) != 0)
    return errno;
  return unlinkat (folder, from, 0) == 0 ? 0 : errno;
}

char *
engine_final_name_take (int folder,
                        const char *from,
                        const char *wanted,
                        gboolean overwrite,
                        gboolean rename,
                        GError **error)
{
  int refused;

  if (overwrite)
    {
      if (renameat (folder, from, folder, wanted) == 0)
        return g_strdup (wanted);
      g_propagate_error (error, engine_disk_error (errno, wanted));
      return NULL;
    }
  for (int n = 0; n < MOST_NUMBERS; n++)
    {
      g_autofree char *name = n == 0 ? g_strdup (wanted) : engine_file_name_with_number (wanted, n);

      refused = move_exclusively (folder, from, name);
      if (refused == 0)
        return g_steal_pointer (&name);
      if (refused != EEXIST)
        {
          g_propagate_error (error, engine_disk_error (refused, name));
          return NULL;
        }
      if (!rename)
        break;
    }
  g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_NAME, _ ("there is a file %s already"), wanted);
  return NULL;
}
