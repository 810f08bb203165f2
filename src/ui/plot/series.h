/* series.h: how odds went step by step, and where each way to go on would take them. Main thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/plot/plot.h"

G_BEGIN_DECLS

#define UI_TYPE_SERIES (ui_series_get_type ())
G_DECLARE_FINAL_TYPE (UiSeries, ui_series, UI, SERIES, UiPlot)

/* A way to go on. */
typedef struct
{
  int thread;  /* from 0 */
  double odds; /* 0 to 1; NAN: not known */
  char *text;  /* owned: beside its end */
} UiBranch;

GtkWidget *ui_series_new (void);

/**
 * ui_series_set:
 * @odds: (element-type double): before the first step and after each; NAN: not known
 * @threads: (element-type int): who took each step, one fewer
 * @branches: (element-type UiBranch) (transfer full): the ways to go on
 * @now: (nullable): beside the last point
 */
void ui_series_set (
    UiSeries *self, const GArray *odds, const GArray *threads, GArray *branches, const char *now);

/** ui_series_new_branches: Returns: (transfer full) (element-type UiBranch): empty, and frees what
 * is put in */
GArray *ui_series_new_branches (void);

G_END_DECLS
