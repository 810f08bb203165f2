/* The journal's file.
 *
 * Nothing is deleted here, ever: what cannot be used is renamed, and named in a message.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/journal-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/disk/crash-point.h"
#include "engine/disk/schema.h"
#include "engine/plan/error.h"

#define BUSY_MS 5000
#define MOST_ASIDE 1000

/* Where SQLite's header has its user_version, big-endian. */
#define VERSION_OFFSET 60

static void
close_db (EngineJournalFile *self)
{
  g_clear_pointer (&self->rows, engine_rows_free);
  sqlite3_close (self->db);
  self->db = NULL;
}

static gboolean
is_empty_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  return dir != NULL && g_dir_read_name (dir) == NULL;
}

/* Made 0700, and kept so; but a folder that serves for other things too is left as it is. */
static gboolean
prepare_folder (EngineJournalFile *self)
{
  gboolean is_new = g_access (self->state_dir, F_OK) != 0;
  g_autofree char *journal = g_build_filename (self->state_dir, "journal.sqlite", NULL);
  char *canonical;
  struct stat facts;

  if (g_mkdir_with_parents (self->state_dir, 0700) != 0)
    return FALSE;
  /* SQLite is told to follow no symbolic links, so the way to the folder is resolved here. */
  canonical = realpath (self->state_dir, NULL);
  if (canonical == NULL)
    return FALSE;
  g_free (self->state_dir);
  self->state_dir = g_strdup (canonical);
  free (canonical);
  if ((is_new || g_lstat (journal, &facts) == 0 || is_empty_folder (self->state_dir)) &&
      g_lstat (self->state_dir, &facts) == 0 && facts.st_uid == geteuid () &&
      (facts.st_mode & S_ISVTX) == 0)
    g_chmod (self->state_dir, 0700);
  self->path = g_build_filename (self->state_dir, "journal.sqlite", NULL);
  return TRUE;
}

