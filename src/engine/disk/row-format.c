/* Rows as they are written. What is read back is checked: a row that makes no sense is dropped,
 * never guessed at. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/row-format.h"

#include <string.h>

#include "engine/disk/boot.h"
#include "engine/plan/address.h"

/* FNV-1a, 64 bits: against accidents, not against malice. */
#define SEAL_START G_GUINT64_CONSTANT (14695981039346656037)
#define SEAL_PRIME G_GUINT64_CONSTANT (1099511628211)

/* Longer lists of ranges are no download's. */
#define MOST_RANGES 1000000

/* A row being bound: the next column, and the seal so far. */
typedef struct
{
  sqlite3_stmt *statement;
  int column;
  guint64 seal;
} Binder;

static void
seal_bytes (guint64 *seal, const void *data, gsize length)
{
  const guint8 *p = data;

  for (gsize i = 0; i < length; i++)
    *seal = (*seal ^ p[i]) * SEAL_PRIME;
}

static void
seal_value (guint64 *seal, int type, const void *data, gsize length)
{
  guint64 head = (guint64) type << 56 | length;

  seal_bytes (seal, &head, sizeof head);
  seal_bytes (seal, data, length);
}

static void
put_int (Binder *b, gint64 value)
{
  seal_value (&b->seal, SQLITE_INTEGER, &value, sizeof value);
  sqlite3_bind_int64 (b->statement, b->column++, value);
}

static void
put_text (Binder *b, const char *text)
{
  if (text != NULL)
    seal_value (&b->seal, SQLITE_TEXT, text, strlen (text));
  else
    seal_value (&b->seal, SQLITE_NULL, NULL, 0);
  sqlite3_bind_text (b->statement, b->column++, text, -1, SQLITE_TRANSIENT);
}

static void
put_double (Binder *b, double value)
{
  seal_value (&b->seal, SQLITE_FLOAT, &value, sizeof value);
  sqlite3_bind_double (b->statement, b->column++, value);
}

static void
put_ranges (Binder *b, GArray *ranges)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < ranges->len; i++)
    {
      const EngineRange *range = &g_array_index (ranges, EngineRange, i);

      g_string_append_printf (text, "%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT " ", range->start,
                              range->end);
    }
  put_text (b, text->str);
}

/* An address without user name and password. */
static void
put_address (Binder *b, const char *address)
{
  g_autofree char *shown = address != NULL ? engine_address_dup_shown (address) : NULL;

  put_text (b, shown);
}

static void
put_spec (Binder *b, const EngineSpec *spec)
{
  put_address (b, spec->address);
  put_text (b, spec->folder);
  put_text (b, spec->name);
  put_text (b, spec->checksum);
  put_address (b, spec->referrer);
  put_int (b, spec->on_conflict);
  put_int (b, spec->max_connections);
  put_int (b, spec->no_resume);
}

