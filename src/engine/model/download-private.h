/* download-private.h: how the engine changes a download. The folder's own; main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/disk/journal.h"
#include "engine/plan/log.h"
#include "engine/plan/ramp.h"
#include "engine/plan/sources.h"
#include "engine/model/download.h"
#include "engine/run/transfer.h"

G_BEGIN_DECLS

/* The rate is taken over so many of the latest samples, each at least this far apart. */
#define ENGINE_RATE_SAMPLES 16
#define ENGINE_RATE_STEP_US 250000

/* So many of the latest entries of its log are kept. */
#define ENGINE_MOST_LOGGED 300

struct _EngineDownload
{
  GObject parent_instance;

  EngineRecord *record; /* owned; what the journal keeps */
  char *old_address;    /* owned; while a new one is not proven yet, else NULL */
  char *shown_address;  /* owned; without credentials */
  char *name;           /* owned; for show, from the address until the server has said it */
  char *host;           /* owned; whose connections are counted */
  char *content_type;   /* owned, made when first asked for; NULL: not made */
  char *server_type;    /* owned; what the reply said, nullable */

  EngineState state;
  EngineReason reason;
  GError *error; /* owned */
  guint serial;

  EngineTransfer
      *transfer; /* owned reference; while a run is on, also after a pause until it has ended */
  EngineState wanted; /* where to go when that run has ended: PAUSED, CANCELLED, WAITING or QUEUED;
                         ACTIVE: as it ends */
  GArray *fetching;   /* owned (element-type EngineRange) */
  GArray *lanes;      /* owned (element-type EngineLaneView) */
  GArray *log;        /* owned (element-type EngineLogEntry), made with the first; NULL: none */
  int connections;
  int most_connections; /* in the last run */

  char *moved_from; /* owned; its address before the one that is being tried; NULL: none is */

  EngineSources *sources; /* owned; its addresses; NULL until it first runs */
  int home;               /* which of them the validator is of, -1: not known */
  GArray *brought;        /* owned, nullable (element-type EngineBrought): which gave what */
  char *wrong;            /* owned, nullable; how the last checksum failed */
  int restarts;           /* how often all was given up because its addresses do not agree */

  EngineRamp ramp;
  int members;       /* workers that fetch it, or are on their way to */
  int left_failures; /* connections in a row that have ended with an error while others went on */
  gint64 left_received; /* bytes on the disk at the last of them */
  gint64 next_join_us;  /* not before this does it get another connection */

  int attempt;             /* tries in a row that have failed */
  gint64 attempt_received; /* bytes on the disk at the last failure */
  int max_attempts;
  gint64 retry_at_us;
  guint retry_source;

  gint64 started_us;
  gint64 ended_us;
  gint64 resumed_from;
  gboolean skipped;
  gboolean starts_now; /* before its turn, and beyond the limit of downloads at a time */
  gboolean syncing;    /* the pool was asked to */
  gint64 synced_us;    /* when it last had */
  GError *sync_error;  /* owned; why the run is being ended, nullable */
  gboolean dirty;      /* the journal does not know its latest progress */
  gboolean in_list;
  gboolean forgotten;         /* removed for good: the part file goes when its last run has ended */
  GSequenceIter *queue_place; /* owned by the engine's queue; while queued */

  gint64 sample_us[ENGINE_RATE_SAMPLES];
  gint64 sample_bytes[ENGINE_RATE_SAMPLES];
  int samples; /* taken so far in this run */
};

/**
 * engine_download_new:
 * @record: (transfer full)
 */
EngineDownload *engine_download_new (EngineRecord *record);

/**
 * engine_download_move:
 * @error: (transfer full) (nullable): why it failed or waits
 *
 * Moves to @state, which must be legal, and tells so.
 */
void
engine_download_move (EngineDownload *self, EngineState state, EngineReason reason, GError *error);

/** engine_download_touch: something about it has changed that is seen */
void engine_download_touch (EngineDownload *self);

/** engine_download_set_address: @address: (transfer full): normalized, without credentials */
void engine_download_set_address (EngineDownload *self, char *address);

/** engine_download_get_sources: Returns: (transfer none): its addresses */
EngineSources *engine_download_get_sources (EngineDownload *self);

/** engine_download_drop_sources: its addresses have changed */
void engine_download_drop_sources (EngineDownload *self);

/** engine_download_has_mirrors: Returns: whether its file has several addresses */
gboolean engine_download_has_mirrors (EngineDownload *self);

/** engine_download_begin_run: clears what belongs to the last run */
void engine_download_begin_run (EngineDownload *self, EngineTransfer *transfer);

/** engine_download_get_allowed_connections: Returns: how many it may have; @most is what any may
 * have */
int engine_download_get_allowed_connections (EngineDownload *self, int most);

/** engine_download_take_snapshot: @snapshot's arrays are taken over */
void engine_download_take_snapshot (EngineDownload *self, EngineSnapshot *snapshot);

/** engine_download_take_name: @name: (transfer full) (nullable) */
void engine_download_take_name (EngineDownload *self, char *name);

/** engine_download_log: adds an entry of no connection's to its log */
void engine_download_log (EngineDownload *self, EngineLogKind kind, gint64 a, const char *detail);

/** engine_download_end_run: no connection is left */
void engine_download_end_run (EngineDownload *self);

G_END_DECLS
