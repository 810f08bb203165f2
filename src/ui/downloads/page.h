/* page.h: the Downloads view: sidebar, list, foot, and the page that stands there while there is
 * nothing. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "engine/engine.h"
#include "ui/downloads/filter.h"

G_BEGIN_DECLS

#define UI_TYPE_DOWNLOADS_PAGE (ui_downloads_page_get_type ())
G_DECLARE_FINAL_TYPE (UiDownloadsPage, ui_downloads_page, UI, DOWNLOADS_PAGE, AdwBin)

/* Properties: `empty` (boolean): there are no downloads. `sidebar-shown`, `searching` (boolean,
 * writable). Signals: `selection-changed` (): others are selected, or what is selected has changed
 * state; `show-file` (EngineDownload *): a person wants to see it in its folder. */

void ui_downloads_page_set_engine (UiDownloadsPage *self, Engine *engine);

/** ui_downloads_page_dup_selected: Returns: (transfer full) (element-type EngineDownload) */
GPtrArray *ui_downloads_page_dup_selected (UiDownloadsPage *self);
void ui_downloads_page_select_all (UiDownloadsPage *self);
void ui_downloads_page_select_none (UiDownloadsPage *self);

/** ui_downloads_page_select: selects those of @downloads (element-type EngineDownload) that are
 * shown, and no others */
void ui_downloads_page_select (UiDownloadsPage *self, GPtrArray *downloads);

/** ui_downloads_page_reveal: as above, and shows them, whatever filter or search hid them */
void ui_downloads_page_reveal (UiDownloadsPage *self, GPtrArray *downloads);

/** ui_downloads_page_count: Returns: how many downloads @filter leaves, whatever is shown */
int ui_downloads_page_count (UiDownloadsPage *self, UiFilter filter);

/** ui_downloads_page_show_details: opens the details beside the list, or in its place where there
 * is no room */
void ui_downloads_page_show_details (UiDownloadsPage *self, EngineDownload *download);

/** ui_downloads_page_hide_details: Returns: whether they were open */
gboolean ui_downloads_page_hide_details (UiDownloadsPage *self);

/** ui_downloads_page_start_search: opens the search and puts the cursor there */
void ui_downloads_page_start_search (UiDownloadsPage *self);
gboolean ui_downloads_page_get_empty (UiDownloadsPage *self);

/** ui_downloads_page_refresh: shows totals and rows as they are now */
void ui_downloads_page_refresh (UiDownloadsPage *self);

G_END_DECLS
