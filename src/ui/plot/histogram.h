/* histogram.h: where many runs ended, and over it what was to be expected. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/plot/plot.h"

G_BEGIN_DECLS

#define UI_TYPE_HISTOGRAM (ui_histogram_get_type ())
G_DECLARE_FINAL_TYPE (UiHistogram, ui_histogram, UI, HISTOGRAM, UiPlot)

/* So many runs ended at a value. */
typedef struct
{
  gint64 value;
  int count;
} UiBin;

/* How likely an end is; low and high are a sampled one's interval of confidence, else as share. */
typedef struct
{
  gint64 value;
  double share;
  double low;
  double high;
} UiLikely;

GtkWidget *ui_histogram_new (void);

/**
 * ui_histogram_set_runs:
 * @bins: (element-type UiBin) (nullable): none: nothing has run
 * @expected: where each run should end
 * @current: where the run being looked at ended
 */
void ui_histogram_set_runs (UiHistogram *self, const GArray *bins, gint64 expected, gint64 current);

/**
 * ui_histogram_set_line:
 * @points: (element-type UiLikely) (nullable): by value
 * @sampled: a band is drawn
 */
void ui_histogram_set_line (UiHistogram *self, const GArray *points, gboolean sampled);

/** ui_histogram_choose_width: Returns: how many values one bar stands for, when @span are to be
 * shown. Pure */
gint64 ui_histogram_choose_width (gint64 span);

G_END_DECLS
