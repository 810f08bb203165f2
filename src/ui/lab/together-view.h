/* together-view.h: the scenario on waiting together: pages fetched one after another, then by a
 * pool. Main thread.
 *
 * It goes through the engine's own workers, against a practice server on loopback that lives
 * only while pages are fetched.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "engine/engine.h"

G_BEGIN_DECLS

#define UI_TYPE_TOGETHER_VIEW (ui_together_view_get_type ())
G_DECLARE_FINAL_TYPE (UiTogetherView, ui_together_view, UI, TOGETHER_VIEW, GtkBox)

void ui_together_view_set_engine (UiTogetherView *self, Engine *engine);

/** ui_together_view_stop: gives up what is being fetched */
void ui_together_view_stop (UiTogetherView *self);

void ui_together_view_set_narrow (UiTogetherView *self, gboolean narrow);

G_END_DECLS
