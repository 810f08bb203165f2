/* The table of downloads. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/journal-rows.h"

#include <string.h>

#include "engine/disk/row-format.h"
#include "engine/disk/schema.h"

struct _EngineRows
{
  sqlite3 *db;          /* not owned */
  EngineTenant *tenant; /* not owned */
  sqlite3_stmt *insert; /* owned, and so are the others */
  sqlite3_stmt *remove;
  sqlite3_stmt *find;
  sqlite3_stmt *select;
  sqlite3_stmt *select_for_command;
  sqlite3_stmt *owner;
  sqlite3_stmt *loading; /* not owned; the select that is being read */
};

static gboolean
prepare (sqlite3 *db, const char *sql, sqlite3_stmt **statement)
{
  return sqlite3_prepare_v2 (db, sql, -1, statement, NULL) == SQLITE_OK;
}

EngineRows *
engine_rows_new (sqlite3 *db, EngineTenant *tenant)
{
  EngineRows *self = g_new0 (EngineRows, 1);

  self->db = db;
  self->tenant = tenant;
  if (prepare (db,
               "INSERT OR REPLACE INTO downloads (" ENGINE_ROW_COLUMNS
               ") VALUES (" ENGINE_ROW_PLACES ")",
               &self->insert) &&
      prepare (db, "DELETE FROM downloads WHERE id = ?", &self->remove) &&
      prepare (db, "SELECT tenant FROM downloads WHERE id = ?", &self->find) &&
      prepare (db, "SELECT " ENGINE_ROW_COLUMNS " FROM downloads ORDER BY position, id",
               &self->select) &&
      prepare (db,
               "SELECT " ENGINE_ROW_COLUMNS " FROM downloads "
               "WHERE state <> 'completed' OR for_command ORDER BY position, id",
               &self->select_for_command) &&
      prepare (db,
               "SELECT address, tenant, name IS NOT NULL FROM downloads "
               "WHERE (name = ?1 OR (name IS NULL AND address = ?4)) AND folder = ?2 AND id <> ?3 "
               "AND state <> 'completed'",
               &self->owner))
    return self;
  engine_rows_free (self);
  return NULL;
}

void
engine_rows_free (EngineRows *self)
{
  sqlite3_finalize (self->insert);
  sqlite3_finalize (self->remove);
  sqlite3_finalize (self->find);
  sqlite3_finalize (self->select);
  sqlite3_finalize (self->select_for_command);
  sqlite3_finalize (self->owner);
  g_free (self);
}

static gboolean
run_once (sqlite3_stmt *statement)
{
  gboolean done = sqlite3_step (statement) == SQLITE_DONE;

  sqlite3_reset (statement);
  return done;
}

gboolean
engine_rows_add (EngineRows *self, const EngineRecord *record)
{
  engine_row_bind (self->insert, record, engine_tenant_get_number (self->tenant));
  return run_once (self->insert);
}

/* Whether there is a row that no other program has. */
static gboolean
may_write (EngineRows *self, gint64 id, gboolean *may)
{
  int status;

  sqlite3_bind_int64 (self->find, 1, id);
  status = sqlite3_step (self->find);
  *may = status == SQLITE_ROW &&
         !engine_tenant_is_other (self->tenant, sqlite3_column_int64 (self->find, 0));
  sqlite3_reset (self->find);
  return status == SQLITE_ROW || status == SQLITE_DONE;
}

gboolean
engine_rows_update (EngineRows *self, const EngineRecord *record)
{
  gboolean may;

  /* An update that overtook its row's removal must not bring it back. */
  return may_write (self, record->id, &may) && (!may || engine_rows_add (self, record));
}

gboolean
engine_rows_delete (EngineRows *self, gint64 id)
{
  gboolean may;

  if (!may_write (self, id, &may))
    return FALSE;
  sqlite3_bind_int64 (self->remove, 1, id);
  return !may || run_once (self->remove);
}

void
engine_rows_begin_load (EngineRows *self, gboolean for_command)
{
  self->loading = for_command ? self->select_for_command : self->select;
}

void
engine_rows_end_load (EngineRows *self)
{
  if (self->loading != NULL)
    sqlite3_reset (self->loading);
  self->loading = NULL;
}

