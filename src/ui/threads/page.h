/* page.h: the Threads view: what the pool's workers do, live, and what waiting together saves. Main
 * thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "engine/engine.h"

G_BEGIN_DECLS

#define UI_TYPE_THREADS_PAGE (ui_threads_page_get_type ())
G_DECLARE_FINAL_TYPE (UiThreadsPage, ui_threads_page, UI, THREADS_PAGE, AdwBin)

/** ui_threads_page_set_engine: looks at @engine from now on; @settings: holds the number of workers
 */
void ui_threads_page_set_engine (UiThreadsPage *self, Engine *engine, GSettings *settings);

G_END_DECLS
