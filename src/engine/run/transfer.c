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
  g_free (order);
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
  self->name = g_strdup (order->name);
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
  event->inode = self->part != NULL ? engine_part_file_get_inode (self->part) : 0;
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

  if (now_us - atomic_load_explicit (&self->progress_us, memory_order_relaxed) <
      ENGINE_PROGRESS_US)
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

void
engine_transfer_post_ended (EngineTransfer *self,
                            EngineEnding ending,
                            const char *final_name,
                            GError *error,
                            gint64 retry_after_s)
{
  EngineEvent *event = make_full_event (self, ENGINE_EVENT_ENDED);

  if (final_name != NULL)
    {
      g_free (event->name);
      event->name = g_strdup (final_name);
    }
  event->ending = ending;
  event->error = error;
  event->retry_after_s = retry_after_s;
  base_mailbox_post (self->events, event);
}
