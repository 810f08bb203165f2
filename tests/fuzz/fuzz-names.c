/* Any bytes as a Content-Disposition, an address and a name: what comes out is one safe name. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/file-name.h"
#include "fuzz.h"

#include <string.h>

static void
check_safe (const char *name)
{
  g_autofree char *again = engine_file_name_make_safe (name);

  g_assert_cmpuint (strlen (name), >, 0);
  g_assert_cmpuint (strlen (name), <=, 255);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_null (strpbrk (name, "/\\"));
  g_assert_true (name[0] != '.');
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_assert_true (!g_unichar_iscntrl (c));
      /* Letters that turn the reading direction make one name look like another. */
      g_assert_true (!(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069));
    }
  g_assert_cmpstr (again, ==, name);
}

static void
check_made_safe (const char *said)
{
  g_autofree char *safe = engine_file_name_make_safe (said);

  if (safe != NULL)
    check_safe (safe);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_autofree char *safe = engine_file_name_make_safe (text);
  g_autofree char *told = engine_file_name_from_disposition (text);
  g_autofree char *read = engine_file_name_from_address (text);
  g_autofree char *chosen =
      engine_file_name_choose (NULL, text, "http://a.example/", "http://a.example/", text);
  g_autofree char *numbered = engine_file_name_with_number (chosen, 12);

  if (safe != NULL)
    check_safe (safe);
  if (told != NULL)
    check_made_safe (told);
  if (read != NULL)
    check_made_safe (read);
  check_safe (chosen);
  check_safe (numbered);
  return 0;
}
