/* count.h: how many schedules there are, exactly. The folder's own.
 *
 * Only for graphs without a cycle, whose components are their states in order.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/explore/components.h"

G_BEGIN_DECLS

/**
 * lab_count_schedules:
 * @counts: (out caller-allocates): one inited number for each of the graph's verdicts
 *
 * Counts forwards: how many ways lead to each state, and so to each ending. Returns: %FALSE where
 * it was cancelled
 */
gboolean lab_count_schedules (const LabGraph *graph,
                              const LabComponents *order,
                              GCancellable *cancellable,
                              mpz_t *counts);

/** lab_count_ways: counts backwards, into the graph: how many ways go on from each state, and how
 * many of them are bad */
gboolean lab_count_ways (LabGraph *graph, const LabComponents *order, GCancellable *cancellable);

G_END_DECLS
