/* What the lab's page says. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/words.h"

static void
assert_text (char *text /* transfer full */, const char *expected)
{
  g_autofree char *owned = text;

  g_assert_cmpstr (owned, ==, expected);
}

static void
test_threads_have_letters_then_numbers (void)
{
  assert_text (ui_words_dup_thread (0), "A");
  assert_text (ui_words_dup_thread (25), "Z");
  assert_text (ui_words_dup_thread (26), "27");
}

static void
test_how_a_run_was_made_is_said (void)
{
  assert_text (ui_words_dup_nudge (0), "unassisted");
  assert_text (ui_words_dup_nudge (4), "nudged 1 in 4");
  assert_text (ui_words_dup_rate (1000, 15), "unassisted, 15 of 1000 runs go wrong");
  assert_text (ui_words_dup_rate (0, 0), "");
  assert_text (ui_words_dup_choices (2, 10, 4), "2 threads · 10 each · nudge 1 in 4");
  assert_text (ui_words_dup_choices (1, 1, LAB_NUDGE_OFF), "1 thread · 1 each · no nudge");
}

static void
test_one_is_not_many (void)
{
  assert_text (ui_words_dup_invitation (1, 1), "1 real thread, 1 addition each");
  assert_text (ui_words_dup_invitation (2, 10), "2 real threads, 10 additions each");
  assert_text (ui_words_dup_runs (200, 199, .084), "199 of 200 runs went wrong, in 84 ms");
}

static void
test_times_keep_their_figures (void)
{
  assert_text (ui_words_dup_milliseconds (1310), "1.31 s");
  assert_text (ui_words_dup_milliseconds (999.6), "1.00 s");
  assert_text (ui_words_dup_milliseconds (84.4), "84 ms");
  assert_text (ui_words_dup_milliseconds (.213), "0.21 ms");
}

static void
test_lanes_are_read_aloud_in_order (void)
{
  const LabOp ops[] = {
    { LAB_OP_READ, .thread = 0, .value = 0, .end_ns = 10 },
    { LAB_OP_WRITE, .thread = 0, .value = 1, .end_ns = 30 },
    { LAB_OP_READ, .thread = 1, .value = 0, .end_ns = 20 },
    { LAB_OP_WRITE, .thread = 1, .value = 1, .end_ns = 25, .lost = TRUE },
  };
  LabTrace trace = { .ops = g_array_new (FALSE, FALSE, sizeof (LabOp)) };

  g_array_append_vals (trace.ops, ops, G_N_ELEMENTS (ops));
  assert_text (ui_words_dup_trace (&trace),
               "1: A reads 0. 2: B reads 0. 3: B writes 1, lost. 4: A writes 1.");
  g_array_unref (trace.ops);
}

static void
test_a_histogram_is_read_aloud (void)
{
  const gint64 values[] = { 13, 20 };
  const int counts[] = { 17, 1 };

  assert_text (ui_words_dup_ends (values, counts, 2, 20),
               "17 runs ended at 13; 1 run ended at 20. Expected: 20.");
}

static void
test_a_number_of_any_length_is_short (void)
{
  assert_text (ui_words_dup_count ("20"), "20");
  assert_text (ui_words_dup_count ("1234567"), "1234567");
  assert_text (ui_words_dup_count ("12345678"), "1.2×10⁷");
  assert_text (ui_words_dup_count ("118264581564861424"), "1.1×10¹⁷");
  assert_text (ui_words_dup_ways ("3", "4"), "3 of 4 ways on lose");
  assert_text (ui_words_dup_ways ("0", "1"), "0 of 1 way on loses");
}

static void
test_ratios_of_any_length_are_right (void)
{
  g_autofree char *large = g_strnfill (2000, '9');
  g_autofree char *tenth = g_strnfill (1999, '9');

  g_assert_cmpfloat_with_epsilon (ui_words_get_ratio ("18", "20"), .9, 1e-12);
  g_assert_cmpfloat (ui_words_get_ratio ("0", "20"), ==, 0);
  g_assert_cmpfloat (ui_words_get_ratio ("20", "20"), ==, 1);
  g_assert_cmpfloat (ui_words_get_ratio ("0", "0"), ==, 0);
  g_assert_cmpfloat_with_epsilon (ui_words_get_ratio (tenth, large), .1, 1e-9);
}

static void
test_percentages_never_claim_all_or_nothing (void)
{
  assert_text (ui_words_dup_percent (0), "0 %");
  assert_text (ui_words_dup_percent (.00001), "under 0.1 %");
  assert_text (ui_words_dup_percent (.036), "3.6 %");
  assert_text (ui_words_dup_percent (.9), "90 %");
  assert_text (ui_words_dup_percent (.994), "99.4 %");
  assert_text (ui_words_dup_percent (.99999), "over 99.9 %");
  assert_text (ui_words_dup_percent (1), "100 %");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab-words/threads-have-letters-then-numbers",
                   test_threads_have_letters_then_numbers);
  g_test_add_func ("/lab-words/how-a-run-was-made-is-said", test_how_a_run_was_made_is_said);
  g_test_add_func ("/lab-words/one-is-not-many", test_one_is_not_many);
  g_test_add_func ("/lab-words/times-keep-their-figures", test_times_keep_their_figures);
  g_test_add_func ("/lab-words/lanes-are-read-aloud-in-order", test_lanes_are_read_aloud_in_order);
  g_test_add_func ("/lab-words/a-histogram-is-read-aloud", test_a_histogram_is_read_aloud);
  g_test_add_func ("/lab-words/a-number-of-any-length-is-short",
                   test_a_number_of_any_length_is_short);
  g_test_add_func ("/lab-words/ratios-of-any-length-are-right",
                   test_ratios_of_any_length_are_right);
  g_test_add_func ("/lab-words/percentages-never-claim-all-or-nothing",
                   test_percentages_never_claim_all_or_nothing);
  return g_test_run ();
}
