/* Tenants of a state directory. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/tenant.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct _EngineTenant
{
  gint64 number;
  int fd; /* of the lock file, owned; -1: none */
};

static struct flock
lock_of (gint64 number)
{
  return (struct flock){ .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = number, .l_len = 1 };
}

EngineTenant *
engine_tenant_new (const char *state_dir, gint64 number)
{
  EngineTenant *self = g_new0 (EngineTenant, 1);
  struct flock lock = lock_of (number);

  self->number = number;
  self->fd = -1;
  if (state_dir != NULL)
    {
      g_autofree char *path = g_build_filename (state_dir, "journal.lock", NULL);

      self->fd = g_open (path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
      /* A file system without locks: then nobody else is ever seen, and the part files' locks,
       * which it does not have either, could not have helped. */
      if (self->fd >= 0)
        fcntl (self->fd, F_OFD_SETLK, &lock);
    }
  return self;
}

void
engine_tenant_free (EngineTenant *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}

gboolean
engine_tenant_has_begun (EngineTenant *self)
{
  struct stat facts;

  return self->fd >= 0 && fstat (self->fd, &facts) == 0 && facts.st_size > 0;
}

void
engine_tenant_mark_begun (EngineTenant *self)
{
  /* If it cannot be written, an emptied journal is later taken for a new one: no more than that. */
  if (self->fd >= 0 && !engine_tenant_has_begun (self) && pwrite (self->fd, "1", 1, 0) == 1)
    fdatasync (self->fd);
}

static gboolean
run_with_number (sqlite3 *db, const char *sql, gint64 number)
{
  sqlite3_stmt *statement = NULL;
  gboolean ok = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK &&
                sqlite3_bind_int64 (statement, 1, number) == SQLITE_OK &&
                (sqlite3_bind_parameter_count (statement) < 2 ||
                 sqlite3_bind_int64 (statement, 2, getpid ()) == SQLITE_OK) &&
                sqlite3_step (statement) == SQLITE_DONE;

  sqlite3_finalize (statement);
  return ok;
}

gboolean
engine_tenant_enter (EngineTenant *self, sqlite3 *db, gboolean *crashed)
{
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement = NULL;
  gboolean ok =
      sqlite3_prepare_v2 (db, "SELECT number FROM tenants", -1, &statement, NULL) == SQLITE_OK;
  int status = SQLITE_DONE;

  while (ok && (status = sqlite3_step (statement)) == SQLITE_ROW)
    {
      gint64 number = sqlite3_column_int64 (statement, 0);

      if (!engine_tenant_is_other (self, number))
        g_array_append_val (gone, number);
    }
  sqlite3_finalize (statement);
  ok = ok && status == SQLITE_DONE;
  for (guint i = 0; ok && i < gone->len; i++)
    ok = run_with_number (db, "DELETE FROM tenants WHERE number = ?",
                          g_array_index (gone, gint64, i));
  *crashed = gone->len > 0;
  return ok && run_with_number (db, "INSERT OR REPLACE INTO tenants (number, pid) VALUES (?, ?)",
                                self->number);
}

void
engine_tenant_leave (EngineTenant *self, sqlite3 *db)
{
  /* If it fails, the next one checks the journal for nothing: no loss. */
  run_with_number (db, "DELETE FROM tenants WHERE number = ?", self->number);
}

gint64
engine_tenant_get_number (EngineTenant *self)
{
  return self->number;
}

gboolean
engine_tenant_is_other (EngineTenant *self, gint64 number)
{
  struct flock lock = lock_of (number);

  return number > 0 && number != self->number && self->fd >= 0 &&
         fcntl (self->fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

gboolean
engine_tenant_is_alone (EngineTenant *self)
{
  /* From byte 1 on: to the end. Our own lock is no conflict. */
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 1 };

  return self->fd < 0 || fcntl (self->fd, F_OFD_GETLK, &lock) != 0 || lock.l_type == F_UNLCK;
}

int
engine_tenant_find_pid (sqlite3 *db, gint64 number)
{
  sqlite3_stmt *statement = NULL;
  int pid = 0;

  if (sqlite3_prepare_v2 (db, "SELECT pid FROM tenants WHERE number = ?", -1, &statement, NULL) ==
          SQLITE_OK &&
      sqlite3_bind_int64 (statement, 1, number) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    pid = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return pid;
}
