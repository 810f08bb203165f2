/* journal-rows.h: records to rows and back.
 *
 * Each row carries a seal, a hash of all that it says. SQLite finds a damaged page
 * only where its structure breaks; a digit that changes inside a row would make
 * a range longer than what was written, and so a wrong file.
 *
 * The journal's thread only. The folder's own.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "engine/disk/record.h"
#include "engine/disk/tenant.h"

G_BEGIN_DECLS

typedef struct _EngineRows EngineRows;

typedef enum
{
  ENGINE_ROWS_MORE,    /* there are more */
  ENGINE_ROWS_END,     /* that was all */
  ENGINE_ROWS_DAMAGED, /* a row is not what was written, or the table cannot be read on */
  ENGINE_ROWS_REFUSED, /* the table cannot be read now, though nothing is wrong with it */
} EngineRowsRead;

/**
 * engine_rows_new:
 * @tenant: not owned
 *
 * Returns: (transfer full) (nullable): prepared statements on @db; %NULL where the tables are not
 * ours
 */
EngineRows *engine_rows_new (sqlite3 *db, EngineTenant *tenant);
void engine_rows_free (EngineRows *self);

/** engine_rows_add: Returns: whether the row of @record is written, and ours */
gboolean engine_rows_add (EngineRows *self, const EngineRecord *record);

/** engine_rows_update: as engine_rows_add(), over an old row that no other program has; else does
 * nothing */
gboolean engine_rows_update (EngineRows *self, const EngineRecord *record);

/** engine_rows_delete: does nothing where another program has the row */
gboolean engine_rows_delete (EngineRows *self, gint64 id);

/**
 * engine_rows_begin_load:
 * @for_command: leaves out what the window has completed
 *
 * Reading begins: a statement stays open until ENGINE_ROWS_END or engine_rows_end_load().
 */
void engine_rows_begin_load (EngineRows *self, gboolean for_command);

/**
 * engine_rows_load:
 * @records: (element-type EngineRecord): up to @most more are added, in order of position, but
 * those that another program has
 */
EngineRowsRead engine_rows_load (EngineRows *self, GPtrArray *records, guint most);
void engine_rows_end_load (EngineRows *self);

/** engine_rows_take_over: makes all that were loaded and are not finished ours. Returns: whether it
 * could */
gboolean engine_rows_take_over (EngineRows *self);

/** engine_rows_find_owner: see engine_journal_find_owner() */
EngineOwner engine_rows_find_owner (EngineRows *self,
                                    gint64 id,
                                    const char *address,
                                    const char *folder,
                                    const char *name,
                                    int *pid);

/**
 * engine_rows_salvage:
 * @db: a damaged journal
 * @records: (element-type EngineRecord): whatever in it still has its seal is added, each once
 */
void engine_rows_salvage (sqlite3 *db, GPtrArray *records);

G_END_DECLS
