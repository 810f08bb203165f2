/* keys.h: the lab by keyboard alone: 1 to 9, Backspace, E, R, P. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** ui_keys_add: while @page is in view, wherever in its window the focus is; what a person types
 * into a text stays typed */
void ui_keys_add (GtkWidget *page);

G_END_DECLS
