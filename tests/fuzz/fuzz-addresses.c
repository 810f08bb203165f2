/* Any text as addresses and batch patterns. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/address.h"
#include "fuzz.h"

#include <string.h>

static void
check_address (const char *address)
{
  g_autofree char *again = engine_address_normalize (address, NULL);
  g_autofree char *shown = engine_address_dup_shown (address);
  g_autofree char *host = engine_address_dup_host (address);

  /* What was accepted is accepted as it is, or a list read back would change. */
  g_assert_cmpstr (again, ==, address);
  g_assert_true (g_str_has_prefix (address, "http://") || g_str_has_prefix (address, "https://"));
  g_assert_nonnull (host);
  for (const char *p = address; *p != '\0'; p++)
    g_assert_true ((unsigned char) *p > 0x20 && (unsigned char) *p < 0x7f);
  g_assert_true (engine_address_same_origin (address, shown));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_autoptr (GPtrArray) found = engine_address_find_all (text);
  int line = 1;

  g_assert_cmpuint (found->len, <=, 10000 + strlen (text));
  for (guint i = 0; i < found->len; i++)
    {
      EngineFound *entry = g_ptr_array_index (found, i);

      g_assert_true ((entry->address == NULL) != (entry->error == NULL));
      g_assert_cmpint (entry->line, >=, line);
      g_assert_cmpint (entry->start, >=, 0);
      g_assert_cmpint (entry->length, >=, 0);
      g_assert_cmpuint ((gsize) entry->start + entry->length, <=, strlen (text));
      line = entry->line;
      /* All of one pattern are alike enough that the first hundred tell. */
      if (entry->address != NULL && i < 100)
        check_address (entry->address);
    }
  return 0;
}
