/* A lane for each worker. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/threads/workers-plot.h"

#include <glib/gi18n.h>

#include "base/clock.h"

#define LANE 32
#define BLOCK 24
#define AXIS 24
#define NARROW 480
#define SECONDS 30

/* Of the colour, at the slowest and at the fastest. */
#define DIMMEST .30
#define BRIGHTEST 1.0

struct _UiWorkersPlot
{
  UiPlot parent_instance;

  UiHistory *history; /* not owned */
  gint64 now_us;
  double left; /* pixels: where the lanes begin; as last drawn */
};

G_DEFINE_FINAL_TYPE (UiWorkersPlot, ui_workers_plot, UI_TYPE_PLOT)

/* Where things lie in one drawing. */
typedef struct
{
  UiBrush *brush;
  UiHistory *history;
  gint64 now_us;
  double left;
  double width;
  double fastest;
} Frame;

static double
get_x (const Frame *frame, gint64 time_us)
{
  double share = 1 - (double) (frame->now_us - time_us) / UI_HISTORY_US;

  return frame->left + CLAMP (share, 0, 1) * frame->width;
}

/* A cell ends where the next tick begins; after a pause of the clock it is one tick long. */
static gint64
get_end_us (const Frame *frame, int tick)
{
  gint64 begin_us = ui_history_get_tick (frame->history, tick)->time_us;
  gint64 next_us = tick + 1 < ui_history_get_n_ticks (frame->history)
                       ? ui_history_get_tick (frame->history, tick + 1)->time_us
                       : frame->now_us;

  return MIN (next_us, begin_us + 3 * UI_HISTORY_TICK_US);
}

/* Twice the mean: one burst must not leave all else in the dark. */
static double
find_fastest (UiHistory *history)
{
  double sum = 0;
  int n = 0;

  for (int i = 0; i < ui_history_get_n_ticks (history); i++)
    for (int w = 0; w < ui_history_get_n_workers (history); w++)
      {
        double rate = ui_history_get_tick (history, i)->cells[w].rate;

        sum += rate;
        n += rate > 0;
      }
  return n > 0 ? MAX (2 * sum / n, 1) : 1;
}

static gboolean
is_waiting (EngineActivity activity)
{
  return activity == ENGINE_ACTIVITY_CONNECTING || activity == ENGINE_ACTIVITY_WAITING ||
         activity == ENGINE_ACTIVITY_COMPARING;
}

static void
draw_cell (
    const Frame *frame, const UiCell *cell, const GdkRGBA *colour, double x, double end, double y)
{
  cairo_t *cr = frame->brush->cr;
  double share = DIMMEST + (BRIGHTEST - DIMMEST) * MIN (cell->rate / frame->fastest, 1);
  GdkRGBA mixed = ui_brush_mix (frame->brush, colour, share);

  cairo_rectangle (cr, x, y, end - x + .5, BLOCK);
  if (is_waiting (cell->activity))
    {
      ui_brush_hatch (frame->brush, colour, .8);
      return;
    }
  ui_brush_set (frame->brush, &mixed);
  cairo_fill (cr);
  if (cell->activity != ENGINE_ACTIVITY_WRITING)
    return;
  cairo_rectangle (cr, x, y + BLOCK / 2.0 - 1, end - x + .5, 2);
  ui_brush_set (frame->brush, &frame->brush->paper);
  cairo_fill (cr);
}

/* One connection: ticks from @first to @last of lane @w, all of one download. */
static void
draw_block (const Frame *frame, int w, int first, int last)
{
  UiBrush *brush = frame->brush;
  gint64 download = ui_history_get_tick (frame->history, first)->cells[w].download;
  int number = MAX (ui_history_get_letter (frame->history, download), 0);
  GdkRGBA colour = ui_brush_get_thread (brush, number);
  double x = get_x (frame, ui_history_get_tick (frame->history, first)->time_us);
  double end = MAX (get_x (frame, get_end_us (frame, last)), x + 2);
  double y = w * LANE + (LANE - BLOCK) / 2.0;
  double badge = -1;
  char letter[] = { 'A' + number % 26, '\0' };

  cairo_save (brush->cr);
  ui_brush_rounded (brush, x, y, end - x, BLOCK, MIN (4, (end - x) / 2));
  cairo_clip (brush->cr);
  for (int i = first; i <= last;)
    {
      const UiCell *cell = &ui_history_get_tick (frame->history, i)->cells[w];
      double from = get_x (frame, ui_history_get_tick (frame->history, i)->time_us);
      int next = i + 1;

      /* Hatching has no seams: what waits is one piece. */
      while (next <= last && is_waiting (cell->activity) &&
             is_waiting (ui_history_get_tick (frame->history, next)->cells[w].activity))
        next++;
      draw_cell (frame, cell, &colour, from, get_x (frame, get_end_us (frame, next - 1)), y);
      if (badge < 0 && !is_waiting (cell->activity))
        badge = from;
      i = next;
    }
  cairo_restore (brush->cr);
  ui_brush_rounded (brush, x + .5, y + .5, MAX (end - x - 1, 1), BLOCK - 1, MIN (4, (end - x) / 2));
  ui_brush_set (brush, &colour);
  cairo_set_line_width (brush->cr, 1);
  cairo_stroke (brush->cr);
  if (badge >= 0 && end - badge > 22)
    ui_brush_badge (brush, letter, number, badge + 11, y + BLOCK / 2.0, 8);
}

