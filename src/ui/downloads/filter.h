/* filter.h: which downloads a choice in the sidebar, and the search, leave in the list. Main
 * thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/engine.h"
#include "ui/text/kinds.h"

G_BEGIN_DECLS

/* The sidebar's entries, from the top; after them one for each kind. */
typedef enum
{
  UI_FILTER_ALL,
  UI_FILTER_ACTIVE,
  UI_FILTER_WAITING,
  UI_FILTER_PAUSED,
  UI_FILTER_FINISHED,
  UI_FILTER_FAILED,
} UiFilter;
#define UI_N_STATE_FILTERS 6
#define UI_N_FILTERS (UI_N_STATE_FILTERS + UI_N_KINDS)

/** ui_filter_of_state: Returns: the entry that counts a download of @state */
UiFilter ui_filter_of_state (EngineState state);

/**
 * ui_filter_matches:
 * @filter: a UiFilter, or UI_N_STATE_FILTERS plus a UiKind
 * @search: (nullable): case-folded; what the name or the address must contain
 */
gboolean ui_filter_matches (int filter, const char *search, EngineDownload *download);

/** ui_filter_get_title: Returns: (transfer none): translated */
const char *ui_filter_get_title (int filter);
const char *ui_filter_get_icon (int filter);

G_END_DECLS
