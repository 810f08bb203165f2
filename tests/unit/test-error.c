/* The engine's errors: their words, and what a server's status becomes. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/error.h"

#include <string.h>

static void
test_each_code_has_a_word_of_its_own_and_is_found_by_it (void)
{
  EngineErrorCode found;

  for (int i = 0; i < ENGINE_N_ERRORS; i++)
    {
      g_assert_nonnull (engine_error_get_nick (i));
      g_assert_true (engine_error_from_nick (engine_error_get_nick (i), &found));
      g_assert_cmpint (found, ==, i);
    }
  g_assert_false (engine_error_from_nick (NULL, &found));
  g_assert_false (engine_error_from_nick ("", &found));
  g_assert_false (engine_error_from_nick ("HTTP", &found));
}

static void
test_a_status_says_its_number_and_one_plain_line (void)
{
  static const struct
  {
    int status;
    const char *reason;
    const char *message;
  } table[] = {
    { 404, NULL, "404 Not Found" },
    { 404, "Nope", "404 Not Found" },
    { 503, "", "503 Service Unavailable" },
    { 299, "Odd", "299 Odd" },
    { 299, NULL, "299" },
    { 299, "", "299" },
    { 299, "  ", "299" },
    { 599, "a\r\nSet-Cookie: b", "599 a  Set-Cookie: b" },
    { 599, "tab\there", "599 tab here" },
    { 599, "not \xff UTF-8", "599 not \357\277\275 UTF-8" },
    { 599, "100% %s %n", "599 100% %s %n" },
    { 599, "\x7f", "599" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = engine_error_new_http (table[i].status, table[i].reason);

      g_assert_error (error, ENGINE_ERROR, ENGINE_ERROR_HTTP);
      g_assert_cmpstr (error->message, ==, table[i].message);
      g_assert_cmpint (engine_error_get_http_status (error), ==, table[i].status);
    }
}

static void
test_a_long_phrase_is_cut (void)
{
  g_autofree char *phrase = g_strnfill (100000, 'x');
  g_autoptr (GError) error = engine_error_new_http (599, phrase);

  g_assert_cmpuint (strlen (error->message), <, 100);
}

static void
test_only_an_http_error_has_a_status (void)
{
  g_autoptr (GError) disk = g_error_new (ENGINE_ERROR, ENGINE_ERROR_DISK, "404 is in the text");
  g_autoptr (GError) other =
      g_error_new (g_quark_from_static_string ("other"), ENGINE_ERROR_HTTP, "404 is in the text");

  g_assert_cmpint (engine_error_get_http_status (disk), ==, 0);
  g_assert_cmpint (engine_error_get_http_status (other), ==, 0);
  g_assert_cmpint (engine_error_get_http_status (NULL), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error/each-code-has-a-word-of-its-own-and-is-found-by-it",
                   test_each_code_has_a_word_of_its_own_and_is_found_by_it);
  g_test_add_func ("/error/a-status-says-its-number-and-one-plain-line",
                   test_a_status_says_its_number_and_one_plain_line);
  g_test_add_func ("/error/a-long-phrase-is-cut", test_a_long_phrase_is_cut);
  g_test_add_func ("/error/only-an-http-error-has-a-status", test_only_an_http_error_has_a_status);
  return g_test_run ();
}
