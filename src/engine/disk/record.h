/* record.h: one row of the list, as the disk knows it.
 *
 * A plain struct that belongs to whoever holds it: made or copied in one thread, given away to
 * another.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "engine/disk/file-id.h"
#include "engine/plan/segments.h"
#include "engine/plan/spec.h"
#include "engine/plan/state.h"
#include "engine/plan/validator.h"

G_BEGIN_DECLS

/* One row: a download as the disk knows it. Owned strings. */
typedef struct
{
  gint64 id;        /* 0: not in the journal yet */
  double position;  /* place in the queue; ascending */
  EngineSpec *spec; /* owned; without what is memory only */

  EngineState state; /* a running one is stored as queued */
  char *error_nick;  /* of the failure, NULL where none */
  char *error_message;
  int http_status;

  char *name;          /* final name or the one begun with; NULL: not known yet */
  char *final_address; /* after redirects, without credentials; NULL: not known yet */
  EngineValidator validator;
  gint64 total;      /* bytes, -1 unknown */
  gint64 received;   /* bytes on the disk */
  EngineFileId file; /* the part file */
  GArray *done;      /* (element-type EngineRange) owned; what is written: may be trusted until the
                        machine stops */
  GArray
      *synced; /* (element-type EngineRange) owned; what is on the disk for good: a part of done */
  gint64 added_us;          /* wall clock */
  gint64 finished_us;       /* wall clock, 0: not finished */
  gboolean length_unproven; /* completed, but the server never said how long it is */
  gboolean for_command;     /* the command line's, which the window only looks after */
} EngineRecord;

EngineRecord *engine_record_new (EngineSpec *spec /* transfer full */);
EngineRecord *engine_record_copy (const EngineRecord *self);
void engine_record_free (EngineRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineRecord, engine_record_free)

/* Who else has a part file of this name. */
typedef enum
{
  ENGINE_OWNER_NONE,
  ENGINE_OWNER_ROW,  /* another unfinished download of the list, whether it runs or not */
  ENGINE_OWNER_TWIN, /* the same address, in another program that runs now */
} EngineOwner;

G_END_DECLS
