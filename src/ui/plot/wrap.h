/* wrap.h: lays its children out in a line, and in as many lines as it takes where that is too long.
 * Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define UI_TYPE_WRAP (ui_wrap_get_type ())
G_DECLARE_FINAL_TYPE (UiWrap, ui_wrap, UI, WRAP, GtkWidget)

/** ui_wrap_append: @child: (transfer floating) */
void ui_wrap_append (UiWrap *self, GtkWidget *child);

/** ui_wrap_clear: takes all children out */
void ui_wrap_clear (UiWrap *self);

/** ui_wrap_set_spacing: @across: pixels between children; @down: between lines */
void ui_wrap_set_spacing (UiWrap *self, int across, int down);

/** ui_wrap_set_stacked: @stacked: each child has a line of its own, as wide as there is room */
void ui_wrap_set_stacked (UiWrap *self, gboolean stacked);

G_END_DECLS
