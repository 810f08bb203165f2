/* list-keys.h: the keys that the list has a use of its own for, and we a better one. Main thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/downloads/list.h"

G_BEGIN_DECLS

/** ui_list_keys_attach: Space pauses or resumes what is selected, Escape selects nothing */
void ui_list_keys_attach (GtkListView *view, UiList *list);

G_END_DECLS
