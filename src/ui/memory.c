/* What the window remembers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/memory.h"

#include <pthread.h>
#include <stdbool.h>
#include <time.h>

#include "base/thread.h"

#define GROUP "window"

/* So long the window may wait for its size at a start: a slow disk costs that, and the size. */
#define PATIENCE_NS 100000000

/* The file is read and written in threads: the window's own never waits for a disk. */
struct _UiMemory
{
  GKeyFile *file; /* owned; main thread; NULL until it is first asked for */
  char *path;     /* owned; written once */
  gboolean changed;
  pthread_t reader;
  pthread_t writer;
  gboolean writes; /* writer is to be joined */

  pthread_mutex_t lock;
  pthread_cond_t read; /* with lock: has_read */
  bool has_read;       /* guarded by lock */
  char *text;          /* guarded by lock; owned; what was read, nullable */
};

/* What a writer is given. */
typedef struct
{
  char *path;
  char *text;
  gsize length;
} Writing;

static void *
read_file (void *data)
{
  UiMemory *self = data;
  g_autofree char *text = NULL;

  base_thread_set_name ("memory-reader");
  /* Not there, or not ours: a window of the default size is no loss. */
  g_file_get_contents (self->path, &text, NULL, NULL);
  pthread_mutex_lock (&self->lock);
  self->text = g_steal_pointer (&text);
  self->has_read = true;
  pthread_cond_signal (&self->read);
  pthread_mutex_unlock (&self->lock);
  return NULL;
}

static void *
write_file (void *data)
{
  Writing *writing = data;
  g_autofree char *folder = g_path_get_dirname (writing->path);

  base_thread_set_name ("memory-writer");
  g_mkdir_with_parents (folder, 0700);
  /* A disk that does not take it costs the remembered size, which nobody needs told. */
  g_file_set_contents_full (writing->path, writing->text, writing->length,
                            G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
  g_free (writing->path);
  g_free (writing->text);
  g_free (writing);
  return NULL;
}

UiMemory *
ui_memory_new (void)
{
  UiMemory *self = g_new0 (UiMemory, 1);

  BASE_ASSERT_MAIN ();
  self->path = g_build_filename (g_get_user_state_dir (), "bobbin", "window.ini", NULL);
  pthread_mutex_init (&self->lock, NULL);
  pthread_cond_init (&self->read, NULL);
  if (pthread_create (&self->reader, NULL, read_file, self) != 0)
    g_error ("no thread to read what the window remembers");
  return self;
}

static void
join_writer (UiMemory *self)
{
  if (self->writes)
    pthread_join (self->writer, NULL);
  self->writes = FALSE;
}

void
ui_memory_free (UiMemory *self)
{
  pthread_join (self->reader, NULL);
  join_writer (self);
  pthread_cond_destroy (&self->read);
  pthread_mutex_destroy (&self->lock);
  g_clear_pointer (&self->file, g_key_file_unref);
  g_free (self->text);
  g_free (self->path);
  g_free (self);
}

static GKeyFile *
get_file (UiMemory *self)
{
  g_autofree char *text = NULL;
  struct timespec deadline;
  int status = 0;

  if (self->file != NULL)
    return self->file;
  clock_gettime (CLOCK_REALTIME, &deadline);
  deadline.tv_nsec += PATIENCE_NS;
  deadline.tv_sec += deadline.tv_nsec / 1000000000;
  deadline.tv_nsec %= 1000000000;
  pthread_mutex_lock (&self->lock);
  while (!self->has_read && status == 0)
    status = pthread_cond_timedwait (&self->read, &self->lock, &deadline);
  text = g_steal_pointer (&self->text);
  pthread_mutex_unlock (&self->lock);
  self->file = g_key_file_new ();
  if (text != NULL)
    g_key_file_load_from_data (self->file, text, -1, G_KEY_FILE_NONE, NULL);
  return self->file;
}

int
ui_memory_get_int (UiMemory *self, const char *key, int otherwise)
{
  g_autoptr (GError) error = NULL;
  int value = g_key_file_get_integer (get_file (self), GROUP, key, &error);

  return error == NULL ? value : otherwise;
}

void
ui_memory_set_int (UiMemory *self, const char *key, int value)
{
  if (ui_memory_get_int (self, key, value - 1) == value)
    return;
  g_key_file_set_integer (get_file (self), GROUP, key, value);
  self->changed = TRUE;
}

char *
ui_memory_dup_string (UiMemory *self, const char *key)
{
  return g_key_file_get_string (get_file (self), GROUP, key, NULL);
}

void
ui_memory_set_string (UiMemory *self, const char *key, const char *value)
{
  g_autofree char *old = ui_memory_dup_string (self, key);

  if (g_strcmp0 (old, value) == 0)
    return;
  g_key_file_set_string (get_file (self), GROUP, key, value);
  self->changed = TRUE;
}

void
ui_memory_save (UiMemory *self)
{
  Writing *writing;

  if (!self->changed)
    return;
  self->changed = FALSE;
  join_writer (self);
  writing = g_new0 (Writing, 1);
  writing->path = g_strdup (self->path);
  writing->text = g_key_file_to_data (get_file (self), &writing->length, NULL);
  if (pthread_create (&self->writer, NULL, write_file, writing) != 0)
    g_error ("no thread to write what the window remembers");
  self->writes = TRUE;
}
