/* Lanes: entering, taking pieces, leaving. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/lane.h"

#include <glib/gi18n.h>

#include "base/clock.h"
#include "engine/disk/crash-point.h"
#include "engine/plan/error.h"

static void
renew_cancellable (EngineLane *self)
{
  GCancellable *fresh = g_cancellable_new ();
  GCancellable *old;

  /* Held open, so that no wait makes a descriptor of its own. */
  g_cancellable_get_fd (fresh);
  pthread_mutex_lock (&self->transfer->lock);
  old = self->cancellable;
  self->cancellable = fresh;
  pthread_mutex_unlock (&self->transfer->lock);
  if (old != NULL)
    {
      g_cancellable_release_fd (old);
      g_object_unref (old);
    }
}

gboolean
engine_lane_enter (EngineLane *self, EngineTransfer *transfer, int source, EngineWorker *worker)
{
  EngineDesk *desk = worker->desk;
  gboolean first;

  *self = (EngineLane){
    .transfer = transfer, .worker = worker, .source = source, .retry_after_s = -1, .rate = -1
  };
  renew_cancellable (self);
  atomic_store_explicit (&desk->download, transfer->order->id, memory_order_relaxed);
  engine_desk_set_activity (desk, ENGINE_ACTIVITY_CONNECTING);
  pthread_mutex_lock (&transfer->lock);
  self->mirror = g_ptr_array_index (transfer->mirrors, source);
  first = !transfer->begun;
  transfer->begun = TRUE;
  g_ptr_array_add (transfer->lanes, self);
  pthread_mutex_unlock (&transfer->lock);
  return first;
}

/* With the lock held. Returns: (transfer full) (nullable): what to cancel once it is not */
static GCancellable *
find_robbed (EngineClaim *robbed)
{
  EngineLane *lane = robbed != NULL ? engine_claim_get_owner (robbed) : NULL;

  return lane != NULL ? g_object_ref (lane->cancellable) : NULL;
}

static void
kick (GCancellable *cancellable /* transfer full, nullable */)
{
  if (cancellable == NULL)
    return;
  g_cancellable_cancel (cancellable);
  g_object_unref (cancellable);
}

static void
fail_cancelled (GError **error)
{
  g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_CANCELLED, _ ("cancelled"));
}

/* With the lock held: whether this connection is not to fetch any more. */
static gboolean
is_unwanted (EngineLane *self)
{
  EngineTransfer *t = self->transfer;

  if (t->members == 1)
    self->must_leave = FALSE;
  return t->turning || self->mirror->aside || t->fatal != NULL || self->must_leave ||
         (t->part != NULL && engine_segments_is_complete (t->segments));
}

/* How the piece was come by shows in what there was before. */
static void
log_taken (EngineLane *self, int claims, gboolean hedged)
{
  EngineClaim *claim = self->claim;
  gint64 position = engine_claim_get_position (claim);
  gint64 end = engine_claim_get_end (claim);

  if (hedged)
    engine_lane_log (self, ENGINE_LOG_HEDGED, position, end, NULL);
  else if (claims > 0)
    engine_lane_log (self, ENGINE_LOG_SPLIT, position, end, NULL);
  else
    engine_lane_log (self, ENGINE_LOG_ASKED, position, end, NULL);
}

EngineStep
engine_lane_take (EngineLane *self, GError **error)
{
  EngineTransfer *t = self->transfer;
  EngineWish wish = {
    .min_split = t->order->min_segment,
    .rate = self->rate,
    .now_us = base_clock_now_us (),
    .tail = self->received > 0,
    .owner = self,
  };
  EngineClaim *robbed = NULL;
  GCancellable *kicked = NULL;
  gboolean cancelled;
  gboolean hedged = FALSE;
  int claims = 0;

  pthread_mutex_lock (&t->lock);
  cancelled = t->cancelled;
  if (!cancelled && !is_unwanted (self))
    {
      claims = engine_segments_count_claims (t->segments);
      wish.window = engine_transfer_get_window (t, self->rate);
      self->claim = engine_segments_claim (t->segments, &wish, &robbed);
      hedged = self->claim != NULL && engine_claim_is_rival (self->claim);
      kicked = find_robbed (robbed);
    }
  pthread_mutex_unlock (&t->lock);
  kick (kicked);
  engine_crash_point ("split");
  if (cancelled)
    {
      fail_cancelled (error);
      return ENGINE_STEP_FAILED;
    }
  if (self->claim == NULL)
    return ENGINE_STEP_LEAVE;
  log_taken (self, claims, hedged);
  return ENGINE_STEP_ON;
}

/* With the lock held. */
static void
release_claim (EngineLane *self)
{
  EngineTransfer *t = self->transfer;
  EngineRange piece = { engine_claim_get_start (self->claim),
                        engine_claim_get_position (self->claim) };

  if (t->compares && piece.end > piece.start)
    g_array_append_val (t->pieces, piece);
  if (t->mirrors->len > 1 && piece.end > piece.start)
    {
      EngineBrought brought = { piece, self->source };

      g_array_append_val (t->brought, brought);
    }
  engine_segments_release (t->segments, g_steal_pointer (&self->claim));
}

