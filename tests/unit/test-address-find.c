/* Addresses in what people type and paste: found, counted, placed, and expanded. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/address.h"

#include <string.h>

#include "engine/plan/error.h"

/* The entries in one line each: an address, or `! LINE SUGGESTION` for one refused. */
static char *
say (const char *text)
{
  g_autoptr (GPtrArray) found = engine_address_find_all (text);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      EngineFound *entry = g_ptr_array_index (found, i);

      g_assert_true ((entry->address == NULL) != (entry->error == NULL));
      g_assert_cmpint (entry->start, >=, 0);
      g_assert_cmpint (entry->length, >, 0);
      g_assert_cmpuint (entry->start + entry->length, <=, strlen (text));
      if (entry->error != NULL)
        g_assert_error (entry->error, ENGINE_ERROR, ENGINE_ERROR_ADDRESS);
      if (out->len > 0)
        g_string_append_c (out, ' ');
      if (entry->address != NULL)
        g_string_append (out, entry->address);
      else
        g_string_append_printf (out, "! %d %s", entry->line,
                                entry->suggestion != NULL ? entry->suggestion : "-");
    }
  return g_string_free (out, FALSE);
}

typedef struct
{
  const char *text;
  const char *said;
} Row;

static void
check (const Row *rows, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *said = say (rows[i].text);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpstr (said, ==, rows[i].said);
    }
}

static void
test_one_address_a_line (void)
{
  static const Row rows[] = {
    { "", "" },
    { "\n\n  \n\t\n", "" },
    { "# https://a.example/x", "" },
    { "https://a.example/x", "https://a.example/x" },
    { "  https://a.example/x \r\n\thttp://b.example/y\r\n",
      "https://a.example/x http://b.example/y" },
    { "HTTPS://A.Example/X", "https://a.example/X" },
    { "https://a.example/x#top", "https://a.example/x" },
    { "https://a.example/x\nhttps://a.example/x", "https://a.example/x https://a.example/x" },
  };

  check (rows, G_N_ELEMENTS (rows));
}

static void
test_addresses_amid_text_lose_its_punctuation (void)
{
  static const Row rows[] = {
    { "see https://a.example/x, and http://b.example/y.",
      "https://a.example/x http://b.example/y" },
    { "(https://a.example/x)", "https://a.example/x" },
    { "https://a.example/x_(y)", "https://a.example/x_(y)" },
    { "(see https://a.example/x_(y))", "https://a.example/x_(y)" },
    { "<https://a.example/x>", "https://a.example/x" },
    { "<a href=\"https://a.example/x\">X</a>", "https://a.example/x" },
    { "**https://a.example/x**", "https://a.example/x" },
    { "is it https://a.example/x?", "https://a.example/x" },
    { "https://a.example/x?y=1&z=2!", "https://a.example/x?y=1&z=2" },
    { "Read this first.\nhttps://a.example/x\nThen be glad.", "https://a.example/x" },
  };

  check (rows, G_N_ELEMENTS (rows));
}

static void
test_what_is_no_address_is_said_with_its_line (void)
{
  static const Row rows[] = {
    { "ftp://a.example/x", "! 1 -" },
    { "https://a.example/x\nfile:///etc/passwd\nhttps://b.example/y",
      "https://a.example/x ! 2 - https://b.example/y" },
    { "nothing here is one", "! 1 -" },
    { "nothing here\nnor there", "! 1 - ! 2 -" },
    { "https://", "! 1 -" },
    { "https:///x", "! 1 -" },
  };

  check (rows, G_N_ELEMENTS (rows));
}

static void
test_a_likely_slip_comes_with_what_was_meant (void)
{
  static const char *const slips[] = { "htps://a.example/x", "a.example/x" };

  for (gsize i = 0; i < G_N_ELEMENTS (slips); i++)
    {
      g_autoptr (GPtrArray) found = engine_address_find_all (slips[i]);
      EngineFound *entry;

      g_assert_cmpuint (found->len, ==, 1);
      entry = g_ptr_array_index (found, 0);
      g_assert_null (entry->address);
      g_assert_cmpstr (entry->suggestion, ==, "https://a.example/x");
    }
}

static void
test_an_entry_knows_its_place (void)
{
  const char *text = "first\n  see https://a.example/x.\n\xc3\xa9 http://b.example/y";
  g_autoptr (GPtrArray) found = engine_address_find_all (text);
  EngineFound *entry;

  g_assert_cmpuint (found->len, ==, 3);
  /* A word alone on its line is a slip, not a sentence. */
  entry = g_ptr_array_index (found, 0);
  g_assert_nonnull (entry->error);
  entry = g_ptr_array_index (found, 1);
  g_assert_cmpint (entry->line, ==, 2);
  g_assert_cmpmem (text + entry->start, entry->length, "https://a.example/x", 19);
  entry = g_ptr_array_index (found, 2);
  g_assert_cmpint (entry->line, ==, 3);
  g_assert_cmpmem (text + entry->start, entry->length, "http://b.example/y", 18);
}

