/* The stepper, and schedules as words. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lab/lab.h"

#define WALKS 200
#define MOST_STEPS 300

static const char *const programs[] = {
  "shared count = 0; thread A, B { repeat 40 { r = count; r = r + 1; count = r; } }",
  "memory tso; shared x = 0; shared y = 0; thread A { repeat 20 { x = x0; r = y; x0 = r + 1; } } "
  "thread B { repeat 20 { y = self; fence; s = x; } }",
  "queue q capacity 3 = 1; thread A { repeat 30 { put q, self; } } thread B { repeat 30 { x = "
  "get(q); } }",
  "lock m; condition c spurious; shared n = 0; thread A, B { repeat 9 { lock m; wait c, m; unlock "
  "m; } } "
  "thread C { repeat 9 { signal c; broadcast c; } }",
  "thread A { repeat 50 { x = x + 1; } assert 0; }",
};

static LabProgram *
load (const char *text)
{
  g_autoptr (LabProblem) problem = NULL;
  LabProgram *program = lab_program_new (text, -1, &problem);

  g_assert_null (problem);
  return program;
}

static gboolean
is_same (const LabState *a, const LabState *b)
{
  return a->n_words == b->n_words && memcmp (a->words, b->words, a->n_words * sizeof (gint64)) == 0;
}

/* Walks at random, and keeps each state that it passes. */
static void
walk (LabStepper *stepper, GRand *rand, GPtrArray *states)
{
  LabMove moves[LAB_MOST_MOVES];

  for (;;)
    {
      LabState *copy = g_new0 (LabState, 1);
      int n = lab_stepper_list (stepper, moves);

      lab_state_copy (copy, lab_stepper_get_state (stepper));
      g_ptr_array_add (states, copy);
      if (n == 0 || states->len > MOST_STEPS)
        return;
      g_assert_true (lab_stepper_take (stepper, moves[g_rand_int_range (rand, 0, n)]));
    }
}

static void
free_state (gpointer data)
{
  lab_state_clear (data);
  g_free (data);
}

static void
assert_at (LabStepper *stepper, GPtrArray *states, guint position)
{
  g_assert_cmpuint (lab_stepper_get_position (stepper), ==, position);
  g_assert_true (is_same (lab_stepper_get_state (stepper), g_ptr_array_index (states, position)));
}

static void
test_slider (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (gsize p = 0; p < G_N_ELEMENTS (programs); p++)
    {
      g_autoptr (LabProgram) program = load (programs[p]);
      g_autoptr (LabStepper) stepper = lab_stepper_new (program);
      g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (free_state);
      guint length;

      walk (stepper, rand, states);
      length = states->len - 1;
      g_assert_cmpuint (lab_stepper_get_length (stepper), ==, length);
      for (guint i = length; i-- > 0;)
        {
          g_assert_true (lab_stepper_undo (stepper));
          assert_at (stepper, states, i);
        }
      g_assert_false (lab_stepper_undo (stepper));
      for (guint i = 1; i <= length; i++)
        {
          g_assert_true (lab_stepper_redo (stepper));
          assert_at (stepper, states, i);
        }
      g_assert_false (lab_stepper_redo (stepper));
      for (int i = 0; i < WALKS; i++)
        {
          guint to = g_rand_int_range (rand, 0, length + 1);

          lab_stepper_seek (stepper, to);
          assert_at (stepper, states, to);
        }
      lab_stepper_seek (stepper, length + 100);
      assert_at (stepper, states, length);
    }
}

static void
test_new_step_forgets (void)
{
  g_autoptr (LabProgram) program = load (programs[0]);
  g_autoptr (LabStepper) stepper = lab_stepper_new (program);
  g_autofree char *schedule = NULL;

  for (int i = 0; i < 200; i++)
    g_assert_true (lab_stepper_take_thread (stepper, i % 2));
  lab_stepper_seek (stepper, 130);
  g_assert_true (lab_stepper_take_thread (stepper, 1));
  g_assert_cmpuint (lab_stepper_get_length (stepper), ==, 131);
  g_assert_false (lab_stepper_redo (stepper));
  lab_stepper_seek (stepper, 2);
  schedule = lab_stepper_dup_schedule (stepper);
  g_assert_cmpstr (schedule, ==, "1.2");
  lab_stepper_seek (stepper, 131);
  g_assert_cmpuint (lab_stepper_get_position (stepper), ==, 131);
}

