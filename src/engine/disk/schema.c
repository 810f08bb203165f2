/* Tables and migrations. A migration is never changed once released; a new one is added. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/schema.h"

/* migrations[n] leads from version n to n + 1. */
static const char *const migrations[ENGINE_SCHEMA_VERSION] = {
  "CREATE TABLE downloads ("
  "  id INTEGER PRIMARY KEY,"
  "  position REAL NOT NULL,"
  "  address TEXT NOT NULL,"
  "  folder TEXT NOT NULL,"
  "  wanted_name TEXT,"
  "  checksum TEXT,"
  "  referrer TEXT,"
  "  on_conflict INTEGER NOT NULL,"
  "  max_connections INTEGER NOT NULL,"
  "  no_resume INTEGER NOT NULL,"
  "  state TEXT NOT NULL,"
  "  error_nick TEXT,"
  "  error_message TEXT,"
  "  http_status INTEGER NOT NULL,"
  "  name TEXT,"
  "  final_address TEXT,"
  "  etag TEXT,"
  "  last_modified TEXT,"
  "  content_type TEXT,"
  "  length INTEGER NOT NULL,"
  "  total INTEGER NOT NULL,"
  "  received INTEGER NOT NULL,"
  "  inode INTEGER NOT NULL,"
  "  done TEXT NOT NULL,"
  "  added_us INTEGER NOT NULL,"
  "  finished_us INTEGER NOT NULL,"
  "  length_unproven INTEGER NOT NULL"
  ") STRICT;",
};

static int
read_version (sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  int version = -1;

  if (sqlite3_prepare_v2 (db, "PRAGMA user_version", -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    version = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return version;
}

static gboolean
migrate (sqlite3 *db, int from)
{
  g_autofree char *sql = g_strdup_printf (
      "BEGIN IMMEDIATE; %s PRAGMA user_version = %d; COMMIT;", migrations[from], from + 1);

  if (sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

EngineSchemaState
engine_schema_prepare (sqlite3 *db)
{
  int version = read_version (db);

  if (version < 0)
    return ENGINE_SCHEMA_DAMAGED;
  if (version > ENGINE_SCHEMA_VERSION)
    return ENGINE_SCHEMA_NEWER;
  while (version < ENGINE_SCHEMA_VERSION)
    {
      /* Another process may have migrated meanwhile: then ours fails and theirs stands. */
      if (!migrate (db, version) && read_version (db) <= version)
        return ENGINE_SCHEMA_DAMAGED;
      version = read_version (db);
    }
  return ENGINE_SCHEMA_READY;
}
