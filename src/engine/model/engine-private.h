/* engine-private.h: the engine's own state, for the files of this folder. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/mailbox.h"
#include "engine/engine.h"
#include "engine/model/answer.h"
#include "engine/model/download-private.h"
#include "engine/plan/admission.h"
#include "engine/run/pool.h"

G_BEGIN_DECLS

struct _Engine
{
  GObject parent_instance;

  EngineLimits limits;
  char *user_agent; /* owned */
  GListStore *list; /* owned; EngineDownload, by position */
  GHashTable *
      by_id; /* owned; id to EngineDownload, owned reference each: also those removed but running */
  GHashTable *by_address; /* owned; address to EngineDownload in the list; none owned */
  double last_position;   /* of the last in the queue */

  EngineJournal *journal; /* owned; NULL once stopping */
  EnginePool *pool;       /* owned; NULL once stopping */
  BaseMailbox *events;    /* owned; from workers */
  BaseMailbox *answers;   /* owned; from the journal */
  gboolean loaded;
  GQueue early; /* owned; what was added before `loaded` */

  /* Admission. */
  GSequence *queued;  /* owned; of EngineDownload in state queued, borrowed, by position */
  EngineHosts *hosts; /* owned; connections to each, and what each tolerates */
  char *host_memory;  /* owned; the file where that is kept */
  GHashTable *running_downloads; /* owned; a set of EngineDownload whose transfer is on, borrowed */
  int running;                   /* how many: transfers on */
  int busy;                      /* workers that fetch, or are on their way to */
  gint64 wake_us; /* when a host that wants to be left alone may be asked again, 0: none waits for
                     that */
  guint tick_source; /* while something runs or waits for a host */
  int unfinished;    /* queued, running or waiting */
  gboolean stopping;
  gboolean network_away; /* only what this machine serves to itself may run */

  GHashTable
      *removed; /* owned; a set of EngineDownload taken out of the list that may come back, owned */
  GHashTable
      *disk_waiters; /* owned; a set of EngineDownload that wait, or waited, for the disk, owned */
  guint disk_source; /* every few seconds while one does */
  gboolean looking;  /* a thread looks at their disks */

  guint journal_source; /* once a second while something moves */
  GTask *stop_task;     /* owned, while stopping */
};

/* adding.c */

/** engine_adding_begin: the journal is loaded: keeps what @answer, (transfer full), is to add */
void engine_adding_begin (Engine *self, EngineAnswer *answer);

/** engine_adding_list: puts @downloads at the end of the list */
void engine_adding_list (Engine *self, GPtrArray *downloads);

/** engine_adding_end: all of @answer's downloads are in the list, or none could be kept */
void engine_adding_end (Engine *self, EngineAnswer *answer);

/* disk-watch.c */

/** engine_watch_disk: @download waits for the disk: lets it go on when that is back, or has room */
void engine_watch_disk (Engine *self, EngineDownload *download);

/* forget.c */

/** engine_forget_if_due: a run of @download has ended: if it was forgotten meanwhile, its part file
 * goes */
void engine_forget_if_due (Engine *self, EngineDownload *download);

/** engine_take_removed: Returns: (transfer full) (element-type EngineRecord): what was removed and
 * nobody brought back */
GPtrArray *engine_take_removed (Engine *self);

/** engine_discard_parts: removes the part files of @records. Any thread but main */
void engine_discard_parts (GPtrArray *records);

/* host-memory.c */

/** engine_host_memory_load: takes up, soon, what an earlier run of the program has learned of hosts
 */
void engine_host_memory_load (Engine *self, const char *state_dir);

/** engine_host_memory_dup: Returns: (transfer full): what is to be written; empty where nothing is
 * known */
char *engine_host_memory_dup (Engine *self);

/** engine_host_memory_write: Any thread but main */
void engine_host_memory_write (const char *path, const char *text);

/* moved.c */

/** engine_find_by_name: Returns: (transfer none) (nullable): a download of @spec's folder and name,
 * from whatever address, of which some is on the disk and that can go on */
EngineDownload *engine_find_by_name (Engine *self, const EngineSpec *spec);

/** engine_try_address: from its next run on @download is fetched from @address, (transfer full), if
 * that has the same bytes */
void engine_try_address (Engine *self, EngineDownload *download, char *address);

