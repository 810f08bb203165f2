/* The journal: what it keeps, what it says of a damaged one, and how programs share it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <pthread.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mailbox.h"
#include "engine/disk/boot.h"
#include "engine/disk/journal.h"
#include "engine/disk/schema.h"
#include "engine/plan/error.h"

#define DEADLINE_US (60 * G_USEC_PER_SEC)

/* The library's own is replaced at linking: the machine starts anew when a test says so. */
static const char *boot = "first";

const char *
engine_boot_get_id (void)
{
  return boot;
}

/* A state directory, and one program's journal in it. */
typedef struct
{
  char *dir;
  char *path;
  EngineJournal *journal;

  pthread_mutex_t lock;
  pthread_cond_t changed;
  GPtrArray *records; /* guarded by lock, and so is what follows */
  int batches;
  gboolean loaded;
  char *notice;
  GError *refused;
  GError *trouble;
  int answers;
  GError *failed;
} Fixture;

static void
init_changed (Fixture *f)
{
  pthread_condattr_t monotonic;

  pthread_condattr_init (&monotonic);
  pthread_condattr_setclock (&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init (&f->changed, &monotonic);
  pthread_condattr_destroy (&monotonic);
}

/* With the lock held. */
static void
wait_for_change (Fixture *f, gint64 deadline_us)
{
  struct timespec deadline = { .tv_sec = deadline_us / G_USEC_PER_SEC,
                               .tv_nsec = deadline_us % G_USEC_PER_SEC * 1000 };

  g_assert_cmpint (pthread_cond_timedwait (&f->changed, &f->lock, &deadline), ==, 0);
}

static void
loaded_cb (
    GPtrArray *records, gboolean last, const char *notice, const GError *error, gpointer user_data)
{
  Fixture *f = user_data;

  pthread_mutex_lock (&f->lock);
  f->batches++;
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (f->records, g_steal_pointer (&g_ptr_array_index (records, i)));
  g_ptr_array_set_free_func (records, NULL);
  g_ptr_array_unref (records);
  f->loaded = last;
  f->notice = g_strdup (notice);
  f->refused = error != NULL ? g_error_copy (error) : NULL;
  pthread_cond_broadcast (&f->changed);
  pthread_mutex_unlock (&f->lock);
}

static void
trouble_cb (const GError *error, gpointer user_data)
{
  Fixture *f = user_data;

  pthread_mutex_lock (&f->lock);
  g_clear_error (&f->trouble);
  f->trouble = error != NULL ? g_error_copy (error) : NULL;
  pthread_cond_broadcast (&f->changed);
  pthread_mutex_unlock (&f->lock);
}

static void
answered_cb (const GError *error, gpointer user_data)
{
  Fixture *f = user_data;

  pthread_mutex_lock (&f->lock);
  f->answers++;
  g_clear_error (&f->failed);
  f->failed = error != NULL ? g_error_copy (error) : NULL;
  pthread_cond_broadcast (&f->changed);
  pthread_mutex_unlock (&f->lock);
}

static void
open_journal (Fixture *f, gboolean for_command)
{
  const EngineJournalListener listener = { loaded_cb, trouble_cb };
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  f->records = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_record_free);
  f->loaded = FALSE;
  f->batches = 0;
  f->journal = engine_journal_open (f->dir, for_command, &listener, f);
  pthread_mutex_lock (&f->lock);
  while (!f->loaded)
    wait_for_change (f, deadline);
  pthread_mutex_unlock (&f->lock);
}

static void
close_journal (Fixture *f)
{
  g_clear_pointer (&f->journal, engine_journal_close);
  g_clear_pointer (&f->records, g_ptr_array_unref);
  g_clear_pointer (&f->notice, g_free);
  g_clear_error (&f->refused);
  g_clear_error (&f->trouble);
  g_clear_error (&f->failed);
}

static void
flush (Fixture *f)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;
  int before = f->answers;

  engine_journal_flush (f->journal, answered_cb, f);
  pthread_mutex_lock (&f->lock);
  while (f->answers == before)
    wait_for_change (f, deadline);
  pthread_mutex_unlock (&f->lock);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  boot = "first";
  f->dir = g_dir_make_tmp ("bobbin-journal-XXXXXX", NULL);
  f->path = g_build_filename (f->dir, "journal.sqlite", NULL);
  pthread_mutex_init (&f->lock, NULL);
  init_changed (f);
}

