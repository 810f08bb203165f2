/* transfer.h: one run of one download, shared by the workers that fetch it.
 *
 * Begun from what the journal knows, ended by exactly one ENGINE_EVENT_ENDED. A
 * download that is tried again gets a new transfer.
 *
 * The main thread lets workers join, each of which then is a lane; the first opens
 * the part file and asks alone, the others may join once it has proven what they need to know.
 * Whoever leaves last ends the run.
 *
 * Invariants, under `lock`:
 * 1. A byte that `segments` calls done is in the part file.
 * 2. `validator` is that of the entity which all done bytes belong to.
 * 3. `name` is set before `part` is.
 * 4. A byte that `synced` has is in the part file for good, and is done.
 * 5. Until engine_opening_resume() has looked, all that is as the journal has it: a run that
 *    ends before then has lost nothing.
 * 6. While there is more than one lane, `part` and `validator` stay as they are: only one
 *    that is alone starts over.
 * 7. A byte from another address than `home` is written only after that address was found to
 *    have what we hold.
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
#include "engine/plan/log.h"
#include "engine/plan/segments.h"
#include "engine/plan/spec.h"
#include "engine/plan/validator.h"
#include "engine/plan/sources.h"
#include "engine/run/events.h"
#include "engine/run/mirror.h"
#include "engine/run/tally.h"
#include "engine/run/throttle.h"
#include "engine/run/worker.h"

G_BEGIN_DECLS

/* A transfer says how far it is at most so often, in microseconds. */
#define ENGINE_PROGRESS_US 33000

/* So many entries of its log are kept until the main thread has read them. */
#define ENGINE_MOST_UNREAD 100

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
  gint64 min_segment;  /* bytes */
  int max_connections; /* at least 1 */
  gint64 max_rate;     /* bytes per second for it alone, 0: no limit of its own */
  gboolean insecure;
  gboolean moved; /* the address is a new one: nothing goes on unproven, nothing starts over */
  GPtrArray *addresses; /* owned (element-type utf8): of the file, by number; at least one */
  guint64 aside;        /* bit i: address i is not to be asked */
  int home;             /* which address `validator` is of; -1: nobody knows */
  GArray *brought;      /* owned, nullable (element-type EngineBrought): of what is done */
  gboolean may_list;    /* a Metalink in place of the file is read, not kept */
  gboolean must_list;   /* the address leads to one, which is to be read before anything else */
} EngineOrder;

typedef struct _EngineLane EngineLane;

void engine_order_free (EngineOrder *order);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineOrder, engine_order_free)

struct _EngineTransfer
{
  _Atomic int references; /* release on the way down, acquire at zero */

  /* Written once, before any worker can see it. */
  EngineOrder *order;           /* owned */
  BaseMailbox *events;          /* owned reference */
  EngineThrottle *throttle;     /* not owned: the pool's, which outlives its transfers */
  EngineThrottle *own_throttle; /* owned */

  pthread_mutex_t lock;
  GPtrArray *lanes; /* guarded by lock; owned, its lanes are their workers' */
  int members; /* guarded by lock; lanes, and those who were asked to join and are on their way */
  gboolean begun;     /* guarded by lock; the first lane is there */
  gboolean cancelled; /* guarded by lock */
  gboolean sharing;   /* guarded by lock; others may join */
  gboolean turning;   /* guarded by lock; all let go, the last one starts over */
  int doubts;       /* guarded by lock; replies to a further connection that were of another file */
  int starts;       /* guarded by lock; how often the file was begun from its first byte */
  gboolean adopted; /* guarded by lock; a reply of this run has said what the file is */
  gboolean compares; /* guarded by lock; nothing tells versions apart: all pieces of this run are
                        fetched by several connections, and compared at the end */
  gboolean compared; /* guarded by lock; that has been done */
  GArray *pieces; /* guarded by lock; owned (element-type EngineRange); while `compares`: what each
                     request brought */
  GPtrArray *mirrors; /* owned (element-type EngineMirror); grows under the lock, never shrinks */
  int home;           /* guarded by lock; which address `validator` is of, -1: not known */
  int last_source;    /* guarded by lock; whose connection was the last to leave */
  gboolean last_progress; /* guarded by lock; that one had received something */
  GArray
      *brought; /* guarded by lock; owned (element-type EngineBrought); which address gave what */
  GPtrArray *files; /* guarded by lock; owned, nullable (element-type EngineMetalinkFile): what the
                       address has turned out to list */
  gboolean no_listing; /* guarded by lock; it has turned out to be none */
  guint64 blamed;      /* guarded by lock; bit i: address i gave bytes that are not as promised */
  GError *fatal;       /* guarded by lock; owned; why no connection can go on */
  gint64 asked_us;     /* guarded by lock; when the first answer was asked for, 0: it is not waited
                          for */
  gint64 answer_us;    /* guarded by lock; how long the first answer took, 0: none yet */
  GArray *log;         /* guarded by lock; owned (element-type EngineLogEntry); not read yet */
  EngineSegments *segments; /* guarded by lock; owned */
  GArray *synced;           /* guarded by lock; owned (element-type EngineRange) */
  char
      *finished_name; /* guarded by lock; owned; it was whole already, under this name; else NULL */
  EnginePartFile *part;      /* guarded by lock; owned, NULL until a reply has named it */
  EngineFileId file;         /* guarded by lock; where there is no part file: what is known of it */
  EngineValidator validator; /* guarded by lock */
  char *name;                /* guarded by lock; owned */
  char *digest;             /* guarded by lock; owned; what the reply says the file has, nullable */
  EngineTally *tally;       /* guarded by lock; owned, nullable */
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

/* One worker's part in a transfer; see lane.h. */
struct _EngineLane
{
  EngineTransfer *transfer;
  EngineWorker *worker;
  int source;           /* which of the file's addresses it asks */
  EngineMirror *mirror; /* not owned: the transfer's */

