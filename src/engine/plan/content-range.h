/* content-range.h: the numbers in range replies and in Retry-After, read strictly.
 *
 * Pure; any thread. What does not parse whole, or overflows, is refused: a
 * position guessed wrong is a file spliced wrong.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 start; /* -1 for an unsatisfied range */
  gint64 end;   /* one past the last byte; -1 for an unsatisfied range */
  gint64 total; /* -1 for `*` */
} EngineContentRange;

/**
 * engine_content_range_parse:
 * @value: such as `bytes 0-99/1000`, `bytes 0-99` + `/` + `*`, or `bytes *` + `/1000`
 *
 * RFC 9110, 14.4.
 *
 * Returns: whether it is a range in bytes that makes sense
 */
gboolean engine_content_range_parse (const char *value, EngineContentRange *range);

/**
 * engine_content_length_parse:
 * @value: digits alone; a list of equal numbers counts as one (RFC 9110, 8.6)
 *
 * Returns: the length in bytes, -1 where it is no length or does not fit
 */
gint64 engine_content_length_parse (const char *value);

/**
 * engine_retry_after_parse:
 * @now_unix: (seconds since 1970) the wall clock
 *
 * RFC 9110, 10.2.3: seconds, or a date in any of the three HTTP forms.
 *
 * Returns: how many seconds to wait, at least 0 and at most a day; -1 where it is neither
 */
gint64 engine_retry_after_parse (const char *value, gint64 now_unix);

/** engine_range_format: Returns: (transfer full): the Range header's value for [@start, @end), @end -1 for the rest */
char *engine_range_format (gint64 start, gint64 end);

G_END_DECLS
