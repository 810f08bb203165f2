/* What the details say. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/text/properties.h"

static void
assert_text (char *text /* transfer full */, const char *expected)
{
  g_autofree char *owned = text;

  g_assert_cmpstr (owned, ==, expected);
}

static void
test_a_validator_says_how_strong_it_is (void)
{
  EngineValidator strong = { .etag = (char *) "\"65c3\"" };
  EngineValidator weak = { .etag = (char *) "W/\"65c3\"" };
  EngineValidator dated = { .last_modified = (char *) "Wed, 21 Oct 2015 07:28:00 GMT" };

  assert_text (ui_property_validator (&strong), "ETag \"65c3\", strong");
  assert_text (ui_property_validator (&weak), "ETag W/\"65c3\", weak");
  assert_text (ui_property_validator (&dated), "Last changed Wed, 21 Oct 2015 07:28:00 GMT");
}

static void
test_a_folder_in_the_home_begins_with_a_tilde (void)
{
  assert_text (ui_property_folder ("/home/ann/Downloads", "/home/ann"), "~/Downloads");
  assert_text (ui_property_folder ("/home/ann", "/home/ann"), "~");
  assert_text (ui_property_folder ("/home/anna/x", "/home/ann"), "/home/anna/x");
  assert_text (ui_property_folder ("/srv", "/"), "/srv");
}

static void
test_a_checksum_is_called_by_its_kind (void)
{
  assert_text (ui_property_digest_name ("sha256=00"), "SHA-256");
  assert_text (ui_property_digest_name ("md5=00"), "MD5");
  assert_text (ui_property_digest_name ("00"), "Checksum");
  g_assert_cmpstr (ui_property_digest ("sha256=00ff"), ==, "00ff");
}

static void
test_the_headline_sums_up_a_finished_run (void)
{
  UiFacts facts = { .state = ENGINE_STATE_COMPLETED,
                    .name = "manual.epub",
                    .received = 88300000,
                    .total = 88300000,
                    .seconds_ago = 14 };

  assert_text (ui_property_headline (&facts, 19), "Finished · 88.3 MB in 19 s · 4.6 MB/s");
  assert_text (ui_property_headline (&facts, 0), "Finished · 88.3 MB · 14 s ago");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/properties/a-validator-says-how-strong-it-is",
                   test_a_validator_says_how_strong_it_is);
  g_test_add_func ("/properties/a-folder-in-the-home-begins-with-a-tilde",
                   test_a_folder_in_the_home_begins_with_a_tilde);
  g_test_add_func ("/properties/a-checksum-is-called-by-its-kind",
                   test_a_checksum_is_called_by_its_kind);
  g_test_add_func ("/properties/the-headline-sums-up-a-finished-run",
                   test_the_headline_sums_up_a_finished_run);
  return g_test_run ();
}
