/* Any bytes as a race program: parsed, checked, and explored as far as a few hundred states go.
 *
 * What is found to be a program must be explored without a fault, its witness must be a schedule
 * that is as bad as it says, and its schedule word must be read back as the same steps. Built for
 * libFuzzer by clang, see meson.build.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lab/lab.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

#define MOST_STATES 300
#define MOST_BYTES (16 * 1024 * 1024)

static void
replay (LabProgram *program, const GArray *steps, gboolean to_the_end)
{
  g_autoptr (LabStepper) stepper = lab_stepper_new (program);
  LabMove moves[LAB_MOST_MOVES];

  g_assert_cmpuint (lab_stepper_load (stepper, (const LabMove *) steps->data, steps->len), ==,
                    steps->len);
  lab_stepper_seek (stepper, steps->len);
  if (to_the_end)
    g_assert_cmpint (lab_stepper_list (stepper, moves), ==, 0);
}

static void
check_witness (LabProgram *program, const LabWitness *witness)
{
  g_autoptr (GArray) again = lab_schedule_parse (witness->schedule, program);

  g_assert_nonnull (again);
  g_assert_cmpuint (again->len, ==, witness->steps->len);
  g_assert_true (again->len == 0 ||
                 memcmp (again->data, witness->steps->data, again->len * sizeof (LabMove)) == 0);
  replay (program, witness->steps, TRUE);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  const LabExploreOptions options = { .most_states = MOST_STATES,
                                      .most_bytes = MOST_BYTES,
                                      .no_sample = TRUE };
  g_autoptr (LabProblem) problem = NULL;
  g_autoptr (LabProgram) program = lab_program_new ((const char *) data, size, &problem);
  g_autoptr (LabExploration) found = NULL;

  if (program == NULL)
    {
      g_assert_nonnull (problem->message);
      g_assert_cmpint (problem->line, >, 0);
      g_assert_cmpint (problem->column, >, 0);
      return 0;
    }
  found = lab_explore (program, &options, NULL);
  g_assert_true (found->complete || found->stopped != LAB_STOPPED_NOT);
  if (found->witness != NULL)
    check_witness (program, found->witness);
  if (found->livelock)
    replay (program, found->livelock_path, FALSE);
  return 0;
}
