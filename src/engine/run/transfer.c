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
  g_clear_pointer (&order->addresses, g_ptr_array_unref);
  g_clear_pointer (&order->brought, g_array_unref);
  g_free (order);
}

/* As the journal has it. */
static void
take_order (EngineTransfer *self)
{
  const EngineOrder *order = self->order;

  self->name = g_strdup (order->name);
  self->file = order->file;
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
  self->own_throttle = engine_throttle_new (order->max_rate);
  /* What is over in a moment needs no progress told. */
  atomic_init (&self->progress_us, base_clock_now_us ());
  pthread_mutex_init (&self->lock, NULL);
  self->lanes = g_ptr_array_new ();
  self->pieces = g_array_new (FALSE, FALSE, sizeof (EngineRange));
  self->log = engine_log_new ();
  self->segments = engine_segments_new (-1);
  self->mirrors = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_mirror_free);
  for (guint i = 0; i < order->addresses->len; i++)
    {
      EngineMirror *mirror =
          engine_mirror_new (order->spec, g_ptr_array_index (order->addresses, i));

      mirror->aside = (order->aside & (G_GUINT64_CONSTANT (1) << i)) != 0;
      g_ptr_array_add (self->mirrors, mirror);
    }
  self->home = order->home;
  self->brought = order->brought != NULL ? g_array_copy (order->brought)
                                         : g_array_new (FALSE, FALSE, sizeof (EngineBrought));
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

  g_assert (self->lanes->len == 0);
  g_ptr_array_unref (self->lanes);
  g_array_unref (self->log);
  g_array_unref (self->pieces);
  g_array_unref (self->brought);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_ptr_array_unref (self->mirrors);
  g_clear_error (&self->fatal);
  engine_throttle_free (self->own_throttle);
  g_clear_pointer (&self->part, engine_part_file_unref);
  engine_segments_free (self->segments);
  engine_validator_clear (&self->validator);
  g_array_unref (self->synced);
  g_free (self->finished_name);
  g_free (self->name);
  g_free (self->digest);
  g_free (self->final_address);
  base_mailbox_unref (self->events);
  engine_order_free (self->order);
  pthread_mutex_destroy (&self->lock);
  g_free (self);
}

/* With the lock held. Returns: (transfer full): what is to be cancelled, once it is not */
static GPtrArray *
collect_cancellables (EngineTransfer *self)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->lanes->len; i++)
    {
      EngineLane *lane = g_ptr_array_index (self->lanes, i);

      g_ptr_array_add (all, g_object_ref (lane->cancellable));
    }
  return all;
}

void
engine_transfer_cancel (EngineTransfer *self)
{
  g_autoptr (GPtrArray) all = NULL;

  pthread_mutex_lock (&self->lock);
  self->cancelled = TRUE;
  all = collect_cancellables (self);
  pthread_mutex_unlock (&self->lock);
  for (guint i = 0; i < all->len; i++)
    g_cancellable_cancel (g_ptr_array_index (all, i));
}

gboolean
engine_transfer_is_cancelled (EngineTransfer *self)
{
  gboolean cancelled;

  pthread_mutex_lock (&self->lock);
  cancelled = self->cancelled;
  pthread_mutex_unlock (&self->lock);
  return cancelled;
}

gboolean
engine_transfer_join (EngineTransfer *self, int source)
{
  const EngineMirror *mirror;
  gboolean may;

  pthread_mutex_lock (&self->lock);
  mirror = g_ptr_array_index (self->mirrors, source);
  may =
      !self->cancelled && !mirror->aside && (!self->begun || (self->sharing && self->members > 0));
  self->members += may;
  pthread_mutex_unlock (&self->lock);
  return may;
}