EngineRowsRead
engine_rows_load (EngineRows *self, GPtrArray *records, guint most)
{
  int status = SQLITE_ROW;

  for (guint n = 0; n < most && (status = sqlite3_step (self->loading)) == SQLITE_ROW; n++)
    {
      EngineRecord *record;

      if (engine_tenant_is_other (self->tenant,
                                  sqlite3_column_int64 (self->loading, ENGINE_ROW_TENANT)))
        continue;
      record = engine_row_read (self->loading, FALSE);
      if (record == NULL)
        return ENGINE_ROWS_DAMAGED;
      g_ptr_array_add (records, record);
    }
  if (status == SQLITE_ROW)
    return ENGINE_ROWS_MORE;
  if (status == SQLITE_DONE)
    return ENGINE_ROWS_END;
  return engine_schema_judge (status) == ENGINE_SCHEMA_DAMAGED ? ENGINE_ROWS_DAMAGED
                                                               : ENGINE_ROWS_REFUSED;
}

/* For the tenants that are gone; there are few of others, so each is asked once. */
gboolean
engine_rows_take_over (EngineRows *self)
{
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement = NULL;
  gboolean ok =
      prepare (self->db, "SELECT DISTINCT tenant FROM downloads WHERE state <> 'completed'",
               &statement);

  while (ok && sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 number = sqlite3_column_int64 (statement, 0);

      if (!engine_tenant_is_other (self->tenant, number))
        g_array_append_val (gone, number);
    }
  sqlite3_finalize (statement);
  statement = NULL;
  ok = ok && prepare (self->db,
                      "UPDATE downloads SET tenant = ? WHERE state <> 'completed' AND tenant = ?",
                      &statement);
  for (guint i = 0; ok && i < gone->len; i++)
    {
      sqlite3_bind_int64 (statement, 1, engine_tenant_get_number (self->tenant));
      sqlite3_bind_int64 (statement, 2, g_array_index (gone, gint64, i));
      ok = run_once (statement);
    }
  sqlite3_finalize (statement);
  return ok;
}

EngineOwner
engine_rows_find_owner (EngineRows *self,
                        gint64 id,
                        const char *address,
                        const char *folder,
                        const char *name,
                        int *pid)
{
  EngineOwner owner = ENGINE_OWNER_NONE;

  *pid = 0;
  sqlite3_bind_text (self->owner, 1, name, -1, SQLITE_STATIC);
  sqlite3_bind_text (self->owner, 2, folder, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (self->owner, 3, id);
  sqlite3_bind_text (self->owner, 4, address, -1, SQLITE_STATIC);
  while (owner != ENGINE_OWNER_TWIN && sqlite3_step (self->owner) == SQLITE_ROW)
    {
      gint64 number = sqlite3_column_int64 (self->owner, 1);

      if (sqlite3_column_int (self->owner, 2))
        owner = ENGINE_OWNER_ROW;
      if (!engine_tenant_is_other (self->tenant, number) ||
          g_strcmp0 ((const char *) sqlite3_column_text (self->owner, 0), address) != 0)
        continue;
      owner = ENGINE_OWNER_TWIN;
      *pid = engine_tenant_find_pid (self->db, number);
    }
  sqlite3_reset (self->owner);
  return owner;
}

static void
salvage_from (sqlite3 *db, const char *sql, GHashTable *known, GPtrArray *records)
{
  sqlite3_stmt *statement = NULL;

  if (prepare (db, sql, &statement))
    while (sqlite3_step (statement) == SQLITE_ROW)
      {
        EngineRecord *record = engine_row_read (statement, TRUE);

        if (record == NULL)
          continue;
        if (!g_hash_table_add (known, &record->id))
          {
            engine_record_free (record);
            continue;
          }
        g_ptr_array_add (records, record);
      }
  sqlite3_finalize (statement);
}

void
engine_rows_salvage (sqlite3 *db, GPtrArray *records)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_int64_hash, g_int64_equal);

  /* From both ends, up to where it breaks. */
  salvage_from (db, "SELECT " ENGINE_ROW_COLUMNS " FROM downloads ORDER BY id", known, records);
  salvage_from (db, "SELECT " ENGINE_ROW_COLUMNS " FROM downloads ORDER BY id DESC", known,
                records);
}