/* A second program on the same directory. */
static void
set_up_beside (Fixture *f, const Fixture *other)
{
  memset (f, 0, sizeof *f);
  f->dir = g_strdup (other->dir);
  f->path = g_strdup (other->path);
  pthread_mutex_init (&f->lock, NULL);
  init_changed (f);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_remove (path);
}

static void
free_fixture (Fixture *f)
{
  close_journal (f);
  pthread_mutex_destroy (&f->lock);
  pthread_cond_destroy (&f->changed);
  g_free (f->dir);
  g_free (f->path);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  close_journal (f);
  remove_all (f->dir);
  free_fixture (f);
}

static EngineRecord *
make_record (gint64 id, const char *address)
{
  EngineRecord *record = engine_record_new (engine_spec_new (address, "/downloads"));
  const EngineRange done[] = { { 0, 1000 }, { 5000, 7000 } };

  record->id = id;
  record->position = id & 0xfffff;
  record->name = g_strdup ("file.bin");
  record->total = 10000;
  record->received = 3000;
  record->file = (EngineFileId){ .inode = 17, .born_ns = 18, .volume = 19 };
  g_array_append_vals (record->done, done, 2);
  g_array_append_vals (record->synced, done, 1);
  record->validator.etag = g_strdup ("\"e\"");
  record->added_us = 1234567;
  return record;
}

static gint64
add (Fixture *f, const char *address)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_record_free);
  gint64 id = engine_journal_reserve_ids (f->journal, 1);

  g_ptr_array_add (records, make_record (id, address));
  engine_journal_add (f->journal, records, NULL, NULL);
  flush (f);
  return id;
}

static void
reopen (Fixture *f)
{
  close_journal (f);
  open_journal (f, FALSE);
}

static const EngineRecord *
get (Fixture *f, guint i)
{
  g_assert_cmpuint (f->records->len, >, i);
  return g_ptr_array_index (f->records, i);
}

static void
execute (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (db);
}

static void
test_round (Fixture *f, gconstpointer data)
{
  const EngineRecord *record;

  open_journal (f, FALSE);
  add (f, "http://example.org/file.bin");
  reopen (f);
  record = get (f, 0);
  g_assert_cmpstr (f->notice, ==, NULL);
  g_assert_cmpstr (record->spec->address, ==, "http://example.org/file.bin");
  g_assert_cmpstr (record->name, ==, "file.bin");
  g_assert_cmpint (record->total, ==, 10000);
  g_assert_cmpint (record->done->len, ==, 2);
  g_assert_cmpint (record->synced->len, ==, 1);
  g_assert_cmpint (record->received, ==, 3000);
  g_assert_cmpuint (record->file.inode, ==, 17);
  g_assert_cmpint (record->file.born_ns, ==, 18);
  g_assert_cmpuint (record->file.volume, ==, 19);
  g_assert_cmpstr (record->validator.etag, ==, "\"e\"");
  g_assert_cmpint (record->added_us, ==, 1234567);
}

static void
test_boot (Fixture *f, gconstpointer data)
{
  open_journal (f, FALSE);
  add (f, "http://example.org/file.bin");
  boot = "second";
  reopen (f);
  g_assert_cmpint (get (f, 0)->done->len, ==, 1);
  g_assert_cmpint (g_array_index (get (f, 0)->done, EngineRange, 0).end, ==, 1000);
  g_assert_cmpint (get (f, 0)->received, ==, 1000);
}

static void
test_order (Fixture *f, gconstpointer data)
{
  EngineRecord *last;

  open_journal (f, FALSE);
  add (f, "http://example.org/1");
  add (f, "http://example.org/2");
  last = make_record (add (f, "http://example.org/3"), "http://example.org/3");
  last->position = -0.5;
  engine_journal_update (f->journal, last);
  reopen (f);
  g_assert_cmpstr (get (f, 0)->spec->address, ==, "http://example.org/3");
  g_assert_cmpstr (get (f, 2)->spec->address, ==, "http://example.org/2");
}

