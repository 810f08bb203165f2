/* What labels say. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/text/labels.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/clock.h"
#include "base/human.h"

void
ui_facts_take (UiFacts *facts, EngineDownload *download)
{
  const GError *error = engine_download_get_error (download);
  gint64 retry_at_us = engine_download_get_retry_at_us (download);

  *facts = (UiFacts){
    .state = engine_download_get_state (download),
    .reason = engine_download_get_reason (download),
    .name = engine_download_get_name (download),
    .problem = error != NULL ? error->message : NULL,
    .remedy = error != NULL ? engine_remedy_of (error) : ENGINE_REMEDY_NONE,
    .checksum = engine_download_get_checksum (download),
    .received = engine_download_get_received (download),
    .total = engine_download_get_total (download),
    .rate = engine_download_get_rate (download),
    .seconds_left = engine_download_get_seconds_left (download),
    .connections = engine_download_get_connections (download),
    .place_in_line = engine_download_get_queue_position (download),
    .attempt = engine_download_get_attempt (download),
    .max_attempts = engine_download_get_max_attempts (download),
    .unproven = engine_download_is_length_unproven (download),
    .skipped = engine_download_was_skipped (download),
  };
  facts->seconds_ago =
      (base_clock_wall_us () - engine_download_get_finished_us (download)) / BASE_SECOND_US;
  if (retry_at_us != 0)
    facts->retry_in_s = MAX (0, (retry_at_us - base_clock_now_us ()) / BASE_SECOND_US);
}

double
ui_facts_get_fraction (const UiFacts *facts)
{
  if (facts->state == ENGINE_STATE_COMPLETED)
    return 1;
  if (facts->total < 0)
    return -1;
  return facts->total == 0 ? 0 : CLAMP ((double) facts->received / facts->total, 0, 1);
}

char *
ui_label_percent (const UiFacts *facts)
{
  double fraction = ui_facts_get_fraction (facts);

  switch (facts->state)
    {
    case ENGINE_STATE_ACTIVE:
    case ENGINE_STATE_CONNECTING:
    case ENGINE_STATE_PAUSED:
    case ENGINE_STATE_WAITING:
    case ENGINE_STATE_VERIFYING:
      if (fraction < 0 || (facts->received == 0 && facts->state != ENGINE_STATE_ACTIVE))
        return g_strdup ("");
      /* Translators: a share, such as 45 % */
      return g_strdup_printf (_ ("%d %%"), (int) (fraction * 100));
    default:
      return g_strdup ("");
    }
}

static char *
received_of_total (const UiFacts *facts)
{
  g_autofree char *received = base_human_size (facts->received);
  g_autofree char *total = facts->total >= 0 ? base_human_size (facts->total) : NULL;

  if (total == NULL)
    /* Translators: how much there is of a file whose size is not known */
    return g_strdup_printf (_ ("%s so far"), received);
  /* Translators: two sizes */
  return g_strdup_printf (_ ("%s of %s"), received, total);
}

static char *
label_active (const UiFacts *facts, gboolean narrow)
{
  g_autofree char *sizes = received_of_total (facts);

  if (narrow)
    return g_steal_pointer (&sizes);
  if (facts->total < 0)
    return g_strdup_printf (_ ("%s · size not known"), sizes);
  /* Translators: sizes, and how many connections fetch the file */
  return g_strdup_printf (ngettext ("%s · %d connection", "%s · %d connections",
                                    facts->connections),
                          sizes, facts->connections);
}

static char *
label_queued (const UiFacts *facts)
{
  g_autofree char *ordinal = base_human_ordinal (MAX (1, facts->place_in_line));
  g_autofree char *size = NULL;

  if (facts->total < 0)
    /* Translators: %s is an ordinal number such as 3rd */
    return g_strdup_printf (_ ("Waiting · %s in line"), ordinal);
  size = base_human_size (facts->total);
  return g_strdup_printf (_ ("Waiting · %s in line · %s"), ordinal, size);
}

static char *
label_waiting (const UiFacts *facts)
{
  const char *problem = facts->problem != NULL ? facts->problem : "";
  g_autofree char *wait = base_human_duration (facts->retry_in_s);

  switch (facts->reason)
    {
    case ENGINE_REASON_RETRY:
      /* Translators: a duration, and why the last try failed */
      return g_strdup_printf (_ ("Retrying in %s: %s"), wait, problem);
    case ENGINE_REASON_DISK:
      return g_strdup_printf (_ ("Waiting: %s, then press Resume"), problem);
    case ENGINE_REASON_NETWORK:
      return g_strdup (_ ("Waiting for the network"));
    case ENGINE_REASON_HOST:
    case ENGINE_REASON_NONE:
    default:
      return g_strdup (_ ("Waiting for the server’s turn"));
    }
}

static char *
label_finished (const UiFacts *facts)
{
  g_autofree char *size = base_human_size (facts->received);
  g_autofree char *ago = base_human_ago (facts->seconds_ago);

  if (facts->skipped)
    return g_strdup (_ ("Skipped: there is a file of that name already"));
  if (facts->unproven)
    return g_strdup_printf (_ ("Finished · %s · %s · the server never said how long it is"), size,
                            ago);
  if (facts->checksum != NULL)
    return g_strdup_printf (_ ("Finished · %s · %s · checksum verified"), size, ago);
  return g_strdup_printf (_ ("Finished · %s · %s"), size, ago);
}

