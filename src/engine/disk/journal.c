/* The journal: one thread, one SQLite handle, one queue of commands.
 *
 * Invariants, which the tests kill the process to check (docs/journal.md says more):
 * 1. A range in the journal is in the part file: the data is written, then
 *    journalled as `done`; against power loss it is synced in between, and then journalled as
 *    `synced`. After a start of the machine only `synced` is believed.
 * 2. A download's ranges are one row, and what is asked together is one transaction: a split
 *    is never half there.
 * 3. The final name appears only by renaming a complete, verified, synced file;
 *    it never replaces a file unless the person said so. (part-file.c)
 * 4. What a person added is in the journal before the window says so.
 * 5. After a kill at any instant: no wrong byte, no lost entry, and at most
 *    max(1 s of traffic, 8 MiB) is fetched again.
 * 6. Disk full, quota, read-only, unplugged: the download waits with the reason,
 *    keeps every byte, and goes on when there is room.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/journal.h"

#include <glib/gi18n.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base/clock.h"
#include "base/thread.h"
#include "engine/disk/crash-point.h"
#include "engine/disk/journal-file.h"
#include "engine/plan/error.h"

/* Rows that are delivered at once at the start, so that a window has something to show; and after
 * that, so that its thread never has many in hand. */
#define FIRST_ROWS 200
#define MORE_ROWS 200

/* What could not be kept is tried again so often. */
#define RETRY_MS 2000

/* What may wait for company waits so long at most: a transaction costs more than a row. */
#define COMPANY_MS 50

typedef enum
{
  COMMAND_ADD,
  COMMAND_UPDATE,
  COMMAND_REMOVE,
  COMMAND_FLUSH,
  COMMAND_FIND_OWNER,
} CommandKind;

/* A question of a thread that waits for the answer, on that thread's stack. */
typedef struct
{
  gint64 id;
  const char *address;
  const char *folder;
  const char *name;
  EngineOwner owner;
  int pid;
  bool answered; /* guarded by the journal's lock */
} OwnerQuestion;

/* Made by whoever asks, owned by the journal's thread from then on. */
typedef struct
{
  CommandKind kind;
  EngineJournalMake make;  /* ADD: makes the records, nullable */
  GPtrArray *records;      /* ADD: owned */
  EngineRecord *record;    /* UPDATE: owned */
  GArray *ids;             /* REMOVE: owned */
  OwnerQuestion *question; /* FIND_OWNER: not owned */
  EngineJournalDone done;
  gpointer user_data;
} Command;

struct _EngineJournal
{
  /* Written once, before the thread starts. */
  char *state_dir; /* owned */
  gint64 number;   /* this program's among those that use the journal */
  gboolean for_command;
  EngineJournalListener listener;
  gpointer listener_data;
  pthread_t thread;

  pthread_mutex_t lock;
  pthread_cond_t wake;     /* with lock: the queue is not empty, or closing */
  pthread_cond_t answered; /* with lock: a question is */
  GQueue commands;         /* guarded by lock */
  bool urgent;             /* guarded by lock: one of the commands does not wait for company */
  bool closing;            /* guarded by lock */

  /* Relaxed: hands out numbers, each once. */
  _Atomic gint64 next_id;

  /* The journal's thread only. */
  EngineJournalFile *file; /* owned */
  GHashTable *updates;     /* owned; id to EngineRecord: the latest of each that is not kept yet */
  GHashTable *removals;    /* owned; a set of ids whose rows must go */
  gboolean in_trouble;
};

static void
command_free (Command *command)
{
  g_clear_pointer (&command->records, g_ptr_array_unref);
  g_clear_pointer (&command->record, engine_record_free);
  g_clear_pointer (&command->ids, g_array_unref);
  g_free (command);
}

static GPtrArray *
new_records (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) engine_record_free);
}

static void
deliver (EngineJournal *self, GPtrArray *records, gboolean last)
{
  self->listener.loaded (records, last, last ? self->file->notice : NULL,
                         last ? self->file->refused : NULL, self->listener_data);
}