void
engine_lane_let_go (EngineLane *self)
{
  EngineTransfer *t = self->transfer;

  pthread_mutex_lock (&t->lock);
  if (self->claim != NULL)
    {
      self->rate = engine_claim_get_rate (self->claim, base_clock_now_us ());
      release_claim (self);
    }
  pthread_mutex_unlock (&t->lock);
}

void
engine_lane_advance (EngineLane *self, gint64 n)
{
  EngineTransfer *t = self->transfer;
  gint64 now_us = base_clock_now_us ();
  EngineClaim *robbed;
  GCancellable *kicked;
  gint64 counted;

  pthread_mutex_lock (&t->lock);
  counted = engine_segments_advance (t->segments, self->claim, n, now_us, &robbed);
  self->received += counted;
  kicked = find_robbed (robbed);
  pthread_mutex_unlock (&t->lock);
  atomic_fetch_add_explicit (&self->worker->desk->received, n, memory_order_relaxed);
  kick (kicked);
}

gboolean
engine_lane_read_on (EngineLane *self, gint64 limit)
{
  EngineTransfer *t = self->transfer;
  EngineClaim *robbed;
  GCancellable *kicked;
  gboolean longer;

  pthread_mutex_lock (&t->lock);
  longer = !is_unwanted (self) &&
           engine_segments_extend (t->segments, self->claim, limit, base_clock_now_us (), &robbed);
  kicked = longer ? find_robbed (robbed) : NULL;
  pthread_mutex_unlock (&t->lock);
  kick (kicked);
  if (longer)
    engine_lane_log (self, ENGINE_LOG_READ_ON, engine_claim_get_position (self->claim),
                     engine_claim_get_end (self->claim), NULL);
  return longer;
}

void
engine_lane_set_resting (EngineLane *self, gboolean resting)
{
  pthread_mutex_lock (&self->transfer->lock);
  engine_claim_set_resting (self->claim, resting, base_clock_now_us ());
  pthread_mutex_unlock (&self->transfer->lock);
}

gboolean
engine_lane_forgive (EngineLane *self, const GError *error)
{
  EngineTransfer *t = self->transfer;
  gboolean cancelled;

  if (!g_error_matches (error, ENGINE_ERROR, ENGINE_ERROR_CANCELLED))
    return FALSE;
  pthread_mutex_lock (&t->lock);
  cancelled = t->cancelled;
  /* Its place may be better used at another address. */
  self->must_leave = self->must_leave || t->mirrors->len > 1;
  pthread_mutex_unlock (&t->lock);
  if (cancelled)
    return FALSE;
  renew_cancellable (self);
  /* Its connection is gone, and how fast that one was says nothing of the next. */
  self->rate = -1;
  engine_lane_log (self, ENGINE_LOG_DROPPED, 0, 0, NULL);
  return TRUE;
}

gboolean
engine_lane_is_alone (EngineLane *self)
{
  gboolean alone;

  pthread_mutex_lock (&self->transfer->lock);
  alone = self->transfer->members == 1;
  pthread_mutex_unlock (&self->transfer->lock);
  return alone;
}

/* With the lock held: what every other lane waits with. */
static GPtrArray *
collect_others (EngineLane *self)
{
  EngineTransfer *t = self->transfer;
  GPtrArray *others = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < t->lanes->len; i++)
    {
      EngineLane *lane = g_ptr_array_index (t->lanes, i);

      if (lane != self)
        g_ptr_array_add (others, g_object_ref (lane->cancellable));
    }
  return others;
}

static void
cancel_all (GPtrArray *cancellables /* nullable */)
{
  for (guint i = 0; cancellables != NULL && i < cancellables->len; i++)
    g_cancellable_cancel (g_ptr_array_index (cancellables, i));
}

gint64
engine_lane_get_held (EngineLane *lane)
{
  gint64 held;

  pthread_mutex_lock (&lane->transfer->lock);
  held = engine_segments_get_done (lane->transfer->segments);
  pthread_mutex_unlock (&lane->transfer->lock);
  return held;
}

gint64
engine_lane_get_total (EngineLane *lane)
{
  gint64 total;

  pthread_mutex_lock (&lane->transfer->lock);
  total = engine_segments_get_total (lane->transfer->segments);
  pthread_mutex_unlock (&lane->transfer->lock);
  return total;
}

void
engine_lane_turn_back (EngineLane *self, gboolean certain)
{
  EngineTransfer *t = self->transfer;
  g_autoptr (GPtrArray) others = NULL;

  pthread_mutex_lock (&t->lock);
  t->sharing = FALSE;
  t->doubts += certain;
  if (t->doubts > 1)
    {
      t->turning = TRUE;
      others = collect_others (self);
    }
  pthread_mutex_unlock (&t->lock);
  cancel_all (others);
}