void
engine_transfer_dismiss (EngineTransfer *self)
{
  g_autoptr (GCancellable) cancellable = NULL;
  gint64 now_us = base_clock_now_us ();
  EngineLane *slowest = NULL;
  gboolean one_leaves = FALSE;
  double least = 0;

  pthread_mutex_lock (&self->lock);
  for (guint i = 0; i < self->lanes->len && self->members > 1; i++)
    {
      EngineLane *lane = g_ptr_array_index (self->lanes, i);
      double rate = lane->claim != NULL ? engine_claim_get_rate (lane->claim, now_us) : -1;

      one_leaves = one_leaves || lane->must_leave;
      if (slowest == NULL || rate < least)
        {
          slowest = lane;
          least = rate;
        }
    }
  if (slowest != NULL && !one_leaves)
    {
      slowest->must_leave = TRUE;
      cancellable = g_object_ref (slowest->cancellable);
    }
  pthread_mutex_unlock (&self->lock);
  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

void
engine_transfer_set_rate (EngineTransfer *self, gint64 bytes_per_second)
{
  engine_throttle_set_rate (self->own_throttle, bytes_per_second);
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

static int
by_position (gconstpointer a, gconstpointer b)
{
  const EngineLaneView *left = a;
  const EngineLaneView *right = b;

  return left->position < right->position ? -1 : left->position > right->position;
}

/* With the lock held. */
static GArray *
view_lanes (EngineTransfer *self)
{
  GArray *views = g_array_sized_new (FALSE, FALSE, sizeof (EngineLaneView), self->lanes->len);
  gint64 now_us = base_clock_now_us ();

  for (guint i = 0; i < self->lanes->len; i++)
    {
      const EngineLane *lane = g_ptr_array_index (self->lanes, i);
      EngineLaneView view = {
        .worker = lane->worker->number,
        .source = lane->source,
        .activity = atomic_load_explicit (&lane->worker->desk->activity, memory_order_relaxed),
        .rate = -1,
        .received = lane->received,
      };

      if (lane->claim == NULL)
        continue;
      view.start = engine_claim_get_start (lane->claim);
      view.position = engine_claim_get_position (lane->claim);
      view.end = engine_claim_get_end (lane->claim);
      view.rate = engine_claim_get_rate (lane->claim, now_us);
      g_array_append_val (views, view);
    }
  g_array_sort (views, by_position);
  return views;
}

/* With the lock held. */
static void
take_snapshot (EngineTransfer *self, EngineSnapshot *snapshot)
{
  snapshot->lanes = view_lanes (self);
  snapshot->log = g_steal_pointer (&self->log);
  self->log = engine_log_new ();
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
  event->file = self->part != NULL ? *engine_part_file_get_id (self->part) : self->file;
  event->synced = g_array_copy (self->synced);
  event->http_status = self->http_status;
  event->resumed_from = self->resumed_from;
  event->length_unproven = self->length_unproven;
  event->source = self->last_source;
  event->progress = self->last_progress;
  event->home = self->home;
  event->blamed = self->blamed;
  event->brought = g_array_copy (self->brought);
  event->files = self->files != NULL ? g_ptr_array_ref (self->files) : NULL;
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
  g_array_set_size (self->brought, 0);
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
stop_tally (EngineTransfer *self)
{
  EngineTally *tally = engine_transfer_steal_tally (self);

  if (tally != NULL)
    engine_tally_stop (tally);
}

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
engine_transfer_log (
    EngineTransfer *self, EngineLogKind kind, int worker, gint64 a, gint64 b, const char *detail)
{
  EngineLogEntry entry = {
    .at_us = base_clock_wall_us (),
    .kind = kind,
    .worker = worker,
    .a = a,
    .b = b,
    .detail = (char *) detail,
  };

  pthread_mutex_lock (&self->lock);
  engine_log_add (self->log, &entry, ENGINE_MOST_UNREAD);
  pthread_mutex_unlock (&self->lock);
}

void
engine_transfer_post_left (
    EngineTransfer *self, EngineLane *lane, GError *error, gint64 opened_us, int serving)
{
  EngineEvent *event = engine_event_new (ENGINE_EVENT_LEFT, self);

  pthread_mutex_lock (&self->lock);
  take_snapshot (self, &event->snapshot);
  pthread_mutex_unlock (&self->lock);
  event->error = error;
  event->retry_after_s = lane->retry_after_s;
  event->opened_us = opened_us;
  event->serving = serving;
  event->source = lane->source;
  event->progress = lane->received > 0;
  base_mailbox_post (self->events, event);
}

void
engine_transfer_post_ended (EngineTransfer *self,
                            EngineEnding ending,
                            const char *final_name,
                            GError *error,
                            gint64 retry_after_s)
{
  EngineEvent *event;

  stop_tally (self);
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