static void
test_batches (Fixture *f, gconstpointer data)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_record_free);
  gint64 id;

  open_journal (f, FALSE);
  id = engine_journal_reserve_ids (f->journal, 5000);
  for (int i = 0; i < 5000; i++)
    g_ptr_array_add (records, make_record (id + i, "http://example.org/many"));
  engine_journal_add (f->journal, records, NULL, NULL);
  reopen (f);
  g_assert_cmpint (f->records->len, ==, 5000);
  g_assert_cmpint (f->batches, >, 2);
  for (guint i = 1; i < 5000; i++)
    g_assert_cmpfloat (get (f, i - 1)->position, <, get (f, i)->position);
}

static void
test_removed (Fixture *f, gconstpointer data)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 id;

  open_journal (f, FALSE);
  id = add (f, "http://example.org/gone");
  g_array_append_val (ids, id);
  engine_journal_remove (f->journal, ids, NULL, NULL);
  engine_journal_update (f->journal, make_record (id, "http://example.org/gone"));
  reopen (f);
  g_assert_cmpint (f->records->len, ==, 0);
}

/* Removed and brought back in one transaction, with an older update before: the newest word counts.
 */
static void
test_restored (Fixture *f, gconstpointer data)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GPtrArray *again = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_record_free);
  EngineRecord *record;
  gint64 id;

  open_journal (f, FALSE);
  id = add (f, "http://example.org/back");
  g_array_append_val (ids, id);
  record = make_record (id, "http://example.org/back");
  record->http_status = 1;
  engine_journal_update (f->journal, record);
  engine_journal_remove (f->journal, ids, NULL, NULL);
  record = make_record (id, "http://example.org/back");
  record->http_status = 2;
  g_ptr_array_add (again, record);
  engine_journal_add (f->journal, again, NULL, NULL);
  reopen (f);
  g_assert_cmpint (get (f, 0)->http_status, ==, 2);
}

static void
assert_no_bytes (const char *dir, const char *secret)
{
  g_autoptr (GDir) files = g_dir_open (dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);
      g_autofree char *text = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      g_assert_null (memmem (text, length, secret, strlen (secret)));
    }
}

static void
test_secrets (Fixture *f, gconstpointer data)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_record_free);
  EngineRecord *record;

  open_journal (f, FALSE);
  record =
      make_record (engine_journal_reserve_ids (f->journal, 2), "http://me:s3cr3t@example.org/");
  record->spec->user = g_strdup ("s3cr3t");
  record->spec->password = g_strdup ("s3cr3t");
  record->spec->headers = g_strsplit ("Authorization: s3cr3t\nCookie: s3cr3t", "\n", 0);
  record->spec->referrer = g_strdup ("http://me:s3cr3t@example.org/from");
  record->final_address = g_strdup ("http://me:s3cr3t@example.org/to");
  g_ptr_array_add (records, record);
  record = make_record (record->id + 1, "http://me:s3cr3t@bad host:port/");
  g_ptr_array_add (records, record);
  engine_journal_add (f->journal, records, NULL, NULL);
  flush (f);
  assert_no_bytes (f->dir, "s3cr3t");
  reopen (f);
  g_assert_cmpint (f->records->len, ==, 2);
  assert_no_bytes (f->dir, "s3cr3t");
}

static void
assert_mode (const char *path, int mode)
{
  struct stat facts;

  g_assert_cmpint (g_lstat (path, &facts), ==, 0);
  g_assert_cmpint (facts.st_mode & 07777, ==, mode);
}

static void
test_modes (Fixture *f, gconstpointer data)
{
  g_autofree char *wal = g_strconcat (f->path, "-wal", NULL);
  g_autofree char *lock = g_build_filename (f->dir, "journal.lock", NULL);

  g_chmod (f->dir, 0755);
  open_journal (f, FALSE);
  add (f, "http://example.org/");
  assert_mode (f->dir, 0700);
  assert_mode (f->path, 0600);
  assert_mode (wal, 0600);
  assert_mode (lock, 0600);
}

/* A folder that serves for other things keeps its mode. */
static void
test_foreign_folder (Fixture *f, gconstpointer data)
{
  g_autofree char *other = g_build_filename (f->dir, "letter.txt", NULL);

  g_assert_true (g_file_set_contents (other, "Dear…", -1, NULL));
  g_chmod (f->dir, 0755);
  open_journal (f, FALSE);
  assert_mode (f->dir, 0755);
  assert_mode (f->path, 0600);
}

