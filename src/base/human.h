/* human.h: sizes, rates, durations and counts as a person reads them.
 *
 * Any thread; the text is in the current locale. Sizes use powers of 1000, as
 * GNOME does, and three figures, so that columns keep their width.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * base_human_size:
 * @bytes: at least 0
 *
 * Returns: (transfer full): `0 bytes`, `999 bytes`, `18.4 MB`, `722 MB`, `1.24 GB`
 */
char *base_human_size (gint64 bytes);

/**
 * base_human_rate:
 * @bytes_per_second: at least 0
 *
 * Returns: (transfer full): `0 B/s`, `640 B/s`, `3.0 MB/s`, `412 MB/s`
 */
char *base_human_rate (double bytes_per_second);

/**
 * base_human_duration:
 * @seconds: at least 0
 *
 * Returns: (transfer full): its two largest units, the second only where it is not
 *   0: `8 s`, `2 min 48 s`, `5 h 12 min`, `3 days 4 h`, `2 days`
 */
char *base_human_duration (gint64 seconds);

/**
 * base_human_ago:
 * @seconds: since it happened; a negative one (the clock was set back) counts as 0
 *
 * Returns: (transfer full): `just now`, `14 s ago`, `3 min ago`, `2 h ago`, `5 days ago`
 */
char *base_human_ago (gint64 seconds);

/**
 * base_human_ordinal:
 * @n: at least 1
 *
 * Returns: (transfer full): `1st`, `2nd`, `3rd`, `11th`, as the language says it
 */
char *base_human_ordinal (int n);

G_END_DECLS
