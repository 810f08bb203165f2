/* Tables and migrations. A migration is never changed once released; a new one is added. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/schema.h"

#include "engine/disk/crash-point.h"

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

  /* What is synced, and which run of the machine the rest was written in; which file exactly;
   * whose row it is; a seal against silent damage. What ran without a pause was not synced. */
  "ALTER TABLE downloads ADD COLUMN synced TEXT NOT NULL DEFAULT '';"
  "ALTER TABLE downloads ADD COLUMN boot TEXT;"
  "ALTER TABLE downloads ADD COLUMN born_ns INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE downloads ADD COLUMN volume INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE downloads ADD COLUMN for_command INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE downloads ADD COLUMN tenant INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE downloads ADD COLUMN seal INTEGER;"
  "UPDATE downloads SET synced = done WHERE state IN ('paused', 'failed', 'completed');"
  "CREATE INDEX unfinished ON downloads (name) WHERE state <> 'completed';"
  "CREATE INDEX in_order ON downloads (position, id);"
  "CREATE TABLE tenants (number INTEGER PRIMARY KEY, pid INTEGER NOT NULL) STRICT;",

  /* Other addresses of the same file, a line each; whether the address leads to a list of them. Not
   * sealed: whatever stands there is compared with what is on the disk before it gives a byte. */
  ("ALTER TABLE downloads ADD COLUMN via_metalink INTEGER NOT NULL DEFAULT 0;"
   "ALTER TABLE downloads ADD COLUMN mirrors TEXT;"),
};

EngineSchemaState
engine_schema_judge (int status)
{
  switch (status & 0xff)
    {
    case SQLITE_ERROR: /* no such table, no such column: not ours */
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_MISMATCH:
    case SQLITE_CONSTRAINT:
      return ENGINE_SCHEMA_DAMAGED;
    default:
      return ENGINE_SCHEMA_REFUSED;
    }
}

/* Returns: FALSE where it could not be read; the database then knows why. */
static gboolean
read_version (sqlite3 *db, int *version)
{
  sqlite3_stmt *statement = NULL;
  gboolean ok = sqlite3_prepare_v2 (db, "PRAGMA user_version", -1, &statement, NULL) == SQLITE_OK &&
                sqlite3_step (statement) == SQLITE_ROW;

  if (ok)
    *version = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return ok;
}

/* Returns: SQLite's answer. */
static int
migrate (sqlite3 *db, int from)
{
  g_autofree char *sql =
      g_strdup_printf ("%s PRAGMA user_version = %d; COMMIT;", migrations[from], from + 1);
  int version = 0;
  int status = sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL);

  if (status != SQLITE_OK)
    return status;
  /* Another program may have migrated while we waited. */
  if (read_version (db, &version) && version == from)
    status = sqlite3_exec (db, sql, NULL, NULL, NULL);
  if (!sqlite3_get_autocommit (db))
    sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return status;
}

EngineSchemaState
engine_schema_prepare (sqlite3 *db)
{
  int version = 0;

  if (!read_version (db, &version))
    return engine_schema_judge (sqlite3_errcode (db));
  if (version < 0)
    return ENGINE_SCHEMA_DAMAGED;
  while (version < ENGINE_SCHEMA_VERSION)
    {
      int status = migrate (db, version);

      engine_crash_point ("migrated");
      if (status != SQLITE_OK)
        return engine_schema_judge (status);
      if (!read_version (db, &version))
        return engine_schema_judge (sqlite3_errcode (db));
    }
  return version > ENGINE_SCHEMA_VERSION ? ENGINE_SCHEMA_NEWER : ENGINE_SCHEMA_READY;
}
