/* No crash. Alone in its file, so that a test's own takes its place at linking. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/crash-point.h"

void
engine_crash_point (const char *name)
{
  (void) name;
}
