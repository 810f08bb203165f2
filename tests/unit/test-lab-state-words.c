/* States, steps and findings of the model in words. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/state-words.h"

#include "lab/stepper.h"

static const char deadlock[] = "lock a; lock b; queue q;\n"
                               "thread A { lock a; lock b; }\n"
                               "thread B { lock b; lock a; }\n"
                               "thread C { x = get(q); }\n"
                               "thread D { skip; }\n";

static LabProgram *
parse (const char *text)
{
  LabProblem *problem = NULL;
  LabProgram *program = lab_program_new (text, -1, &problem);

  g_assert_null (problem);
  return program;
}

static void
assert_text (char *text /* transfer full */, const char *expected)
{
  g_autofree char *owned = text;

  g_assert_cmpstr (owned, ==, expected);
}

static void
test_who_waits_for_whom_is_said (void)
{
  g_autoptr (LabProgram) program = parse (deadlock);
  g_autoptr (LabStepper) stepper = lab_stepper_new (program);
  const LabState *state;

  g_assert_true (lab_stepper_take_thread (stepper, 0));
  g_assert_true (lab_stepper_take_thread (stepper, 1));
  g_assert_true (lab_stepper_take_thread (stepper, 3));
  state = lab_stepper_get_state (stepper);
  assert_text (ui_state_dup_block (program, state, 0), "waits for b, held by B");
  assert_text (ui_state_dup_block (program, state, 2), "waits: q is empty");
  assert_text (ui_state_dup_block (program, state, 3), "has ended");
  assert_text (ui_state_dup_stuck (program, state),
               "Stuck: A holds a and waits for b; B holds b and waits for a; C waits: q is empty.");
}

static void
test_a_finding_says_how_many (void)
{
  static const struct
  {
    const char *text;
    const char *finding;
  } table[] = {
    { "shared n = 0; thread A, B { r = n; r = r + 1; n = r; } finally n == 2;",
      "18 of 20 schedules lose; 2 end with n = 2." },
    { "shared n = 0; thread A, B { fetch_add(n, 1); } finally n == 2;",
      "Proved: all 2 schedules end with n = 2." },
    { "shared n = 0; thread A { n = 1; } finally n == 2;",
      "There is but one schedule, and it loses." },
    { "shared n = 0; thread A { while (r == 0) { r = n; } } thread B { n = 1; }",
      "Proved: however the threads are ordered, all ends well." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (LabProgram) program = parse (table[i].text);
      g_autoptr (LabExploration) exploration = lab_explore (program, NULL, NULL);

      assert_text (ui_state_dup_finding (program, exploration), table[i].finding);
      assert_text (ui_state_dup_coverage (exploration), "complete: nothing was left out");
    }
}

static void
test_nothing_is_proved_where_it_stopped (void)
{
  g_autoptr (LabProgram) program =
      parse ("shared n = 0; thread A, B, C { repeat 9 { fetch_add(n, 1); } } finally n == 27;");
  LabExploreOptions options = { .most_states = 20, .no_sample = TRUE };
  g_autoptr (LabExploration) exploration = lab_explore (program, &options, NULL);
  g_autofree char *finding = ui_state_dup_finding (program, exploration);

  g_assert_true (g_str_has_prefix (finding, "Nothing bad so far, in "));
  g_assert_true (g_str_has_suffix (finding, " states; nothing is proved."));
  assert_text (ui_state_dup_coverage (exploration), "incomplete: there are too many states");
}

static void
test_a_long_queue_is_cut (void)
{
  const gint64 values[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };

  assert_text (ui_state_dup_queue (values, 0), "[]");
  assert_text (ui_state_dup_queue (values, 2), "[1, 2]");
  assert_text (ui_state_dup_queue (values, 9), "[1, 2, 3, 4, 5, 6, 7, 8…]");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab-state-words/who-waits-for-whom-is-said", test_who_waits_for_whom_is_said);
  g_test_add_func ("/lab-state-words/a-finding-says-how-many", test_a_finding_says_how_many);
  g_test_add_func ("/lab-state-words/nothing-is-proved-where-it-stopped",
                   test_nothing_is_proved_where_it_stopped);
  g_test_add_func ("/lab-state-words/a-long-queue-is-cut", test_a_long_queue_is_cut);
  return g_test_run ();
}
