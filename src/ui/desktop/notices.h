/* notices.h: says that downloads have ended while the window is not in front.
 *
 * One notification for all since the person last looked: it grows, and goes when they look. Gives
 * the application `app.open-download(x)`, `app.open-download-folder(x)` and
 * `app.retry-download(x)` for its buttons. Main thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "engine/engine.h"

G_BEGIN_DECLS

typedef struct _UiNotices UiNotices;

/** ui_notices_new: Returns: (transfer full): watches until freed */
UiNotices *ui_notices_new (GtkApplication *application, GSettings *settings, Engine *engine);
void ui_notices_free (UiNotices *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiNotices, ui_notices_free)

G_END_DECLS
