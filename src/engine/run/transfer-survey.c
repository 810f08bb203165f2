/* What the main thread looks at to give a transfer more connections, or fewer. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "engine/run/mirrors.h"

/* Who takes longer to compare an address with what is there is not waited for. */
#define MOST_PREPARING_US (3 * BASE_SECOND_US)

static gboolean
is_receiving (const EngineLane *lane)
{
  int activity = atomic_load_explicit (&lane->worker->desk->activity, memory_order_relaxed);

  return activity == ENGINE_ACTIVITY_RECEIVING || activity == ENGINE_ACTIVITY_WRITING ||
         activity == ENGINE_ACTIVITY_WAITING;
}

void
engine_transfer_survey (EngineTransfer *self,
                        gint64 now_us,
                        EngineSurvey *survey,
                        EngineSources *sources)
{
  EngineWish wish = { .min_split = self->order->min_segment, .rate = -1, .now_us = now_us };

  *survey = (EngineSurvey){ 0 };
  pthread_mutex_lock (&self->lock);
  wish.window = engine_transfer_get_window (self, -1);
  survey->members = self->members;
  for (guint i = 0; i < self->lanes->len; i++)
    {
      const EngineLane *lane = g_ptr_array_index (self->lanes, i);

      survey->receiving += is_receiving (lane);
      survey->preparing = survey->preparing ||
                          (lane->checking_us > 0 && now_us - lane->checking_us < MOST_PREPARING_US);
    }
  survey->received = engine_segments_get_done (self->segments) - self->resumed_from;
  survey->left =
      engine_segments_get_total (self->segments) - engine_segments_get_done (self->segments);
  survey->answer_us = self->answer_us;
  survey->may_check = engine_segments_get_done (self->segments) >= ENGINE_MIRROR_ENOUGH;
  survey->unanswered_us = self->asked_us > 0 && !self->adopted ? now_us - self->asked_us : 0;
  engine_mirrors_teach (self, now_us, sources);
  if (self->sharing && !self->cancelled && self->fatal == NULL && self->members > 0)
    {
      survey->stragglers = engine_segments_count_stragglers (self->segments, now_us);
      survey->wants_more = engine_segments_is_worth_joining (self->segments, &wish);
    }
  pthread_mutex_unlock (&self->lock);
}
