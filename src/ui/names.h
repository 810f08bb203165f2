/* names.h: names for what libadwaita 1.2 leaves without one. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ui_names_complete:
 * @root: (transfer none): a window or dialog whose widgets are all there
 *
 * Gives the lists inside expander rows, combo rows and untitled groups, the rows around them and
 * the button that shows a password the name of the row that they belong to, so that no assistive
 * tool meets a control with none.
 */
void ui_names_complete (GtkWidget *root);

G_END_DECLS