/* Reads all rows, the first ones as early as can be. */
static void
load (EngineJournal *self)
{
  EngineRowsRead read = ENGINE_ROWS_MORE;
  guint most = FIRST_ROWS;

  engine_rows_begin_load (self->file->rows, self->for_command);
  while (read == ENGINE_ROWS_MORE)
    {
      g_autoptr (GPtrArray) records = new_records ();

      read = engine_rows_load (self->file->rows, records, most);
      most = MORE_ROWS;
      if (read == ENGINE_ROWS_MORE)
        deliver (self, g_steal_pointer (&records), FALSE);
      else if (read == ENGINE_ROWS_DAMAGED)
        {
          engine_rows_end_load (self->file->rows);
          engine_journal_file_begin_anew (self->file, records);
          deliver (self, g_steal_pointer (&records), TRUE);
          return;
        }
      else
        {
          engine_rows_end_load (self->file->rows);
          if (!self->for_command)
            engine_rows_take_over (self->file->rows);
          if (read == ENGINE_ROWS_REFUSED)
            self->file->notice = g_strdup_printf (
                /* Translators: %s is what the system says */
                _ ("The list of downloads could not be read to its end (%s)."),
                sqlite3_errmsg (self->file->db));
          deliver (self, g_steal_pointer (&records), TRUE);
        }
    }
}

static void
open_and_load (EngineJournal *self)
{
  g_autoptr (GPtrArray) salvaged = new_records ();

  self->file =
      engine_journal_file_open (self->state_dir, self->number, self->for_command, salvaged);
  if (self->file->rows == NULL || salvaged->len > 0)
    deliver (self, g_steal_pointer (&salvaged), TRUE);
  else
    load (self);
}

/* The order of what was asked: a row that was removed or added anew has no older update. */
static gboolean
take_add (EngineJournal *self, Command *command)
{
  gboolean ok = TRUE;

  for (guint i = 0; i < command->records->len; i++)
    {
      EngineRecord *record = g_ptr_array_index (command->records, i);

      g_hash_table_remove (self->updates, &record->id);
      g_hash_table_remove (self->removals, &record->id);
      ok = ok && engine_rows_add (self->file->rows, record);
    }
  return ok;
}

static gboolean
take_removal (EngineJournal *self, Command *command)
{
  gboolean ok = TRUE;

  for (guint i = 0; i < command->ids->len; i++)
    {
      gint64 id = g_array_index (command->ids, gint64, i);

      g_hash_table_remove (self->updates, &id);
      g_hash_table_add (self->removals, g_memdup2 (&id, sizeof id));
      ok = ok && engine_rows_delete (self->file->rows, id);
    }
  return ok;
}

static gboolean
take_command (EngineJournal *self, Command *command)
{
  switch (command->kind)
    {
    case COMMAND_ADD:
      return take_add (self, command);
    case COMMAND_REMOVE:
      return take_removal (self, command);
    case COMMAND_UPDATE:
      g_hash_table_replace (self->updates, &command->record->id, command->record);
      command->record = NULL;
      return TRUE;
    case COMMAND_FIND_OWNER:
      command->question->owner =
          engine_rows_find_owner (self->file->rows, command->question->id,
                                  command->question->address, command->question->folder,
                                  command->question->name, &command->question->pid);
      return TRUE;
    case COMMAND_FLUSH:
    default:
      return TRUE;
    }
}

/* What an earlier transaction failed to remove. */
static gboolean
write_removals (EngineJournal *self)
{
  GHashTableIter iter;
  gpointer id;
  gboolean ok = TRUE;

  g_hash_table_iter_init (&iter, self->removals);
  while (ok && g_hash_table_iter_next (&iter, &id, NULL))
    ok = engine_rows_delete (self->file->rows, *(gint64 *) id);
  return ok;
}

static gboolean
write_updates (EngineJournal *self)
{
  GHashTableIter iter;
  gpointer record;
  gboolean ok = TRUE;

  g_hash_table_iter_init (&iter, self->updates);
  while (ok && g_hash_table_iter_next (&iter, NULL, &record))
    ok = engine_rows_update (self->file->rows, record);
  return ok;
}

