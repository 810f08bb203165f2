/* Any text as a checksum, a digest header or a file of checksums: what is found has its length. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/checksum.h"
#include "fuzz.h"

#include <string.h>

static void
check (const char *found)
{
  const char *hex = strchr (found, '=');
  GChecksumType kind;

  g_assert_nonnull (hex);
  g_assert_true (engine_checksum_kind_from_name (found, hex - found, &kind));
  g_assert_true (engine_checksum_is_digest (kind, hex + 1));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_autofree char *header = engine_checksum_from_header (text);
  GChecksumType kind = G_CHECKSUM_SHA256;
  g_autofree char *typed = engine_checksum_parse (text, &kind);
  g_autofree char *listed = engine_checksum_from_file (text, "a", TRUE, G_CHECKSUM_SHA256);

  if (header != NULL)
    check (header);
  if (typed != NULL)
    g_assert_true (engine_checksum_is_digest (kind, typed));
  if (listed != NULL)
    check (listed);
  return 0;
}
