/* events.h: what workers tell the main thread, one message each.
 *
 * An event belongs to whoever holds it: made by a worker, given away through the
 * mailbox, freed by the main thread. It carries copies only.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "engine/disk/file-id.h"
#include "engine/plan/lane.h"
#include "engine/plan/segments.h"
#include "engine/plan/validator.h"

G_BEGIN_DECLS

typedef struct _EngineTransfer EngineTransfer;

typedef enum
{
  ENGINE_EVENT_REPLY,     /* the server has answered: name, length, validator are known */
  ENGINE_EVENT_PROGRESS,  /* more bytes; at most one in the queue for each transfer */
  ENGINE_EVENT_SYNCED,    /* what was written is on the disk for good */
  ENGINE_EVENT_LEFT,      /* one of several connections is over, the others go on */
  ENGINE_EVENT_VERIFYING, /* all bytes are there and no connection is left; the finish has begun */
  ENGINE_EVENT_ENDED,     /* the run is over; the last event of its transfer */
} EngineEventKind;

typedef enum
{
  ENGINE_ENDED_COMPLETED,
  ENGINE_ENDED_LISTED,  /* the address leads to a Metalink, which was read */
  ENGINE_ENDED_SKIPPED, /* the name was taken and is left alone */
  ENGINE_ENDED_ERROR,   /* a failure, a pause or a cancel: see the error */
} EngineEnding;

/* How far a transfer is. */
typedef struct
{
  gint64 received;
  gint64 total;     /* -1 unknown */
  GArray *done;     /* owned, (element-type EngineRange) */
  GArray *fetching; /* owned, (element-type EngineRange) */
  GArray *lanes;    /* owned, (element-type EngineLaneView), its connections by position */
  GArray *log;      /* owned, (element-type EngineLogEntry), since the last snapshot */
} EngineSnapshot;

typedef struct
{
  EngineEventKind kind;
  EngineTransfer *transfer; /* owned reference */
  EngineSnapshot snapshot;

  /* All but PROGRESS. Owned; NULL where not known yet. */
  char *name;
  char *final_address;
  EngineValidator validator;
  EngineFileId file;
  GArray *synced; /* (element-type EngineRange) */
  int http_status;
  gint64 resumed_from;

  /* LEFT and ENDED */
  int source;        /* which of the file's addresses the connection had asked */
  gboolean progress; /* it had received something */
  GError *error; /* owned; NULL: nothing was left to do for it; of SYNCED too, where it failed */
  gint64 retry_after_s; /* -1: not said */
  gint64 opened_us;     /* when the connection with the error was asked for */
  int serving;          /* how many other connections the server was serving then */

  /* ENDED; home: all but PROGRESS and LEFT too */
  int home;         /* which address the validator is of, -1: not known */
  guint64 blamed;   /* bit i: address i gave bytes that are not as promised */
  GArray *brought;  /* owned, nullable (element-type EngineBrought) */
  GPtrArray *files; /* owned reference, nullable (element-type EngineMetalinkFile); not changed any
                       more */
  EngineEnding ending;
  gboolean length_unproven;
} EngineEvent;

EngineEvent *engine_event_new (EngineEventKind kind, EngineTransfer *transfer);
void engine_event_free (EngineEvent *self);
void engine_snapshot_clear (EngineSnapshot *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineEvent, engine_event_free)

G_END_DECLS
