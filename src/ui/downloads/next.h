/* next.h: doing the likely next thing with a download. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

/**
 * ui_next_do:
 *
 * Pauses, resumes or retries @download, as ui_facts_get_next() says.
 *
 * Returns: %FALSE where the next thing is to see its file, which is the caller's
 */
gboolean ui_next_do (Engine *engine, EngineDownload *download);

G_END_DECLS
