/* The machine's run. Alone in its file, so that a test's own takes its place at linking. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/boot.h"

#include <glib.h>

const char *
engine_boot_get_id (void)
{
  static gsize once;
  static char *id;

  if (g_once_init_enter (&once))
    {
      if (g_file_get_contents ("/proc/sys/kernel/random/boot_id", &id, NULL, NULL))
        g_strstrip (id);
      else
        id = g_strdup ("");
      g_once_init_leave (&once, 1);
    }
  return id;
}
