/* journal.h: the list of downloads and what of each is on the disk, kept through any crash.
 *
 * One SQLite database in the state directory, owned by one thread of the
 * journal's own. Everybody else sends it messages and is answered through a
 * callback, which runs in the journal's thread: post it on by a mailbox.
 * A group of messages that wait together is one transaction.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "engine/plan/segments.h"
#include "engine/plan/spec.h"
#include "engine/plan/state.h"
#include "engine/plan/validator.h"

G_BEGIN_DECLS

/* One row: a download as the disk knows it. Owned strings. */
typedef struct
{
  gint64 id;       /* 0: not in the journal yet */
  double position; /* place in the queue; ascending */
  EngineSpec *spec; /* owned; without what is memory only */

  EngineState state; /* a running one is stored as queued */
  char *error_nick;  /* of the failure, NULL where none */
  char *error_message;
  int http_status;

  char *name;          /* final name or the one begun with; NULL: not known yet */
  char *final_address; /* after redirects, without credentials; NULL: not known yet */
  EngineValidator validator;
  gint64 total;     /* bytes, -1 unknown */
  gint64 received;  /* bytes on the disk */
  guint64 inode;    /* of the part file, 0 unknown */
  GArray *done;     /* (element-type EngineRange) owned; what may be trusted in the part file */
  gint64 added_us;    /* wall clock */
  gint64 finished_us; /* wall clock, 0: not finished */
  gboolean length_unproven; /* completed, but the server never said how long it is */
} EngineRecord;

EngineRecord *engine_record_new (EngineSpec *spec /* transfer full */);
EngineRecord *engine_record_copy (const EngineRecord *self);
void engine_record_free (EngineRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineRecord, engine_record_free)

typedef struct _EngineJournal EngineJournal;

/**
 * EngineJournalDone:
 * @error: (nullable): why it could not be kept
 *
 * Runs in the journal's thread, after the transaction is on the disk.
 */
typedef void (*EngineJournalDone) (const GError *error, gpointer user_data);

/**
 * EngineJournalLoaded:
 * @records: (transfer full) (element-type EngineRecord): by position
 * @notice: (nullable): what a person should be told: a damaged journal was put aside (and where)
 * @error: (nullable): no journal can be had: a newer version's, no permission…; @records is empty then
 *
 * Runs in the journal's thread.
 */
typedef void (*EngineJournalLoaded) (GPtrArray *records,
                                     const char *notice,
                                     const GError *error,
                                     gpointer user_data);

/**
 * engine_journal_open:
 * @state_dir: made (0700) if missing
 * @loaded: called once, when all rows are read
 *
 * Starts the journal's thread and returns at once; any thread.
 *
 * Returns: (transfer full)
 */
EngineJournal *engine_journal_open (const char *state_dir,
                                    EngineJournalLoaded loaded,
                                    gpointer user_data);

/**
 * engine_journal_add:
 * @records: (transfer full) (element-type EngineRecord): new rows in one transaction; ids must be set
 *   (engine_journal_reserve_ids())
 * @done: (nullable)
 */
void engine_journal_add (EngineJournal *self,
                         GPtrArray *records,
                         EngineJournalDone done,
                         gpointer user_data);

/**
 * engine_journal_reserve_ids:
 *
 * Returns: the first of @n ids never used before; valid once the journal is loaded. Any thread, never blocks
 */
gint64 engine_journal_reserve_ids (EngineJournal *self, int n);

/**
 * engine_journal_update:
 * @record: (transfer full): replaces the row of its id; a later update that waits too replaces this one
 * @done: (nullable)
 */
void engine_journal_update (EngineJournal *self,
                            EngineRecord *record,
                            EngineJournalDone done,
                            gpointer user_data);

/**
 * engine_journal_remove:
 * @ids: (transfer full) (element-type gint64): in one transaction
 */
void engine_journal_remove (EngineJournal *self,
                            GArray *ids,
                            EngineJournalDone done,
                            gpointer user_data);

/**
 * engine_journal_flush:
 * @done: called when all that was asked before is on the disk
 */
void engine_journal_flush (EngineJournal *self, EngineJournalDone done, gpointer user_data);

/** engine_journal_close: (self transfer full): finishes what was asked, ends the thread and waits for it. Blocks; at quitting only */
void engine_journal_close (EngineJournal *self);

G_END_DECLS