  EngineClaim *claim;        /* guarded by the transfer's lock; NULL between two pieces */
  GCancellable *cancellable; /* guarded by the transfer's lock, changed by the worker only; owned,
                                descriptor held */
  gboolean
      must_leave;  /* guarded by the transfer's lock: the download is to have fewer connections */
  gint64 received; /* guarded by the transfer's lock; bytes in all its pieces */
  gint64 checking_us; /* guarded by the transfer's lock; since when its address is compared, 0: it
                         is not */

  /* The worker's own. */
  gboolean ask_whole;      /* no Range header: the server cannot stand one for an empty file */
  gboolean asked_if_range; /* the latest request had an If-Range */
  gboolean asks_for_end;   /* the next request only asks whether anything follows */
  gboolean at_end;         /* the next request goes on where a part ended as it had said */
  gboolean admitted;       /* its address was checked, or is the one that we began with */
  int short_replies;       /* in a row */
  gint64 retry_after_s;    /* of the reply that failed, -1 not said */
  gint64 opened_us;        /* when the latest request was made */
  double rate;             /* of its last piece, below 0 not known: of this very connection */

  /* For the low-speed rule. */
  gint64 window_us;
  gint64 window_bytes;
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

/**
 * engine_transfer_join:
 *
 * One more worker is on its way, to ask address @source. Main thread.
 *
 * Returns: %FALSE where nobody is wanted there any more
 */
gboolean engine_transfer_join (EngineTransfer *self, int source);

/** engine_transfer_put_aside: address @source is not asked any more; its connections let go. Main
 * thread */
void engine_transfer_put_aside (EngineTransfer *self, int source, const GError *why);

/** engine_transfer_dismiss: asks one of several connections to let go: the slowest. Main thread */
void engine_transfer_dismiss (EngineTransfer *self);

/* What the main thread needs to know to give a transfer more workers, or fewer. */
typedef struct
{
  int members;          /* lanes, and those on their way */
  int receiving;        /* lanes that have been answered */
  int stragglers;       /* lanes that are much slower than the others, or silent */
  gboolean wants_more;  /* another would find something worth fetching */
  gint64 received;      /* bytes in this run */
  gint64 left;          /* bytes to come */
  gint64 answer_us;     /* how long the first answer took */
  gboolean preparing;   /* a connection is comparing, since a moment ago */
  gint64 unanswered_us; /* how long the first answer has been waited for */
  gboolean may_check;   /* enough is there to compare another address's bytes with */
} EngineSurvey;

/** engine_transfer_survey: @sources: learn what this run has found out of each. Main thread; takes
 * the lock for arithmetic only */
void engine_transfer_survey (EngineTransfer *self,
                             gint64 now_us,
                             EngineSurvey *survey,
                             EngineSources *sources);

/** engine_transfer_set_rate: its own limit, 0: none. Any thread */
void engine_transfer_set_rate (EngineTransfer *self, gint64 bytes_per_second);

/** engine_transfer_cancel: asks its workers to let go at once; ENDED follows. Any thread */
void engine_transfer_cancel (EngineTransfer *self);

/** engine_transfer_is_cancelled: Any thread */
gboolean engine_transfer_is_cancelled (EngineTransfer *self);

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

/** engine_transfer_log: Any thread, without the lock; @worker: whose connection, -1 none's */
void engine_transfer_log (
    EngineTransfer *self, EngineLogKind kind, int worker, gint64 a, gint64 b, const char *detail);

/**
 * engine_transfer_post_left:
 * @lane: the one that has left
 * @error: (transfer full) (nullable)
 */
void engine_transfer_post_left (
    EngineTransfer *self, EngineLane *lane, GError *error, gint64 opened_us, int serving);

/**
 * engine_transfer_get_window:
 * @rate: bytes per second of the connection that asks, below 0: not known
 *
 * With the lock held.
 *
 * Returns: how long a piece may be, so that the checksum that follows the file is not left behind;
 *   0: any
 */
gint64 engine_transfer_get_window (EngineTransfer *self, double rate);

/** engine_transfer_begin_tally: follows the part file with the checksum that will be wanted, if any
 */
void engine_transfer_begin_tally (EngineTransfer *self);

/** engine_transfer_steal_tally: Returns: (transfer full) (nullable) */
EngineTally *engine_transfer_steal_tally (EngineTransfer *self);

/** engine_transfer_get_reach: @transfer: an EngineTransfer. Returns: how far its file is there
 * without a gap; -1 where it is cancelled */
gint64 engine_transfer_get_reach (gpointer transfer);

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