static void
test_patterns_stand_for_many (void)
{
  static const Row rows[] = {
    { "http://a.example/[1-3]", "http://a.example/1 http://a.example/2 http://a.example/3" },
    { "http://a.example/[08-10]", "http://a.example/08 http://a.example/09 http://a.example/10" },
    { "http://a.example/[3-1]", "http://a.example/3 http://a.example/2 http://a.example/1" },
    { "http://a.example/[5-5]", "http://a.example/5" },
    { "http://a.example/[a-c]", "http://a.example/a http://a.example/b http://a.example/c" },
    { "http://a.example/[C-B]", "http://a.example/C http://a.example/B" },
    { "http://a.example/{x,yy}.z", "http://a.example/x.z http://a.example/yy.z" },
    { "http://a.example/x{,.sig}", "http://a.example/x http://a.example/x.sig" },
    { "http://a.example/[1-2]{a,b}",
      "http://a.example/1a http://a.example/1b http://a.example/2a http://a.example/2b" },
    { "http://{a,b}.example/", "http://a.example/ http://b.example/" },
    { "http://a.example/{a{b,c}", "http://a.example/%7Bab http://a.example/%7Bac" },
  };

  check (rows, G_N_ELEMENTS (rows));
}

static void
test_what_only_looks_like_a_pattern_stays (void)
{
  static const Row rows[] = {
    { "http://[::1]:8080/x", "http://[::1]:8080/x" },
    { "http://a.example/[1]", "http://a.example/[1]" },
    { "http://a.example/[1-]", "http://a.example/[1-]" },
    { "http://a.example/[a-C]", "http://a.example/[a-C]" },
    { "http://a.example/[1234567890-1234567899]", "http://a.example/[1234567890-1234567899]" },
    { "http://a.example/{x}", "http://a.example/%7Bx%7D" },
    { "http://a.example/{x,y", "http://a.example/%7Bx,y" },
    { "http://a.example/{}", "http://a.example/%7B%7D" },
  };

  check (rows, G_N_ELEMENTS (rows));
}

static void
test_there_are_ten_thousand_at_most (void)
{
  g_autoptr (GPtrArray) one = engine_address_find_all ("http://a.example/[1-99999999]");
  g_autoptr (GPtrArray) product =
      engine_address_find_all ("http://a.example/[1-999]/[1-999]/[1-999]\nhttp://b.example/");

  g_assert_cmpuint (one->len, ==, 10000);
  g_assert_cmpuint (product->len, ==, 10000);
}

static void
test_patterns_without_end_are_read_at_once (void)
{
  static const char *const pieces[] = { "[1-1]", "{a,b}", "{", "[", "[a-a]", "{a,", "}" };
  int refused = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      GString *text = g_string_new ("http://a.example/");
      g_autoptr (GPtrArray) found = NULL;

      for (int n = 0; n < 50000; n++)
        g_string_append (text, pieces[i]);
      found = engine_address_find_all (text->str);
      g_assert_cmpuint (found->len, ==, 1);
      /* What begins like a pattern and is none is an odd address, but one. */
      refused += ((EngineFound *) g_ptr_array_index (found, 0))->error != NULL;
      g_string_free (text, TRUE);
    }
  g_assert_cmpint (refused, >=, 3);
}

static void
test_any_bytes_are_read_without_harm (void)
{
  static const Row rows[] = {
    { "http://a.example/\xff\xfe", "! 1 -" },
    { "\xff\xfe", "! 1 -" },
    { "http://a.example/\x01", "! 1 -" },
  };

  check (rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address-find/one-address-a-line", test_one_address_a_line);
  g_test_add_func ("/address-find/addresses-amid-text-lose-its-punctuation",
                   test_addresses_amid_text_lose_its_punctuation);
  g_test_add_func ("/address-find/what-is-no-address-is-said-with-its-line",
                   test_what_is_no_address_is_said_with_its_line);
  g_test_add_func ("/address-find/a-likely-slip-comes-with-what-was-meant",
                   test_a_likely_slip_comes_with_what_was_meant);
  g_test_add_func ("/address-find/an-entry-knows-its-place", test_an_entry_knows_its_place);
  g_test_add_func ("/address-find/patterns-stand-for-many", test_patterns_stand_for_many);
  g_test_add_func ("/address-find/what-only-looks-like-a-pattern-stays",
                   test_what_only_looks_like_a_pattern_stays);
  g_test_add_func ("/address-find/there-are-ten-thousand-at-most",
                   test_there_are_ten_thousand_at_most);
  g_test_add_func ("/address-find/patterns-without-end-are-read-at-once",
                   test_patterns_without_end_are_read_at_once);
  g_test_add_func ("/address-find/any-bytes-are-read-without-harm",
                   test_any_bytes_are_read_without_harm);
  return g_test_run ();
}
