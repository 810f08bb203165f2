/* foot.h: the strip below the list: speed, how many, time left, the last minute, the limit. Main
 * thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "engine/engine.h"

G_BEGIN_DECLS

#define UI_TYPE_FOOT (ui_foot_get_type ())
G_DECLARE_FINAL_TYPE (UiFoot, ui_foot, UI, FOOT, GtkBox)

typedef enum
{
  UI_ROOM_WIDE,
  UI_ROOM_TIGHT,  /* beside the details */
  UI_ROOM_NARROW, /* 360 px in all */
} UiRoom;

void ui_foot_set_engine (UiFoot *self, Engine *engine);

/** ui_foot_refresh: shows the totals as they are now; about ten times a second while something
 * moves */
void ui_foot_refresh (UiFoot *self);

/** ui_foot_set_room: how much of it there is room for */
void ui_foot_set_room (UiFoot *self, UiRoom room);

G_END_DECLS
