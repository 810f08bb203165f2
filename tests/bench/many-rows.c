/* What a long list costs: the time to the first rows of an empty journal and of one with 100,000
 * rows, to all of them, and of one addition of 10,000. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/clock.h"
#include "engine/disk/journal.h"

#define ROWS 100000
#define ADDED 10000
#define ROUNDS 7

typedef struct
{
  pthread_mutex_t lock;
  pthread_cond_t changed;
  gint64 start_us;
  gint64 first_us; /* guarded by lock, and so is what follows */
  gint64 all_us;
  guint rows;
  bool loaded;
  bool added;
} Run;

static void
loaded_cb (
    GPtrArray *records, gboolean last, const char *notice, const GError *error, gpointer user_data)
{
  Run *run = user_data;

  pthread_mutex_lock (&run->lock);
  if (run->first_us == 0)
    run->first_us = base_clock_now_us () - run->start_us;
  run->rows += records->len;
  run->loaded = last;
  run->all_us = base_clock_now_us () - run->start_us;
  pthread_cond_broadcast (&run->changed);
  pthread_mutex_unlock (&run->lock);
  g_ptr_array_unref (records);
}

static void
trouble_cb (const GError *error, gpointer user_data)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static void
added_cb (const GError *error, gpointer user_data)
{
  Run *run = user_data;

  g_assert_no_error (error);
  pthread_mutex_lock (&run->lock);
  run->added = true;
  pthread_cond_broadcast (&run->changed);
  pthread_mutex_unlock (&run->lock);
}

static void
wait_for (Run *run, const bool *flag)
{
  pthread_mutex_lock (&run->lock);
  while (!*flag)
    pthread_cond_wait (&run->changed, &run->lock);
  pthread_mutex_unlock (&run->lock);
}

static EngineJournal *
open_journal (Run *run, const char *dir)
{
  const EngineJournalListener listener = { loaded_cb, trouble_cb };
  EngineJournal *journal;

  run->first_us = 0;
  run->rows = 0;
  run->loaded = run->added = false;
  run->start_us = base_clock_now_us ();
  journal = engine_journal_open (dir, FALSE, &listener, run);
  wait_for (run, &run->loaded);
  return journal;
}

static gint64
add (Run *run, EngineJournal *journal, int n)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_record_free);
  gint64 id = engine_journal_reserve_ids (journal, n);
  gint64 start_us;

  for (int i = 0; i < n; i++)
    {
      g_autofree char *address = g_strdup_printf ("http://example.org/folder/file-%d.iso", i);
      EngineRecord *record = engine_record_new (engine_spec_new (address, "/home/me/Downloads"));

      record->id = id + i;
      record->position = i;
      record->state = ENGINE_STATE_COMPLETED;
      record->name = g_path_get_basename (address);
      record->total = record->received = 1000 + i;
      g_ptr_array_add (records, record);
    }
  run->added = false;
  start_us = base_clock_now_us ();
  engine_journal_add (journal, records, added_cb, run);
  wait_for (run, &run->added);
  return base_clock_now_us () - start_us;
}

static int
by_value (const void *a, const void *b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

/* The medians of several starts, in microseconds. */
static void
measure (Run *run, const char *dir, gint64 *first_us, gint64 *all_us)
{
  gint64 first[ROUNDS];
  gint64 all[ROUNDS];

  for (int i = 0; i < ROUNDS; i++)
    {
      EngineJournal *journal = open_journal (run, dir);

      first[i] = run->first_us;
      all[i] = run->all_us;
      engine_journal_close (journal);
    }
  qsort (first, ROUNDS, sizeof *first, by_value);
  qsort (all, ROUNDS, sizeof *all, by_value);
  *first_us = first[ROUNDS / 2];
  *all_us = all[ROUNDS / 2];
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      g_unlink (child);
    }
  g_rmdir (path);
}

int
main (void)
{
  Run run = { .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };
  g_autofree char *dir = g_dir_make_tmp ("bobbin-rows-XXXXXX", NULL);
  gint64 empty_us, first_us, all_us, added_us, ignored_us;
  EngineJournal *journal;

  measure (&run, dir, &empty_us, &ignored_us);
  journal = open_journal (&run, dir);
  add (&run, journal, ROWS);
  added_us = add (&run, journal, ADDED);
  engine_journal_close (journal);
  measure (&run, dir, &first_us, &all_us);
  printf ("[\n{\"what\": \"empty journal, loaded\", \"ms\": %.2f},\n"
          "{\"what\": \"first rows of %d\", \"ms\": %.2f},\n"
          "{\"what\": \"all rows\", \"ms\": %.2f},\n"
          "{\"what\": \"adding %d at once, in its own thread\", \"ms\": %.2f}\n]\n",
          empty_us / 1000.0, ROWS, first_us / 1000.0, all_us / 1000.0, ADDED, added_us / 1000.0);
  remove_folder (dir);
  return 0;
}
