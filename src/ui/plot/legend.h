/* legend.h: what the marks of a picture mean: each drawn as it is there, with its word. Main
 * thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/plot/plot.h"
#include "ui/plot/wrap.h"

G_BEGIN_DECLS

typedef enum
{
  UI_SWATCH_READ,
  UI_SWATCH_ADD,
  UI_SWATCH_WRITE,
  UI_SWATCH_ATOMIC,
  UI_SWATCH_PUT,
  UI_SWATCH_GET,
  UI_SWATCH_LOST,
  UI_SWATCH_ARROW,
  UI_SWATCH_BAR,
  UI_SWATCH_LINE,
  UI_SWATCH_BAD_LINE,
  UI_SWATCH_GOOD_LINE,
  UI_SWATCH_GREY_LINE,
  UI_SWATCH_WAIT,
  UI_SWATCH_FILLED,
} UiSwatchKind;

/** ui_legend_add: puts a drawn mark and @text at the end of @legend */
void ui_legend_add (UiWrap *legend, UiSwatchKind kind, const char *text);

G_END_DECLS
