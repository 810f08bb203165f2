/* limits.h: keeps the engine, and the look, set as the person chose, also when the hour comes at
 * which another speed limit holds. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engine/engine.h"

G_BEGIN_DECLS

typedef struct _UiLimits UiLimits;

/** ui_limits_new: Returns: (transfer full): from now on each change of @settings reaches @engine at
 * once */
UiLimits *ui_limits_new (GSettings *settings, Engine *engine);
void ui_limits_free (UiLimits *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiLimits, ui_limits_free)

G_END_DECLS
