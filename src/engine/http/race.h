/* race.h: which of a host's addresses answers first.
 *
 * libsoup tries them one after another and waits its whole time-out for one that is
 * silent. So they are raced before (as in RFC 8305), a quarter of a second apart, and
 * the resolver of the process puts the winner first from then on.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * engine_race_prepare_process:
 *
 * Puts a resolver that remembers winners before the default one. Main thread, before any other
 * thread exists.
 */
void engine_race_prepare_process (void);

/** engine_race_is_due: Returns: whether @host may have several addresses, and was not raced lately.
 * Any thread */
gboolean engine_race_is_due (const char *host);

/**
 * engine_race_host:
 * @host: one for which that is due
 * @timeout_s: how long to wait for any of them
 *
 * Races the addresses of @host, unless it has but one. Blocks; a worker's.
 *
 * Returns: %FALSE with G_IO_ERROR_TIMED_OUT or G_IO_ERROR_CANCELLED; that none is reached for any
 *   other reason, or that there is none, is left for the connection itself to meet
 */
gboolean engine_race_host (
    const char *host, int port, int timeout_s, GCancellable *cancellable, GError **error);

/**
 * engine_race_addresses:
 * @addresses: (element-type GInetAddress)
 *
 * Returns: the place in @addresses of the first that takes a connection; -1 where all refuse; -2
 * with an error where time is up or it was cancelled
 */
int engine_race_addresses (
    GList *addresses, int port, int timeout_s, GCancellable *cancellable, GError **error);

G_END_DECLS
