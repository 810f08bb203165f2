/* retry.h: which failures may pass, and how long to wait for that.
 *
 * Pure; chance and time are passed in. Exponential back-off with full jitter
 * (Brooker, "Exponential Backoff And Jitter", 2015): from 1 s, doubled, at most 60 s.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So much progress since the last failure makes the next one the first again, in bytes. */
#define ENGINE_RETRY_PROGRESS (1024 * 1024)

/**
 * engine_retry_may_pass:
 * @error: of the ENGINE_ERROR domain
 *
 * Returns: whether another try may succeed: connection, time-out, closed early, name
 *   resolution; status 408, 425, 429, 5xx but 501 and 505
 */
gboolean engine_retry_may_pass (const GError *error);

/**
 * engine_retry_delay_ms:
 * @attempt: how many tries have failed in a row, at least 1
 * @base_ms: the first wait's upper bound, in milliseconds
 * @retry_after_s: what the server asked for, in seconds; -1: nothing. It wins
 * @chance: from 0 to 1, a new random number for each call
 *
 * Returns: milliseconds to wait
 */
gint64 engine_retry_delay_ms (int attempt, gint64 base_ms, gint64 retry_after_s, double chance);

G_END_DECLS
