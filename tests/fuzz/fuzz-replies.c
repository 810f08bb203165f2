/* Any bytes as the numbers of a reply: what is accepted makes sense. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/content-range.h"
#include "fuzz.h"

/* A Friday in 2026; any does. */
#define NOW_UNIX 1780000000

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  EngineContentRange range;
  gint64 wait_s = engine_retry_after_parse (text, NOW_UNIX);

  g_assert_cmpint (engine_content_length_parse (text), >=, -1);
  g_assert_cmpint (wait_s, >=, -1);
  g_assert_cmpint (wait_s, <=, 86400);
  if (!engine_content_range_parse (text, &range))
    return 0;
  if (range.start < 0)
    {
      g_assert_cmpint (range.start, ==, -1);
      g_assert_cmpint (range.end, ==, -1);
      g_assert_cmpint (range.total, >=, 0);
      return 0;
    }
  g_assert_cmpint (range.end, >, range.start);
  g_assert_true (range.total == -1 || range.total >= range.end);
  return 0;
}
