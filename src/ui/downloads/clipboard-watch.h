/* clipboard-watch.h: offers the addresses that a person copies in another program.
 *
 * Main thread. A plain struct that belongs to the window and lives as long. Looks
 * at the clipboard only while the setting `watch-clipboard` is on.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct _UiClipboardWatch UiClipboardWatch;

/** UiOffered: @text: has at least one address, and the person wants it */
typedef void (*UiOffered) (const char *text, gpointer user_data);

/**
 * ui_clipboard_watch_new:
 * @window: (transfer none): lives longer; its display's clipboard is watched
 * @toasts: (transfer none): where the offer is made while the window is in front; otherwise it is
 *   a notification
 *
 * Returns: (transfer full)
 */
UiClipboardWatch *ui_clipboard_watch_new (GtkWindow *window,
                                          GSettings *settings,
                                          AdwToastOverlay *toasts,
                                          UiOffered offered,
                                          gpointer user_data);
void ui_clipboard_watch_free (UiClipboardWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiClipboardWatch, ui_clipboard_watch_free)

G_END_DECLS
