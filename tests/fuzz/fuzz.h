/* fuzz.h: what a fuzz target is: one function that is given any bytes at all.
 *
 * Linked with replay.c it reads the corpus and ends, which is what the tests do
 * in each build; built with -Dfuzz=true (clang) it is linked with libFuzzer and
 * goes on to make up inputs of its own. It asserts what must hold for any input.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/** fuzz_dup_text: Returns: (transfer full): @data with a NUL behind it; what is behind a NUL within
 * is unseen */
static inline char *
fuzz_dup_text (const uint8_t *data, size_t size)
{
  return g_strndup ((const char *) data, size);
}
