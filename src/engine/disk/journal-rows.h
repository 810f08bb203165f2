/* journal-rows.h: records to rows and back.
 *
 * The journal's thread only. The folder's own.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "engine/disk/journal.h"

G_BEGIN_DECLS

typedef struct _EngineRows EngineRows;

/** engine_rows_new: Returns: (transfer full) (nullable): prepared statements on @db; %NULL where the tables are not ours */
EngineRows *engine_rows_new (sqlite3 *db);
void engine_rows_free (EngineRows *self);

/** engine_rows_write: Returns: whether the row of @record is written; with @must_exist only over an old one */
gboolean engine_rows_write (EngineRows *self, const EngineRecord *record, gboolean must_exist);
gboolean engine_rows_delete (EngineRows *self, gint64 id);

/**
 * engine_rows_load:
 * @records: (element-type EngineRecord): filled in order of position
 * @dropped: (out): rows that made no sense
 *
 * Returns: whether the table could be read to its end
 */
gboolean engine_rows_load (EngineRows *self, GPtrArray *records, int *dropped);

G_END_DECLS
