/* incoming.h: the ways by which addresses come in: typed, pasted, dropped, from a file, from the
 * practice server.
 *
 * Main thread. A plain struct that belongs to the window and lives as long; it
 * gives the window `win.add`, `win.paste`, `win.import` and `win.practice`.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/downloads/page.h"
#include "ui/memory.h"

G_BEGIN_DECLS

typedef struct _UiIncoming UiIncoming;

/**
 * ui_incoming_new:
 * @window: (transfer none): gets the actions and takes what is dropped
 * @page: (transfer none): where a download that is there already is shown
 * @memory: (transfer none): which folder the last ones went to
 * @settings: (transfer none): what is chosen for all that is added
 *
 * Returns: (transfer full): to be freed by ui_incoming_free()
 */
UiIncoming *ui_incoming_new (GtkApplicationWindow *window,
                             Engine *engine,
                             UiDownloadsPage *page,
                             UiMemory *memory,
                             AdwToastOverlay *toasts,
                             GSettings *settings);
void ui_incoming_free (UiIncoming *self);

/** ui_incoming_open: opens Add Downloads; @text: (nullable): filled with it */
void ui_incoming_open (UiIncoming *self, const char *text);

/** ui_incoming_import: @file: of addresses: opens Add Downloads with them; a Metalink: adds its
 * files */
void ui_incoming_import (UiIncoming *self, GFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiIncoming, ui_incoming_free)

G_END_DECLS
