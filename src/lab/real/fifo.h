/* fifo.h: a thread-safe queue of numbers, as the chapter's second cure wants one.
 *
 * Any thread. A ring behind one mutex with two conditions; every wait has an end.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _LabFifo LabFifo;

LabFifo *lab_fifo_new (int capacity);
void lab_fifo_free (LabFifo *self);

/** lab_fifo_put: waits while full. Returns: %FALSE where it waited until @deadline_us (monotonic)
 * in vain */
gboolean lab_fifo_put (LabFifo *self, gint64 message, gint64 deadline_us);

/** lab_fifo_get: waits while empty. Returns: %FALSE where it waited until @deadline_us (monotonic)
 * in vain */
gboolean lab_fifo_get (LabFifo *self, gint64 *message, gint64 deadline_us);

G_END_DECLS
