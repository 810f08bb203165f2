/* words.h: what the lab's page says, from what is known. Pure; translated; any thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/lab.h"

G_BEGIN_DECLS

/** ui_words_dup_thread: Returns: (transfer full): thread @n's letter, from 0: `A`; after Z come
 * `27`, `28`… */
char *ui_words_dup_thread (int n);

/** ui_words_dup_nudge: @nudge: 0 or 1 in so many. Returns: (transfer full): `unassisted` or `nudged
 * 1 in 4` */
char *ui_words_dup_nudge (int nudge);

/**
 * ui_words_dup_rate:
 *
 * Returns: (transfer full): `unassisted, 15 of 1000 runs lose an update`; empty where nothing ran
 */
char *ui_words_dup_rate (int runs, int bad_runs);

/** ui_words_dup_runs: Returns: (transfer full): `199 of 200 runs lost an update`, in 84 ms` */
char *ui_words_dup_runs (int runs, int bad_runs, double seconds);

/** ui_words_dup_invitation: Returns: (transfer full): `2 real threads, 10 additions each` */
char *ui_words_dup_invitation (int threads, int increments);

/** ui_words_dup_choices: Returns: (transfer full): `2 threads · 10 each · nudge 1 in 4`, on a
 * narrow page */
char *ui_words_dup_choices (int threads, int increments, int nudge);

/** ui_words_dup_trace: Returns: (transfer full): each step of a run as a sentence, for who cannot
 * see the lanes */
char *ui_words_dup_trace (const LabTrace *trace);

/**
 * ui_words_dup_ends:
 * @values: where runs ended
 * @counts: so many each
 *
 * Returns: (transfer full): `200 runs: 13: 17 runs; 20: 11 runs. Expected 20.`
 */
char *ui_words_dup_ends (const gint64 *values, const int *counts, int n, gint64 expected);

/** ui_words_dup_milliseconds: Returns: (transfer full): `1.31 s`, `84 ms`, `0.21 ms` */
char *ui_words_dup_milliseconds (double ms);

/** ui_words_dup_count: @decimal: of any length. Returns: (transfer full): `18`, `1.2×10⁵³` */
char *ui_words_dup_count (const char *decimal);

/** ui_words_get_ratio: Returns: @part of @all, both decimals of any length; 0 where @all is 0 */
double ui_words_get_ratio (const char *part, const char *all);

/** ui_words_dup_percent: Returns: (transfer full): `90 %`; 0 and 100 are exact, never rounded to */
char *ui_words_dup_percent (double share);

/** ui_words_dup_ways: Returns: (transfer full): `3 of 4 ways on lose` */
char *ui_words_dup_ways (const char *bad, const char *all);

/** ui_words_dup_ways_short: Returns: (transfer full): `3 of 4` */
char *ui_words_dup_ways_short (const char *bad, const char *all);

G_END_DECLS