static gboolean
execute (EngineJournal *self, GQueue *batch)
{
  sqlite3 *db = self->file->db;
  gboolean lasting = g_hash_table_size (self->removals) > 0;
  gboolean ok;

  for (GList *l = batch->head; l != NULL; l = l->next)
    {
      Command *command = l->data;
      CommandKind kind = command->kind;

      /* Before the transaction, so that no other program waits for it. */
      if (command->make != NULL)
        command->records = command->make (command->user_data);
      lasting = lasting || kind == COMMAND_ADD || kind == COMMAND_REMOVE || kind == COMMAND_FLUSH;
    }
  /* A new row or a removal waits for the disk, so that a power cut does not undo what the
   * window has said; progress may be a second behind anyway. */
  sqlite3_exec (db, lasting ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL", NULL,
                NULL, NULL);
  ok = sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;
  engine_crash_point ("journal-begin");
  ok = ok && write_removals (self);
  for (GList *l = batch->head; l != NULL; l = l->next)
    ok = take_command (self, l->data) && ok;
  ok = ok && write_updates (self);
  engine_crash_point ("journal-written");
  ok = ok && sqlite3_exec (db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
  if (ok)
    engine_crash_point ("journal-committed");
  return ok;
}

static GError *
run_batch (EngineJournal *self, GQueue *batch)
{
  GError *error;

  if (self->file->db == NULL)
    return g_error_copy (self->file->refused);
  if (execute (self, batch))
    {
      g_hash_table_remove_all (self->updates);
      g_hash_table_remove_all (self->removals);
      if (self->in_trouble)
        self->listener.trouble (NULL, self->listener_data);
      self->in_trouble = FALSE;
      return NULL;
    }
  error = g_error_new (ENGINE_ERROR, ENGINE_ERROR_JOURNAL, _ ("the list cannot be kept: %s"),
                       sqlite3_errmsg (self->file->db));
  sqlite3_exec (self->file->db, "ROLLBACK", NULL, NULL, NULL);
  if (!self->in_trouble)
    self->listener.trouble (error, self->listener_data);
  self->in_trouble = TRUE;
  return error;
}

static void
answer_batch (EngineJournal *self, GQueue *batch, const GError *error)
{
  Command *command;

  while ((command = g_queue_pop_head (batch)) != NULL)
    {
      if (command->done != NULL)
        command->done (error, command->user_data);
      if (command->question != NULL)
        {
          pthread_mutex_lock (&self->lock);
          command->question->answered = true;
          pthread_cond_broadcast (&self->answered);
          pthread_mutex_unlock (&self->lock);
        }
      command_free (command);
    }
}

static void
get_deadline (struct timespec *deadline, int ms)
{
  clock_gettime (CLOCK_MONOTONIC, deadline);
  deadline->tv_sec += ms / 1000;
  deadline->tv_nsec += ms % 1000 * 1000000L;
  deadline->tv_sec += deadline->tv_nsec / 1000000000;
  deadline->tv_nsec %= 1000000000;
}

/* With the lock held. Returns: FALSE where the time came first. */
static gboolean
wait_until (EngineJournal *self, const struct timespec *deadline)
{
  return pthread_cond_timedwait (&self->wake, &self->lock, deadline) == 0;
}

/* Waits for commands, or until what could not be kept is due again. Returns: FALSE at the end. */
static gboolean
take_batch (EngineJournal *self, GQueue *batch)
{
  gboolean unkept = g_hash_table_size (self->updates) + g_hash_table_size (self->removals) > 0;
  gboolean go_on;
  gboolean in_time = TRUE;
  struct timespec deadline;

  get_deadline (&deadline, RETRY_MS);
  pthread_mutex_lock (&self->lock);
  while (g_queue_is_empty (&self->commands) && !self->closing && in_time)
    in_time =
        unkept ? wait_until (self, &deadline) : pthread_cond_wait (&self->wake, &self->lock) == 0;
  get_deadline (&deadline, COMPANY_MS);
  while (!g_queue_is_empty (&self->commands) && !self->urgent && !self->closing &&
         wait_until (self, &deadline))
    ;
  *batch = self->commands;
  g_queue_init (&self->commands);
  self->urgent = false;
  go_on = !g_queue_is_empty (batch) || !self->closing;
  pthread_mutex_unlock (&self->lock);
  return go_on;
}

static void *
run (void *data)
{
  EngineJournal *self = data;
  GQueue batch;

  base_thread_set_name ("journal");
  open_and_load (self);
  while (take_batch (self, &batch))
    {
      g_autoptr (GError) error = run_batch (self, &batch);

      answer_batch (self, &batch, error);
    }
  if (g_hash_table_size (self->updates) + g_hash_table_size (self->removals) > 0)
    {
      g_autoptr (GError) lost = run_batch (self, &batch);

      if (lost != NULL)
        g_warning ("%s", lost->message);
    }
  engine_journal_file_free (self->file);
  return NULL;
}

static void
init_waits (EngineJournal *self)
{
  pthread_condattr_t monotonic;

  pthread_condattr_init (&monotonic);
  pthread_condattr_setclock (&monotonic, CLOCK_MONOTONIC);
  pthread_mutex_init (&self->lock, NULL);
  pthread_cond_init (&self->wake, &monotonic);
  pthread_cond_init (&self->answered, NULL);
  pthread_condattr_destroy (&monotonic);
}

EngineJournal *
engine_journal_open (const char *state_dir,
                     gboolean for_command,
                     const EngineJournalListener *listener,
                     gpointer user_data)
{
  EngineJournal *self = g_new0 (EngineJournal, 1);

  self->state_dir = g_strdup (state_dir);
  self->for_command = for_command;
  self->listener = *listener;
  self->listener_data = user_data;
  /* 42 random bits, and for ids 20 more to count: two processes on one journal do not meet. */
  self->number = (((gint64) g_random_int () << 10) ^ g_random_int_range (0, 1024)) | 1;
  atomic_init (&self->next_id, (self->number << 20) + 1);
  self->updates = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                         (GDestroyNotify) engine_record_free);
  self->removals = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_queue_init (&self->commands);
  init_waits (self);
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
ask_when (EngineJournal *self, Command *command, bool urgent)
{
  bool news;

  pthread_mutex_lock (&self->lock);
  news = g_queue_is_empty (&self->commands) || (urgent && !self->urgent);
  g_queue_push_tail (&self->commands, command);
  self->urgent = self->urgent || urgent;
  if (news)
    pthread_cond_signal (&self->wake);
  pthread_mutex_unlock (&self->lock);
}

static void
ask (EngineJournal *self, Command *command)
{
  ask_when (self, command, true);
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
engine_journal_add (EngineJournal *self,
                    GPtrArray *records,
                    EngineJournalDone done,
                    gpointer user_data)
{
  Command *command = command_new (COMMAND_ADD, done, user_data);

  command->records = records;
  ask (self, command);
}

void
engine_journal_add_made (EngineJournal *self,
                         EngineJournalMake make,
                         EngineJournalDone done,
                         gpointer user_data)
{
  Command *command = command_new (COMMAND_ADD, done, user_data);

  command->make = make;
  ask (self, command);
}

void
engine_journal_update (EngineJournal *self, EngineRecord *record)
{
  Command *command = command_new (COMMAND_UPDATE, NULL, NULL);

  command->record = record;
  ask (self, command);
}

void
engine_journal_update_soon (EngineJournal *self, EngineRecord *record)
{
  Command *command = command_new (COMMAND_UPDATE, NULL, NULL);

  command->record = record;
  ask_when (self, command, false);
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

EngineOwner
engine_journal_find_owner (EngineJournal *self,
                           gint64 id,
                           const char *address,
                           const char *folder,
                           const char *name,
                           int *pid)
{
  OwnerQuestion question = { .id = id, .address = address, .folder = folder, .name = name };
  Command *command = command_new (COMMAND_FIND_OWNER, NULL, NULL);

  command->question = &question;
  ask (self, command);
  pthread_mutex_lock (&self->lock);
  while (!question.answered)
    pthread_cond_wait (&self->answered, &self->lock);
  pthread_mutex_unlock (&self->lock);
  *pid = question.pid;
  return question.owner;
}

void
engine_journal_close (EngineJournal *self)
{
  pthread_mutex_lock (&self->lock);
  self->closing = true;
  pthread_cond_signal (&self->wake);
  pthread_mutex_unlock (&self->lock);
  pthread_join (self->thread, NULL);

  pthread_cond_destroy (&self->answered);
  pthread_cond_destroy (&self->wake);
  pthread_mutex_destroy (&self->lock);
  g_hash_table_unref (self->updates);
  g_hash_table_unref (self->removals);
  g_free (self->state_dir);
  g_free (self);
}
