/* foot.h: the strip below the list: speed, how many, time left, the last minute, the limit. Main
 * thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "engine/engine.h"

G_BEGIN_DECLS

#define UI_TYPE_FOOT (ui_foot_get_type ())
G_DECLARE_FINAL_TYPE (UiFoot, ui_foot, UI, FOOT, GtkBox)

void ui_foot_set_engine (UiFoot *self, Engine *engine);

/** ui_foot_refresh: shows the totals as they are now; about ten times a second while something
 * moves */
void ui_foot_refresh (UiFoot *self);

/** ui_foot_set_narrow: @narrow: only what fits into 360 px */
void ui_foot_set_narrow (UiFoot *self, gboolean narrow);

G_END_DECLS
