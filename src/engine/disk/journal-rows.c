/* Rows. What is read back is checked: a row that makes no sense is dropped, never guessed at. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/journal-rows.h"

#include <stdlib.h>
#include <string.h>

#include "engine/plan/address.h"

#define COLUMNS                                                                                    \
  "id, position, address, folder, wanted_name, checksum, referrer, on_conflict, "                  \
  "max_connections, no_resume, state, error_nick, error_message, http_status, name, "              \
  "final_address, etag, last_modified, content_type, length, total, received, inode, done, "       \
  "added_us, finished_us, length_unproven"

struct _EngineRows
{
  sqlite3 *db;          /* not owned */
  sqlite3_stmt *insert; /* owned, and so are the others */
  sqlite3_stmt *remove;
  sqlite3_stmt *exists;
  sqlite3_stmt *select;
};

EngineRows *
engine_rows_new (sqlite3 *db)
{
  EngineRows *self = g_new0 (EngineRows, 1);

  self->db = db;
  if (sqlite3_prepare_v2 (db,
                          "INSERT OR REPLACE INTO downloads (" COLUMNS ") VALUES "
                          "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                          -1, &self->insert, NULL) == SQLITE_OK &&
      sqlite3_prepare_v2 (
          db, "DELETE FROM downloads WHERE id = ?", -1, &self->remove, NULL) == SQLITE_OK &&
      sqlite3_prepare_v2 (
          db, "SELECT 1 FROM downloads WHERE id = ?", -1, &self->exists, NULL) == SQLITE_OK &&
      sqlite3_prepare_v2 (db, "SELECT " COLUMNS " FROM downloads ORDER BY position, id", -1,
                          &self->select, NULL) == SQLITE_OK)
    return self;
  engine_rows_free (self);
  return NULL;
}

void
engine_rows_free (EngineRows *self)
{
  sqlite3_finalize (self->insert);
  sqlite3_finalize (self->remove);
  sqlite3_finalize (self->exists);
  sqlite3_finalize (self->select);
  g_free (self);
}

static char *
ranges_to_text (GArray *ranges)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ranges->len; i++)
    {
      const EngineRange *range = &g_array_index (ranges, EngineRange, i);

      g_string_append_printf (text, "%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT " ", range->start, range->end);
    }
  return g_string_free (text, FALSE);
}

/* In order, without overlap, inside the file: or they are not ours. */
static gboolean
ranges_from_text (const char *text, gint64 total, GArray *ranges)
{
  gint64 last = -1;
  const char *p = text;

  while (*p != '\0')
    {
      EngineRange range;
      char *end;

      range.start = g_ascii_strtoll (p, &end, 10);
      if (end == p || *end != '-')
        return FALSE;
      p = end + 1;
      range.end = g_ascii_strtoll (p, &end, 10);
      if (end == p || *end != ' ' || range.start <= last || range.end <= range.start ||
          range.end == G_MAXINT64 || (total >= 0 && range.end > total))
        return FALSE;
      last = range.end;
      g_array_append_val (ranges, range);
      p = end + 1;
    }
  return TRUE;
}

static void
bind_text (sqlite3_stmt *statement, int column, const char *text)
{
  sqlite3_bind_text (statement, column, text, -1, SQLITE_TRANSIENT);
}

/* No user name, password or header ever gets here: the journal holds no secret. */
static void
bind_record (sqlite3_stmt *s, const EngineRecord *record)
{
  const EngineSpec *spec = record->spec;
  g_autofree char *address = engine_address_dup_shown (spec->address);
  g_autofree char *done = ranges_to_text (record->done);
  int i = 1;

  sqlite3_bind_int64 (s, i++, record->id);
  sqlite3_bind_double (s, i++, record->position);
  bind_text (s, i++, address);
  bind_text (s, i++, spec->folder);
  bind_text (s, i++, spec->name);
  bind_text (s, i++, spec->checksum);
  bind_text (s, i++, spec->referrer);
  sqlite3_bind_int (s, i++, spec->on_conflict);
  sqlite3_bind_int (s, i++, spec->max_connections);
  sqlite3_bind_int (s, i++, spec->no_resume);
  bind_text (s, i++, engine_state_get_nick (record->state));
  bind_text (s, i++, record->error_nick);
  bind_text (s, i++, record->error_message);
  sqlite3_bind_int (s, i++, record->http_status);
  bind_text (s, i++, record->name);
  bind_text (s, i++, record->final_address);
  bind_text (s, i++, record->validator.etag);
  bind_text (s, i++, record->validator.last_modified);
  bind_text (s, i++, record->validator.content_type);
  sqlite3_bind_int64 (s, i++, record->validator.length);
  sqlite3_bind_int64 (s, i++, record->total);
  sqlite3_bind_int64 (s, i++, record->received);
  sqlite3_bind_int64 (s, i++, (gint64) record->inode);
  bind_text (s, i++, done);
  sqlite3_bind_int64 (s, i++, record->added_us);
  sqlite3_bind_int64 (s, i++, record->finished_us);
  sqlite3_bind_int (s, i++, record->length_unproven);
}

