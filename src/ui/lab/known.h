/* known.h: what has been found out about each variant, as the badges say it. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/lab/experiment.h"
#include "ui/lab/figures.h"

G_BEGIN_DECLS

typedef struct _UiKnown UiKnown;

UiKnown *ui_known_new (void);
void ui_known_free (UiKnown *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiKnown, ui_known_free)

/** ui_known_note_run: of its variant as it came; an edited program is nobody's */
void ui_known_note_run (UiKnown *self, UiExperiment *experiment);
void ui_known_note_exploration (UiKnown *self, UiExperiment *experiment);

/** ui_known_note: of the variant of that id */
void ui_known_note (UiKnown *self, const char *id, const LabExploration *exploration);

/** ui_known_get_word: @id: `lost-update/racy`. Returns: (nullable): such as `lost`; %NULL: nothing
 * is known */
const char *ui_known_get_word (UiKnown *self, const char *id, UiTone *tone);

/**
 * ui_known_dup_summary:
 *
 * Returns: (transfer full) (nullable): of all variants of which something is known: `Lost`,
 * `Stuck`, `Proved`, or `2 of 4` of them are bad
 */
char *ui_known_dup_summary (UiKnown *self, const LabScenario *scenario, UiTone *tone);

G_END_DECLS