static void
draw_lane (const Frame *frame, int w)
{
  int n = ui_history_get_n_ticks (frame->history);
  int first = -1;

  for (int i = 0; i <= n; i++)
    {
      const UiTick *tick = i < n ? ui_history_get_tick (frame->history, i) : NULL;
      gint64 download = tick != NULL && tick->time_us > frame->now_us - UI_HISTORY_US
                            ? tick->cells[w].download
                            : -1;
      gint64 running =
          first >= 0 ? ui_history_get_tick (frame->history, first)->cells[w].download : -1;
      gboolean gap = first >= 0 && i < n &&
                     tick->time_us - ui_history_get_tick (frame->history, i - 1)->time_us >
                         3 * UI_HISTORY_TICK_US;

      if (first >= 0 && (download != running || gap))
        {
          draw_block (frame, w, first, i - 1);
          first = -1;
        }
      if (first < 0 && download >= 0)
        first = i;
    }
}

static void
draw_axis (const Frame *frame, int workers)
{
  UiBrush *brush = frame->brush;
  int step = frame->width < NARROW ? 10 : 5;
  double bottom = workers * LANE;

  for (int seconds = 0; seconds <= SECONDS; seconds += step)
    {
      double x = frame->left + frame->width * (1 - (double) seconds / SECONDS);
      /* Translators: so many seconds ago, at the axis of time; the sign is a minus */
      g_autofree char *text =
          seconds == 0 ? g_strdup (_ ("now")) : g_strdup_printf (_ ("−%d s"), seconds);

      ui_brush_set (brush, &brush->line);
      cairo_rectangle (brush->cr, (int) x, 0, 1, bottom);
      cairo_fill (brush->cr);
      ui_brush_text (brush, text, UI_LETTERS_PLAIN, &brush->dim, x, bottom + AXIS / 2.0 + 2,
                     seconds == 0         ? 1
                     : seconds == SECONDS ? 0
                                          : .5,
                     .5);
    }
}

static char *
dup_lane_name (const Frame *frame, int w)
{
  if (frame->brush->width < NARROW)
    return g_strdup_printf ("%d", w + 1);
  /* Translators: the name of a lane: a thread that downloads, by number */
  return g_strdup_printf (_ ("Worker %d"), w + 1);
}

static void
ui_workers_plot_draw (UiPlot *plot, UiBrush *brush)
{
  UiWorkersPlot *self = UI_WORKERS_PLOT (plot);
  Frame frame = { .brush = brush, .history = self->history, .now_us = self->now_us };
  int workers = self->history != NULL ? ui_history_get_n_workers (self->history) : 0;

  if (workers == 0)
    return;
  for (int w = 0; w < workers; w++)
    {
      g_autofree char *name = dup_lane_name (&frame, w);
      double width;

      ui_brush_measure (brush, name, UI_LETTERS_PLAIN, &width, NULL);
      frame.left = MAX (frame.left, width + 12);
    }
  self->left = frame.left;
  frame.width = brush->width - frame.left;
  frame.fastest = find_fastest (self->history);
  draw_axis (&frame, workers);
  for (int w = 0; w < workers; w++)
    {
      g_autofree char *name = dup_lane_name (&frame, w);

      ui_brush_text (brush, name, UI_LETTERS_PLAIN, &brush->dim, 0, (w + .5) * LANE, 0, .5);
      ui_brush_rounded (brush, frame.left, w * LANE + (LANE - BLOCK) / 2.0, frame.width, BLOCK, 4);
      ui_brush_set (brush, &brush->line);
      cairo_fill (brush->cr);
      draw_lane (&frame, w);
    }
}

gint64
ui_workers_plot_find (UiWorkersPlot *self, double x, double y)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int w = (int) (y / LANE);
  gint64 time_us;

  if (self->history == NULL || x < self->left || width <= self->left || y < 0 ||
      w >= ui_history_get_n_workers (self->history))
    return -1;
  time_us = self->now_us - (gint64) ((1 - (x - self->left) / (width - self->left)) * UI_HISTORY_US);
  for (int i = ui_history_get_n_ticks (self->history) - 1; i >= 0; i--)
    {
      const UiTick *tick = ui_history_get_tick (self->history, i);

      if (tick->time_us <= time_us)
        return time_us - tick->time_us < 3 * UI_HISTORY_TICK_US ? tick->cells[w].download : -1;
    }
  return -1;
}

void
ui_workers_plot_set (UiWorkersPlot *self, UiHistory *history)
{
  self->history = history;
  ui_workers_plot_refresh (self, base_clock_now_us ());
}

void
ui_workers_plot_refresh (UiWorkersPlot *self, gint64 now_us)
{
  self->now_us = now_us;
  ui_plot_set_size (UI_PLOT (self), 300,
                    MAX (ui_history_get_n_workers (self->history), 1) * LANE + AXIS);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
ui_workers_plot_class_init (UiWorkersPlotClass *klass)
{
  UI_PLOT_CLASS (klass)->draw = ui_workers_plot_draw;
}

static void
ui_workers_plot_init (UiWorkersPlot *self)
{
  ui_plot_set_size (UI_PLOT (self), 300, LANE + AXIS);
}

GtkWidget *
ui_workers_plot_new (void)
{
  return g_object_new (UI_TYPE_WORKERS_PLOT, NULL);
}
