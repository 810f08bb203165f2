/* Any values in a row of the journal: it is refused, or its ranges make sense.
 *
 * The first byte says which column is meant, the second its type, the third its
 * length; so on to the end. Columns not named hold what a sound row holds.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/row-format.h"
#include "fuzz.h"

#include <string.h>

#define N_COLUMNS 34

static const char *const sound[N_COLUMNS] = {
  [2] = "'http://a.example/x'",
  [3] = "'/tmp'",
  [10] = "'paused'",
  [23] = "'0-100 200-300 '",
  [20] = "1000",
  [19] = "1000",
  [27] = "'0-100 '",
  [32] = "0",
};

static void
bind_any (sqlite3_stmt *statement, int column, uint8_t type, const uint8_t *data, size_t size)
{
  gint64 whole = 0;
  double real = 0;

  memcpy (&whole, data, MIN (size, sizeof whole));
  memcpy (&real, data, MIN (size, sizeof real));
  switch (type % 5)
    {
    case 0:
      sqlite3_bind_int64 (statement, column, whole);
      break;
    case 1:
      sqlite3_bind_double (statement, column, real);
      break;
    case 2:
      sqlite3_bind_text (statement, column, (const char *) data, size, SQLITE_TRANSIENT);
      break;
    case 3:
      sqlite3_bind_blob (statement, column, data, size, SQLITE_TRANSIENT);
      break;
    default:
      sqlite3_bind_null (statement, column);
    }
}

static sqlite3_stmt *
prepare (void)
{
  GString *sql = g_string_new ("SELECT ");
  sqlite3 *db;
  sqlite3_stmt *statement;

  for (int i = 0; i < N_COLUMNS; i++)
    g_string_append_printf (sql, "%sifnull (?, %s)", i > 0 ? ", " : "",
                            sound[i] != NULL ? sound[i] : "NULL");
  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql->str, -1, &statement, NULL), ==, SQLITE_OK);
  g_string_free (sql, TRUE);
  return statement;
}

static void
check_ranges (GArray *ranges, gint64 total)
{
  gint64 last = 0;

  for (guint i = 0; i < ranges->len; i++)
    {
      const EngineRange *range = &g_array_index (ranges, EngineRange, i);

      g_assert_cmpint (range->start, >=, last);
      g_assert_cmpint (range->end, >, range->start);
      g_assert_true (total < 0 || range->end <= total);
      last = range->end;
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static sqlite3_stmt *statement;
  EngineRecord *record;

  if (statement == NULL)
    statement = prepare ();
  while (size >= 3)
    {
      size_t length = MIN (data[2], size - 3);

      bind_any (statement, 1 + data[0] % N_COLUMNS, data[1], data + 3, length);
      data += 3 + length;
      size -= 3 + length;
    }
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  record = engine_row_read (statement, FALSE);
  if (record != NULL)
    {
      check_ranges (record->done, record->total);
      engine_record_free (record);
    }
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return 0;
}