static char *
find_aside (Fixture *f)
{
  g_autoptr (GDir) files = g_dir_open (f->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (files)) != NULL)
    if (g_str_has_prefix (name, "journal.sqlite.damaged-") && !g_str_has_suffix (name, "-wal") &&
        !g_str_has_suffix (name, "-shm"))
      return g_build_filename (f->dir, name, NULL);
  return NULL;
}

/* How a journal is damaged; and how many of its 300 rows at least are saved. */
typedef struct
{
  const char *name;
  void (*damage) (Fixture *f);
  int saved;
} Damage;

static void
cut_in_half (Fixture *f)
{
  struct stat facts;

  g_assert_cmpint (g_stat (f->path, &facts), ==, 0);
  g_assert_cmpint (truncate (f->path, facts.st_size / 2), ==, 0);
}

static void
empty_it (Fixture *f)
{
  g_assert_cmpint (truncate (f->path, 0), ==, 0);
}

static void
overwrite (Fixture *f, gint64 from, gint64 length)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  FILE *file = g_fopen (f->path, "r+b");

  fseek (file, from, SEEK_SET);
  for (gint64 i = 0; i < length; i++)
    fputc (g_rand_int_range (random, 0, 256), file);
  fclose (file);
}

static void
scramble_head (Fixture *f)
{
  overwrite (f, 0, 100);
}

static void
scramble_middle (Fixture *f)
{
  struct stat facts;

  g_assert_cmpint (g_stat (f->path, &facts), ==, 0);
  overwrite (f, facts.st_size / 2, 9000);
}

/* One digit of one range: a page that SQLite finds nothing wrong with. */
static void
change_a_digit (Fixture *f)
{
  g_autofree char *text = NULL;
  gsize length;
  char *found;

  g_assert_true (g_file_get_contents (f->path, &text, &length, NULL));
  found = memmem (text, length, "5000-7000", 9);
  g_assert_nonnull (found);
  found[5] = '9';
  g_assert_true (g_file_set_contents (f->path, text, length, NULL));
}

static void
make_it_text (Fixture *f)
{
  g_assert_true (g_file_set_contents (f->path, "no database at all\n", -1, NULL));
}

static void
put_a_folder (Fixture *f)
{
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  g_assert_cmpint (g_mkdir (f->path, 0700), ==, 0);
}

static void
put_a_link (Fixture *f)
{
  g_autofree char *victim = g_build_filename (f->dir, "victim", NULL);

  g_assert_true (g_file_set_contents (victim, "", 0, NULL));
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  g_assert_cmpint (symlink (victim, f->path), ==, 0);
}

static void
put_another_database (Fixture *f)
{
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  execute (f->path, "CREATE TABLE letters (text); PRAGMA user_version = 2");
}

static void
claim_no_version (Fixture *f)
{
  execute (f->path, "PRAGMA user_version = 0");
}

static void
claim_an_impossible_version (Fixture *f)
{
  execute (f->path, "PRAGMA user_version = -5");
}

static const Damage damages[] = {
  { "cut in half", cut_in_half, 1 },
  { "emptied", empty_it, 0 },
  { "scrambled at its head", scramble_head, 0 },
  { "scrambled in the middle", scramble_middle, 100 },
  { "changed by a digit", change_a_digit, 299 },
  { "text", make_it_text, 0 },
  { "a folder", put_a_folder, 0 },
  { "a link", put_a_link, 0 },
  { "another program's database", put_another_database, 0 },
  { "of version 0", claim_no_version, 300 },
  { "of version -5", claim_an_impossible_version, 300 },
};

static void
fill (Fixture *f, int n)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_record_free);
  gint64 id = engine_journal_reserve_ids (f->journal, n);

  for (int i = 0; i < n; i++)
    {
      g_autofree char *address = g_strdup_printf ("http://example.org/%d", i);

      g_ptr_array_add (records, make_record (id + i, address));
    }
  engine_journal_add (f->journal, records, NULL, NULL);
}

static void
test_damaged (Fixture *f, gconstpointer data)
{
  const Damage *damage = data;
  g_autofree char *aside = NULL;

  open_journal (f, FALSE);
  fill (f, 300);
  close_journal (f);
  damage->damage (f);
  open_journal (f, FALSE);
  aside = find_aside (f);
  g_test_message ("%s: %s", damage->name, f->notice);
  g_assert_nonnull (aside);
  g_assert_nonnull (f->notice);
  g_assert_nonnull (strstr (f->notice, aside));
  g_assert_no_error (f->refused);
  g_assert_cmpint (f->records->len, >=, damage->saved);
  /* None that is not what was written. */
  for (guint i = 0; i < f->records->len; i++)
    g_assert_cmpint (g_array_index (get (f, i)->done, EngineRange, 1).end, ==, 7000);
  /* And it works as ever. */
  add (f, "http://example.org/new");
  g_assert_no_error (f->failed);
  damage->saved == 0 ? reopen (f) : close_journal (f);
  if (damage->saved == 0)
    g_assert_cmpint (f->records->len, ==, 1);
}

