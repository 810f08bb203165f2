/* network.h: tells the engine when the network goes and comes, and when it costs money. Main
 * thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engine/engine.h"

G_BEGIN_DECLS

typedef struct _UiNetwork UiNetwork;

/** ui_network_new: Returns: (transfer full): watches until freed */
UiNetwork *ui_network_new (GSettings *settings, Engine *engine);
void ui_network_free (UiNetwork *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiNetwork, ui_network_free)

G_END_DECLS