static void
test_only_enabled_steps (void)
{
  g_autoptr (LabProgram) program = load ("lock m; thread A, B { lock m; assert 0; }");
  g_autoptr (LabStepper) stepper = lab_stepper_new (program);

  g_assert_true (lab_stepper_take_thread (stepper, 0));
  g_assert_false (lab_stepper_take_thread (stepper, 1));
  g_assert_cmpint (lab_machine_get_block (program, lab_stepper_get_state (stepper), 1).owner, ==,
                   0);
  g_assert_true (lab_stepper_take_thread (stepper, 0));
  g_assert_cmpint (lab_stepper_get_failure (stepper), ==, LAB_FAILURE_ASSERT);
  g_assert_false (lab_stepper_take_thread (stepper, 0));
  g_assert_true (lab_stepper_undo (stepper));
  g_assert_cmpint (lab_stepper_get_failure (stepper), ==, LAB_FAILURE_NONE);
}

static void
assert_access (LabStepper *stepper, guint index, const char *expected)
{
  const LabReport *report = lab_stepper_get_report (stepper, index);
  g_autofree char *text = NULL;

  g_assert_cmpuint (report->accesses->len, >, 0);
  text = lab_access_dup_text (&g_array_index (report->accesses, LabAccess, 0),
                              lab_stepper_get_program (stepper));
  g_assert_cmpstr (text, ==, expected);
}

static void
test_reports (void)
{
  g_autoptr (LabProgram) program = load (
      "memory tso; shared x = 3; queue q; lock m; condition c; thread A { r = x; x = 5; s = x; "
      "fence; t = fetch_add(x, 2); u = cas(x, 7, 8); put q, 9; v = get(q); lock m; signal c; } ");
  g_autoptr (LabStepper) stepper = lab_stepper_new (program);
  g_autoptr (GArray) moves = lab_schedule_parse ("1x3.1d.1x7", program);
  g_autofree char *text = NULL;

  g_assert_cmpuint (lab_stepper_load (stepper, (const LabMove *) moves->data, moves->len), ==,
                    moves->len);
  assert_access (stepper, 0, "read 3");
  assert_access (stepper, 1, "buffered 5");
  assert_access (stepper, 2, "read its own 5");
  assert_access (stepper, 3, "wrote 5 over 3");
  assert_access (stepper, 5, "added: 5 to 7");
  assert_access (stepper, 6, "swapped 7 for 8");
  assert_access (stepper, 7, "put 9");
  assert_access (stepper, 8, "got 9");
  assert_access (stepper, 9, "took the lock");
  assert_access (stepper, 10, "signalled nobody");
  lab_stepper_seek (stepper, 3);
  text = lab_move_dup_text (g_array_index (moves, LabMove, 3), program,
                            lab_stepper_get_state (stepper));
  g_assert_cmpstr (text, ==, "drain x = 5");
}

static void
test_words (void)
{
  static const char *const right[] = { "", "1", "1x3", "1x3.2.1w2.2s.1d", "2dx2" };
  static const char *const wrong[] = { ".",  "1.",  "1..2", "3",   "0",  "01",  "x3",
                                       "1x", "1x0", "1w",   "1w3", "1q", "1 2", "1x99999999999" };
  g_autoptr (LabProgram) program = load ("thread A, B { skip; }");

  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autoptr (GArray) moves = lab_schedule_parse (right[i], program);
      g_autofree char *again = NULL;

      g_assert_nonnull (moves);
      again = lab_schedule_format ((const LabMove *) moves->data, moves->len);
      g_assert_cmpstr (again, ==, right[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_null (lab_schedule_parse (wrong[i], program));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stepper/the-slider-comes-back-to-each-state", test_slider);
  g_test_add_func ("/stepper/a-new-step-forgets-what-was-undone", test_new_step_forgets);
  g_test_add_func ("/stepper/only-what-is-enabled-is-taken", test_only_enabled_steps);
  g_test_add_func ("/stepper/a-step-says-what-it-read-and-wrote", test_reports);
  g_test_add_func ("/stepper/a-schedule-is-a-word-and-back", test_words);
  return g_test_run ();
}
