/* A transfer: its shared state, and what it tells the main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/transfer.h"

#include "base/clock.h"

void
engine_order_free (EngineOrder *order)
{
  engine_spec_free (order->spec);
  g_free (order->name);
  engine_validator_clear (&order->validator);
  g_clear_pointer (&order->done, g_array_unref);
  g_clear_pointer (&order->synced, g_array_unref);
  g_free (order);
}

/* As the journal has it. */
static void
take_order (EngineTransfer *self)
{
  const EngineOrder *order = self->order;

  self->name = g_strdup (order->name);
  engine_validator_copy (&self->validator, &order->validator);
  for (guint i = 0; order->done != NULL && i < order->done->len; i++)
    {
      const EngineRange *range = &g_array_index (order->done, EngineRange, i);

      engine_segments_add_done (self->segments, range->start, range->end);
    }
  if (order->total >= 0)
    engine_segments_set_total (self->segments, order->total);
  self->synced = order->synced != NULL ? g_array_copy (order->synced)
                                       : g_array_new (FALSE, FALSE, sizeof (EngineRange));
}

EngineTransfer *
engine_transfer_new (EngineOrder *order, BaseMailbox *events, EngineThrottle *throttle)
{
  EngineTransfer *self = g_new0 (EngineTransfer, 1);

  atomic_init (&self->references, 1);
  self->order = order;
  self->events = base_mailbox_ref (events);
  self->throttle = throttle;
  self->cancellable = g_cancellable_new ();
  g_cancellable_get_fd (self->cancellable);
  pthread_mutex_init (&self->lock, NULL);
  self->segments = engine_segments_new (-1);
  take_order (self);
  return self;
}

EngineTransfer *
engine_transfer_ref (EngineTransfer *self)
{
  atomic_fetch_add_explicit (&self->references, 1, memory_order_relaxed);
  return self;
}

void
engine_transfer_unref (EngineTransfer *self)
{
  if (atomic_fetch_sub_explicit (&self->references, 1, memory_order_acq_rel) > 1)
    return;

  g_cancellable_release_fd (self->cancellable);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->part, engine_part_file_unref);
  engine_segments_free (self->segments);
  engine_validator_clear (&self->validator);
  g_array_unref (self->synced);
  g_free (self->finished_name);
  g_free (self->name);
  g_free (self->final_address);
  base_mailbox_unref (self->events);
  engine_order_free (self->order);
  pthread_mutex_destroy (&self->lock);
  g_free (self);
}

void
engine_transfer_cancel (EngineTransfer *self)
{
  g_cancellable_cancel (self->cancellable);
}

gint64
engine_transfer_get_id (EngineTransfer *self)
{
  return self->order->id;
}

void
engine_transfer_rearm_progress (EngineTransfer *self)
{
  atomic_store (&self->progress_queued, false);
}

/* With the lock held. */
static void
take_snapshot (EngineTransfer *self, EngineSnapshot *snapshot)
{
  snapshot->received = engine_segments_get_done (self->segments);
  snapshot->total = engine_segments_get_total (self->segments);
  snapshot->done = engine_segments_dup_done (self->segments);
  snapshot->fetching = engine_segments_dup_claimed (self->segments);
}

/* All that a reply or an end tells; with no lock held. */
static EngineEvent *
make_full_event (EngineTransfer *self, EngineEventKind kind)
{
  EngineEvent *event = engine_event_new (kind, self);

  pthread_mutex_lock (&self->lock);
  take_snapshot (self, &event->snapshot);
  event->name = g_strdup (self->name);
  event->final_address = g_strdup (self->final_address);
  engine_validator_copy (&event->validator, &self->validator);
  event->file = self->part != NULL ? *engine_part_file_get_id (self->part) : self->order->file;
  event->synced = g_array_copy (self->synced);
  event->http_status = self->http_status;
  event->resumed_from = self->resumed_from;
  event->length_unproven = self->length_unproven;
  pthread_mutex_unlock (&self->lock);
  return event;
}

