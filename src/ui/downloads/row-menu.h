/* row-menu.h: the context menu of the list: right click, long press, Menu key. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/downloads/list.h"

G_BEGIN_DECLS

/**
 * ui_row_menu_attach:
 * @owner: (transfer none): the popover's parent; hands it back by ui_row_menu_detach()
 * @menu: its entries: actions `win.…`
 *
 * What is clicked becomes the selection, unless it is part of it.
 *
 * Returns: (transfer none): the menu, for ui_row_menu_detach()
 */
GtkWidget *ui_row_menu_attach (GtkWidget *owner, GtkListView *view, UiList *list, GMenuModel *menu);
void ui_row_menu_detach (GtkWidget *popover);

G_END_DECLS
