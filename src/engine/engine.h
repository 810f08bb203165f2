/* engine.h: the download engine, all that the window and the command line see of it.
 *
 * Everything here belongs to the main thread and never blocks, unless it says
 * otherwise. Give orders here; learn what came of them from EngineDownload and
 * from the signals.
 *
 * Signals of Engine:
 *  - `loaded` (const char *notice): the journal is read, the list is full; @notice (nullable) is
 *    something that a person should be told
 *  - `finished` (EngineDownload *): one has completed, failed or been cancelled
 *  - `moved` (EngineDownload *, EngineState old): one in the list has changed its state
 *  - `idle` (): nothing runs, waits or is queued any more
 *  - `trouble` (const GError *): the list cannot be kept on the disk
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/http/practice.h"
#include "engine/http/proxy.h"
#include "engine/http/tls.h"
#include "engine/model/download.h"
#include "engine/plan/address.h"
#include "engine/plan/checksum.h"
#include "engine/plan/file-name.h"
#include "engine/plan/remedy.h"
#include "engine/run/pages.h"
#include "engine/run/probe.h"

G_BEGIN_DECLS

#define ENGINE_TYPE_ENGINE (engine_get_type ())
G_DECLARE_FINAL_TYPE (Engine, engine, ENGINE, ENGINE, GObject)

/* How the engine is set. Plain numbers: copy, change, hand back. */
typedef struct
{
  int max_downloads;            /* running at a time, 1 to 256 */
  int max_connections;          /* for one download, 1 to 32 */
  int max_connections_per_host; /* 1 to 64 */
  int workers;                  /* 1 to 64 (the command line: as many as it needs) */
  int timeout_s;                /* a connection that delivers nothing for so long is given up */
  int max_retries;              /* after the first try */
  int retry_wait_ms;            /* first wait's upper bound */
  gint64 min_segment;           /* bytes: never split below */
  gint64 max_rate;              /* bytes per second in all, 0: unlimited */
  gint64 max_rate_each;         /* bytes per second for each download, 0: unlimited */
  gboolean insecure;            /* accept any certificate, in the whole process */
  gboolean hold_loaded;         /* what the journal held is not started by itself */
} EngineLimits;

/** engine_limits_init: fills in the defaults */
void engine_limits_init (EngineLimits *limits);

/**
 * engine_prepare_process:
 *
 * First thing in main(), before any thread: HTTP/1.1, SIGPIPE, the TLS database.
 */
void engine_prepare_process (void);

/**
 * engine_new:
 * @state_dir: (nullable): where the journal lives; %NULL: `$XDG_STATE_HOME/bobbin`
 * @user_agent: (nullable): %NULL for `Bobbin/VERSION`
 *
 * Returns at once; `loaded` follows.
 */
Engine *engine_new (const char *state_dir, const char *user_agent, const EngineLimits *limits);

gboolean engine_is_loaded (Engine *self);
const EngineLimits *engine_get_limits (Engine *self);

/** engine_set_limits: takes effect at once, also on what runs */
void engine_set_limits (Engine *self, const EngineLimits *limits);

/** engine_get_list: Returns: (transfer none): of EngineDownload, in the order of the queue */
GListModel *engine_get_list (Engine *self);

/**
 * EngineAdded:
 * @downloads: (element-type EngineDownload) (transfer none): those that are in the list now
 * @error: (nullable): why they could not be kept; then none is
 */
typedef void (*EngineAdded) (GPtrArray *downloads, const GError *error, gpointer user_data);

/**
 * engine_add:
 * @specs: (transfer full) (element-type EngineSpec)
 * @added: (nullable)
 *
 * They are in the journal before they are in the list. An address that cannot be
 * used becomes a failed download. Works before `loaded` too: it then waits.
 */
void engine_add (Engine *self, GPtrArray *specs, EngineAdded added, gpointer user_data);

/* Each acts where the state allows it and otherwise does nothing. */
void engine_pause (Engine *self, EngineDownload *download);
void engine_resume (Engine *self, EngineDownload *download);
void engine_retry (Engine *self, EngineDownload *download);
void engine_cancel (Engine *self, EngineDownload *download);
void engine_start_now (Engine *self, EngineDownload *download);
void engine_pause_all (Engine *self);
void engine_resume_all (Engine *self);

/**
 * engine_set_network_away:
 * @away: the network has gone, until the next call
 *
 * What runs waits with that as its reason and goes on at once when it is back; no try is counted.
 */
void engine_set_network_away (Engine *self, gboolean away);

/**
 * engine_remove:
 * @downloads: (element-type EngineDownload) (transfer none)
 *
 * Takes them out of the list; running ones are stopped. Files stay, part files too, until
 * engine_forget() or the end of the program, so that engine_restore() can undo it.
 */
void engine_remove (Engine *self, GPtrArray *downloads);

/** engine_restore: brings back what engine_remove() took, where it was, paused if it was running */
void engine_restore (Engine *self, GPtrArray *downloads);

