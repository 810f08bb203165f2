/* threads.h: counting this process's threads, so that none is left behind. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/clock.h"

static inline int
count_threads (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/task", 0, NULL);
  int n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* A thread that is joined may stand in the kernel's list for a moment longer. */
static inline void
assert_threads (int expected)
{
  gint64 until_us = base_clock_now_us () + 10 * BASE_SECOND_US;

  while (count_threads () != expected && base_clock_now_us () < until_us)
    g_thread_yield ();
  g_assert_cmpint (count_threads (), ==, expected);
}
