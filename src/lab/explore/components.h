/* components.h: which states can reach each other: strongly connected components. The folder's own.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/explore/graph-private.h"

G_BEGIN_DECLS

/* States that are in no component: left out, or not expanded. */
#define LAB_COMPONENT_NONE G_MAXUINT32

typedef struct
{
  guint32 *of; /* for each expanded state: its component's number; sinks have the lowest */
  guint n;
  gboolean cyclic;  /* some component has an edge within */
  guint32 *members; /* expanded states by component */
  guint32 *starts;  /* n + 1: where in `members` each begins */
} LabComponents;

/**
 * lab_components_find:
 * @groups: (nullable): for each expanded state, its group; only edges within a group count, and
 * states of group LAB_COMPONENT_NONE are left out
 *
 * Returns: %FALSE where it was cancelled; there is nothing to clear then
 */
gboolean lab_components_find (const LabGraph *graph,
                              const guint32 *groups,
                              GCancellable *cancellable,
                              LabComponents *components);
void lab_components_clear (LabComponents *self);

/** lab_components_is_cycle: whether a component has an edge within */
gboolean
lab_components_is_cycle (const LabComponents *self, const LabGraph *graph, guint component);

G_END_DECLS
