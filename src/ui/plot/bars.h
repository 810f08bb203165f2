/* bars.h: what each of several things costs, on a logarithmic scale, with how much that varies.
 * Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/plot/plot.h"

G_BEGIN_DECLS

#define UI_TYPE_BARS (ui_bars_get_type ())
G_DECLARE_FINAL_TYPE (UiBars, ui_bars, UI, BARS, UiPlot)

typedef struct
{
  char *title;   /* owned */
  char *verdict; /* owned; with ✓ or ✕ before it */
  gboolean bad;  /* hatched, in the colour of losing */
  double median; /* of the unit, more than 0 */
  double low;    /* whiskers */
  double high;
  char *text; /* owned: the median as it is said */
} UiBar;

GtkWidget *ui_bars_new (void);

/** ui_bars_new_array: Returns: (transfer full) (element-type UiBar): empty, and frees what is put
 * in */
GArray *ui_bars_new_array (void);

/** ui_bars_take: @bars: (transfer full) (element-type UiBar): shown by cost, the cheapest first;
 * @unit: `ns` */
void ui_bars_take (UiBars *self, GArray *bars, const char *unit);

G_END_DECLS
