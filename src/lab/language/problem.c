/* What is wrong with a text. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/language/problem.h"

#include <glib/gi18n.h>

LabProblem *
lab_problem_new (int line, int column, const char *message, const char *hint)
{
  LabProblem *problem = g_new0 (LabProblem, 1);

  problem->line = line;
  problem->column = column;
  problem->message = g_strdup (message);
  problem->hint = g_strdup (hint);
  return problem;
}

void
lab_problem_free (LabProblem *problem)
{
  g_free (problem->message);
  g_free (problem->hint);
  g_free (problem);
}

char *
lab_problem_format (const LabProblem *problem, const char *file)
{
  g_autofree char *place =
      g_strdup_printf ("%s:%d:%d: %s", file, problem->line, problem->column, problem->message);

  if (problem->hint == NULL)
    return g_steal_pointer (&place);
  /* Translators: a problem in a program's text, and on a line below it how to mend it */
  return g_strdup_printf (_ ("%s\n  hint: %s"), place, problem->hint);
}
