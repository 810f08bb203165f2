/* What a walk through a graph of states is like. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/survey.h"

#include "lab/explore/explore.h"

static LabProgram *
parse (const char *text)
{
  LabProblem *problem = NULL;
  LabProgram *program = lab_program_new (text, -1, &problem);

  g_assert_null (problem);
  return program;
}

static const char lost_update[] = "shared count = 0;\n"
                                  "thread A, B { r = count; r = r + 1; count = r; }\n"
                                  "finally count == 2;\n";

static UiSurvey *
survey (const char *text)
{
  g_autoptr (LabProgram) program = parse (text);
  LabExploreOptions options = { .keep_graph = TRUE };
  g_autoptr (LabExploration) exploration = lab_explore (program, &options, NULL);

  return ui_survey_new (exploration->graph);
}

static void
test_walks_are_exact (void)
{
  g_autoptr (UiSurvey) found = survey (lost_update);

  g_assert_cmpuint (found->ends->len, ==, 2);
  g_assert_cmpint (g_array_index (found->ends, UiSurveyEnd, 0).value, ==, 1);
  g_assert_cmpfloat_with_epsilon (g_array_index (found->ends, UiSurveyEnd, 0).share, .75, 1e-12);
  g_assert_cmpfloat_with_epsilon (g_array_index (found->ends, UiSurveyEnd, 1).share, .25, 1e-12);
  g_assert_cmpint (found->walks, ==, 0);
}

static void
test_each_state_is_on_the_map_once (void)
{
  g_autoptr (UiSurvey) found = survey (lost_update);
  guint sum = 0;

  for (guint i = 0; i < found->n_depths * UI_SURVEY_BANDS; i++)
    sum += found->heat[i];
  g_assert_cmpuint (sum, ==, 21);
  g_assert_cmpuint (found->n_depths, ==, 7);
}

static void
test_what_goes_round_is_not_surveyed (void)
{
  g_assert_null (
      survey ("shared x = 0; thread A { while (r == 0) { r = x; } } thread B { x = 1; }"));
}

static void
test_what_sticks_is_no_end (void)
{
  g_autoptr (UiSurvey) found = survey ("lock a; lock b;\n"
                                       "thread A { lock a; lock b; unlock b; unlock a; }\n"
                                       "thread B { lock b; lock a; unlock a; unlock b; }\n");

  g_assert_cmpfloat_with_epsilon (found->other, .5, 1e-12);
}

static void
test_sampling_finds_the_same (void)
{
  g_autoptr (LabProgram) program = parse (lost_update);
  g_autoptr (UiSurvey) found = ui_survey_sample (program, 4000, G_USEC_PER_SEC * 60, NULL);

  g_assert_cmpint (found->walks, ==, 4000);
  g_assert_cmpuint (found->ends->len, ==, 2);
  /* Of 4000 walks 75 % end at 1; beyond ten standard deviations something is wrong. */
  g_assert_cmpfloat_with_epsilon (g_array_index (found->ends, UiSurveyEnd, 0).share, .75, .07);
  g_assert_cmpfloat (g_array_index (found->ends, UiSurveyEnd, 0).low, <, .76);
  g_assert_cmpfloat (g_array_index (found->ends, UiSurveyEnd, 0).high, >, .74 - .07);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab-survey/walks-are-exact", test_walks_are_exact);
  g_test_add_func ("/lab-survey/each-state-is-on-the-map-once", test_each_state_is_on_the_map_once);
  g_test_add_func ("/lab-survey/what-goes-round-is-not-surveyed",
                   test_what_goes_round_is_not_surveyed);
  g_test_add_func ("/lab-survey/what-sticks-is-no-end", test_what_sticks_is_no_end);
  g_test_add_func ("/lab-survey/sampling-finds-the-same", test_sampling_finds_the_same);
  return g_test_run ();
}
