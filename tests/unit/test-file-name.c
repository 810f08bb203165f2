/* What names become on the disk. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/file-name.h"

#include <string.h>

typedef struct
{
  const char *in;
  const char *out;
} Pair;

static void
test_safe (void)
{
  static const Pair pairs[] = {
    { "a.iso", "a.iso" },
    { "Jahresbericht für 2026.pdf", "Jahresbericht für 2026.pdf" },
    { "../../etc/passwd", "_.._etc_passwd" },
    { "a/b\\c", "a_b_c" },
    { ".bashrc", "bashrc" },
    { "...", "download" },
    { "", "download" },
    { " . . ", "download" },
    { "name.txt. . ", "name.txt" },
    { "name.txt\u00a0\u3000", "name.txt" },
    { "\u2003lead", "lead" },
    { "a\nb\tc\x01", "a_b_c_" },
    { "a\x7f\xc2\x85z", "a__z" },
    { "photo\u202egpj.exe", "photogpj.exe" },
    { "\u2066a\u2069\u200f\u061c\ufeff", "a" },
    { "a:b*c?d\"e<f>g|h", "a_b_c_d_e_f_g_h" },
    { "con", "_con" },
    { "CON.txt", "_CON.txt" },
    { "nul .tar.gz", "_nul .tar.gz" },
    { "com1", "_com1" },
    { "LPT9.doc", "_LPT9.doc" },
    { "com\u00b9.txt", "_com\u00b9.txt" },
    { "CONIN$", "_CONIN$" },
    { "console", "console" },
    { "com10", "com10" },
    { "Gr\xfc\xdf"
      "e.txt",
      "Grüße.txt" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *safe = engine_file_name_make_safe (pairs[i].in);
      g_autofree char *again = engine_file_name_make_safe (safe);

      g_assert_cmpstr (safe, ==, pairs[i].out);
      g_assert_cmpstr (again, ==, safe);
    }
}

static void
test_long (void)
{
  static const Pair ends[] = {
    { ".iso", ".iso" }, { ".tar.gz", ".tar.gz" }, { "", "" }, { ".\u00e4\u00e4", ".\u00e4\u00e4" }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    for (int n = 100; n < 400; n += 7)
      {
        GString *long_name = g_string_new (NULL);

        for (int j = 0; j < n; j++)
          g_string_append (long_name, "\u00e4");
        g_string_append (long_name, ends[i].in);
        g_autofree char *safe = engine_file_name_make_safe (long_name->str);
        g_autofree char *numbered = engine_file_name_with_number (safe, 12);

        g_assert_cmpint (strlen (safe), <=, 250); /* `.part` fits in 255 */
        g_assert_cmpint (strlen (numbered), <=, 250);
        g_assert_true (g_utf8_validate (safe, -1, NULL));
        g_assert_true (g_utf8_validate (numbered, -1, NULL));
        g_assert_true (g_str_has_suffix (safe, ends[i].out));
        g_assert_true (g_str_has_suffix (numbered, ends[i].out));
        g_string_free (long_name, TRUE);
      }
}

static void
test_any_bytes (void)
{
  GRand *random = g_rand_new_with_seed (1);

  for (int i = 0; i < 20000; i++)
    {
      char bytes[301];
      int n = g_rand_int_range (random, 0, 300);

      for (int j = 0; j < n; j++)
        bytes[j] = g_rand_int_range (random, 1, 256);
      bytes[n] = '\0';
      g_autofree char *safe = engine_file_name_make_safe (bytes);

      g_assert_true (*safe != '\0' && *safe != '.' && *safe != ' ');
      g_assert_cmpint (strlen (safe), <=, 250);
      g_assert_true (g_utf8_validate (safe, -1, NULL));
      g_assert_null (strpbrk (safe, "/\\\n\r\x1b"));
      g_assert_true (strchr (". ", safe[strlen (safe) - 1]) == NULL);
    }
  g_rand_free (random);
}

