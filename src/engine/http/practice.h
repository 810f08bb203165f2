/* practice.h: a web server on loopback with made-up pages and files.
 *
 * For a first look with no network, and for the lab's scenario on waiting
 * together. It serves nothing from the disk, listens on 127.0.0.1 alone, on a port
 * that the system picks, in a thread of its own, and is gone with its last user.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _EnginePractice EnginePractice;

/** engine_practice_start: Returns: (transfer full): a running server, or %NULL with a reason. Any thread */
EnginePractice *engine_practice_start (GError **error);

/** engine_practice_stop: (self transfer full): ends its connections and its thread. Any thread */
void engine_practice_stop (EnginePractice *self);

/**
 * engine_practice_dup_page:
 * @n: tells pages apart, from 0
 * @latency_ms: how long the server thinks before it answers
 * @size: bytes of body
 *
 * Returns: (transfer full): the address of such a page. Any thread
 */
char *engine_practice_dup_page (EnginePractice *self, int n, int latency_ms, gint64 size);

/**
 * engine_practice_dup_file:
 * @n: tells files apart, from 0 to 4
 *
 * Returns: (transfer full): the address of a file of some megabytes, sent slowly enough to watch,
 *   with ranges. Any thread
 */
char *engine_practice_dup_file (EnginePractice *self, int n);

/* How many files engine_practice_dup_file() has, from 0 on. */
#define ENGINE_PRACTICE_FILES 5

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EnginePractice, engine_practice_stop)

G_END_DECLS
