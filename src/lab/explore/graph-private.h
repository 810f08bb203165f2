/* graph-private.h: between the explorer's files. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gmp.h>

#include "lab/explore/ending.h"
#include "lab/explore/graph.h"
#include "lab/explore/store.h"

G_BEGIN_DECLS

/* What an ending says, before schedules are counted. */
typedef struct
{
  LabEndingKind kind;
  gboolean bad;
  gint64 *values; /* owned; NULL unless END */
} LabVerdict;

/* A state in which nothing is enabled. */
typedef struct
{
  guint32 state;
  guint32 verdict;
} LabTerminal;

struct LabGraph
{
  int ref_count;
  LabProgram *program; /* owned */
  LabStore store;
  guint n_expanded;
  guint32 *first_edges; /* n_expanded + 1 */
  gsize n_first_allocated;
  guint32 *targets; /* of each edge */
  guint16 *labels;  /* the move of each edge */
  guint32 n_edges;
  gsize n_edges_allocated;
  GArray *verdicts;            /* (element-type LabVerdict) */
  GHashTable *verdict_numbers; /* what a verdict says, as GBytes, to its number + 1 */
  GArray *terminals;           /* (element-type LabTerminal) by state */
  guint failed;                /* the verdict of failing edges + 1, or 0 */

  /* Made at the end, where the graph is kept. */
  guint32 *depths; /* nullable */
  mpz_t *ways_all; /* nullable */
  mpz_t *ways_bad; /* nullable */
};

/* Why an exploration goes on or stops; asked often, so that a cancel is heard soon. */
typedef struct
{
  guint64 most_states;
  guint64 most_bytes;
  GCancellable *cancellable;                             /* nullable */
  void (*progress) (guint64 states, gpointer user_data); /* nullable */
  gpointer user_data;
} LabBounds;

typedef enum
{
  LAB_BOUND_NONE,
  LAB_BOUND_STATES,
  LAB_BOUND_MEMORY,
  LAB_BOUND_CANCELLED,
} LabBound;

/** lab_graph_new: Returns: (transfer full): with the first state alone */
LabGraph *lab_graph_new (LabProgram *program);

/** lab_graph_expand: finds all reachable states, within @bounds. Returns: what it met, or NONE: all
 * are found */
LabBound lab_graph_expand (LabGraph *self, const LabBounds *bounds);

LabMove lab_label_to_move (guint16 label);

/** lab_graph_find_verdict: Returns: how the schedule that ends in @state ends; NULL where it goes
 * on, or is not known to end */
const LabVerdict *lab_graph_find_verdict (const LabGraph *self, guint state);

/** lab_graph_find_path: Returns: (transfer full) (element-type LabMove): the fewest steps from the
 * first state to @state */
GArray *lab_graph_find_path (const LabGraph *self, guint state);

/** lab_graph_add_depths: fills in the depths */
void lab_graph_add_depths (LabGraph *self);

G_END_DECLS
