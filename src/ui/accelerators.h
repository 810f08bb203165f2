/* accelerators.h: which keys do what: the one table. Main thread.
 *
 * Keys that a text field has a use for (Space, Delete, Ctrl+C…) are asked last, after
 * the widget that has the focus; all others work wherever the focus is.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  const char *action;  /* detailed: `win.show-view('lab')` */
  const char *keys[3]; /* up to two, NULL after the last */
  gboolean typed;      /* a text field has a use for it */
} UiAccelerator;

/** ui_accelerators_get: @n: (out): Returns: (transfer none): the table */
const UiAccelerator *ui_accelerators_get (gsize *n);

/** ui_accelerators_set: gives @application the keys that work anywhere */
void ui_accelerators_set (GtkApplication *application);

/** ui_accelerators_add_typed: gives @window the keys that text fields come first for */
void ui_accelerators_add_typed (GtkWidget *window);

G_END_DECLS