void
engine_transfer_post_progress (EngineTransfer *self)
{
  gint64 now_us = base_clock_now_us ();
  EngineEvent *event;

  if (now_us - atomic_load_explicit (&self->progress_us, memory_order_relaxed) < ENGINE_PROGRESS_US)
    return;
  if (atomic_exchange (&self->progress_queued, true))
    return;

  atomic_store_explicit (&self->progress_us, now_us, memory_order_relaxed);
  event = engine_event_new (ENGINE_EVENT_PROGRESS, self);
  pthread_mutex_lock (&self->lock);
  take_snapshot (self, &event->snapshot);
  pthread_mutex_unlock (&self->lock);
  base_mailbox_post (self->events, event);
}

gboolean
engine_transfer_sync (EngineTransfer *self, GError **error)
{
  g_autoptr (EnginePartFile) part = NULL;
  g_autoptr (GArray) written = NULL;

  pthread_mutex_lock (&self->lock);
  written = engine_segments_dup_done (self->segments);
  if (self->part != NULL)
    part = engine_part_file_ref (self->part);
  pthread_mutex_unlock (&self->lock);
  if (part == NULL)
    return TRUE;
  if (!engine_part_file_sync (part, error))
    return FALSE;

  pthread_mutex_lock (&self->lock);
  /* Meanwhile the file may have been begun anew, in another part file. */
  if (self->part == part && engine_segments_get_done (self->segments) > 0)
    {
      g_array_unref (self->synced);
      self->synced = g_steal_pointer (&written);
    }
  pthread_mutex_unlock (&self->lock);
  return TRUE;
}

void
engine_transfer_post_synced (EngineTransfer *self, GError *error)
{
  EngineEvent *event = make_full_event (self, ENGINE_EVENT_SYNCED);

  event->error = error;
  base_mailbox_post (self->events, event);
}

void
engine_transfer_forget (EngineTransfer *self)
{
  pthread_mutex_lock (&self->lock);
  engine_segments_reset (self->segments, -1);
  engine_validator_clear (&self->validator);
  self->validator.length = -1;
  g_array_set_size (self->synced, 0);
  pthread_mutex_unlock (&self->lock);
}

void
engine_transfer_post_reply (EngineTransfer *self)
{
  base_mailbox_post (self->events, make_full_event (self, ENGINE_EVENT_REPLY));
}

void
engine_transfer_post_verifying (EngineTransfer *self)
{
  base_mailbox_post (self->events, make_full_event (self, ENGINE_EVENT_VERIFYING));
}

/* What holds nothing is not left lying about. */
static void
discard_empty_part (EngineTransfer *self)
{
  EnginePartFile *part = NULL;

  pthread_mutex_lock (&self->lock);
  if (engine_segments_get_done (self->segments) == 0)
    part = g_steal_pointer (&self->part);
  pthread_mutex_unlock (&self->lock);
  if (part == NULL)
    return;
  engine_part_file_discard (part);
  engine_part_file_unref (part);
}

/* Whoever hears of the end may open the file again at once. */
static void
let_go_of_part (EngineTransfer *self)
{
  EnginePartFile *part;

  pthread_mutex_lock (&self->lock);
  part = g_steal_pointer (&self->part);
  pthread_mutex_unlock (&self->lock);
  if (part == NULL)
    return;
  engine_part_file_unlock (part);
  engine_part_file_unref (part);
}

void
engine_transfer_post_ended (EngineTransfer *self,
                            EngineEnding ending,
                            const char *final_name,
                            GError *error,
                            gint64 retry_after_s)
{
  EngineEvent *event;

  if (ending != ENGINE_ENDED_COMPLETED)
    discard_empty_part (self);
  event = make_full_event (self, ENGINE_EVENT_ENDED);
  if (final_name != NULL)
    {
      g_free (event->name);
      event->name = g_strdup (final_name);
    }
  event->ending = ending;
  event->error = error;
  event->retry_after_s = retry_after_s;
  let_go_of_part (self);
  base_mailbox_post (self->events, event);
}
