/* problem.h: what is wrong with the text of a race program, and where. Any thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is wrong with a text, and where. Lines and columns count from 1, columns in characters. */
typedef struct
{
  int line;
  int column;
  char *message; /* owned, translated; one sentence without a full stop */
  char *hint;    /* owned, translated, nullable: what to write instead */
} LabProblem;

void lab_problem_free (LabProblem *problem);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabProblem, lab_problem_free)

/** lab_problem_format: Returns: (transfer full): `FILE:LINE:COLUMN: message`, and the hint on a
 * line of its own */
char *lab_problem_format (const LabProblem *problem, const char *file);

/** lab_problem_new: @hint: (nullable); both are copied */
LabProblem *lab_problem_new (int line, int column, const char *message, const char *hint);

G_END_DECLS
