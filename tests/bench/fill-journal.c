/* fill-journal STATE-DIR FOLDER ROWS QUEUED ADDRESS: a list as somebody has it who has used Bobbin
 * for years: the first QUEUED rows wait for ADDRESS/N.bin, the others are finished.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine/disk/journal.h"

#define BATCH 10000

/* A mark that the journal's thread sets and this one waits for. */
static struct
{
  pthread_mutex_t lock;
  pthread_cond_t set;
  bool done; /* guarded by lock */
} mark = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false };

static void
set_mark (const GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
  pthread_mutex_lock (&mark.lock);
  mark.done = true;
  pthread_cond_signal (&mark.set);
  pthread_mutex_unlock (&mark.lock);
}

static void
wait_for_mark (void)
{
  pthread_mutex_lock (&mark.lock);
  while (!mark.done)
    pthread_cond_wait (&mark.set, &mark.lock);
  mark.done = false;
  pthread_mutex_unlock (&mark.lock);
}

static void
loaded_cb (
    GPtrArray *records, gboolean last, const char *notice, const GError *error, gpointer user_data)
{
  g_ptr_array_unref (records);
  if (last)
    set_mark (error);
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
  set_mark (error);
}

static EngineRecord *
make_record (int number, gboolean queued, const char *address, const char *folder)
{
  g_autofree char *name = g_strdup_printf ("%d.bin", number);
  g_autofree char *whole = g_strdup_printf ("%s/%s", address, name);
  EngineRecord *record = engine_record_new (engine_spec_new (whole, folder));

  record->position = number;
  record->state = queued ? ENGINE_STATE_QUEUED : ENGINE_STATE_COMPLETED;
  if (queued)
    return record;
  record->name = g_steal_pointer (&name);
  record->total = record->received = 1000 + number;
  record->finished_us = 1000;
  return record;
}

int
main (int argc, char **argv)
{
  const EngineJournalListener listener = { loaded_cb, trouble_cb };
  EngineJournal *journal;
  int rows, queued;

  if (argc != 6)
    return 2;
  rows = atoi (argv[3]);
  queued = atoi (argv[4]);
  journal = engine_journal_open (argv[1], FALSE, &listener, NULL);
  wait_for_mark ();
  for (int from = 0; from < rows; from += BATCH)
    {
      GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_record_free);
      int n = MIN (BATCH, rows - from);
      gint64 id = engine_journal_reserve_ids (journal, n);

      for (int i = 0; i < n; i++)
        {
          EngineRecord *record = make_record (from + i, from + i < queued, argv[5], argv[2]);

          record->id = id + i;
          g_ptr_array_add (records, record);
        }
      engine_journal_add (journal, records, added_cb, NULL);
      wait_for_mark ();
    }
  engine_journal_close (journal);
  return 0;
}
