/* odds.h: how likely a bad schedule is where each enabled step is equally likely at each point. The
 * folder's own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/explore/components.h"

G_BEGIN_DECLS

/**
 * lab_odds_find:
 * @probability: (out): of a bad ending or none at all, from the first state on
 *
 * Returns: %FALSE where it was cancelled
 */
gboolean lab_odds_find (const LabGraph *graph,
                        const LabComponents *components,
                        GCancellable *cancellable,
                        double *probability);

G_END_DECLS
