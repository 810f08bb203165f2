/* What tells endings apart. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/explore/ending.h"

void
lab_ending_free (LabEnding *ending)
{
  g_free (ending->values);
  g_free (ending->schedules);
  g_free (ending);
}

void
lab_ending_read (const LabProgram *program, const LabState *state, gint64 *values)
{
  for (int i = 0; i < program->n_shown; i++)
    {
      const LabShown *shown = &program->shown[i];

      values[i] = shown->thread < 0
                      ? lab_state_get_shared (state, program, shown->index)
                      : lab_state_get_own (state, program, shown->thread, shown->index);
    }
}
