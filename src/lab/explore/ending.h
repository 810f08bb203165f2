/* ending.h: how schedules end. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/machine/machine.h"

G_BEGIN_DECLS

typedef enum
{
  LAB_ENDING_END,
  LAB_ENDING_DEADLOCK,
  LAB_ENDING_FAILED,
} LabEndingKind;

typedef struct
{
  LabEndingKind kind;
  gint64 *values; /* owned, in the order of the program's `shown`; NULL unless END */
  gboolean bad;
  char *schedules; /* owned, nullable */
} LabEnding;

void lab_ending_free (LabEnding *ending);

/** lab_ending_read: @values: (out): room for the program's `n_shown` */
void lab_ending_read (const LabProgram *program, const LabState *state, gint64 *values);

G_END_DECLS
