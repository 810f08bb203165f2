/* admission.h: how many connections each host gets, and when.
 *
 * Pure; time comes in. A server that refuses connections is asked for fewer, and what it
 * tolerated is remembered for a day. A host is `name:port`.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a host tolerated is believed for so long, in microseconds of the wall clock. */
#define ENGINE_HOST_MEMORY_US (24 * G_GINT64_CONSTANT (3600000000))

typedef struct _EngineHosts EngineHosts;

EngineHosts *engine_hosts_new (void);
void engine_hosts_free (EngineHosts *self);

/** engine_hosts_enter: a connection to @host begins */
void engine_hosts_enter (EngineHosts *self, const char *host);

/** engine_hosts_leave: one has ended */
void engine_hosts_leave (EngineHosts *self, const char *host);

/** engine_hosts_count: Returns: how many connections to @host there are now */
int engine_hosts_count (EngineHosts *self, const char *host);

/**
 * engine_hosts_count_free:
 * @most: the limit that is set for any host
 * @wall_us: the wall clock
 *
 * Returns: how many more connections @host may get now, 0 while it asked to be left alone
 */
int engine_hosts_count_free (
    EngineHosts *self, const char *host, int most, gint64 now_us, gint64 wall_us);

/**
 * engine_hosts_refuse:
 * @opened_us: (monotonic) when the refused connection began
 * @serving: how many others the host is serving at this moment
 * @retry_after_s: what it asked for, -1: nothing
 *
 * The host has refused a connection that it would have to serve beside @serving others: its limit
 * is halved, at least 1 and not below what it serves; once for all that were opened together.
 * One that was alone says nothing of how many are too many, but its @retry_after_s counts.
 */
void engine_hosts_refuse (EngineHosts *self,
                          const char *host,
                          gint64 opened_us,
                          int serving,
                          gint64 retry_after_s,
                          gint64 now_us,
                          gint64 wall_us);

/** engine_hosts_get_blocked_until: Returns: (monotonic microseconds) before which @host wants no
 * new connection, 0: it may be asked */
gint64 engine_hosts_get_blocked_until (EngineHosts *self, const char *host, gint64 now_us);

/** engine_hosts_get_limit: Returns: what @host tolerated, 0 where nothing is remembered */
int engine_hosts_get_limit (EngineHosts *self, const char *host, gint64 wall_us);

/**
 * engine_hosts_remember:
 * @wall_us: when that was learned
 *
 * Takes up what was learned in an earlier run of the program.
 */
void engine_hosts_remember (EngineHosts *self, const char *host, int limit, gint64 wall_us);

/** EngineHostLearned: @host tolerated @limit connections at @wall_us */
typedef void (*EngineHostLearned) (const char *host, int limit, gint64 wall_us, gpointer user_data);

/** engine_hosts_foreach_learned: calls @learned for each host of which something is still believed
 */
void engine_hosts_foreach_learned (EngineHosts *self,
                                   gint64 wall_us,
                                   EngineHostLearned learned,
                                   gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineHosts, engine_hosts_free)

G_END_DECLS
