/* The process that dies on demand: takes the place of the engine's own files at linking.
 *
 * BOBBIN_CRASH=NAME:N kills the process the Nth time that it passes the point NAME.
 * BOBBIN_BOOT=TEXT is the run of the machine in place of the real one.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/crash-point.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/disk/boot.h"

void
engine_crash_point (const char *name)
{
  static _Atomic int passed;
  const char *wanted = getenv ("BOBBIN_CRASH");
  const char *colon = wanted != NULL ? strchr (wanted, ':') : NULL;

  if (colon == NULL || strlen (name) != (size_t) (colon - wanted) ||
      strncmp (name, wanted, colon - wanted) != 0)
    return;
  if (atomic_fetch_add (&passed, 1) + 1 == atoi (colon + 1))
    kill (getpid (), SIGKILL);
}

const char *
engine_boot_get_id (void)
{
  const char *given = getenv ("BOBBIN_BOOT");

  return given != NULL ? given : "a run of the machine";
}
