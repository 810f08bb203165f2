/* Several addresses of one file.
 *
 * Invariant: a lane that asks another address than the transfer's home claims nothing before that
 * address was compared with what is there.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/mirrors.h"

#include <glib/gi18n.h>

#include "base/clock.h"
#include "engine/plan/error.h"
#include "engine/run/proof.h"
#include "engine/run/standard.h"

void
engine_transfer_put_aside (EngineTransfer *self, int source, const GError *why)
{
  EngineMirror *mirror;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  pthread_mutex_lock (&self->lock);
  mirror = g_ptr_array_index (self->mirrors, source);
  if (!mirror->aside)
    mirror->why = g_error_copy (why);
  mirror->aside = TRUE;
  for (guint i = 0; i < self->lanes->len; i++)
    {
      EngineLane *lane = g_ptr_array_index (self->lanes, i);

      if (lane->mirror == mirror)
        g_ptr_array_add (all, g_object_ref (lane->cancellable));
    }
  pthread_mutex_unlock (&self->lock);
  for (guint i = 0; i < all->len; i++)
    g_cancellable_cancel (g_ptr_array_index (all, i));
}

void
engine_mirrors_teach (EngineTransfer *self, gint64 now_us, EngineSources *sources)
{
  for (int i = 0; i < engine_sources_get_count (sources) && i < (int) self->mirrors->len; i++)
    {
      EngineSource *source = engine_sources_get (sources, i);
      const EngineMirror *mirror = g_ptr_array_index (self->mirrors, i);
      double sum = 0;
      int n = 0;

      for (guint j = 0; j < self->lanes->len; j++)
        {
          const EngineLane *lane = g_ptr_array_index (self->lanes, j);
          double rate = lane->source == i && lane->claim != NULL
                            ? engine_claim_get_rate (lane->claim, now_us)
                            : -1;

          sum += MAX (rate, 0);
          n += rate >= 0;
        }
      if (n > 0)
        source->rate = sum / n;
      source->checked = i == self->home ? self->adopted : mirror->checked;
      source->whole_only = mirror->whole_only;
    }
}

gboolean
engine_mirrors_can_spare (EngineLane *lane)
{
  EngineTransfer *t = lane->transfer;
  gboolean any = FALSE;

  pthread_mutex_lock (&t->lock);
  for (guint i = 0; i < t->mirrors->len; i++)
    any = any ||
          ((int) i != lane->source && !((EngineMirror *) g_ptr_array_index (t->mirrors, i))->aside);
  pthread_mutex_unlock (&t->lock);
  return any;
}

EngineStep
engine_mirrors_fail_differing (GError **error)
{
  g_clear_error (error);
  g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_CHANGED,
               /* Translators: one of several addresses of the same file is wrong */
               _ ("this address has another file than the one begun"));
  return ENGINE_STEP_FAILED;
}

void
engine_mirrors_forget (EngineTransfer *transfer)
{
  for (guint i = 0; i < transfer->mirrors->len; i++)
    {
      EngineMirror *mirror = g_ptr_array_index (transfer->mirrors, i);

      mirror->checked = mirror->known = mirror->proven = FALSE;
    }
  g_array_set_size (transfer->brought, 0);
}

/* With the lock held: may it go on at once? Else what it has to do first. */
static EngineStep
look (EngineLane *lane, gboolean *must_check)
{
  EngineTransfer *t = lane->transfer;

  *must_check = FALSE;
  if (!engine_standard_is_elsewhere (lane) || lane->mirror->checked)
    return ENGINE_STEP_ON;
  if (!t->adopted || engine_segments_get_done (t->segments) < ENGINE_MIRROR_ENOUGH)
    return ENGINE_STEP_LEAVE;
  *must_check = TRUE;
  return ENGINE_STEP_ON;
}

static void
set_checking (EngineLane *lane, gint64 since_us)
{
  pthread_mutex_lock (&lane->transfer->lock);
  lane->checking_us = since_us;
  pthread_mutex_unlock (&lane->transfer->lock);
}

static EngineStep
check (EngineLane *lane, GError **error)
{
  EngineTransfer *t = lane->transfer;
  EngineMirror *mirror = lane->mirror;
  EngineValidator theirs = { .length = -1 };
  EngineProof proof;

  engine_lane_show (lane, ENGINE_ACTIVITY_COMPARING);
  set_checking (lane, base_clock_now_us ());
  proof = engine_proof_run_first (lane, &theirs, error);
  set_checking (lane, 0);
  engine_lane_show (lane, ENGINE_ACTIVITY_CONNECTING);
  if (proof != ENGINE_PROOF_FAILED)
    engine_lane_log (lane, ENGINE_LOG_COMPARED, proof == ENGINE_PROOF_EQUAL, 0, NULL);
  if (proof == ENGINE_PROOF_EQUAL)
    {
      pthread_mutex_lock (&t->lock);
      engine_validator_clear (&mirror->validator);
      mirror->validator = theirs;
      mirror->known = mirror->checked = TRUE;
      pthread_mutex_unlock (&t->lock);
      return ENGINE_STEP_ON;
    }
  engine_validator_clear (&theirs);
  return proof == ENGINE_PROOF_DIFFERENT ? engine_mirrors_fail_differing (error)
                                         : ENGINE_STEP_FAILED;
}

EngineStep
engine_mirrors_admit (EngineLane *lane, GError **error)
{
  EngineTransfer *t = lane->transfer;
  EngineStep step;
  gboolean must_check;

  pthread_mutex_lock (&t->lock);
  step = look (lane, &must_check);
  pthread_mutex_unlock (&t->lock);
  if (must_check)
    step = check (lane, error);
  lane->admitted = step == ENGINE_STEP_ON;
  return step;
}
