/* step-pictures.h: the odds along a walk, who waits for whom at its place, and how it ended. Main
 * thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/lab/figures.h"
#include "ui/lab/path.h"
#include "ui/plot/circle.h"
#include "ui/plot/series.h"

G_BEGIN_DECLS

/** ui_step_odds_show: @moves: (element-type LabMove): the ways to go on; those of no thread are
 * left out */
void ui_step_odds_show (UiSeries *series, UiPath *path, const GArray *moves);
void ui_step_circle_show (UiCircle *circle, UiPath *path);

/** ui_step_dup_end: @tone: (out). Returns: (transfer full) (nullable): in words; %NULL while it
 * goes on */
char *ui_step_dup_end (UiPath *path, UiTone *tone);

G_END_DECLS
