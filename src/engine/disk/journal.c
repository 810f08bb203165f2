/* The journal: one thread, one SQLite handle, one queue of commands.
 *
 * Invariants, which the tests kill the process to check:
 * 1. A range in the journal is in the part file: the data is written, then
 *    journalled.
 * 2. What is asked together is one transaction: a split is never half there.
 * 3. The final name appears only by renaming a complete, verified, synced file;
 *    it never replaces a file unless the person said so. (part-file.c)
 * 4. What a person added is in the journal before the window says so.
 * 5. After a kill at any instant: no wrong byte, no lost entry, and at most
 *    max(1 s of traffic, 8 MiB) is fetched again.
 * 6. Disk full, read-only, unplugged: the download waits with the reason and
 *    keeps every byte.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/thread.h"
#include "engine/disk/journal-rows.h"
#include "engine/disk/schema.h"
#include "engine/plan/error.h"

#define BUSY_MS 5000

typedef enum
{
  COMMAND_ADD,
  COMMAND_UPDATE,
  COMMAND_REMOVE,
  COMMAND_FLUSH,
} CommandKind;

/* Made by whoever asks, owned by the journal's thread from then on. */
typedef struct
{
  CommandKind kind;
  GPtrArray *records; /* ADD and UPDATE: owned */
  GArray *ids;        /* REMOVE: owned */
  EngineJournalDone done;
  gpointer user_data;
} Command;

struct _EngineJournal
{
  /* Written once, before the thread starts. */
  char *state_dir; /* owned */
  char *path;      /* owned */
  EngineJournalLoaded loaded;
  gpointer loaded_data;
  pthread_t thread;

  pthread_mutex_t lock;
  pthread_cond_t wake; /* with lock: the queue is not empty, or closing */
  GQueue commands;     /* guarded by lock */
  bool closing;        /* guarded by lock */

  /* Relaxed: hands out numbers, each once. */
  _Atomic gint64 next_id;

  /* The journal's thread only. */
  sqlite3 *db;      /* owned; NULL: no journal can be had */
  EngineRows *rows; /* owned */
  GError *refused;  /* owned; why there is none */
};

static void
command_free (Command *command)
{
  g_clear_pointer (&command->records, g_ptr_array_unref);
  g_clear_pointer (&command->ids, g_array_unref);
  g_free (command);
}

static void
close_db (EngineJournal *self)
{
  g_clear_pointer (&self->rows, engine_rows_free);
  sqlite3_close (self->db);
  self->db = NULL;
}

/* No other user may read where somebody downloads from; SQLite's other files take the mode over. */
static gboolean
make_private_file (const char *path)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

  if (fd < 0)
    return FALSE;
  fchmod (fd, 0600);
  close (fd);
  return TRUE;
}

static gboolean
is_sound (sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  gboolean sound = sqlite3_prepare_v2 (db, "PRAGMA quick_check(1)", -1, &statement, NULL) == SQLITE_OK &&
                   sqlite3_step (statement) == SQLITE_ROW &&
                   g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;

  sqlite3_finalize (statement);
  return sound;
}

