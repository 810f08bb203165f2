/* timed-lock.h: pthread_mutex_clocklock() on the monotonic clock, said to ThreadSanitizer, too.
 *
 * The one of GCC 12 does not know that call, and would take the unlock after it for a fault.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pthread.h>
#include <time.h>

#ifdef __SANITIZE_THREAD__
#include <sanitizer/tsan_interface.h>
#endif

/** lab_timed_lock: @until: on the monotonic clock. Returns: 0 where the lock was taken in time */
static inline int
lab_timed_lock (pthread_mutex_t *mutex, const struct timespec *until)
{
#ifdef __SANITIZE_THREAD__
  int failed;

  __tsan_mutex_pre_lock (mutex, __tsan_mutex_try_lock);
  failed = pthread_mutex_clocklock (mutex, CLOCK_MONOTONIC, until);
  __tsan_mutex_post_lock (mutex,
                          __tsan_mutex_try_lock | (failed != 0 ? __tsan_mutex_try_lock_failed : 0),
                          0);
  return failed;
#else
  return pthread_mutex_clocklock (mutex, CLOCK_MONOTONIC, until);
#endif
}