static void
test_newer_for_window (Fixture *f, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize n_before, n_after;

  open_journal (f, FALSE);
  fill (f, 10);
  close_journal (f);
  execute (f->path, "PRAGMA user_version = 99");
  g_assert_true (g_file_get_contents (f->path, &before, &n_before, NULL));
  open_journal (f, FALSE);
  g_assert_nonnull (f->notice);
  g_assert_cmpint (f->records->len, ==, 0);
  add (f, "http://example.org/unkept");
  g_assert_no_error (f->failed);
  close_journal (f);
  g_assert_true (g_file_get_contents (f->path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
}

static void
test_newer_for_command (Fixture *f, gconstpointer data)
{
  open_journal (f, FALSE);
  close_journal (f);
  execute (f->path, "PRAGMA user_version = 99");
  open_journal (f, TRUE);
  g_assert_error (f->refused, ENGINE_ERROR, ENGINE_ERROR_JOURNAL);
  flush (f);
  g_assert_error (f->failed, ENGINE_ERROR, ENGINE_ERROR_JOURNAL);
}

/* As the first version made it. */
static void
test_migrates (Fixture *f, gconstpointer data)
{
  execute (
      f->path,
      "CREATE TABLE downloads (id INTEGER PRIMARY KEY, position REAL NOT NULL, address TEXT NOT "
      "NULL,"
      " folder TEXT NOT NULL, wanted_name TEXT, checksum TEXT, referrer TEXT, on_conflict INTEGER "
      "NOT "
      "NULL, max_connections INTEGER NOT NULL, no_resume INTEGER NOT NULL, state TEXT NOT NULL,"
      " error_nick TEXT, error_message TEXT, http_status INTEGER NOT NULL, name TEXT, "
      "final_address TEXT,"
      " etag TEXT, last_modified TEXT, content_type TEXT, length INTEGER NOT NULL, total INTEGER "
      "NOT NULL,"
      " received INTEGER NOT NULL, inode INTEGER NOT NULL, done TEXT NOT NULL, added_us INTEGER "
      "NOT NULL,"
      " finished_us INTEGER NOT NULL, length_unproven INTEGER NOT NULL) STRICT;"
      "INSERT INTO downloads VALUES (5, 1.0, 'http://example.org/paused', '/d', NULL, NULL, NULL, "
      "0, 0, 0,"
      " 'paused', NULL, NULL, 206, 'a', NULL, '\"e\"', NULL, NULL, 100, 100, 50, 7, '0-50 ', 1, 0, "
      "0);"
      "INSERT INTO downloads VALUES (6, 2.0, 'http://example.org/ran', '/d', NULL, NULL, NULL, 0, "
      "0, 0,"
      " 'queued', NULL, NULL, 206, 'b', NULL, '\"e\"', NULL, NULL, 100, 100, 50, 8, '0-50 ', 1, 0, "
      "0);"
      "PRAGMA user_version = 1");
  open_journal (f, FALSE);
  g_assert_cmpstr (f->notice, ==, NULL);
  g_assert_cmpstr (get (f, 0)->spec->address, ==, "http://example.org/paused");
  g_assert_cmpint (get (f, 0)->received, ==, 50);
  g_assert_cmpint (get (f, 1)->received, ==, 0);
  add (f, "http://example.org/new");
  reopen (f);
  g_assert_cmpint (f->records->len, ==, 3);
}

static void
test_unwritable_folder (Fixture *f, gconstpointer data)
{
  g_autofree char *file = g_build_filename (f->dir, "file", NULL);

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_free (f->dir);
  f->dir = g_build_filename (file, "below", NULL);
  open_journal (f, FALSE);
  g_assert_nonnull (f->notice);
  g_assert_no_error (f->refused);
  add (f, "http://example.org/");
  g_assert_no_error (f->failed);
  g_free (f->dir);
  f->dir = g_path_get_dirname (file);
}

static void
test_shared (Fixture *f, gconstpointer data)
{
  Fixture other;
  EngineRecord *record;
  gint64 ours;
  int pid = 0;

  open_journal (f, FALSE);
  ours = add (f, "http://example.org/ours");
  set_up_beside (&other, f);
  open_journal (&other, TRUE);

  /* What a running program has is not another's to see, to change, or to remove. */
  g_assert_cmpint (other.records->len, ==, 0);
  record = make_record (ours, "http://example.org/stolen");
  engine_journal_update (other.journal, record);
  flush (&other);
  g_assert_cmpint (engine_journal_find_owner (other.journal, 1, "http://example.org/else",
                                              "/downloads", "file.bin", &pid),
                   ==, ENGINE_OWNER_ROW);
  g_assert_cmpint (engine_journal_find_owner (other.journal, 1, "http://example.org/ours",
                                              "/downloads", "file.bin", &pid),
                   ==, ENGINE_OWNER_TWIN);
  g_assert_cmpint (pid, ==, getpid ());
  g_assert_cmpint (engine_journal_find_owner (other.journal, 1, "http://example.org/ours",
                                              "/elsewhere", "file.bin", &pid),
                   ==, ENGINE_OWNER_NONE);
  add (&other, "http://example.org/theirs");
  close_journal (f);
  close_journal (&other);

  /* Both kept their rows; now nobody has them. */
  open_journal (f, FALSE);
  g_assert_cmpint (f->records->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpstr (get (f, i)->spec->address, !=, "http://example.org/stolen");
  free_fixture (&other);
}

/* A program that takes the write lock for a while is waited for; nothing is lost. */
static void
test_locked (Fixture *f, gconstpointer data)
{
  sqlite3 *hog = NULL;
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;
  EngineRecord *record;
  gint64 id;

  open_journal (f, FALSE);
  id = add (f, "http://example.org/");
  g_assert_cmpint (sqlite3_open (f->path, &hog), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (hog, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  record = make_record (id, "http://example.org/");
  record->http_status = 206;
  engine_journal_update (f->journal, record);
  pthread_mutex_lock (&f->lock);
  while (f->trouble == NULL)
    wait_for_change (f, deadline);
  pthread_mutex_unlock (&f->lock);
  sqlite3_exec (hog, "COMMIT", NULL, NULL, NULL);
  sqlite3_close (hog);
  pthread_mutex_lock (&f->lock);
  while (f->trouble != NULL)
    wait_for_change (f, deadline);
  pthread_mutex_unlock (&f->lock);
  reopen (f);
  g_assert_cmpint (get (f, 0)->http_status, ==, 206);
}

#define ADD(name, test) g_test_add (name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/journal/what-is-kept-comes-back", test_round);
  ADD ("/journal/after-a-start-of-the-machine-only-what-was-synced-is-believed", test_boot);
  ADD ("/journal/rows-come-in-the-order-of-their-positions", test_order);
  ADD ("/journal/many-rows-come-in-batches-the-first-one-small", test_batches);
  ADD ("/journal/an-update-never-brings-back-what-was-removed", test_removed);
  ADD ("/journal/what-is-brought-back-is-not-overwritten-by-an-older-update", test_restored);
  ADD ("/journal/no-secret-is-ever-in-the-directory", test_secrets);
  ADD ("/journal/only-its-owner-reads-it", test_modes);
  ADD ("/journal/a-folder-that-serves-for-other-things-keeps-its-mode", test_foreign_folder);
  ADD ("/journal/a-newer-one-is-left-as-it-is-and-the-window-goes-on", test_newer_for_window);
  ADD ("/journal/a-newer-one-is-an-error-for-a-command", test_newer_for_command);
  ADD ("/journal/the-first-version-migrates", test_migrates);
  ADD ("/journal/without-a-folder-it-goes-on-in-memory-and-says-so", test_unwritable_folder);
  ADD ("/journal/two-programs-keep-their-rows-apart", test_shared);
  ADD ("/journal/what-could-not-be-kept-is-tried-again", test_locked);
  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *name = g_strdup_printf ("/journal/damaged/%s", damages[i].name);

      g_strdelimit (name, " '", '-');
      g_test_add (name, Fixture, &damages[i], set_up, test_damaged, tear_down);
    }
  return g_test_run ();
}
