/* plot.h: what all pictures of the lab stand on: a widget that draws itself, its inks and its
 * letters.
 *
 * A plot is one widget of role `img` with a name, and its meaning in words for
 * those who do not see it. Colours come from the theme, so that light and dark
 * follow by themselves; PangoLayouts are kept until the font changes. Main thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Sizes are relative to the widget's font, so that they follow a person's text scaling. */
typedef enum
{
  UI_LETTERS_PLAIN,
  UI_LETTERS_BOLD,
  UI_LETTERS_MONO,
  UI_N_LETTERS,
} UiLetters;

/* What a picture is drawn with; valid while `draw` runs. */
typedef struct
{
  cairo_t *cr;
  int width;  /* pixels */
  int height; /* pixels */
  gboolean dark;
  GdkRGBA ink;   /* text */
  GdkRGBA dim;   /* side notes */
  GdkRGBA line;  /* grid lines, troughs */
  GdkRGBA paper; /* what lies behind */
  GdkRGBA accent;
  GdkRGBA bad;
  GdkRGBA good;
  GtkWidget *widget;   /* borrowed */
  GHashTable *layouts; /* borrowed */
} UiBrush;

#define UI_TYPE_PLOT (ui_plot_get_type ())
G_DECLARE_DERIVABLE_TYPE (UiPlot, ui_plot, UI, PLOT, GtkWidget)

struct _UiPlotClass
{
  GtkWidgetClass parent_class;

  void (*draw) (UiPlot *self, UiBrush *brush);
};

/** ui_plot_describe: @name: what it is; @meaning: what it shows, in words. Both translated */
void ui_plot_describe (UiPlot *self, const char *name, const char *meaning);

/** ui_plot_get_meaning: Returns: (transfer none): the words last given */
const char *ui_plot_get_meaning (UiPlot *self);

/** ui_plot_set_size: @width: natural, @height: natural and least, in pixels */
void ui_plot_set_size (UiPlot *self, int width, int height);

/** ui_brush_get_thread: Returns: the colour of thread @n, from 0; after six they begin again */
GdkRGBA ui_brush_get_thread (const UiBrush *brush, int n);

/** ui_brush_mix: Returns: @share (0 to 1) of @colour over the paper */
GdkRGBA ui_brush_mix (const UiBrush *brush, const GdkRGBA *colour, double share);

void ui_brush_set (const UiBrush *brush, const GdkRGBA *colour);
void ui_brush_set_alpha (const UiBrush *brush, const GdkRGBA *colour, double alpha);

/** ui_brush_measure: @width: (out) (optional), @height: (out) (optional): pixels of @text */
void ui_brush_measure (
    const UiBrush *brush, const char *text, UiLetters letters, double *width, double *height);

/**
 * ui_brush_text:
 * @x: where its anchor stands
 * @y: where its anchor stands
 * @across: the anchor: 0 its left edge, 0.5 its middle, 1 its right edge
 * @down: likewise: 0 its top, 1 its bottom
 */
void ui_brush_text (const UiBrush *brush,
                    const char *text,
                    UiLetters letters,
                    const GdkRGBA *colour,
                    double x,
                    double y,
                    double across,
                    double down);

/** ui_brush_badge: a disc of thread @n's colour with its letter, around @x, @y */
void
ui_brush_badge (const UiBrush *brush, const char *letter, int n, double x, double y, double radius);

/** ui_brush_rounded: puts a rounded rectangle on the path */
void ui_brush_rounded (
    const UiBrush *brush, double x, double y, double width, double height, double radius);

/** ui_brush_hatch: fills the path with lines at 45 degrees, six pixels apart; eats the path */
void ui_brush_hatch (const UiBrush *brush, const GdkRGBA *colour, double alpha);

/** ui_brush_head: an arrow's head at @x, @y that flies along @dx, @dy */
void ui_brush_head (const UiBrush *brush, double x, double y, double dx, double dy);

/** ui_brush_cross: the mark of what was lost */
void ui_brush_cross (const UiBrush *brush, double x, double y, double radius);

G_END_DECLS