/** engine_accept_address: the address that was tried has the same bytes */
void engine_accept_address (EngineDownload *download);

/** engine_refuse_address: it has not: the one before counts again */
void engine_refuse_address (Engine *self, EngineDownload *download);

/* admission.c */

/** engine_admit: lets run who may */
void engine_admit (Engine *self);

/** engine_enqueue: @download has become queued: puts it where its position says */
void engine_enqueue (Engine *self, EngineDownload *download);

/** engine_dequeue: @download is no longer queued */
void engine_dequeue (Engine *self, EngineDownload *download);

/** engine_add_worker: Returns: whether @download, which runs, has got one more connection: within
 * all limits. @may_check: enough of it is there to compare another address's bytes with */
gboolean engine_add_worker (Engine *self, EngineDownload *download, gboolean may_check);

/** engine_release_worker: a connection of @download to its address @source is over */
void engine_release_worker (Engine *self, EngineDownload *download, int source);

/** engine_release_workers: all connections of @download are over */
void engine_release_workers (Engine *self, EngineDownload *download);

/** engine_end_run: the run of @download has ended */
void engine_end_run (Engine *self, EngineDownload *download);

/** engine_note_refusal: an @event of @download carries an error: was it the host's limit? Returns:
 * whether it was */
gboolean engine_note_refusal (Engine *self, EngineDownload *download, const EngineEvent *event);

/* grow.c */

/** engine_handle_left: one of several connections of @download is over */
void engine_handle_left (Engine *self, EngineDownload *download, EngineEvent *event);

/** engine_tick_begin: looks after what runs, from now until nothing does */
void engine_tick_begin (Engine *self);

/* listing.c */

/** engine_take_listing: the address of @download leads to a Metalink of these @files
 * (element-type EngineMetalinkFile) */
void engine_take_listing (Engine *self, EngineDownload *download, GPtrArray *files);

/* mirrors.c */

/**
 * engine_fail_source:
 *
 * A run, or one of several connections, of @download, which has mirrors, has ended with @event's
 * error. One that has shown itself wrong or of no use is put aside, with a line in the log.
 */
void engine_fail_source (Engine *self, EngineDownload *download, const EngineEvent *event);

/**
 * engine_turn_to_mirror:
 *
 * The run of @download, which has mirrors, has ended with @event's error: does another address
 * go on at once? If not, and none is left, the error says so.
 *
 * Returns: whether it is queued again
 */
gboolean engine_turn_to_mirror (Engine *self, EngineDownload *download, EngineEvent *event);

/** engine_relieve_late: its first address has not answered for a while: another is asked */
void engine_relieve_late (Engine *self, EngineDownload *download, const EngineSurvey *survey);

/* network.c */

/** engine_needs_network: Returns: whether @download's server is on another machine */
gboolean engine_needs_network (EngineDownload *download);

/* change-address.c */

/** engine_settle_address: a run has ended: the address that it came from is proven, or gone back
 * from. @error: (nullable) */
void engine_settle_address (Engine *self, EngineDownload *download, const GError *error);

/* orders.c */

/** engine_put_in_list: @download is in the journal and belongs to the list; the caller puts it into
 * the model */
void engine_put_in_list (Engine *self, EngineDownload *download);

/* record.c */

/** engine_keep: journals @download as it is now */
void engine_keep (Engine *self, EngineDownload *download);

/** engine_keep_end: the same, of one that has ended */
void engine_keep_end (Engine *self, EngineDownload *download);

/** engine_keep_soon: journals what moved, within a second */
void engine_keep_soon (Engine *self);

/** engine_make_order: Returns: (transfer full): what a new run of @download is told */
EngineOrder *engine_make_order (Engine *self, EngineDownload *download);

/* reports.c */

/** engine_event_cb: handles one event of a worker */
void engine_event_cb (gpointer message, gpointer user_data);

/** engine_move_to: moves @download and counts what that changes */
void engine_move_to (
    Engine *self, EngineDownload *download, EngineState state, EngineReason reason, GError *error);

/** engine_wait_for_retry: @download is tried again after a while, because of @event's error */
void engine_wait_for_retry (Engine *self, EngineDownload *download, EngineEvent *event);

/* stop.c */

/** engine_check_stopped: goes on with the stop when the last transfer has ended */
void engine_check_stopped (Engine *self);

G_END_DECLS
