/* What comes into the list: kept first, shown then.
 *
 * Ten thousand addresses are read, kept in one transaction and made downloads in the journal's
 * thread; the main thread gets them in portions, between which the window answers.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "base/clock.h"
#include "base/thread.h"
#include "engine/model/engine-private.h"

/* Downloads put into the list in one go: a millisecond or so. */
#define PORTION 500

/* A list view makes its rows as they come, 200 or so and no more, half a millisecond each: the
 * first downloads come a few at a time. */
#define FIRST 256
#define FIRST_PORTION 8

/* In the journal's thread. */
static EngineDownload *
make_download (EngineSpec *spec, gboolean for_command)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = engine_address_normalize (spec->address, &error);
  EngineRecord *record;

  if (address != NULL)
    {
      g_free (spec->address);
      spec->address = g_steal_pointer (&address);
      engine_spec_take_credentials (spec);
    }
  record = engine_record_new (spec);
  record->added_us = base_clock_wall_us ();
  record->for_command = for_command;
  record->state = spec->paused ? ENGINE_STATE_PAUSED : ENGINE_STATE_QUEUED;
  if (error != NULL)
    {
      record->state = ENGINE_STATE_FAILED;
      record->error_nick = g_strdup (engine_error_get_nick (error->code));
      record->error_message = g_strdup (error->message);
    }
  return engine_download_new (record);
}

/* In the journal's thread. */
static GPtrArray *
make_cb (gpointer user_data)
{
  EngineAnswer *answer = user_data;
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_record_free);

  g_assert (!base_thread_is_main ());
  for (guint i = 0; i < answer->specs->len; i++)
    {
      /* Whoever asked may hold the array too. */
      EngineSpec *spec = engine_spec_copy (g_ptr_array_index (answer->specs, i));
      EngineDownload *download = make_download (spec, answer->for_command);

      download->record->id = answer->first_id + i;
      download->record->position = answer->position + 1 + i;
      g_ptr_array_add (answer->downloads, download);
      g_ptr_array_add (records, engine_record_copy (download->record));
    }
  return records;
}

/* In the journal's thread. */
static void
kept_cb (const GError *error, gpointer user_data)
{
  EngineAnswer *answer = user_data;

  if (error != NULL)
    {
      answer->error = g_error_copy (error);
      g_ptr_array_set_size (answer->downloads, 0);
    }
  for (guint done = 0, end; done < answer->downloads->len; done = end)
    {
      EngineAnswer *portion = engine_answer_new (answer->mailbox, ENGINE_ANSWER_LISTED);

      end = MIN (done + (done < FIRST ? FIRST_PORTION : PORTION), answer->downloads->len);
      portion->downloads = g_ptr_array_new_full (end - done, g_object_unref);
      for (guint i = done; i < end; i++)
        g_ptr_array_add (portion->downloads, g_object_ref (answer->downloads->pdata[i]));
      engine_answer_post (portion);
    }
  engine_answer_post (answer);
}

void
engine_adding_begin (Engine *self, EngineAnswer *answer)
{
  answer->first_id = engine_journal_reserve_ids (self->journal, answer->specs->len);
  answer->position = self->last_position;
  self->last_position += answer->specs->len;
  engine_journal_add_made (self->journal, make_cb, kept_cb, answer);
}

void
engine_adding_list (Engine *self, GPtrArray *downloads)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  for (guint i = 0; i < downloads->len; i++)
    engine_put_in_list (self, g_ptr_array_index (downloads, i));
  g_list_store_splice (self->list, n, 0, downloads->pdata, downloads->len);
}

void
engine_adding_end (Engine *self, EngineAnswer *answer)
{
  if (answer->added != NULL)
    answer->added (answer->downloads, answer->error, answer->user_data);
  for (guint i = 0; i < answer->downloads->len; i++)
    {
      EngineDownload *download = g_ptr_array_index (answer->downloads, i);

      if (download->state == ENGINE_STATE_FAILED)
        g_signal_emit_by_name (self, "finished", download);
    }
  engine_admit (self);
  if (self->unfinished == 0 && self->running == 0)
    g_signal_emit_by_name (self, "idle");
}

void
engine_add (Engine *self, GPtrArray *specs, EngineAdded added, gpointer user_data)
{
  EngineAnswer *answer = engine_answer_new (self->answers, ENGINE_ANSWER_ADDED);

  BASE_ASSERT_MAIN ();
  answer->added = added;
  answer->user_data = user_data;
  answer->specs = specs;
  answer->for_command = self->limits.hold_loaded;
  answer->downloads = g_ptr_array_new_full (specs->len, g_object_unref);
  if (self->journal == NULL)
    {
      answer->error = g_error_new_literal (ENGINE_ERROR, ENGINE_ERROR_JOURNAL,
                                           /* Translators: no download can be added any more */
                                           _ ("Bobbin is being closed"));
      engine_adding_end (self, answer);
      engine_answer_free (answer);
    }
  else if (self->loaded)
    engine_adding_begin (self, answer);
  else
    g_queue_push_tail (&self->early, answer);
}
