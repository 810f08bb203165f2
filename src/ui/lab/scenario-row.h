/* scenario-row.h: a scenario in the list: title, one line, and a badge once something is known.
 * Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/lab/figures.h"

G_BEGIN_DECLS

#define UI_TYPE_SCENARIO_ROW (ui_scenario_row_get_type ())
G_DECLARE_FINAL_TYPE (UiScenarioRow, ui_scenario_row, UI, SCENARIO_ROW, GtkListBoxRow)

/** ui_scenario_row_new: @title, @summary: translated */
GtkWidget *ui_scenario_row_new (const char *title, const char *summary);

/** ui_scenario_row_set_badge: @text: (nullable): such as `Lost`; %NULL: nothing is known */
void ui_scenario_row_set_badge (UiScenarioRow *self, UiTone tone, const char *text);

/** ui_badge_show: makes @label a badge of @tone that says @text; hides it where that is %NULL */
void ui_badge_show (GtkLabel *label, UiTone tone, const char *text);

/** ui_name_drop: gives @drop, and the button within it that GTK leaves without one, the name @name
 */
void ui_name_drop (GtkDropDown *drop, const char *name);

G_END_DECLS
