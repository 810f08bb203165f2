/* findings.h: what was found in the typed text: a verdict, what is not understood and why, a line
 * for each file with what its server says of it.
 *
 * Main thread. A plain struct that fills a box.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "engine/engine.h"

G_BEGIN_DECLS

typedef struct _UiFindings UiFindings;

/* What a person does there; all get the same user data. */
typedef struct
{
  /* @suggestion is wanted in the place of @length bytes from @start on. */
  void (*correct) (int start, int length, const char *suggestion, gpointer user_data);
  /* The download that is there already is to be seen. */
  void (*show) (EngineDownload *download, gpointer user_data);
  /* The file that is in the folder already is to be seen. */
  void (*show_path) (const char *path, gpointer user_data);
  /* More is known of the files. */
  void (*learned) (gpointer user_data);
} UiFindingsCalls;

/**
 * ui_findings_new:
 * @box: (transfer none): filled below its first child
 * @verdict: (transfer none): says how many there are
 * @total: (transfer none): says how much they are together
 * @calls: static
 *
 * Returns: (transfer full)
 */
UiFindings *ui_findings_new (GtkBox *box,
                             GtkLabel *verdict,
                             GtkLabel *total,
                             Engine *engine,
                             const UiFindingsCalls *calls,
                             gpointer user_data);
void ui_findings_free (UiFindings *self);

/** ui_findings_show: @found: (element-type EngineFound): borrowed until the next call */
void ui_findings_show (UiFindings *self, GPtrArray *found, const char *folder);

/** ui_findings_get_total: Returns: bytes of those whose size is known, -1 where none is */
gint64 ui_findings_get_total (UiFindings *self);

/** ui_findings_are_duplicates: Returns: whether there are addresses, and each of them is in the
 * list or its file in the folder already, as far as that is known */
gboolean ui_findings_are_duplicates (UiFindings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiFindings, ui_findings_free)

G_END_DECLS