/* Where the address leads to a list, the list is asked again. */
static char *
dup_mirrors (const EngineSpec *spec)
{
  GString *text;

  if (spec->via_metalink || spec->mirrors == NULL || spec->mirrors[0] == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (int i = 0; spec->mirrors[i] != NULL; i++)
    {
      g_autofree char *shown = engine_address_dup_shown (spec->mirrors[i]);

      g_string_append_printf (text, "%s\n", shown);
    }
  return g_string_free (text, FALSE);
}

void
engine_row_bind (sqlite3_stmt *statement, const EngineRecord *record, gint64 tenant)
{
  Binder b = { .statement = statement, .column = 1, .seal = SEAL_START };
  g_autofree char *mirrors = dup_mirrors (record->spec);

  put_int (&b, record->id);
  put_double (&b, record->position);
  put_spec (&b, record->spec);
  put_text (&b, engine_state_get_nick (record->state));
  put_text (&b, record->error_nick);
  put_text (&b, record->error_message);
  put_int (&b, record->http_status);
  put_text (&b, record->name);
  put_address (&b, record->final_address);
  put_text (&b, record->validator.etag);
  put_text (&b, record->validator.last_modified);
  put_text (&b, record->validator.content_type);
  put_int (&b, record->validator.length);
  put_int (&b, record->total);
  put_int (&b, record->received);
  put_int (&b, (gint64) record->file.inode);
  put_ranges (&b, record->done);
  put_int (&b, record->added_us);
  put_int (&b, record->finished_us);
  put_int (&b, record->length_unproven);
  put_ranges (&b, record->synced);
  put_text (&b, engine_boot_get_id ());
  put_int (&b, record->file.born_ns);
  put_int (&b, (gint64) record->file.volume);
  put_int (&b, record->for_command);
  g_assert (b.column == ENGINE_ROW_TENANT + 1);
  sqlite3_bind_int64 (statement, b.column++, tenant);
  sqlite3_bind_int64 (statement, b.column++, (gint64) b.seal);
  sqlite3_bind_int (statement, b.column++, record->spec->via_metalink);
  sqlite3_bind_text (statement, b.column, mirrors, -1, SQLITE_TRANSIENT);
}

static gboolean
is_sealed (sqlite3_stmt *s, gboolean must_be_sealed)
{
  guint64 seal = SEAL_START;

  if (sqlite3_column_type (s, ENGINE_ROW_SEAL) == SQLITE_NULL)
    return !must_be_sealed;
  for (int i = 0; i < ENGINE_ROW_TENANT; i++)
    {
      int type = sqlite3_column_type (s, i);
      gint64 whole = sqlite3_column_int64 (s, i);
      double real = type == SQLITE_FLOAT ? sqlite3_column_double (s, i) : 0;

      if (type == SQLITE_INTEGER)
        seal_value (&seal, type, &whole, sizeof whole);
      else if (type == SQLITE_FLOAT)
        seal_value (&seal, type, &real, sizeof real);
      else if (type == SQLITE_NULL)
        seal_value (&seal, type, NULL, 0);
      else
        seal_value (&seal, type, sqlite3_column_blob (s, i), sqlite3_column_bytes (s, i));
    }
  return (guint64) sqlite3_column_int64 (s, ENGINE_ROW_SEAL) == seal;
}

/* In order, without overlap, inside the file: or they are not ours. */
static gboolean
ranges_from_text (const char *text, gint64 total, GArray *ranges)
{
  gint64 last = -1;
  const char *p = text;

  while (p != NULL && *p != '\0')
    {
      EngineRange range;
      char *end;

      range.start = g_ascii_strtoll (p, &end, 10);
      if (end == p || *end != '-' || ranges->len >= MOST_RANGES)
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
  return p != NULL;
}

static char *
dup_text (sqlite3_stmt *s, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (s, column));
}

static EngineSpec *
read_spec (sqlite3_stmt *s, int column)
{
  const char *address = (const char *) sqlite3_column_text (s, column);
  const char *folder = (const char *) sqlite3_column_text (s, column + 1);
  EngineSpec *spec = engine_spec_new (address != NULL ? address : "", folder != NULL ? folder : "");

  spec->name = dup_text (s, column + 2);
  spec->checksum = dup_text (s, column + 3);
  spec->referrer = dup_text (s, column + 4);
  spec->on_conflict = CLAMP (sqlite3_column_int (s, column + 5), 0, ENGINE_ON_CONFLICT_SKIP);
  spec->max_connections = CLAMP (sqlite3_column_int (s, column + 6), 0, 32);
  spec->no_resume = sqlite3_column_int (s, column + 7) != 0;
  return spec;
}

/* What is no address is dropped. */
static void
read_mirrors (sqlite3_stmt *s, EngineSpec *spec)
{
  const char *text = (const char *) sqlite3_column_text (s, ENGINE_ROW_MIRRORS);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  g_autoptr (GStrvBuilder) mirrors = g_strv_builder_new ();

  spec->via_metalink = sqlite3_column_int (s, ENGINE_ROW_VIA_METALINK) != 0;
  for (int i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *address = engine_address_normalize (lines[i], NULL);

      if (address != NULL)
        g_strv_builder_add (mirrors, address);
    }
  if (text != NULL)
    spec->mirrors = g_strv_builder_end (mirrors);
}

static gboolean
is_component (const char *name)
{
  return name == NULL || (*name != '\0' && strchr (name, '/') == NULL && strcmp (name, ".") != 0 &&
                          strcmp (name, "..") != 0);
}

/* Until the machine stops, what is written is there; from then on, what was synced. */
static void
trust_what_can_be (EngineRecord *record, const char *boot)
{
  gboolean same_boot = boot != NULL && *boot != '\0' && strcmp (boot, engine_boot_get_id ()) == 0;

  if (record->state == ENGINE_STATE_COMPLETED)
    return;
  if (!same_boot)
    {
      g_array_unref (record->done);
      record->done = g_array_copy (record->synced);
    }
  record->received = 0;
  for (guint i = 0; i < record->done->len; i++)
    {
      const EngineRange *range = &g_array_index (record->done, EngineRange, i);

      record->received += range->end - range->start;
    }
}

EngineRecord *
engine_row_read (sqlite3_stmt *s, gboolean must_be_sealed)
{
  g_autoptr (EngineRecord) record = NULL;

  if (!is_sealed (s, must_be_sealed))
    return NULL;
  record = engine_record_new (read_spec (s, 2));
  read_mirrors (s, record->spec);
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
  record->file.inode = (guint64) sqlite3_column_int64 (s, 22);
  record->added_us = sqlite3_column_int64 (s, 24);
  record->finished_us = sqlite3_column_int64 (s, 25);
  record->length_unproven = sqlite3_column_int (s, 26) != 0;
  record->file.born_ns = sqlite3_column_int64 (s, 29);
  record->file.volume = (guint64) sqlite3_column_int64 (s, 30);
  record->for_command = sqlite3_column_int (s, 31) != 0;
  if (record->id <= 0 || record->total < -1 || record->received < 0 ||
      !is_component (record->name) || !g_path_is_absolute (record->spec->folder) ||
      !ranges_from_text ((const char *) sqlite3_column_text (s, 23), record->total, record->done) ||
      !ranges_from_text ((const char *) sqlite3_column_text (s, 27), record->total, record->synced))
    return NULL;
  trust_what_can_be (record, (const char *) sqlite3_column_text (s, 28));
  return g_steal_pointer (&record);
}
