/* cost-runs.h: what one run of each variant of a scenario costs, on real threads. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/lab.h"

G_BEGIN_DECLS

/* Of each variant; and so long at most for those that get stuck. */
#define UI_COST_RUNS 31

typedef struct
{
  const LabVariant *variant; /* borrowed */
  double median_us;          /* a run, from the start of its threads to the end of the last */
  double p10_us;
  double p90_us;
} UiCostRun;

/** ui_cost_runs_async: runs each variant, unassisted, in a thread of its own; @callback in the
 * caller's main context */
void ui_cost_runs_async (const LabScenario *scenario,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

/** ui_cost_runs_finish: Returns: (transfer full) (nullable) (element-type UiCostRun): in the order
 * of the variants */
GArray *ui_cost_runs_finish (GAsyncResult *result, GError **error);

G_END_DECLS