/** engine_forget: no undo any more: the part files of @downloads are deleted */
void engine_forget (Engine *self, GPtrArray *downloads);

/**
 * engine_move:
 * @offset: places towards the end; negative towards the start
 */
void engine_move (Engine *self, EngineDownload *download, int offset);

/**
 * engine_change_address:
 * @address: the new one
 *
 * An expired link: a paused, waiting, failed or cancelled download goes on with the same bytes from
 * @address, once it is proven that they are the same; where they are not, it fails with
 * ENGINE_ERROR_CHANGED, nothing of it has been written, and the old address is back.
 *
 * Returns: %FALSE where @address cannot be used, or the download still runs
 */
gboolean engine_change_address (Engine *self,
                                EngineDownload *download,
                                const char *address,
                                GError **error);

/** engine_get_index: Returns: where @download stands in the list, from 0; -1 where it is not in it */
int engine_get_index (Engine *self, EngineDownload *download);
/**
 * engine_get_workers:
 * @views: (array length=n): filled in, by number
 *
 * Returns: how many workers there are; at most @n of them are in @views. 256 are always enough
 */
int engine_get_workers (Engine *self, EngineWorkerView *views, int n);

/* What all downloads together do. */
typedef struct
{
  double rate; /* bytes per second */
  int active;  /* connecting, active or verifying */
  int queued;
  int waiting;
  gint64 seconds_left; /* -1 unknown */
  gint64 received;     /* bytes of those that are active */
  gint64 total;        /* bytes of the same, -1 unknown */
} EngineTotals;

void engine_get_totals (Engine *self, EngineTotals *totals);

/**
 * engine_get_traffic:
 * @depth: (out): messages of the workers that wait for the main thread
 * @handled: (out): messages that it has handled so far
 */
void engine_get_traffic (Engine *self, int *depth, guint64 *handled);

/** engine_find_id: Returns: (transfer none) (nullable): the download of that id, where it is in the list */
EngineDownload *engine_find_id (Engine *self, gint64 id);

/** engine_find_address: Returns: (transfer none) (nullable): a download of this very address */
EngineDownload *engine_find_address (Engine *self, const char *address);

/**
 * engine_find_unfinished:
 *
 * Returns: (transfer none) (nullable): a download of @spec's address, folder and wanted name that
 *   can go on: paused, failed or cancelled; else one of its folder and wanted name from another
 *   address, of which some is on the disk: engine_go_on() then tries the new one
 */
EngineDownload *engine_find_unfinished (Engine *self, const EngineSpec *spec);

/**
 * engine_go_on:
 * @spec: whose credentials, headers, checksum and policies count from now on
 *
 * Lets a paused, failed or cancelled download go on, as it is asked for now. Where @spec has
 * another address, what is on the disk is first compared with what that one has; it fails with
 * ENGINE_ERROR_CHANGED, and nothing is lost, where they differ.
 */
void engine_go_on (Engine *self, EngineDownload *download, const EngineSpec *spec);

/**
 * engine_sign_in:
 *
 * Lets a failed download go on with another user name and password, which are kept in memory only.
 */
void
engine_sign_in (Engine *self, EngineDownload *download, const char *user, const char *password);

/**
 * engine_probe_async:
 * @spec: (transfer none): what would be downloaded
 *
 * Asks the server what it would send, with a HEAD; the answer, if it comes in a few seconds, by
 * engine_probe_finish().
 */
void engine_probe_async (Engine *self,
                         const EngineSpec *spec,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

/** engine_probe_finish: Returns: (transfer full): what was said */
EngineProbe *engine_probe_finish (Engine *self, GAsyncResult *result, GError **error);

/**
 * engine_stop_async:
 *
 * Stops admission, cancels what runs, journals all, joins every thread; @callback within 2 s. Then
 * the engine may be unreferenced.
 */
void engine_stop_async (Engine *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean engine_stop_finish (Engine *self, GAsyncResult *result, GError **error);

/**
 * engine_fetch_pages_async:
 * @addresses: (array zero-terminated=1)
 * @workers: how many fetch at a time; 1: one after another
 *
 * The textbook chapter's call: a pool of @workers fetches all, with a time-out of 10 s
 * each; nothing is written to the disk. Goes through the engine's own sessions and exchanges.
 */
void engine_fetch_pages_async (Engine *self,
                               const char *const *addresses,
                               int workers,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/** engine_fetch_pages_finish: Returns: (transfer full) (element-type EnginePageResult): in the
 * order given */
GPtrArray *engine_fetch_pages_finish (Engine *self, GAsyncResult *result, GError **error);

/** engine_get_free_space_async: how many bytes are free for @folder; the answer by
 * engine_get_free_space_finish(), -1 unknown */
void
engine_get_free_space_async (const char *folder, GAsyncReadyCallback callback, gpointer user_data);
gint64 engine_get_free_space_finish (GAsyncResult *result);

G_END_DECLS
