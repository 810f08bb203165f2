/* thread.h: which thread a function belongs to, said in the code and checked.
 *
 * The thread that runs GTK's main loop (or the command line's) declares itself
 * once; functions that belong to it assert so.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * base_thread_claim_main:
 *
 * Declares the calling thread to be the main thread. First thing in main();
 * tests may claim again in another thread once the first one has let go.
 */
void base_thread_claim_main (void);

/**
 * base_thread_is_main:
 *
 * Returns: whether the calling thread is the main thread. Any thread
 */
gboolean base_thread_is_main (void);

/**
 * base_thread_set_name:
 * @name: at most 15 bytes, as the kernel keeps no more
 *
 * Names the calling thread for debuggers and /proc. Any thread but main, whose
 * name is the program's.
 */
void base_thread_set_name (const char *name);

/* First line of each function that belongs to the main thread. */
#define BASE_ASSERT_MAIN() g_assert (base_thread_is_main ())

G_END_DECLS