static gboolean
run_once (sqlite3_stmt *statement)
{
  gboolean done = sqlite3_step (statement) == SQLITE_DONE;

  sqlite3_reset (statement);
  return done;
}

static gboolean
row_exists (EngineRows *self, gint64 id)
{
  gboolean there;

  sqlite3_bind_int64 (self->exists, 1, id);
  there = sqlite3_step (self->exists) == SQLITE_ROW;
  sqlite3_reset (self->exists);
  return there;
}

gboolean
engine_rows_write (EngineRows *self, const EngineRecord *record, gboolean must_exist)
{
  /* An update that overtook its row's removal must not bring it back. */
  if (must_exist && !row_exists (self, record->id))
    return TRUE;
  bind_record (self->insert, record);
  return run_once (self->insert);
}

gboolean
engine_rows_delete (EngineRows *self, gint64 id)
{
  sqlite3_bind_int64 (self->remove, 1, id);
  return run_once (self->remove);
}

static char *
dup_text (sqlite3_stmt *s, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (s, column));
}

static EngineSpec *
read_spec (sqlite3_stmt *s)
{
  EngineSpec *spec = engine_spec_new ((const char *) sqlite3_column_text (s, 2),
                                      (const char *) sqlite3_column_text (s, 3));

  spec->name = dup_text (s, 4);
  spec->checksum = dup_text (s, 5);
  spec->referrer = dup_text (s, 6);
  spec->on_conflict = CLAMP (sqlite3_column_int (s, 7), 0, ENGINE_ON_CONFLICT_SKIP);
  spec->max_connections = CLAMP (sqlite3_column_int (s, 8), 0, 32);
  spec->no_resume = sqlite3_column_int (s, 9) != 0;
  return spec;
}

static gboolean
is_component (const char *name)
{
  return name == NULL || (*name != '\0' && strchr (name, '/') == NULL &&
                          strcmp (name, ".") != 0 && strcmp (name, "..") != 0);
}

static EngineRecord *
read_record (sqlite3_stmt *s)
{
  g_autoptr (EngineRecord) record = engine_record_new (read_spec (s));
  const char *done = (const char *) sqlite3_column_text (s, 23);

  record->id = sqlite3_column_int64 (s, 0);
  record->position = sqlite3_column_double (s, 1);
  if (!engine_state_from_nick ((const char *) sqlite3_column_text (s, 10), &record->state))
    return NULL;
  record->error_nick = dup_text (s, 11);
  record->error_message = dup_text (s, 12);
  record->http_status = sqlite3_column_int (s, 13);
  record->name = dup_text (s, 14);
  record->final_address = dup_text (s, 15);
  record->validator.etag = dup_text (s, 16);
  record->validator.last_modified = dup_text (s, 17);
  record->validator.content_type = dup_text (s, 18);
  record->validator.length = sqlite3_column_int64 (s, 19);
  record->total = sqlite3_column_int64 (s, 20);
  record->received = sqlite3_column_int64 (s, 21);
  record->inode = (guint64) sqlite3_column_int64 (s, 22);
  record->added_us = sqlite3_column_int64 (s, 24);
  record->finished_us = sqlite3_column_int64 (s, 25);
  record->length_unproven = sqlite3_column_int (s, 26) != 0;
  if (record->id <= 0 || record->total < -1 || record->received < 0 ||
      !is_component (record->name) || !g_path_is_absolute (record->spec->folder) ||
      !ranges_from_text (done, record->total, record->done))
    return NULL;
  return g_steal_pointer (&record);
}

gboolean
engine_rows_load (EngineRows *self, GPtrArray *records, int *dropped)
{
  int status;

  *dropped = 0;
  while ((status = sqlite3_step (self->select)) == SQLITE_ROW)
    {
      EngineRecord *record = read_record (self->select);

      if (record != NULL)
        g_ptr_array_add (records, record);
      else
        (*dropped)++;
    }
  sqlite3_reset (self->select);
  return status == SQLITE_DONE;
}
