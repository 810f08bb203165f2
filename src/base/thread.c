/* Thread ownership. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/thread.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

/* Its address is the identity: each thread has its own. */
static _Thread_local char identity;

/* Relaxed: a thread compares it with its own identity only, which no other
 * thread could have stored. */
static _Atomic (char *) main_identity;

void
base_thread_claim_main (void)
{
  atomic_store_explicit (&main_identity, &identity, memory_order_relaxed);
}

gboolean
base_thread_is_main (void)
{
  return atomic_load_explicit (&main_identity, memory_order_relaxed) == &identity;
}

void
base_thread_set_name (const char *name)
{
  g_return_if_fail (strlen (name) <= 15);

  pthread_setname_np (pthread_self (), name);
}
