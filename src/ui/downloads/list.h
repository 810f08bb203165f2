/* list.h: the engine's list as the view shows it: filtered, selected, drawn in rows.
 *
 * Main thread. A plain struct that belongs to the page.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "engine/engine.h"
#include "ui/downloads/row.h"

G_BEGIN_DECLS

typedef struct _UiList UiList;

/** UiListMade: @row: new; others will be shown in it in turn: what is to be listened to is
 * connected once */
typedef void (*UiListMade) (UiDownloadRow *row, gpointer user_data);

/** ui_list_new: sets the model and the factory of @view, which stands in @scroller */
UiList *ui_list_new (Engine *engine,
                     GtkListView *view,
                     GtkScrolledWindow *scroller,
                     UiListMade made,
                     gpointer user_data);
void ui_list_free (UiList *self);

/** ui_list_get_model: Returns: (transfer none): a GtkSelectionModel */
GListModel *ui_list_get_model (UiList *self);

/** ui_list_set_filter: @filter: as in ui_filter_matches() */
void ui_list_set_filter (UiList *self, int filter);
void ui_list_set_search (UiList *self, const char *search);

/** ui_list_refresh_visible: shows anew the rows that are seen; @fully: also those that have not
 * changed */
void ui_list_refresh_visible (UiList *self, gboolean fully);
guint64 ui_list_count_selected (UiList *self);

/** ui_list_dup_selected: Returns: (transfer full) (element-type EngineDownload) */
GPtrArray *ui_list_dup_selected (UiList *self);

/** ui_list_select: selects those of @downloads that are shown, and no others */
void ui_list_select (UiList *self, GPtrArray *downloads);

gboolean ui_list_is_selected (UiList *self, EngineDownload *download);

/** ui_list_place: moves @downloads, which keep their order, before or @after @there in the queue */
void ui_list_place (UiList *self, GPtrArray *downloads, EngineDownload *there, gboolean after);

/** ui_list_scroll_to: brings @download into sight */
void ui_list_scroll_to (UiList *self, EngineDownload *download);

/** ui_list_focus: puts the keyboard on @download, if its row is near enough to be seen */
void ui_list_focus (UiList *self, EngineDownload *download);

G_END_DECLS
