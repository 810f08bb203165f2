/* pages.h: the textbook chapter's call: a pool of workers fetches a few pages.
 *
 * Each answers with the length of its page or with an error, and says when it
 * waited and when it received. Nothing is written to the disk.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One answer. Times are microseconds since the call. Strings are owned. */
typedef struct
{
  char *address;
  gint64 length;   /* bytes of the body, -1 where it failed */
  char *error;     /* NULL, or `Error: …` */
  int worker;      /* which worker fetched it, from 0 */
  gint64 start_us; /* the worker took it up */
  gint64 first_us; /* its first byte was there */
  gint64 end_us;
} EnginePageResult;

void engine_page_result_free (EnginePageResult *result);

/**
 * engine_pages_fetch:
 * @addresses: (array zero-terminated=1)
 * @workers: how many fetch at a time, at least 1; 1: one after another
 *
 * Blocks until all have answered, with a time-out of 10 s on each operation. Never the main thread.
 *
 * Returns: (transfer full) (element-type EnginePageResult): in the order given
 */
GPtrArray *engine_pages_fetch (const char *const *addresses,
                               int workers,
                               const char *user_agent,
                               GCancellable *cancellable);

G_END_DECLS
