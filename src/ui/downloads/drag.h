/* drag.h: rows that are dragged: within the list to another place, out of it as files. Main thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/downloads/list.h"

G_BEGIN_DECLS

/** ui_drag_attach: lets @row be dragged, with all that is selected if it is, and takes what is
 * dropped beside it */
void ui_drag_attach (UiDownloadRow *row, UiList *list);

G_END_DECLS
