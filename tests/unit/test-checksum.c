/* Checksums as a person pastes them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/text/checksum.h"

#define MD5 "d41d8cd98f00b204e9800998ecf8427e"
#define SHA256 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static void
test_what_is_pasted_is_understood (void)
{
  static const struct
  {
    const char *text;
    const char *expected; /* NULL: refused */
  } all[] = {
    { MD5, "md5=" MD5 },
    { SHA256, "sha256=" SHA256 },
    { "  " SHA256 "  debian.iso\n", "sha256=" SHA256 },
    { "sha256=" SHA256, "sha256=" SHA256 },
    { "SHA-256: " SHA256, "sha256=" SHA256 },
    { "SHA256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855", "sha256=" SHA256 },
    { "md5=" SHA256, NULL },
    { "crc32=12345678", NULL },
    { SHA256 "0", NULL },
    { "xyz", NULL },
    { "", NULL },
    { "sha256=", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *checksum = ui_checksum_guess (all[i].text);

      g_assert_cmpstr (checksum, ==, all[i].expected);
    }
}

static void
test_blank_is_no_checksum_and_no_mistake (void)
{
  g_assert_true (ui_checksum_is_blank (""));
  g_assert_true (ui_checksum_is_blank (" \t\n"));
  g_assert_false (ui_checksum_is_blank (" x"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checksum/what-is-pasted-is-understood", test_what_is_pasted_is_understood);
  g_test_add_func ("/checksum/blank-is-no-checksum-and-no-mistake",
                   test_blank_is_no_checksum_and_no_mistake);
  return g_test_run ();
}