static void
test_disposition (void)
{
  static const Pair pairs[] = {
    { "attachment", NULL },
    { "attachment; filename=a.bin", "a.bin" },
    { "ATTACHMENT ; FileName = \"a b.bin\"", "a b.bin" },
    { "inline; filename=\"a;b.bin\"; size=3", "a;b.bin" },
    { "filename=a.bin", "a.bin" },
    { "attachment; filename=\"a\\\"b\\c.bin\"", "a\"bc.bin" },
    { "attachment; filename=\"C:\\docs\\new.txt\"", "new.txt" },
    { "attachment; filename=\"../../x.sh\"", "x.sh" },
    { "attachment; filename*=UTF-8''na%C3%AFve.txt; filename=other", "naïve.txt" },
    { "attachment; filename=other; filename*=utf-8'en'na%C3%AFve.txt", "naïve.txt" },
    { "attachment; filename*=ISO-8859-1''na%EFve.txt", "naïve.txt" },
    { "attachment; filename*=\"UTF-8''quoted%20too\"", "quoted too" },
    { "attachment; filename*=KOI8-R''x; filename=plain", "plain" },
    { "attachment; filename*=UTF-8''bad%FF; filename=plain", "plain" },
    { "attachment; filename*=UTF-8''a%00b; filename=plain", "plain" },
    { "attachment; filename*=broken; filename=plain", "plain" },
    { "attachment; filename=\"na%C3%AFve.txt\"", "naïve.txt" },
    { "attachment; filename=\"100%.txt\"", "100%.txt" },
    { "attachment; filename=\"=?UTF-8?B?bmHDr3ZlLnR4dA==?=\"", "naïve.txt" },
    { "attachment; filename=\"=?ISO-8859-1?Q?na=EFve_1.txt?=\"", "naïve 1.txt" },
    { "attachment; filename=\"=?UTF-8?Q?na=C3=AF?= =?UTF-8?Q?ve.txt?=\"", "naïve.txt" },
    { "attachment; filename=\"naïve.txt\"", "naïve.txt" },
    { "attachment; filename=\"na\xefve.txt\"", "naïve.txt" },
    { "attachment; filename=my file.txt", "my file.txt" },
    { "attachment; filename=\"unfinished", "unfinished" },
    { "attachment; filename=\"\"", NULL },
    { "attachment; filename=", NULL },
    { "attachment; filename", NULL },
    { "attachment; xfilename=no; filename=yes", "yes" },
    { "attachment; filename=first; filename=second", "first" },
    { ";;; =;\"", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *name = engine_file_name_from_disposition (pairs[i].in);

      g_assert_cmpstr (name, ==, pairs[i].out);
    }
}

static void
test_choose (void)
{
  static const struct
  {
    const char *wanted, *disposition, *address, *first, *type, *name;
  } cases[] = {
    { "mine", "attachment; filename=theirs", "http://h/a", "http://h/a", NULL, "mine" },
    { NULL, "attachment; filename=theirs", "http://h/a", "http://h/a", NULL, "theirs" },
    { NULL, "attachment", "http://h/p/a%20b.bin?x=/y.z#f", "http://h/f", NULL, "a b.bin" },
    { NULL, NULL, "http://cdn/", "http://h/first.iso", NULL, "first.iso" },
    { NULL, NULL, "http://h.example:8080/", "http://h.example:8080/", "text/html",
      "h.example.html" },
    { NULL, NULL, "http://h/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "http://h/f", NULL, "_.._etc_passwd" },
    { NULL, NULL, "http://h/a%00b", "http://h/f", NULL, "a%00b" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name =
          engine_file_name_choose (cases[i].wanted, cases[i].disposition, cases[i].address,
                                   cases[i].first, cases[i].type);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

static void
test_number (void)
{
  static const Pair pairs[] = {
    { "a.iso", "a (1).iso" },
    { "a.tar.gz", "a (1).tar.gz" },
    { "a", "a (1)" },
    { "a b.c d", "a b.c d (1)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *name = engine_file_name_with_number (pairs[i].in, 1);

      g_assert_cmpstr (name, ==, pairs[i].out);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file-name/what-comes-in-goes-out-safe", test_safe);
  g_test_add_func ("/file-name/a-long-one-keeps-its-extension", test_long);
  g_test_add_func ("/file-name/any-bytes-make-a-safe-one", test_any_bytes);
  g_test_add_func ("/file-name/the-disposition-is-read-as-browsers-do", test_disposition);
  g_test_add_func ("/file-name/the-first-source-that-has-one-counts", test_choose);
  g_test_add_func ("/file-name/a-number-goes-before-the-extension", test_number);
  return g_test_run ();
}
