/* Folders. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/disk/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

struct _EngineFolder
{
  /* Written once, before any other thread can see it. */
  char *path; /* owned */
  int fd;     /* owned */
  dev_t device;
  ino_t inode;

  int references; /* guarded by table_lock */

  pthread_mutex_t lock;
  pthread_cond_t ended; /* with lock: a sync is over */
  guint64 asked;        /* guarded by lock; syncs so far */
  guint64 done;         /* guarded by lock; those of them that are over */
  bool syncing;         /* guarded by lock */
};

/* What is open, by path; guarded by table_lock, as is how many hold it. */
static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static GHashTable *table;

/* Returns: (transfer full) (nullable) */
static EngineFolder *
find_open (const char *path)
{
  EngineFolder *found = NULL;

  pthread_mutex_lock (&table_lock);
  if (table != NULL)
    found = g_hash_table_lookup (table, path);
  if (found != NULL)
    found->references++;
  pthread_mutex_unlock (&table_lock);
  return found;
}

/* Takes the place of one that the path leads to no more, or of another that was quicker. */
static void
publish (EngineFolder *self)
{
  pthread_mutex_lock (&table_lock);
  if (table == NULL)
    table = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_replace (table, self->path, self);
  pthread_mutex_unlock (&table_lock);
}

static EngineFolder *
open_new (const char *path, gboolean make)
{
  EngineFolder *self;
  struct stat facts;
  int fd;

  if (make && g_mkdir_with_parents (path, 0777) != 0)
    return NULL;
  fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return NULL;
  if (fstat (fd, &facts) != 0)
    {
      int saved = errno;

      close (fd);
      errno = saved;
      return NULL;
    }
  self = g_new0 (EngineFolder, 1);
  self->path = g_strdup (path);
  self->fd = fd;
  self->device = facts.st_dev;
  self->inode = facts.st_ino;
  self->references = 1;
  pthread_mutex_init (&self->lock, NULL);
  pthread_cond_init (&self->ended, NULL);
  publish (self);
  return self;
}

EngineFolder *
engine_folder_open (const char *path, gboolean make)
{
  g_autoptr (EngineFolder) known = find_open (path);
  struct stat facts;

  if (known != NULL && stat (path, &facts) == 0 && facts.st_dev == known->device &&
      facts.st_ino == known->inode)
    return g_steal_pointer (&known);
  return open_new (path, make);
}

void
engine_folder_unref (EngineFolder *self)
{
  gboolean last;

  pthread_mutex_lock (&table_lock);
  last = --self->references == 0;
  if (last && g_hash_table_lookup (table, self->path) == self)
    g_hash_table_remove (table, self->path);
  pthread_mutex_unlock (&table_lock);
  if (!last)
    return;
  close (self->fd);
  pthread_cond_destroy (&self->ended);
  pthread_mutex_destroy (&self->lock);
  g_free (self->path);
  g_free (self);
}

int
engine_folder_get_fd (EngineFolder *self)
{
  return self->fd;
}

void
engine_folder_sync (EngineFolder *self)
{
  guint64 mine;

  pthread_mutex_lock (&self->lock);
  /* One that runs may have begun before our name was there: ours is the next. */
  mine = ++self->asked;
  while (self->done < mine)
    {
      guint64 covered = self->asked;

      if (self->syncing)
        {
          pthread_cond_wait (&self->ended, &self->lock);
          continue;
        }
      self->syncing = true;
      pthread_mutex_unlock (&self->lock);
      fsync (self->fd);
      pthread_mutex_lock (&self->lock);
      self->syncing = false;
      self->done = covered;
      pthread_cond_broadcast (&self->ended);
    }
  pthread_mutex_unlock (&self->lock);
}