/* What ends all connections of a transfer, not only the one that met it. */
static gboolean
is_fatal (const GError *error)
{
  switch (error->code)
    {
    case ENGINE_ERROR_DISK_FULL:
    case ENGINE_ERROR_DISK_AWAY:
    case ENGINE_ERROR_DISK:
    case ENGINE_ERROR_NAME:
    case ENGINE_ERROR_IN_USE:
      return TRUE;
    default:
      return FALSE;
    }
}

static int
count_serving (EngineLane *self)
{
  int n = 0;

  for (guint i = 0; i < self->transfer->lanes->len; i++)
    {
      EngineLane *lane = g_ptr_array_index (self->transfer->lanes, i);
      int activity = atomic_load_explicit (&lane->worker->desk->activity, memory_order_relaxed);

      if (lane != self && activity != ENGINE_ACTIVITY_CONNECTING)
        n++;
    }
  return n;
}

/* What was seen and done under the lock when a lane left. */
typedef struct
{
  gboolean last;
  gboolean stays;
  gboolean whole;
  int serving;
  GPtrArray *others; /* owned, nullable */
} Leave;

static void
strike_off (EngineLane *self, EngineStep step, GError **error, Leave *leave)
{
  EngineTransfer *t = self->transfer;

  pthread_mutex_lock (&t->lock);
  if (self->claim != NULL)
    release_claim (self);
  leave->serving = count_serving (self);
  leave->last = t->members == 1;
  leave->whole = t->part != NULL && engine_segments_is_complete (t->segments) &&
                 !engine_transfer_wants_comparing (t);
  if (*error != NULL)
    self->mirror->proven = self->mirror->checked = FALSE;
  t->last_source = self->source;
  t->last_progress = self->received > 0;
  if (*error != NULL && is_fatal (*error) && t->fatal == NULL)
    t->fatal = g_error_copy (*error);
  leave->stays = leave->last && step == ENGINE_STEP_LEAVE && !leave->whole && t->fatal == NULL &&
                 !self->mirror->aside;
  /* It cannot stay, and there is more to do. */
  if (leave->last && step == ENGINE_STEP_LEAVE && !leave->whole && self->mirror->aside &&
      *error == NULL)
    *error = g_error_copy (self->mirror->why);
  if (!leave->last && (t->fatal != NULL || leave->whole))
    leave->others = collect_others (self);
  if (leave->last && !leave->whole && t->fatal != NULL)
    {
      g_clear_error (error);
      *error = g_error_copy (t->fatal);
    }
  if (!leave->stays)
    {
      t->members--;
      g_ptr_array_remove_fast (t->lanes, self);
    }
  pthread_mutex_unlock (&t->lock);
}

/* Nobody else is left in it. */
static EngineEnding
get_ending (const EngineTransfer *t)
{
  if (t->files != NULL)
    return ENGINE_ENDED_LISTED;
  return t->finished_name != NULL ? ENGINE_ENDED_COMPLETED : ENGINE_ENDED_SKIPPED;
}

EngineLeft
engine_lane_leave (EngineLane *self, EngineStep step, GError *error)
{
  EngineTransfer *t = self->transfer;
  Leave leave = { 0 };

  if (error != NULL && !g_error_matches (error, ENGINE_ERROR, ENGINE_ERROR_CANCELLED))
    engine_lane_log (self, ENGINE_LOG_LEFT, 0, 0, error->message);
  strike_off (self, step, &error, &leave);
  if (leave.stays)
    return ENGINE_LEFT_STAY;

  cancel_all (leave.others);
  g_clear_pointer (&leave.others, g_ptr_array_unref);
  engine_desk_set_activity (self->worker->desk, ENGINE_ACTIVITY_IDLE);
  atomic_store_explicit (&self->worker->desk->download, -1, memory_order_relaxed);
  g_cancellable_release_fd (self->cancellable);
  g_object_unref (self->cancellable);

  if (!leave.last)
    engine_transfer_post_left (t, self, error, self->opened_us, leave.serving);
  else if (leave.whole)
    {
      g_clear_error (&error);
      return ENGINE_LEFT_WHOLE;
    }
  else if (step == ENGINE_STEP_ENDED)
    engine_transfer_post_ended (t, get_ending (t), t->finished_name, NULL, -1);
  else
    {
      g_autoptr (GError) unsynced = NULL;

      /* If it cannot be synced, the journal is not told that it was: a power cut costs more then.
       */
      engine_transfer_sync (t, &unsynced);
      engine_transfer_post_ended (t, ENGINE_ENDED_ERROR, NULL, error, self->retry_after_s);
    }
  return ENGINE_LEFT_OVER;
}

void
engine_lane_log (EngineLane *self, EngineLogKind kind, gint64 a, gint64 b, const char *detail)
{
  engine_transfer_log (self->transfer, kind, self->worker->number, a, b, detail);
}
