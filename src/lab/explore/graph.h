/* graph.h: the reachable states of a race program and the steps between them.
 *
 * Immutable once explored; any thread may read it. States are numbered from 0, the first one, in
 * the order of their distance from it.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lab/machine/machine.h"

G_BEGIN_DECLS

typedef struct LabGraph LabGraph;

/* The target of a step that fails. */
#define LAB_GRAPH_FAILED G_MAXUINT32

LabGraph *lab_graph_ref (LabGraph *self);
void lab_graph_unref (LabGraph *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabGraph, lab_graph_unref)

LabProgram *lab_graph_get_program (const LabGraph *self);
guint lab_graph_get_n_states (const LabGraph *self);

/** lab_graph_get_n_expanded: Returns: states below this number have their edges; all, where the
 * exploration is complete */
guint lab_graph_get_n_expanded (const LabGraph *self);
guint64 lab_graph_get_n_edges (const LabGraph *self);

/** lab_graph_get_state: @state: (inout): inited or zeroed */
void lab_graph_get_state (const LabGraph *self, guint index, LabState *state);

/** lab_graph_find: Returns: the number of @state, whose dead own variables may be there or dropped,
 * or -1. Not thread-safe with itself */
gint64 lab_graph_find (LabGraph *self, const LabState *state);

/** lab_graph_get_edges: @first: (out): of the state's edges, by their numbers. Returns: how many */
guint lab_graph_get_edges (const LabGraph *self, guint index, guint *first);

/** lab_graph_get_edge: @target: (out): a state's number or LAB_GRAPH_FAILED */
LabMove lab_graph_get_edge (const LabGraph *self, guint edge, guint *target);

/** lab_graph_is_bad: Returns: whether the schedule that ends in this state, with no step enabled,
 * is bad */
gboolean lab_graph_is_bad (const LabGraph *self, guint index);

/** lab_graph_get_depth: Returns: steps on the shortest way to the state */
guint lab_graph_get_depth (const LabGraph *self, guint index);

/* The live odds: of how many ways to go on, how many are bad. */
typedef struct
{
  char *all; /* owned; decimal */
  char *bad; /* owned; decimal */
} LabWays;

void lab_ways_clear (LabWays *ways);

/** lab_graph_get_ways: Returns: %FALSE where there is no count: a cycle, or an incomplete graph */
gboolean lab_graph_get_ways (const LabGraph *self, guint index, LabWays *ways);

/** lab_graph_get_edge_ways: the same of going on by one edge */
gboolean lab_graph_get_edge_ways (const LabGraph *self, guint edge, LabWays *ways);

G_END_DECLS