static EngineSchemaState
open_db (EngineJournal *self)
{
  EngineSchemaState state;
  struct stat facts;
  g_autofree char *wal = g_strconcat (self->path, "-wal", NULL);
  /* A log that is still there: the last one to use the journal did not close it. */
  gboolean unclean = g_lstat (wal, &facts) == 0;

  if ((g_lstat (self->path, &facts) == 0 && !S_ISREG (facts.st_mode)) ||
      !make_private_file (self->path) ||
      sqlite3_open_v2 (self->path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
          SQLITE_OK)
    return ENGINE_SCHEMA_DAMAGED;
  sqlite3_busy_timeout (self->db, BUSY_MS);
  sqlite3_exec (self->db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;", NULL, NULL, NULL);
  state = engine_schema_prepare (self->db);
  if (state != ENGINE_SCHEMA_READY)
    return state;
  if (unclean && !is_sound (self->db))
    return ENGINE_SCHEMA_DAMAGED;
  self->rows = engine_rows_new (self->db);
  return self->rows != NULL ? ENGINE_SCHEMA_READY : ENGINE_SCHEMA_DAMAGED;
}

/* Returns: (transfer full) (nullable): where the damaged journal is now. */
static char *
put_aside (EngineJournal *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *aside = g_strdup_printf ("%s.damaged-%s", self->path, stamp);
  const char *const companions[] = { "-wal", "-shm" };

  if (g_rename (self->path, aside) != 0)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *from = g_strconcat (self->path, companions[i], NULL);
      g_autofree char *to = g_strconcat (aside, companions[i], NULL);

      g_rename (from, to);
    }
  return g_steal_pointer (&aside);
}

static void
refuse (EngineJournal *self, const char *why)
{
  close_db (self);
  g_clear_error (&self->refused);
  self->refused = g_error_new_literal (ENGINE_ERROR, ENGINE_ERROR_JOURNAL, why);
}

static char *
begin_anew (EngineJournal *self, GPtrArray *records)
{
  g_autofree char *aside = NULL;
  int dropped;

  close_db (self);
  g_ptr_array_set_size (records, 0);
  aside = put_aside (self);
  if (aside == NULL || open_db (self) != ENGINE_SCHEMA_READY ||
      !engine_rows_load (self->rows, records, &dropped))
    {
      g_autofree char *why = g_strdup_printf (_ ("the list cannot be kept in %s"), self->state_dir);

      refuse (self, why);
      return NULL;
    }
  return g_strdup_printf (
      /* Translators: %s is the path of a file */
      _ ("The list of downloads was damaged and has been begun anew. The old one is in %s."),
      aside);
}

/* Returns: (transfer full) (nullable): what a person should be told. */
static char *
open_and_load (EngineJournal *self, GPtrArray *records)
{
  int dropped = 0;

  if (g_mkdir_with_parents (self->state_dir, 0700) != 0)
    {
      g_autofree char *why = g_strdup_printf (
          _ ("the list cannot be kept in %s: %s"), self->state_dir, g_strerror (errno));

      refuse (self, why);
      return NULL;
    }
  g_chmod (self->state_dir, 0700);
  switch (open_db (self))
    {
    case ENGINE_SCHEMA_NEWER:
      refuse (self, _ ("the list was written by a newer Bobbin; use that one, or move the list away"));
      return NULL;
    case ENGINE_SCHEMA_READY:
      if (!engine_rows_load (self->rows, records, &dropped))
        return begin_anew (self, records);
      break;
    case ENGINE_SCHEMA_DAMAGED:
    default:
      return begin_anew (self, records);
    }
  if (dropped > 0)
    return g_strdup_printf (ngettext ("%d download in the list made no sense and was left out.",
                                      "%d downloads in the list made no sense and were left out.",
                                      dropped),
                            dropped);
  return NULL;
}

static gboolean
execute (EngineJournal *self, Command *command)
{
  gboolean ok = TRUE;

  for (guint i = 0; ok && command->records != NULL && i < command->records->len; i++)
    ok = engine_rows_write (self->rows,
                            g_ptr_array_index (command->records, i),
                            command->kind == COMMAND_UPDATE);
  for (guint i = 0; ok && command->ids != NULL && i < command->ids->len; i++)
    ok = engine_rows_delete (self->rows, g_array_index (command->ids, gint64, i));
  return ok;
}

static GError *
run_batch (EngineJournal *self, GQueue *batch)
{
  gboolean lasting = FALSE;
  gboolean ok;

  if (self->db == NULL)
    return g_error_copy (self->refused);
  for (GList *l = batch->head; l != NULL; l = l->next)
    lasting = lasting || ((Command *) l->data)->kind != COMMAND_UPDATE;
  /* A new row or a removal waits for the disk, so that a power cut does not undo what the
   * window has said; progress may be a second behind anyway. */
  sqlite3_exec (self->db,
                lasting ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL",
                NULL, NULL, NULL);
  ok = sqlite3_exec (self->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;
  for (GList *l = batch->head; ok && l != NULL; l = l->next)
    ok = execute (self, l->data);
  ok = ok && sqlite3_exec (self->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
  if (ok)
    return NULL;

  GError *error = g_error_new (
      ENGINE_ERROR, ENGINE_ERROR_JOURNAL, _ ("the list cannot be kept: %s"), sqlite3_errmsg (self->db));
  sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return error;
}

static void
answer_batch (GQueue *batch, const GError *error)
{
  Command *command;

  while ((command = g_queue_pop_head (batch)) != NULL)
    {
      if (command->done != NULL)
        command->done (error, command->user_data);
      command_free (command);
    }
}

/* Waits for commands. Returns: FALSE when there are none and never will be. */
static gboolean
take_batch (EngineJournal *self, GQueue *batch)
{
  pthread_mutex_lock (&self->lock);
  while (g_queue_is_empty (&self->commands) && !self->closing)
    pthread_cond_wait (&self->wake, &self->lock);
  *batch = self->commands;
  g_queue_init (&self->commands);
  pthread_mutex_unlock (&self->lock);
  return !g_queue_is_empty (batch);
}

static void *
run (void *data)
{
  EngineJournal *self = data;
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_record_free);
  g_autofree char *notice = NULL;
  GQueue batch;

  base_thread_set_name ("journal");
  notice = open_and_load (self, records);
  self->loaded (records, notice, self->refused, self->loaded_data);
  while (take_batch (self, &batch))
    {
      g_autoptr (GError) error = run_batch (self, &batch);

      answer_batch (&batch, error);
    }
  close_db (self);
  return NULL;
}

EngineJournal *
engine_journal_open (const char *state_dir, EngineJournalLoaded loaded, gpointer user_data)
{
  EngineJournal *self = g_new0 (EngineJournal, 1);
  gint64 random = ((gint64) g_random_int () << 10) ^ g_random_int_range (0, 1024);

  self->state_dir = g_strdup (state_dir);
  self->path = g_build_filename (state_dir, "journal.sqlite", NULL);
  self->loaded = loaded;
  self->loaded_data = user_data;
  /* 42 random bits, then 20 to count: two processes on one journal do not meet. */
  atomic_init (&self->next_id, (random << 20) + 1);
  pthread_mutex_init (&self->lock, NULL);
  pthread_cond_init (&self->wake, NULL);
  g_queue_init (&self->commands);
  if (pthread_create (&self->thread, NULL, run, self) != 0)
    g_error ("no thread for the journal");
  return self;
}

gint64
engine_journal_reserve_ids (EngineJournal *self, int n)
{
  return atomic_fetch_add_explicit (&self->next_id, n, memory_order_relaxed);
}

static void
ask (EngineJournal *self, Command *command)
{
  pthread_mutex_lock (&self->lock);
  g_queue_push_tail (&self->commands, command);
  pthread_cond_signal (&self->wake);
  pthread_mutex_unlock (&self->lock);
}

static Command *
command_new (CommandKind kind, EngineJournalDone done, gpointer user_data)
{
  Command *command = g_new0 (Command, 1);

  command->kind = kind;
  command->done = done;
  command->user_data = user_data;
  return command;
}

void
engine_journal_add (EngineJournal *self, GPtrArray *records, EngineJournalDone done, gpointer user_data)
{
  Command *command = command_new (COMMAND_ADD, done, user_data);

  command->records = records;
  ask (self, command);
}

void
engine_journal_update (EngineJournal *self,
                       EngineRecord *record,
                       EngineJournalDone done,
                       gpointer user_data)
{
  Command *command = command_new (COMMAND_UPDATE, done, user_data);

  command->records = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_record_free);
  g_ptr_array_add (command->records, record);
  ask (self, command);
}

void
engine_journal_remove (EngineJournal *self, GArray *ids, EngineJournalDone done, gpointer user_data)
{
  Command *command = command_new (COMMAND_REMOVE, done, user_data);

  command->ids = ids;
  ask (self, command);
}

void
engine_journal_flush (EngineJournal *self, EngineJournalDone done, gpointer user_data)
{
  ask (self, command_new (COMMAND_FLUSH, done, user_data));
}

void
engine_journal_close (EngineJournal *self)
{
  pthread_mutex_lock (&self->lock);
  self->closing = true;
  pthread_cond_signal (&self->wake);
  pthread_mutex_unlock (&self->lock);
  pthread_join (self->thread, NULL);

  pthread_cond_destroy (&self->wake);
  pthread_mutex_destroy (&self->lock);
  g_clear_error (&self->refused);
  g_free (self->path);
  g_free (self->state_dir);
  g_free (self);
}
