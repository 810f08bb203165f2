/* row-format.h: how a record is written in a row, and its seal.
 *
 * The journal's thread only. The folder's own.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "engine/disk/record.h"

G_BEGIN_DECLS

/* What is sealed, in the order of binding and reading. Then come the tenant, the seal itself, and
 * what needs none. */
#define ENGINE_ROW_COLUMNS                                                                         \
  "id, position, address, folder, wanted_name, checksum, referrer, on_conflict, "                  \
  "max_connections, no_resume, state, error_nick, error_message, http_status, name, "              \
  "final_address, etag, last_modified, content_type, length, total, received, inode, done, "       \
  "added_us, finished_us, length_unproven, synced, boot, born_ns, volume, for_command, "           \
  "tenant, seal, via_metalink, mirrors"
#define ENGINE_ROW_PLACES "?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?"

enum
{
  ENGINE_ROW_TENANT = 32,
  ENGINE_ROW_SEAL,
  ENGINE_ROW_VIA_METALINK,
  ENGINE_ROW_MIRRORS,
};

/** engine_row_bind: binds all of @record to ENGINE_ROW_PLACES. No secret ever gets there */
void engine_row_bind (sqlite3_stmt *statement, const EngineRecord *record, gint64 tenant);

/**
 * engine_row_read:
 * @must_be_sealed: also a row of the first version, which had no seals, is refused
 *
 * Returns: (transfer full) (nullable): the record, or %NULL where it is not what was written
 */
EngineRecord *engine_row_read (sqlite3_stmt *statement, gboolean must_be_sealed);

G_END_DECLS
