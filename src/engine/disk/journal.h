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

#include "engine/disk/record.h"

G_BEGIN_DECLS

typedef struct _EngineJournal EngineJournal;

/**
 * EngineJournalDone:
 * @error: (nullable): why it could not be kept
 *
 * Runs in the journal's thread, after the transaction is on the disk.
 */
typedef void (*EngineJournalDone) (const GError *error, gpointer user_data);

/* Who wants to hear from the journal. All run in the journal's thread. */
typedef struct
{
  /* Rows, in order of position, the first few at once and the rest in larger batches. The last call
   * has @last, and with it @notice (nullable), what a person should be told: a damaged journal was
   * put aside (and where), or nothing is kept; and @error (nullable): there is no journal, nothing
   * can be added. @records: (transfer full) (element-type EngineRecord). */
  void (*loaded) (GPtrArray *records,
                  gboolean last,
                  const char *notice,
                  const GError *error,
                  gpointer user_data);

  /* Updates cannot be kept now (disk full…); they are tried again until they are, and
   * then it is called with %NULL. */
  void (*trouble) (const GError *error, gpointer user_data);
} EngineJournalListener;

/**
 * engine_journal_open:
 * @state_dir: made (0700) if missing
 * @for_command: for the command line: rows are shown, but taken over only by updating them; what
 *   the window has completed is left out; and a newer version's journal is an error, where
 *   the window goes on without keeping anything
 *
 * Starts the journal's thread and returns at once; any thread.
 *
 * Returns: (transfer full)
 */
EngineJournal *engine_journal_open (const char *state_dir,
                                    gboolean for_command,
                                    const EngineJournalListener *listener,
                                    gpointer user_data);

/**
 * engine_journal_add:
 * @records: (transfer full) (element-type EngineRecord): new rows in one transaction; ids must be
 * set (engine_journal_reserve_ids())
 * @done: (nullable)
 */
void engine_journal_add (EngineJournal *self,
                         GPtrArray *records,
                         EngineJournalDone done,
                         gpointer user_data);

/**
 * EngineJournalMake:
 *
 * In the journal's thread, outside of a transaction; not called where nothing can be kept.
 *
 * Returns: (transfer full) (element-type EngineRecord)
 */
typedef GPtrArray *(*EngineJournalMake) (gpointer user_data);

/**
 * engine_journal_add_made:
 * @make: makes the rows that engine_journal_add() would be given
 * @done: (nullable): called after @make, where that is
 */
void engine_journal_add_made (EngineJournal *self,
                              EngineJournalMake make,
                              EngineJournalDone done,
                              gpointer user_data);

/**
 * engine_journal_reserve_ids:
 *
 * Returns: the first of @n ids never used before. Any thread, never blocks
 */
gint64 engine_journal_reserve_ids (EngineJournal *self, int n);

/**
 * engine_journal_update:
 * @record: (transfer full): replaces the row of its id, unless another program has taken it over; a
 *   later update that waits too replaces this one
 */
void engine_journal_update (EngineJournal *self, EngineRecord *record);

/**
 * engine_journal_update_soon:
 * @record: (transfer full)
 *
 * As engine_journal_update(), but it may wait a twentieth of a second for others to share a
 * transaction with: for what a kill in between does not make untrue.
 */
void engine_journal_update_soon (EngineJournal *self, EngineRecord *record);

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

/**
 * engine_journal_find_owner:
 * @id: of the download that asks
 * @pid: (out): of the other program, 0 unknown
 *
 * Looks for another unfinished row that has begun a file named @name in @folder. Waits for the
 * journal's thread: any thread but that and main, and only where a file of that name is in the way.
 */
EngineOwner engine_journal_find_owner (EngineJournal *self,
                                       gint64 id,
                                       const char *address,
                                       const char *folder,
                                       const char *name,
                                       int *pid);

/** engine_journal_close: (self transfer full): finishes what was asked, ends the thread and waits
 * for it. Blocks; at quitting only */
void engine_journal_close (EngineJournal *self);

G_END_DECLS
