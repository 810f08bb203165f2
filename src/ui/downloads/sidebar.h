/* sidebar.h: the filters with their counts. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/downloads/filter.h"

G_BEGIN_DECLS

#define UI_TYPE_SIDEBAR (ui_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (UiSidebar, ui_sidebar, UI, SIDEBAR, GtkBox)

/* Signals: `picked` (int filter): a person chose an entry. */

/** ui_sidebar_set_engine: counts its list, now and as it changes */
void ui_sidebar_set_engine (UiSidebar *self, Engine *engine);

/** ui_sidebar_pick: as if a person had chosen @filter */
void ui_sidebar_pick (UiSidebar *self, int filter);

/** ui_sidebar_count: Returns: how many downloads @filter has now */
int ui_sidebar_count (UiSidebar *self, int filter);

G_END_DECLS
