/* What the rows say. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/text/labels.h"

/* A film of which a share is there. */
static UiFacts
film (EngineState state)
{
  return (UiFacts){
    .state = state,
    .name = "film.mkv",
    .received = 129600000,
    .total = 864100000,
    .rate = 3000000,
    .seconds_left = 245,
    .connections = 8,
  };
}

static void
assert_text (char *text /* transfer full */, const char *expected)
{
  g_autofree char *owned = text;

  g_assert_cmpstr (owned, ==, expected);
}

static void
test_an_active_row_reads_as_one_sentence (void)
{
  UiFacts facts = film (ENGINE_STATE_ACTIVE);

  assert_text (ui_label_description (&facts),
               "130 MB of 864 MB · 3.0 MB/s · 4 min 5 s left · 8 connections");
  assert_text (ui_label_accessible (&facts), "film.mkv, Downloading, 14 %");
  assert_text (ui_label_sizes (&facts, FALSE), "130 MB of 864 MB · 8 connections");
  assert_text (ui_label_sizes (&facts, TRUE), "130 MB of 864 MB");
  facts.connections = 1;
  assert_text (ui_label_sizes (&facts, FALSE), "130 MB of 864 MB · 1 connection");
}

static void
test_an_unknown_length_claims_no_share (void)
{
  UiFacts facts = film (ENGINE_STATE_ACTIVE);

  facts.total = -1;
  facts.seconds_left = -1;
  assert_text (ui_label_percent (&facts), "");
  assert_text (ui_label_time (&facts), "");
  assert_text (ui_label_sizes (&facts, TRUE), "130 MB so far");
  g_assert_cmpfloat (ui_facts_get_fraction (&facts), ==, -1);
}

static void
test_what_rests_says_why (void)
{
  UiFacts facts = film (ENGINE_STATE_PAUSED);

  assert_text (ui_label_sizes (&facts, FALSE), "Paused · 130 MB of 864 MB");
  facts.state = ENGINE_STATE_QUEUED;
  facts.total = -1;
  facts.place_in_line = 3;
  assert_text (ui_label_sizes (&facts, FALSE), "Waiting · 3rd in line");
  facts.state = ENGINE_STATE_FAILED;
  facts.problem = "the server refused the connection";
  assert_text (ui_label_sizes (&facts, FALSE), "Failed: the server refused the connection");
  facts.state = ENGINE_STATE_WAITING;
  facts.reason = ENGINE_REASON_RETRY;
  facts.retry_in_s = 4;
  facts.attempt = 1;
  facts.max_attempts = 5;
  assert_text (ui_label_sizes (&facts, FALSE),
               "Retrying in 4 s: the server refused the connection");
  assert_text (ui_label_time (&facts), "2nd of 5 tries");
}

static void
test_the_button_is_the_likely_next_thing (void)
{
  static const UiNext expected[ENGINE_N_STATES] = {
    [ENGINE_STATE_QUEUED] = UI_NEXT_PAUSE,          [ENGINE_STATE_CONNECTING] = UI_NEXT_PAUSE,
    [ENGINE_STATE_ACTIVE] = UI_NEXT_PAUSE,          [ENGINE_STATE_PAUSED] = UI_NEXT_RESUME,
    [ENGINE_STATE_WAITING] = UI_NEXT_PAUSE,         [ENGINE_STATE_VERIFYING] = UI_NEXT_PAUSE,
    [ENGINE_STATE_COMPLETED] = UI_NEXT_OPEN_FOLDER, [ENGINE_STATE_FAILED] = UI_NEXT_RETRY,
    [ENGINE_STATE_CANCELLED] = UI_NEXT_RETRY,
  };

  for (int state = 0; state < ENGINE_N_STATES; state++)
    {
      UiFacts facts = film (state);

      g_assert_cmpint (ui_facts_get_next (&facts), ==, expected[state]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/labels/an-active-row-reads-as-one-sentence",
                   test_an_active_row_reads_as_one_sentence);
  g_test_add_func ("/labels/an-unknown-length-claims-no-share",
                   test_an_unknown_length_claims_no_share);
  g_test_add_func ("/labels/what-rests-says-why", test_what_rests_says_why);
  g_test_add_func ("/labels/the-button-is-the-likely-next-thing",
                   test_the_button_is_the_likely_next_thing);
  return g_test_run ();
}
