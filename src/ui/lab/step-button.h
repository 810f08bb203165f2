/* step-button.h: what a thread can do next: its statement, the odds in words and as a bar, the key.
 * Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define UI_TYPE_STEP_BUTTON (ui_step_button_get_type ())
G_DECLARE_FINAL_TYPE (UiStepButton, ui_step_button, UI, STEP_BUTTON, GtkButton)

GtkWidget *ui_step_button_new (void);

/**
 * ui_step_button_set:
 * @thread: from 0
 * @name: the thread's
 * @statement: its next, or why it has none
 * @preview: (nullable): what that would do: `wrote 3 over 2`
 * @odds: (nullable): in words
 * @share: how many ways on end badly, 0 to 1; NAN: not known
 * @key: 1 to 9, or 0 for none
 */
void ui_step_button_set (UiStepButton *self,
                         int thread,
                         const char *name,
                         const char *statement,
                         const char *preview,
                         const char *odds,
                         double share,
                         int key);

G_END_DECLS
