/* Filters. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/filter.h"

#include <glib/gi18n.h>
#include <string.h>

static const struct
{
  const char *title;
  const char *icon;
} entries[UI_N_STATE_FILTERS] = {
  [UI_FILTER_ALL] = { N_ ("All"), "view-list-symbolic" },
  [UI_FILTER_ACTIVE] = { N_ ("Active"), "folder-download-symbolic" },
  [UI_FILTER_WAITING] = { N_ ("Waiting"), "preferences-system-time-symbolic" },
  [UI_FILTER_PAUSED] = { N_ ("Paused"), "media-playback-pause-symbolic" },
  [UI_FILTER_FINISHED] = { N_ ("Finished"), "emblem-ok-symbolic" },
  [UI_FILTER_FAILED] = { N_ ("Failed"), "dialog-warning-symbolic" },
};

UiFilter
ui_filter_of_state (EngineState state)
{
  switch (state)
    {
    case ENGINE_STATE_CONNECTING:
    case ENGINE_STATE_ACTIVE:
    case ENGINE_STATE_VERIFYING:
      return UI_FILTER_ACTIVE;
    case ENGINE_STATE_PAUSED:
      return UI_FILTER_PAUSED;
    case ENGINE_STATE_COMPLETED:
      return UI_FILTER_FINISHED;
    case ENGINE_STATE_FAILED:
    case ENGINE_STATE_CANCELLED:
      return UI_FILTER_FAILED;
    case ENGINE_STATE_QUEUED:
    case ENGINE_STATE_WAITING:
    default:
      return UI_FILTER_WAITING;
    }
}

static gboolean
contains (const char *text, const char *search)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, search) != NULL;
}

gboolean
ui_filter_matches (int filter, const char *search, EngineDownload *download)
{
  if (filter >= UI_N_STATE_FILTERS &&
      (int) ui_kind_of_name (engine_download_get_name (download)) != filter - UI_N_STATE_FILTERS)
    return FALSE;
  if (filter > UI_FILTER_ALL && filter < UI_N_STATE_FILTERS &&
      (int) ui_filter_of_state (engine_download_get_state (download)) != filter)
    return FALSE;
  return search == NULL || *search == '\0' ||
         contains (engine_download_get_name (download), search) ||
         contains (engine_download_get_address (download), search);
}

const char *
ui_filter_get_title (int filter)
{
  return filter < UI_N_STATE_FILTERS ? _ (entries[filter].title)
                                     : ui_kind_get_title (filter - UI_N_STATE_FILTERS);
}

const char *
ui_filter_get_icon (int filter)
{
  return filter < UI_N_STATE_FILTERS ? entries[filter].icon
                                     : ui_kind_get_icon (filter - UI_N_STATE_FILTERS);
}
