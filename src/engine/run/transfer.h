/* transfer.h: one run of one download, shared by the workers that fetch it.
 *
 * Begun from what the journal knows, ended by exactly one ENGINE_EVENT_ENDED. A
 * download that is tried again gets a new transfer.
 *
 * Invariants, under `lock`:
 * 1. A byte that `segments` calls done is in the part file.
 * 2. `validator` is that of the entity which all done bytes belong to.
 * 3. `name` is set before `part` is.
 * 4. A byte that `synced` has is in the part file for good, and is done.
 * 5. Until engine_opening_resume() has looked, all that is as the journal has it: a run that
 *    ends before then has lost nothing.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base/mailbox.h"
#include "engine/disk/journal.h"
#include "engine/disk/part-file.h"
#include "engine/plan/segments.h"
#include "engine/plan/spec.h"
#include "engine/plan/validator.h"
#include "engine/run/events.h"
#include "engine/run/throttle.h"

G_BEGIN_DECLS

/* A transfer says how far it is at most so often, in microseconds. */
#define ENGINE_PROGRESS_US 33000

/* What a run is told before it starts. */
typedef struct
{
  gint64 id;
  EngineSpec *spec;          /* owned */
  char *name;                /* owned; NULL: to be chosen from the reply */
  EngineValidator validator; /* owned; of what is on the disk */
  gint64 total;              /* -1 unknown */
  EngineFileId file;         /* the part file */
  GArray *done;              /* owned, nullable (element-type EngineRange) */
  GArray *synced;            /* owned, nullable (element-type EngineRange): a part of done */
  EngineJournal *journal;    /* not owned: outlives all transfers; NULL in tests of this floor */
  int timeout_s;
  gint64 min_segment; /* bytes */
  gboolean insecure;
} EngineOrder;

void engine_order_free (EngineOrder *order);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineOrder, engine_order_free)

struct _EngineTransfer
{
  _Atomic int references; /* release on the way down, acquire at zero */

  /* Written once, before any worker can see it. */
  EngineOrder *order;        /* owned */
  BaseMailbox *events;       /* owned reference */
  EngineThrottle *throttle;  /* not owned: the pool's, which outlives its transfers */
  GCancellable *cancellable; /* owned; its descriptor is held open, so that no wait makes one */

  pthread_mutex_t lock;
  EngineSegments *segments; /* guarded by lock; owned */
  EnginePartFile *part;     /* guarded by lock; owned, NULL until a reply has named it */
  GArray *synced;           /* guarded by lock; owned (element-type EngineRange) */
  char
      *finished_name; /* guarded by lock; owned; it was whole already, under this name; else NULL */
  EngineValidator validator; /* guarded by lock */
  gboolean rotating;        /* guarded by lock; equal bytes come with ever new ETags: proven once */
  char *name;               /* guarded by lock; owned */
  char *final_address;      /* guarded by lock; owned */
  int http_status;          /* guarded by lock */
  gint64 resumed_from;      /* guarded by lock; bytes held when the first reply was accepted */
  gboolean length_unproven; /* guarded by lock */

  /* Sequentially consistent: one progress message at most is in the queue. The
   * sender sets it before posting, the main thread clears it when it has read. */
  _Atomic bool progress_queued;

  /* Relaxed: only how often is decided by it. */
  _Atomic gint64 progress_us;
};

/**
 * engine_transfer_new:
 * @order: (transfer full)
 *
 * Main thread.
 */
EngineTransfer *
engine_transfer_new (EngineOrder *order, BaseMailbox *events, EngineThrottle *throttle);

/** engine_transfer_ref: Any thread. */
EngineTransfer *engine_transfer_ref (EngineTransfer *self);

/** engine_transfer_unref: Any thread. */
void engine_transfer_unref (EngineTransfer *self);

/** engine_transfer_cancel: asks its workers to let go at once; ENDED follows. Any thread */
void engine_transfer_cancel (EngineTransfer *self);

/** engine_transfer_get_id: Returns: its download's. Any thread */
gint64 engine_transfer_get_id (EngineTransfer *self);

/** engine_transfer_rearm_progress: the main thread has read a progress message; the next may come
 */
void engine_transfer_rearm_progress (EngineTransfer *self);

/* What follows is for workers and finishers. */

/** engine_transfer_post_progress: says how far it is, unless it has said so just now */
void engine_transfer_post_progress (EngineTransfer *self);

/**
 * engine_transfer_sync:
 *
 * Waits until what is written so far is on the disk for good. Any thread but main; not with the
 * lock held.
 *
 * Returns: whether it is; also %TRUE where there is no part file yet
 */
gboolean engine_transfer_sync (EngineTransfer *self, GError **error);

/** engine_transfer_post_synced: @error: (transfer full) (nullable): why it could not be synced */
void engine_transfer_post_synced (EngineTransfer *self, GError *error);

/** engine_transfer_forget: what the journal had is not on the disk: nothing is done */
void engine_transfer_forget (EngineTransfer *self);

/** engine_transfer_post_reply: says what the reply has made known */
void engine_transfer_post_reply (EngineTransfer *self);
void engine_transfer_post_verifying (EngineTransfer *self);

/**
 * engine_transfer_post_ended:
 * @final_name: (nullable): the name that a completed file got
 * @error: (transfer full) (nullable): with ENGINE_ENDED_ERROR
 * @retry_after_s: what the server asked for, -1 nothing
 */
void engine_transfer_post_ended (EngineTransfer *self,
                                 EngineEnding ending,
                                 const char *final_name,
                                 GError *error,
                                 gint64 retry_after_s);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineTransfer, engine_transfer_unref)

G_END_DECLS
