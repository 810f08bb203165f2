/* sheet.h: holds a page whose content changes its shape with its width. Main thread.
 *
 * What it asks for does not depend on that shape, else wide and narrow would
 * call for each other without end.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define UI_TYPE_SHEET (ui_sheet_get_type ())
G_DECLARE_FINAL_TYPE (UiSheet, ui_sheet, UI, SHEET, GtkWidget)

G_END_DECLS
