/* remedy.h: what to do about an error: a sentence, and the button that does it. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "engine/engine.h"

G_BEGIN_DECLS

#define UI_TYPE_REMEDY (ui_remedy_get_type ())
G_DECLARE_FINAL_TYPE (UiRemedy, ui_remedy, UI, REMEDY, GtkBox)

/** ui_remedy_get_label: Returns: (transfer none) (nullable): the button's text; %NULL: there is no
 * button */
const char *ui_remedy_get_label (EngineRemedy remedy);

/** ui_remedy_get_action: Returns: (transfer none) (nullable): what the button activates */
const char *ui_remedy_get_action (EngineRemedy remedy);

/**
 * ui_remedy_show:
 * @address: the download's
 * @error: (nullable): why it failed or waits; %NULL hides all
 *
 * The button acts on what is selected, as the actions of the window do.
 */
void ui_remedy_show (UiRemedy *self, const char *address, const GError *error);

G_END_DECLS