/* No other user may read where somebody downloads from; SQLite's other files take the mode over. */
static EngineSchemaState
look_at_file (EngineJournalFile *self)
{
  guint8 version[4];
  struct stat facts;
  gboolean was_there = g_lstat (self->path, &facts) == 0;
  g_autofree char *wal = g_strconcat (self->path, "-wal", NULL);
  int fd;

  if (was_there && !S_ISREG (facts.st_mode))
    return ENGINE_SCHEMA_DAMAGED;
  fd = g_open (self->path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    return was_there && (errno == EACCES || errno == EPERM) ? ENGINE_SCHEMA_DAMAGED
                                                            : ENGINE_SCHEMA_REFUSED;
  fchmod (fd, 0600);
  if (pread (fd, version, sizeof version, VERSION_OFFSET) == sizeof version && version[0] < 0x80 &&
      (version[0] << 24 | version[1] << 16 | version[2] << 8 | version[3]) > ENGINE_SCHEMA_VERSION)
    {
      char magic[16];
      gboolean is_sqlite = pread (fd, magic, sizeof magic, 0) == sizeof magic &&
                           memcmp (magic, "SQLite format 3", sizeof magic) == 0;

      close (fd);
      return is_sqlite ? ENGINE_SCHEMA_NEWER : ENGINE_SCHEMA_DAMAGED;
    }
  close (fd);
  /* SQLite takes an empty file for a new one; but there was a list once. */
  if (was_there && facts.st_size == 0 && g_lstat (wal, &facts) != 0 &&
      engine_tenant_has_begun (self->tenant))
    return ENGINE_SCHEMA_DAMAGED;
  return ENGINE_SCHEMA_READY;
}

static gboolean
is_sound (sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  gboolean sound =
      sqlite3_prepare_v2 (db, "PRAGMA integrity_check(1)", -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW &&
      g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;

  sqlite3_finalize (statement);
  return sound;
}

static EngineSchemaState
move_in (EngineJournalFile *self)
{
  gboolean crashed = FALSE;
  int status = sqlite3_exec (self->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);

  if (status != SQLITE_OK)
    return engine_schema_judge (status);
  if (!engine_tenant_enter (self->tenant, self->db, &crashed))
    {
      status = sqlite3_errcode (self->db);
      sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
      return engine_schema_judge (status);
    }
  status = sqlite3_exec (self->db, "COMMIT", NULL, NULL, NULL);
  if (status != SQLITE_OK)
    return engine_schema_judge (status);
  return crashed && !is_sound (self->db) ? ENGINE_SCHEMA_DAMAGED : ENGINE_SCHEMA_READY;
}

static EngineSchemaState
set_up_db (EngineJournalFile *self)
{
  EngineSchemaState state;

  sqlite3_busy_timeout (self->db, BUSY_MS);
  sqlite3_exec (self->db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;", NULL, NULL,
                NULL);
  state = engine_schema_prepare (self->db);
  if (state != ENGINE_SCHEMA_READY)
    return state;
  self->rows = engine_rows_new (self->db, self->tenant);
  if (self->rows == NULL)
    return engine_schema_judge (sqlite3_errcode (self->db));
  return move_in (self);
}

static EngineSchemaState
open_db (EngineJournalFile *self)
{
  EngineSchemaState state = look_at_file (self);
  int status;

  if (state != ENGINE_SCHEMA_READY)
    return state;
  status =
      sqlite3_open_v2 (self->path, &self->db,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, NULL);
  if (status != SQLITE_OK)
    return engine_schema_judge (status);
  state = set_up_db (self);
  if (state == ENGINE_SCHEMA_READY)
    engine_tenant_mark_begun (self->tenant);
  return state;
}

/* Returns: (transfer full) (nullable): where the damaged journal is now. */
static char *
put_aside (EngineJournalFile *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *aside = g_strdup_printf ("%s.damaged-%s", self->path, stamp);
  const char *const companions[] = { "-wal", "-shm" };
  struct stat facts;

  for (int n = 1; n < MOST_ASIDE && g_lstat (aside, &facts) == 0; n++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%s.damaged-%s-%d", self->path, stamp, n);
    }
  if (renameat2 (AT_FDCWD, self->path, AT_FDCWD, aside, RENAME_NOREPLACE) != 0 &&
      g_rename (self->path, aside) != 0)
    return NULL;
  engine_crash_point ("journal-aside");
  for (gsize i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *from = g_strconcat (self->path, companions[i], NULL);
      g_autofree char *to = g_strconcat (aside, companions[i], NULL);

      g_rename (from, to);
    }
  return g_steal_pointer (&aside);
}

/* Everything works as ever, but nothing is kept. */
static void
use_memory (EngineJournalFile *self, const char *why)
{
  close_db (self);
  g_clear_pointer (&self->tenant, engine_tenant_free);
  self->tenant = engine_tenant_new (NULL, self->number);
  if (sqlite3_open_v2 (":memory:", &self->db,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX,
                       NULL) != SQLITE_OK ||
      set_up_db (self) != ENGINE_SCHEMA_READY)
    {
      close_db (self);
      self->refused = g_error_new_literal (ENGINE_ERROR, ENGINE_ERROR_JOURNAL, why);
      return;
    }
  g_free (self->notice);
  self->notice = g_strdup (why);
}

static void
use_memory_for_disk (EngineJournalFile *self, const char *reason)
{
  g_autofree char *why = g_strdup_printf (
      /* Translators: %s is a folder, then what the system says */
      _ ("The list of downloads cannot be kept in %s (%s). What you add now is lost at the end."),
      self->state_dir, reason);

  use_memory (self, why);
}

static void
salvage (EngineJournalFile *self, const char *aside, GPtrArray *salvaged)
{
  sqlite3 *old = NULL;
  struct stat facts;

  if (g_lstat (aside, &facts) == 0 && S_ISREG (facts.st_mode) && facts.st_size > 0 &&
      sqlite3_open_v2 (aside, &old,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW,
                       NULL) == SQLITE_OK)
    {
      /* So that SQLite reads on in a file that is shorter than it says. */
      sqlite3_exec (old, "PRAGMA writable_schema = ON", NULL, NULL, NULL);
      engine_rows_salvage (old, salvaged);
    }
  sqlite3_close (old);
  if (sqlite3_exec (self->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
    return;
  for (guint i = 0; i < salvaged->len; i++)
    engine_rows_add (self->rows, g_ptr_array_index (salvaged, i));
  sqlite3_exec (self->db, "COMMIT", NULL, NULL, NULL);
}

void
engine_journal_file_begin_anew (EngineJournalFile *self, GPtrArray *salvaged)
{
  g_autofree char *aside = NULL;

  g_ptr_array_set_size (salvaged, 0);
  close_db (self);
  if (!engine_tenant_is_alone (self->tenant))
    {
      use_memory_for_disk (self, _ ("it is damaged, and another Bobbin has it open"));
      return;
    }
  aside = put_aside (self);
  if (aside == NULL)
    {
      use_memory_for_disk (self, g_strerror (errno));
      return;
    }
  if (open_db (self) != ENGINE_SCHEMA_READY)
    {
      use_memory_for_disk (self, _ ("it is damaged, and no new one can be made"));
      return;
    }
  salvage (self, aside, salvaged);
  g_free (self->notice);
  if (salvaged->len == 0)
    self->notice = g_strdup_printf (
        /* Translators: %s is the path of a file */
        _ ("The list of downloads was damaged and has been begun anew. The old one is in %s."),
        aside);
  else
    self->notice = g_strdup_printf (
        /* Translators: a number, then the path of a file */
        ngettext ("The list of downloads was damaged; %u download in it could be saved. The old "
                  "one is in %s.",
                  "The list of downloads was damaged; %u downloads in it could be saved. The old "
                  "one is in %s.",
                  salvaged->len),
        salvaged->len, aside);
}

static void
open_first (EngineJournalFile *self, GPtrArray *salvaged)
{
  const char *newer;

  switch (open_db (self))
    {
    case ENGINE_SCHEMA_READY:
      return;
    case ENGINE_SCHEMA_DAMAGED:
      engine_journal_file_begin_anew (self, salvaged);
      return;
    case ENGINE_SCHEMA_NEWER:
      if (!self->for_command)
        {
          use_memory (
              self, _ ("The list of downloads was written by a newer Bobbin and is left as it is. "
                       "What you add now is lost at the end."));
          return;
        }
      /* Going on without it could begin over what the newer one has begun. */
      newer = _ ("the list of downloads was written by a newer Bobbin; use that one, or another "
                 "--state-dir");
      close_db (self);
      self->refused = g_error_new_literal (ENGINE_ERROR, ENGINE_ERROR_JOURNAL, newer);
      return;
    case ENGINE_SCHEMA_REFUSED:
    default:
      use_memory_for_disk (self, self->db != NULL ? sqlite3_errmsg (self->db) : g_strerror (errno));
    }
}

EngineJournalFile *
engine_journal_file_open (const char *state_dir,
                          gint64 number,
                          gboolean for_command,
                          GPtrArray *salvaged)
{
  EngineJournalFile *self = g_new0 (EngineJournalFile, 1);

  self->state_dir = g_strdup (state_dir);
  self->number = number;
  self->for_command = for_command;
  if (!prepare_folder (self))
    {
      use_memory_for_disk (self, g_strerror (errno));
      return self;
    }
  self->tenant = engine_tenant_new (self->state_dir, number);
  open_first (self, salvaged);
  return self;
}

void
engine_journal_file_free (EngineJournalFile *self)
{
  if (self->db != NULL)
    engine_tenant_leave (self->tenant, self->db);
  close_db (self);
  engine_tenant_free (self->tenant);
  g_clear_error (&self->refused);
  g_free (self->notice);
  g_free (self->path);
  g_free (self->state_dir);
  g_free (self);
}
