/* findings.h: what was found in the typed text: a verdict, what is not understood and why, a line
 * for each file.
 *
 * Main thread. A plain struct that fills a box.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "engine/engine.h"

G_BEGIN_DECLS

typedef struct _UiFindings UiFindings;

/** UiCorrect: a person wants @suggestion in the place of @length bytes from @start on */
typedef void (*UiCorrect) (int start, int length, const char *suggestion, gpointer user_data);

/** ui_findings_new: Returns: (transfer full): to be freed by g_free() */
UiFindings *ui_findings_new (GtkBox *box, GtkLabel *verdict, UiCorrect correct, gpointer user_data);

/** ui_findings_show: @found: (element-type EngineFound): borrowed until the next call */
void ui_findings_show (UiFindings *self, GPtrArray *found, Engine *engine);

G_END_DECLS
