/* hand-over.h: what one thread wrote and another reads, given over by GLib.
 *
 * GTask hands over rightly, but GLib is not built for ThreadSanitizer, which therefore cannot see
 * it. An atomic of our own says the same where it can be seen.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdatomic.h>

typedef _Atomic int LabHandOver; /* zeroed: nothing was given */

/* Release: all written before can be read by who takes. */
static inline void
lab_hand_over_give (LabHandOver *self)
{
  atomic_fetch_add_explicit (self, 1, memory_order_release);
}

/* Acquire: the other side of it. GLib has seen to it that it was given before. */
static inline void
lab_hand_over_take (LabHandOver *self)
{
  (void) atomic_load_explicit (self, memory_order_acquire);
}
