/* What to do about each error: nobody is left with a code alone. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/remedy.h"

#include <string.h>

static void
assert_a_sentence (const char *advice)
{
  gunichar first = g_utf8_get_char (advice);

  g_assert_true (g_unichar_isupper (first));
  g_assert_true (g_str_has_suffix (advice, "."));
  g_assert_null (strstr (advice, "%"));
}

static void
test_each_code_has_a_sentence_that_says_what_to_do (void)
{
  for (int i = 0; i < ENGINE_N_ERRORS; i++)
    {
      g_autoptr (GError) error = g_error_new (ENGINE_ERROR, i, "something of kind %d", i);

      g_test_message ("%s", engine_error_get_nick (i));
      assert_a_sentence (engine_remedy_advise (error));
      g_assert_cmpint (engine_remedy_of (error), >=, 0);
      g_assert_cmpint (engine_remedy_of (error), <, ENGINE_N_REMEDIES);
    }
}

static void
test_only_a_list_that_cannot_be_kept_has_no_remedy (void)
{
  for (int i = 0; i < ENGINE_N_ERRORS; i++)
    {
      g_autoptr (GError) error = g_error_new (ENGINE_ERROR, i, "something of kind %d", i);

      g_assert_true ((engine_remedy_of (error) == ENGINE_REMEDY_NONE) ==
                     (i == ENGINE_ERROR_JOURNAL));
    }
}

static void
test_each_status_has_a_sentence_and_a_remedy (void)
{
  for (int status = 100; status < 600; status++)
    {
      g_autoptr (GError) error = engine_error_new_http (status, NULL);

      assert_a_sentence (engine_remedy_advise (error));
      g_assert_cmpint (engine_remedy_of (error), !=, ENGINE_REMEDY_NONE);
    }
}

static void
test_the_remedy_fits_the_error (void)
{
  static const struct
  {
    int code;
    EngineRemedy remedy;
  } table[] = {
    { ENGINE_ERROR_ADDRESS, ENGINE_REMEDY_CHANGE_ADDRESS },
    { ENGINE_ERROR_CONNECT, ENGINE_REMEDY_RETRY },
    { ENGINE_ERROR_REDIRECT, ENGINE_REMEDY_CHANGE_ADDRESS },
    { ENGINE_ERROR_DISK_FULL, ENGINE_REMEDY_MAKE_ROOM },
    { ENGINE_ERROR_DISK_AWAY, ENGINE_REMEDY_CHOOSE_FOLDER },
    { ENGINE_ERROR_DISK, ENGINE_REMEDY_CHOOSE_FOLDER },
    { ENGINE_ERROR_NAME, ENGINE_REMEDY_CHOOSE_NAME },
    { ENGINE_ERROR_CHECKSUM, ENGINE_REMEDY_RETRY },
    { ENGINE_ERROR_PROXY, ENGINE_REMEDY_SET_PROXY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (ENGINE_ERROR, table[i].code, "it");

      g_assert_cmpint (engine_remedy_of (error), ==, table[i].remedy);
    }
}

static void
test_the_remedy_fits_the_status (void)
{
  static const struct
  {
    int status;
    EngineRemedy remedy;
  } table[] = {
    { 204, ENGINE_REMEDY_CHANGE_ADDRESS }, { 401, ENGINE_REMEDY_SIGN_IN },
    { 403, ENGINE_REMEDY_CHANGE_ADDRESS }, { 404, ENGINE_REMEDY_CHANGE_ADDRESS },
    { 407, ENGINE_REMEDY_SET_PROXY },      { 410, ENGINE_REMEDY_CHANGE_ADDRESS },
    { 418, ENGINE_REMEDY_CHANGE_ADDRESS }, { 429, ENGINE_REMEDY_RETRY },
    { 500, ENGINE_REMEDY_RETRY },          { 503, ENGINE_REMEDY_RETRY },
    { 511, ENGINE_REMEDY_RETRY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = engine_error_new_http (table[i].status, NULL);

      g_assert_cmpint (engine_remedy_of (error), ==, table[i].remedy);
    }
}

static void
test_what_is_not_the_engines_has_no_advice (void)
{
  g_autoptr (GError) error = g_error_new_literal (g_quark_from_static_string ("other"), 0, "it");
  g_autoptr (GError) beyond = g_error_new_literal (ENGINE_ERROR, ENGINE_N_ERRORS, "it");

  g_assert_cmpstr (engine_remedy_advise (error), ==, "");
  g_assert_cmpint (engine_remedy_of (error), ==, ENGINE_REMEDY_NONE);
  g_assert_cmpstr (engine_remedy_advise (beyond), ==, "");
  g_assert_cmpint (engine_remedy_of (beyond), ==, ENGINE_REMEDY_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(test) g_test_add_func ("/remedy/" #test, test_##test)
  ADD (each_code_has_a_sentence_that_says_what_to_do);
  ADD (only_a_list_that_cannot_be_kept_has_no_remedy);
  ADD (each_status_has_a_sentence_and_a_remedy);
  ADD (the_remedy_fits_the_error);
  ADD (the_remedy_fits_the_status);
  ADD (what_is_not_the_engines_has_no_advice);
#undef ADD
  return g_test_run ();
}
