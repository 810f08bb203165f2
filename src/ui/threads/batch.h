/* batch.h: the downloads that ran together since the pool was last idle, and what that saved.
 *
 * Pure: time comes in as a parameter. One owner.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What one download took. */
typedef struct
{
  gint64 id;
  gint64 began_us;
  gint64 took_us; /* its runs so far; a pause between them is not counted */
  gint64 bytes;   /* fetched */
  gboolean running;
} UiBatchItem;

typedef struct _UiBatch UiBatch;

UiBatch *ui_batch_new (void);
void ui_batch_free (UiBatch *self);

/** ui_batch_begin: download @id runs; where none did, a new batch begins with it */
void ui_batch_begin (UiBatch *self, gint64 id, gint64 now_us);

/** ui_batch_end: it runs no more; @bytes: fetched by this run */
void ui_batch_end (UiBatch *self, gint64 id, gint64 bytes, gint64 now_us);

/** ui_batch_get_items: Returns: (element-type UiBatchItem): as of @now_us, in the order in which
 * they began */
const GArray *ui_batch_get_items (UiBatch *self, gint64 now_us);

/** ui_batch_is_running: Returns: whether one of it still runs */
gboolean ui_batch_is_running (const UiBatch *self);

/** ui_batch_get_together_us: Returns: from the first's begin to the last's end */
gint64 ui_batch_get_together_us (const UiBatch *self, gint64 now_us);

/** ui_batch_get_alone_us: Returns: what they would have taken one after another, each as it ran */
gint64 ui_batch_get_alone_us (UiBatch *self, gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiBatch, ui_batch_free)

G_END_DECLS
