/* witness.h: the bad schedule that is the easiest to understand. The folder's own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/explore/graph.h"

G_BEGIN_DECLS

/* A bad schedule with the fewest preemptions, then switches, then steps. */
typedef struct
{
  int preemptions; /* switches away from a thread that could go on */
  int switches;
  GArray *steps;  /* (element-type LabMove) */
  char *schedule; /* owned: as `--replay` takes it */
} LabWitness;

void lab_witness_free (LabWitness *witness);

/** lab_witness_find: @witness: (out): %NULL where nothing bad is known. Returns: %FALSE where it
 * was cancelled */
gboolean lab_witness_find (const LabGraph *graph, GCancellable *cancellable, LabWitness **witness);

G_END_DECLS
