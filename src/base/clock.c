/* The two clocks. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

gint64
base_clock_now_us (void)
{
  return g_get_monotonic_time ();
}

gint64
base_clock_wall_us (void)
{
  return g_get_real_time ();
}
