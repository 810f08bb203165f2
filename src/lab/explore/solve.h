/* solve.h: equations x = M x + c of a walk that is sure to leave: the rows of M are shares of 1.
 * The folder's own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  guint n;
  GArray *starts;    /* (element-type guint32) of each row */
  GArray *columns;   /* (element-type guint32) */
  GArray *shares;    /* (element-type double) */
  GArray *constants; /* (element-type double) */
} LabSystem;

void lab_system_init (LabSystem *self, guint n);
void lab_system_clear (LabSystem *self);

/** lab_system_add: @share of @column to the row that is open; rows come in order */
void lab_system_add (LabSystem *self, guint column, double share);
void lab_system_end_row (LabSystem *self, double constant);

/** lab_system_solve: Returns: (transfer full) (nullable): the unknowns; %NULL where it was
 * cancelled */
double *lab_system_solve (LabSystem *self, GCancellable *cancellable);

G_END_DECLS
