/* circle.h: who waits for what, and who has it: threads and things around a circle. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/plot/plot.h"

G_BEGIN_DECLS

#define UI_TYPE_CIRCLE (ui_circle_get_type ())
G_DECLARE_FINAL_TYPE (UiCircle, ui_circle, UI, CIRCLE, UiPlot)

GtkWidget *ui_circle_new (void);

/** ui_circle_clear: nothing is left */
void ui_circle_clear (UiCircle *self);

/** ui_circle_add_thread: Returns: its number, for the arrows; @thread: from 0, for its colour */
int ui_circle_add_thread (UiCircle *self, const char *letter, int thread);

/** ui_circle_add_thing: @text: `lock a`. Returns: its number */
int ui_circle_add_thing (UiCircle *self, const char *text);

/** ui_circle_add_wait: a dashed arrow from a thread to what it waits for */
void ui_circle_add_wait (UiCircle *self, int thread, int thing);

/** ui_circle_add_hold: a solid arrow from a thing to the thread that holds it */
void ui_circle_add_hold (UiCircle *self, int thing, int thread);

G_END_DECLS