char *
ui_label_sizes (const UiFacts *facts, gboolean narrow)
{
  g_autofree char *sizes = NULL;

  switch (facts->state)
    {
    case ENGINE_STATE_ACTIVE:
      return label_active (facts, narrow);
    case ENGINE_STATE_CONNECTING:
      return g_strdup (_ ("Connecting…"));
    case ENGINE_STATE_VERIFYING:
      return g_strdup (facts->checksum != NULL ? _ ("Checking") : _ ("Finishing"));
    case ENGINE_STATE_PAUSED:
      if (facts->received == 0)
        return g_strdup (_ ("Paused"));
      sizes = received_of_total (facts);
      return g_strdup_printf (_ ("Paused · %s"), sizes);
    case ENGINE_STATE_QUEUED:
      return label_queued (facts);
    case ENGINE_STATE_WAITING:
      return label_waiting (facts);
    case ENGINE_STATE_COMPLETED:
      return label_finished (facts);
    case ENGINE_STATE_FAILED:
      /* Translators: why a download failed */
      return g_strdup_printf (_ ("Failed: %s"), facts->problem != NULL ? facts->problem : "");
    case ENGINE_STATE_CANCELLED:
    default:
      return g_strdup (_ ("Cancelled"));
    }
}

char *
ui_label_rate (const UiFacts *facts)
{
  return facts->state == ENGINE_STATE_ACTIVE ? base_human_rate (facts->rate) : g_strdup ("");
}

char *
ui_label_time (const UiFacts *facts)
{
  if (facts->state == ENGINE_STATE_ACTIVE && facts->seconds_left >= 0)
    {
      g_autofree char *left = base_human_duration (facts->seconds_left);

      /* Translators: %s is a duration such as 2 min 48 s */
      return g_strdup_printf (_ ("%s left"), left);
    }
  if (facts->state == ENGINE_STATE_WAITING && facts->reason == ENGINE_REASON_RETRY)
    {
      g_autofree char *ordinal = base_human_ordinal (facts->attempt + 1);

      /* Translators: an ordinal number, and how many tries there are in all */
      return g_strdup_printf (_ ("%s of %d tries"), ordinal, facts->max_attempts);
    }
  return g_strdup ("");
}

char *
ui_label_description (const UiFacts *facts)
{
  g_autofree char *sizes = NULL;
  g_autofree char *rate = NULL;
  g_autofree char *time = NULL;
  g_autofree char *amount = NULL;

  if (facts->state != ENGINE_STATE_ACTIVE)
    return ui_label_sizes (facts, FALSE);
  amount = received_of_total (facts);
  rate = ui_label_rate (facts);
  time = ui_label_time (facts);
  sizes = g_strdup_printf (ngettext ("%d connection", "%d connections", facts->connections),
                           facts->connections);
  if (*time == '\0')
    return g_strjoin (" · ", amount, rate, sizes, NULL);
  return g_strjoin (" · ", amount, rate, time, sizes, NULL);
}

const char *
ui_label_state (EngineState state)
{
  static const char *const words[ENGINE_N_STATES] = {
    [ENGINE_STATE_QUEUED] = N_ ("Waiting"),      [ENGINE_STATE_CONNECTING] = N_ ("Connecting"),
    [ENGINE_STATE_ACTIVE] = N_ ("Downloading"),  [ENGINE_STATE_PAUSED] = N_ ("Paused"),
    [ENGINE_STATE_WAITING] = N_ ("Waiting"),     [ENGINE_STATE_VERIFYING] = N_ ("Checking"),
    [ENGINE_STATE_COMPLETED] = N_ ("Finished"),  [ENGINE_STATE_FAILED] = N_ ("Failed"),
    [ENGINE_STATE_CANCELLED] = N_ ("Cancelled"),
  };

  return _ (words[state]);
}

char *
ui_label_accessible (const UiFacts *facts)
{
  g_autofree char *percent = ui_label_percent (facts);

  if (*percent == '\0')
    return g_strdup_printf ("%s, %s", facts->name, ui_label_state (facts->state));
  return g_strdup_printf ("%s, %s, %s", facts->name, ui_label_state (facts->state), percent);
}

UiNext
ui_facts_get_next (const UiFacts *facts)
{
  switch (facts->state)
    {
    case ENGINE_STATE_PAUSED:
      return UI_NEXT_RESUME;
    case ENGINE_STATE_WAITING:
      return facts->reason == ENGINE_REASON_DISK ? UI_NEXT_RESUME : UI_NEXT_PAUSE;
    case ENGINE_STATE_FAILED:
    case ENGINE_STATE_CANCELLED:
      return UI_NEXT_RETRY;
    case ENGINE_STATE_COMPLETED:
      return UI_NEXT_OPEN_FOLDER;
    default:
      return UI_NEXT_PAUSE;
    }
}

const char *
ui_label_next (UiNext next)
{
  switch (next)
    {
    case UI_NEXT_RESUME:
      return _ ("Resume");
    case UI_NEXT_RETRY:
      return _ ("Retry");
    case UI_NEXT_OPEN_FOLDER:
      return _ ("Open Folder");
    case UI_NEXT_PAUSE:
    default:
      return _ ("Pause");
    }
}
