/* The built-in scenarios: what they say of themselves is so. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lab/explore/explore.h"
#include "lab/lab.h"

typedef void (*Check) (const LabScenario *scenario, const LabVariant *variant, LabProgram *program);

static LabProgram *
load (const char *text)
{
  g_autoptr (LabProblem) problem = NULL;
  LabProgram *program = lab_program_new (text, -1, &problem);

  if (program == NULL)
    g_error ("%d:%d: %s in\n%s", problem->line, problem->column, problem->message, text);
  return program;
}

static void
check_all (Check check)
{
  int n;
  const LabScenario *scenarios = lab_get_scenarios (&n);

  for (int s = 0; s < n; s++)
    for (int v = 0; v < scenarios[s].n_variants; v++)
      {
        g_autoptr (LabProgram) program = load (scenarios[s].variants[v].program);

        check (&scenarios[s], &scenarios[s].variants[v], program);
      }
}

static void
check_words (const LabScenario *scenario, const LabVariant *variant, LabProgram *program)
{
  static const LabProgramKind kinds[] = {
    [LAB_KIND_BROKEN] = LAB_PROGRAM_KIND_BROKEN,
    [LAB_KIND_WRONG_FIX] = LAB_PROGRAM_KIND_WRONG_FIX,
    [LAB_KIND_FIX] = LAB_PROGRAM_KIND_FIX,
  };
  g_autofree char *id = g_strdup_printf ("%s/%s", scenario->id, variant->id);
  const LabScenario *found = NULL;

  g_assert_cmpint (program->kind, ==, kinds[variant->kind]);
  g_assert_cmpstr (program->story, ==, variant->story);
  g_assert_true (g_str_has_prefix (program->title, scenario->title));
  g_assert_true (g_ascii_strcasecmp (strstr (program->title, ": ") + 2, variant->title) == 0);
  g_assert_true (g_str_has_suffix (variant->story, "."));
  g_assert_cmpint (g_utf8_strlen (variant->story, -1), <=, 400);
  g_assert_true (lab_find_variant (id, &found) == variant);
  g_assert_true (found == scenario);
}

static void
test_a_program_says_what_the_catalogue_says (void)
{
  check_all (check_words);
}

static void
test_each_scenario_has_a_line_for_the_list (void)
{
  int n;
  const LabScenario *scenarios = lab_get_scenarios (&n);

  g_assert_cmpint (n, >=, 16);
  g_assert_cmpstr (scenarios[0].id, ==, "lost-update");
  for (int s = 0; s < n; s++)
    {
      g_assert_cmpint (g_utf8_strlen (scenarios[s].summary, -1), <=, 60);
      g_assert_false (g_str_has_suffix (scenarios[s].summary, "."));
      for (int other = 0; other < s; other++)
        g_assert_cmpstr (scenarios[other].id, !=, scenarios[s].id);
    }
}

static void
test_the_bare_id_is_the_first_broken_variant (void)
{
  int n;
  const LabScenario *scenarios = lab_get_scenarios (&n);

  for (int s = 0; s < n; s++)
    {
      const LabVariant *bare = lab_find_variant (scenarios[s].id, NULL);

      /* One owner and a queue: there is nothing to be broken. */
      if (strcmp (scenarios[s].id, "queue-owner") == 0)
        g_assert_cmpint (bare->kind, ==, LAB_KIND_FIX);
      else
        g_assert_cmpint (bare->kind, ==, LAB_KIND_BROKEN);
    }
  g_assert_null (lab_find_variant ("no-such-thing", NULL));
  g_assert_null (lab_find_variant ("lost-update/no-such-thing", NULL));
  g_assert_null (lab_find_variant ("", NULL));
}

static void
check_verdict (const LabScenario *scenario, const LabVariant *variant, LabProgram *program)
{
  g_autoptr (LabExploration) exploration = lab_explore (program, NULL, NULL);

  g_test_message ("%s/%s: %" G_GUINT64_FORMAT " states, %s schedules", scenario->id, variant->id,
                  exploration->states,
                  exploration->schedules != NULL ? exploration->schedules : "endless");
  g_assert_true (exploration->complete);
  g_assert_cmpint (exploration->bad, ==, variant->kind != LAB_KIND_FIX);
}

static void
test_the_explorer_agrees_with_each_kind (void)
{
  check_all (check_verdict);
}

static void
test_threads_and_increments_are_put_in (void)
{
  static const int shapes[][2] = { { 1, 1 },  { 1, 10 },  { 2, 5 }, { 2, 10 },
                                   { 10, 2 }, { 20, 10 }, { 63, 3 } };
  static const char *const ids[] = { "lost-update/racy", "lost-update/mutex", "queue-owner/queue" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
      {
        const LabVariant *variant = lab_find_variant (ids[i], NULL);
        g_autofree char *text = lab_dup_program (variant, shapes[s][0], shapes[s][1]);
        g_autoptr (LabProgram) program = load (text);
        g_auto (LabState) state = { 0 };
        int sum = shapes[s][0] * shapes[s][1];

        g_assert_true (variant->takes_numbers);
        g_assert_cmpint (program->n_threads, ==, shapes[s][0] + (i == 2));
        /* One after another, each thread to its end: nothing is lost. */
        lab_state_init (&state, program);
        for (int t = 0; t < program->n_threads; t++)
          while (!lab_state_has_ended (&state, program, t))
            g_assert_cmpint (lab_machine_apply (program, &state, (LabMove){ .thread = t }, NULL),
                             ==, LAB_FAILURE_NONE);
        g_assert_cmpint (lab_state_get_shared (&state, program, 0), ==, sum);
        g_assert_true (lab_machine_is_good_end (program, &state));
      }
}

static void
test_a_program_without_numbers_stays_as_it_is (void)
{
  const LabVariant *variant = lab_find_variant ("minimum-two", NULL);
  g_autofree char *text = lab_dup_program (variant, 3, 3);

  g_assert_false (variant->takes_numbers);
  g_assert_cmpstr (text, ==, variant->program);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scenarios/a-program-says-what-the-catalogue-says",
                   test_a_program_says_what_the_catalogue_says);
  g_test_add_func ("/scenarios/each-scenario-has-a-line-for-the-list",
                   test_each_scenario_has_a_line_for_the_list);
  g_test_add_func ("/scenarios/the-bare-id-is-the-first-broken-variant",
                   test_the_bare_id_is_the_first_broken_variant);
  g_test_add_func ("/scenarios/the-explorer-agrees-with-each-kind",
                   test_the_explorer_agrees_with_each_kind);
  g_test_add_func ("/scenarios/threads-and-increments-are-put-in",
                   test_threads_and_increments_are_put_in);
  g_test_add_func ("/scenarios/a-program-without-numbers-stays-as-it-is",
                   test_a_program_without_numbers_stays_as_it_is);
  return g_test_run ();
}
