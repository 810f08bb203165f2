/* Any text as a race program: it is refused with a place, or it can begin. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "lab/language/evaluate.h"
#include "lab/language/program.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  LabProblem *problem = NULL;
  g_autoptr (LabProgram) program = lab_program_new ((const char *) data, size, &problem);
  g_autofree gint64 *words = NULL;
  int n = 0;

  if (program == NULL)
    {
      g_autofree char *text = NULL;

      g_assert_nonnull (problem);
      g_assert_cmpint (problem->line, >=, 1);
      g_assert_cmpint (problem->column, >=, 1);
      text = lab_problem_format (problem, "fuzz.race");
      g_assert_true (g_utf8_validate (text, -1, NULL));
      lab_problem_free (problem);
      return 0;
    }
  g_assert_null (problem);
  words = lab_first_words (program, &n);
  g_assert_cmpint (n, >, 0);
  return 0;
}
