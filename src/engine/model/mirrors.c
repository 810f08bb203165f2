/* A file of several addresses: which go on after one has failed.
 *
 * Main thread. What an address has shown is in EngineSources; here it is acted on. While another
 * is left, nothing has failed for good.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "base/clock.h"
#include "engine/model/engine-private.h"
#include "engine/plan/retry.h"

/* An address that has not answered for so long is not waited for where there is another. So is one
 * that has fallen silent before it gave enough for others to be compared with. */
#define LATE_US (3 * BASE_SECOND_US)

/* All that came is given up so often, because the addresses do not agree. */
#define MOST_RESTARTS 8

static void
log_aside (EngineDownload *download, int i, const GError *why)
{
  const EngineSource *source = engine_sources_get (download->sources, i);
  g_autofree char *line = g_strdup_printf ("%s: %s", source->host, why->message);

  engine_download_log (download, ENGINE_LOG_ASIDE, i, line);
}

void
engine_fail_source (Engine *self, EngineDownload *download, const EngineEvent *event)
{
  if (!engine_sources_is_about_source (event->error) ||
      !engine_sources_fail (download->sources, event->source, event->error, event->progress,
                            event->retry_after_s, base_clock_now_us ()))
    return;
  log_aside (download, event->source, event->error);
  if (download->transfer != NULL)
    engine_transfer_put_aside (download->transfer, event->source, event->error);
}

/* Nothing of what came is kept: the next run begins with the first byte. */
static void
give_up_bytes (EngineDownload *download)
{
  EngineRecord *record = download->record;

  g_array_set_size (record->done, 0);
  g_array_set_size (record->synced, 0);
  engine_validator_clear (&record->validator);
  record->received = 0;
  record->total = -1;
  g_clear_pointer (&download->brought, g_array_unref);
  download->home = -1;
  download->restarts++;
  engine_download_log (download, ENGINE_LOG_STARTED_OVER, 0, NULL);
}

static gboolean
queue_again (Engine *self, EngineDownload *download)
{
  engine_move_to (self, download, ENGINE_STATE_QUEUED, ENGINE_REASON_NONE, NULL);
  return TRUE;
}

/* The only one that gave anything; -1: there were several, or nobody knows. */
static int
find_only (guint64 sources)
{
  int n = 0;

  if (sources == 0 || (sources & (sources - 1)) != 0)
    return -1;
  while ((sources >> n & 1) == 0)
    n++;
  return n;
}

/* The first that may be asked, -1: none. */
static int
find_usable (EngineSources *sources)
{
  for (int i = 0; i < engine_sources_get_count (sources); i++)
    if (engine_sources_get (sources, i)->state == ENGINE_SOURCE_GOOD)
      return i;
  return -1;
}

/* The whole file is wrong. If one address gave it all, it is that one's fault; if several did, each
 * is tried alone. Two that agree are right, and the checksum is wrong. */
static gboolean
start_without_the_wrong (Engine *self, EngineDownload *download, EngineEvent *event)
{
  EngineSources *sources = download->sources;
  int alone = engine_sources_get_alone (sources);
  int culprit = alone >= 0 ? alone : find_only (event->blamed);
  gboolean agreed = culprit >= 0 && g_strcmp0 (download->wrong, event->error->message) == 0;

  if (agreed || download->restarts >= MOST_RESTARTS)
    return FALSE;
  if (culprit >= 0)
    {
      g_free (download->wrong);
      download->wrong = g_strdup (event->error->message);
      engine_sources_put_aside (sources, culprit, event->error);
      log_aside (download, culprit, event->error);
    }
  engine_sources_forgive_differing (sources);
  if (find_usable (sources) < 0)
    return FALSE;
  if (culprit < 0 || alone >= 0)
    engine_sources_set_alone (sources, find_usable (sources));
  give_up_bytes (download);
  return queue_again (self, download);
}

/* No address is left. */
static gboolean
try_all_again (Engine *self, EngineDownload *download, EngineEvent *event)
{
  EngineSources *sources = download->sources;
  int n = engine_sources_get_count (sources);

  /* None has the file that was begun, so that file is no more. */
  if (download->record->received > 0 && download->restarts < MOST_RESTARTS &&
      engine_sources_forgive_differing (sources))
    {
      give_up_bytes (download);
      return queue_again (self, download);
    }
  download->max_attempts = self->limits.max_retries + 1;
  download->attempt++;
  if (download->attempt < download->max_attempts && engine_sources_forgive_passing (sources))
    {
      engine_wait_for_retry (self, download, event);
      return TRUE;
    }
  download->attempt = download->max_attempts;
  /* The reason comes first: a status is read from there. */
  g_autofree char *reason = g_strdup (event->error->message);
  g_free (event->error->message);
  event->error->message = g_strdup_printf (
      /* Translators: a reason such as “404 Not Found”, and how many addresses the file has */
      ngettext ("%s; the file's only address (%d) does not give it",
                "%s; none of the file's %d addresses gives it", n),
      reason, n);
  return FALSE;
}

gboolean
engine_turn_to_mirror (Engine *self, EngineDownload *download, EngineEvent *event)
{
  EngineSources *sources = download->sources;

  if (g_error_matches (event->error, ENGINE_ERROR, ENGINE_ERROR_CHECKSUM))
    return start_without_the_wrong (self, download, event);
  if (g_error_matches (event->error, ENGINE_ERROR, ENGINE_ERROR_DAMAGED))
    {
      /* The damaged pieces come from another, if there is one; those who did not agree with them
       * may be right. */
      engine_sources_doubt (sources, event->blamed, event->error);
      engine_sources_forgive_differing (sources);
      return FALSE;
    }
  if (!engine_sources_is_about_source (event->error))
    return FALSE;
  engine_note_refusal (self, download, event);
  if (event->progress)
    download->attempt = 0;
  engine_fail_source (self, download, event);
  if (engine_sources_count_usable (sources) > 0)
    return queue_again (self, download);
  return try_all_again (self, download, event);
}

void
engine_relieve_late (Engine *self, EngineDownload *download, const EngineSurvey *survey)
{
  EngineSources *sources = download->sources;
  g_autoptr (GError) late = NULL;

  gboolean silent = survey->stragglers > 0 && !survey->may_check;

  if ((survey->unanswered_us < LATE_US && !silent) || download->members != 1 ||
      engine_sources_get_alone (sources) >= 0 || engine_sources_count_usable (sources) < 2)
    return;
  for (int i = 0; i < engine_sources_get_count (sources); i++)
    {
      EngineSource *source = engine_sources_get (sources, i);

      if (source->members == 0 || source->was_late)
        continue;
      source->was_late = TRUE;
      late = g_error_new_literal (ENGINE_ERROR, ENGINE_ERROR_TIMEOUT,
                                  _ ("the server does not answer soon"));
      engine_sources_put_aside (sources, i, late);
      log_aside (download, i, late);
      engine_transfer_put_aside (download->transfer, i, late);
      return;
    }
}
