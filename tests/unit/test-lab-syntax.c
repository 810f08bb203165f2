/* Which letters of a race program are what. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/syntax.h"

static const struct
{
  const char *text;
  const char *marked; /* w word, n number, s string, c comment, . plain */
} table[] = {
  { "shared count = 0;", "wwwwww.........n." },
  { "r = count; // read", "...........ccccccc" },
  { "title \"a // b\";", "wwwww.ssssssss." },
  { "lockstep = self;", "...........wwww." },
  { "\"open", "sssss" },
  { "\"a\\\"b\" 1", "ssssss.n" },
  { "", "" },
  { "// é\nif", "ccccc.ww" },
};

static void
test_each_letter_has_its_kind (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GArray) runs = ui_syntax_scan (table[i].text);
      GString *marked = g_string_new (NULL);

      while (table[i].text[marked->len] != '\0')
        g_string_append_c (marked, '.');
      for (guint j = 0; j < runs->len; j++)
        {
          const UiSyntaxRun *run = &g_array_index (runs, UiSyntaxRun, j);

          for (int at = run->from; at < run->to; at++)
            marked->str[at] = "wnsc"[run->kind];
        }
      g_assert_cmpstr (marked->str, ==, table[i].marked);
      g_string_free (marked, TRUE);
    }
}

static void
test_notes_leave_the_lines_in_place (void)
{
  g_auto (GStrv) notes = NULL;
  g_autofree char *plain =
      ui_syntax_split_notes ("r = c; // read\n// all of it\nx = \"//\"; //  two ", &notes);

  g_assert_cmpstr (plain, ==, "r = c;\n// all of it\nx = \"//\";");
  g_assert_cmpuint (g_strv_length (notes), ==, 3);
  g_assert_cmpstr (notes[0], ==, "read");
  g_assert_cmpstr (notes[1], ==, "");
  g_assert_cmpstr (notes[2], ==, "two");
}

static void
test_what_the_page_says_is_left_out (void)
{
  g_autoptr (GArray) lines = NULL;
  g_autofree char *shown = ui_syntax_hide_story (
      "title \"T\";\nstory \"S\";\n\nshared a;\nkind fix;\ntitles = 1;\nkind fix; shared b;\n",
      &lines);
  static const int expected[] = { -1, -1, -1, 0, -1, 1, 2 };

  g_assert_cmpstr (shown, ==, "shared a;\ntitles = 1;\nkind fix; shared b;");
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpint (g_array_index (lines, int, i), ==, expected[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab-syntax/each-letter-has-its-kind", test_each_letter_has_its_kind);
  g_test_add_func ("/lab-syntax/notes-leave-the-lines-in-place",
                   test_notes_leave_the_lines_in_place);
  g_test_add_func ("/lab-syntax/what-the-page-says-is-left-out",
                   test_what_the_page_says_is_left_out);
  return g_test_run ();
}
