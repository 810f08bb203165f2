/* order.h: the steps of a real run in one order. Pure; any thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/lab.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 at_ns; /* when it was done */
  int index;    /* into the trace's ops */
} UiPlace;

/**
 * ui_order_new:
 *
 * To wait for a lock and to hold it are no steps and have no place.
 *
 * Returns: (transfer full) (element-type UiPlace): @trace's steps by the time at which each was
 *   done; the steps of one thread keep their own order, whatever the clocks say
 */
GArray *ui_order_new (const LabTrace *trace);

/** ui_order_find: Returns: how many steps were done before @at_ns */
int ui_order_find (const GArray *order, gint64 at_ns);

/** ui_order_is_step: Returns: whether an op of @kind has a place of its own */
gboolean ui_order_is_step (LabOpKind kind);

G_END_DECLS
