/* outcomes.h: a table of ends: good or bad, what is shown of it, how often, and that as a bar. Main
 * thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define UI_TYPE_OUTCOMES (ui_outcomes_get_type ())
G_DECLARE_FINAL_TYPE (UiOutcomes, ui_outcomes, UI, OUTCOMES, GtkWidget)

/** ui_outcomes_begin: empties it; @what, @count: the heads of its columns, translated */
void ui_outcomes_begin (UiOutcomes *self, const char *what, const char *count);

/** ui_outcomes_add: @share: 0 to 1, NAN: no bar */
void
ui_outcomes_add (UiOutcomes *self, gboolean bad, const char *what, const char *count, double share);

G_END_DECLS
