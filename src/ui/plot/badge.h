/* badge.h: a disc with the letter by which a picture tells a thread or a download. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/plot/plot.h"

G_BEGIN_DECLS

#define UI_TYPE_BADGE (ui_badge_get_type ())
G_DECLARE_FINAL_TYPE (UiBadge, ui_badge, UI, BADGE, UiPlot)

/** ui_badge_new: @number: from 0: the letter `A`, and its colour; @name: what it stands for */
GtkWidget *ui_badge_new (int number, const char *name);

G_END_DECLS
