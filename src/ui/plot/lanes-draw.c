/* How a timeline is laid out and painted. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot/lanes-draw.h"

#include <math.h>

#include "ui/plot/axis.h"

/* Pixels. */
#define LEFT 30 /* the badges' column */
#define RIGHT 18
#define TOP 20   /* labels above the first lane */
#define UNDER 20 /* labels below the last lane */
#define TRACK 26
#define TRACK_OF_TWO 46
#define BAR 17
#define CAPSULE 12
#define AXIS 18
#define GAP 20      /* between lanes that are many */
#define BARE_GAP 6  /* where nothing has a label */
#define WIDE_GAP 36 /* between two, for the arrows */

typedef struct
{
  const UiTimeline *timeline;
  const UiBrush *brush;
  double offset;
  double scale; /* pixels of one unit */
  double track;
  double pitch;
  GArray *taken; /* (element-type graphene_rect_t) where labels stand */
} Sheet;

static double
get_track (const UiTimeline *timeline)
{
  return timeline->two_rows ? TRACK_OF_TWO : TRACK;
}

static double
get_top (const UiTimeline *timeline)
{
  return timeline->bare ? BARE_GAP : TOP;
}

static double
get_under (const UiTimeline *timeline)
{
  return timeline->bare ? BARE_GAP : UNDER;
}

static double
get_gap (const UiTimeline *timeline)
{
  if (timeline->bare)
    return BARE_GAP;
  return timeline->lanes->len <= 2 ? WIDE_GAP : GAP;
}

int
ui_lanes_get_height (const UiTimeline *timeline)
{
  int n = MAX (1, (int) timeline->lanes->len);

  return (int) (get_top (timeline) + n * get_track (timeline) + (n - 1) * get_gap (timeline) +
                get_under (timeline) + (timeline->axis || timeline->note != NULL ? AXIS : 0));
}

double
ui_lanes_get_width (const UiTimeline *timeline)
{
  return LEFT + RIGHT + timeline->length * timeline->least_pixels;
}

static double
get_scale (const UiTimeline *timeline, int width)
{
  double fitted = (width - LEFT - RIGHT) / MAX (timeline->length, 1e-9);

  return MAX (fitted, timeline->least_pixels);
}

double
ui_lanes_get_x (const UiTimeline *timeline, int width, double at)
{
  return LEFT + 4 + at * get_scale (timeline, width);
}

static double
get_x (const Sheet *sheet, double at)
{
  return LEFT + 4 + at * sheet->scale - sheet->offset;
}

static double
get_y (const Sheet *sheet, int lane)
{
  return get_top (sheet->timeline) + lane * sheet->pitch + sheet->track / 2;
}

static gboolean
is_in_view (const Sheet *sheet, double x0, double x1)
{
  return x1 >= LEFT - 20 && x0 <= sheet->brush->width + 20;
}

static GdkRGBA
get_colour (const Sheet *sheet, int lane, int colour)
{
  if (colour < 0)
    colour = g_array_index (sheet->timeline->lanes, UiLane, lane).colour;
  return ui_brush_get_thread (sheet->brush, colour);
}

static void
draw_tracks (const Sheet *sheet)
{
  const UiBrush *brush = sheet->brush;

  for (guint i = 0; i < sheet->timeline->lanes->len; i++)
    {
      ui_brush_rounded (brush, LEFT - 2, get_y (sheet, (int) i) - sheet->track / 2,
                        brush->width - LEFT - 12, sheet->track, 5);
      ui_brush_set_alpha (brush, &brush->line, .6);
      cairo_fill (brush->cr);
    }
}

static double
get_mark_y (const Sheet *sheet, int lane)
{
  return get_y (sheet, lane) + (sheet->timeline->two_rows ? 2 + BAR / 2. : 0);
}

static void
draw_capsule (const Sheet *sheet, const UiSpan *span, const GdkRGBA *colour, double x0, double x1)
{
  const UiBrush *brush = sheet->brush;
  double y = get_mark_y (sheet, span->lane) - CAPSULE / 2.;

  ui_brush_rounded (brush, x0 - 5, y, x1 - x0 + 10, CAPSULE, 5);
  ui_brush_set_alpha (brush, colour, span->kind == UI_SPAN_STALE ? .16 : .27);
  cairo_fill (brush->cr);
  if (span->kind == UI_SPAN_STALE)
    {
      ui_brush_rounded (brush, x0 - 5, y, x1 - x0 + 10, CAPSULE, 5);
      ui_brush_hatch (brush, colour, .75);
    }
}

/* Where a span lies within its lane: above what is done where something is held. */
static void
get_row (const Sheet *sheet, const UiSpan *span, double *y, double *height)
{
  double middle = get_y (sheet, span->lane);

  *height = sheet->timeline->two_rows ? BAR : TRACK - 4;
  if (!sheet->timeline->two_rows)
    *y = middle - *height / 2;
  else
    *y = span->kind == UI_SPAN_HOLD ? middle - BAR - 2 : middle + 2;
}

static void
draw_span_text (
    const Sheet *sheet, const UiSpan *span, const GdkRGBA *colour, double x0, double x1, double y)
{
  const UiBrush *brush = sheet->brush;
  double width, height;

  ui_brush_measure (brush, span->text, UI_LETTERS_BOLD, &width, &height);
  x0 = MAX (x0, LEFT);
  if (width + 12 > x1 - x0)
    return;
  if (span->kind == UI_SPAN_WAIT || span->kind == UI_SPAN_STUCK)
    {
      /* On the hatching letters need paper under them. */
      ui_brush_set (brush, &brush->paper);
      ui_brush_rounded (brush, x0 + 6, y - height / 2, width + 6, height, 3);
      cairo_fill (brush->cr);
    }
  ui_brush_text (brush, span->text, UI_LETTERS_BOLD, colour, x0 + 9, y, 0, .5);
}

static void
draw_bar (const Sheet *sheet, const UiSpan *span, const GdkRGBA *own, double x0, double x1)
{
  const UiBrush *brush = sheet->brush;
  const GdkRGBA *colour = span->kind == UI_SPAN_STUCK ? &brush->bad : own;
  double y, height;

  get_row (sheet, span, &y, &height);
  ui_brush_rounded (brush, x0, y, MAX (x1 - x0, 2), height, 4);
  ui_brush_set_alpha (brush, colour,
                      span->kind == UI_SPAN_BOX       ? 1
                      : span->kind == UI_SPAN_RECEIVE ? .8
                      : span->kind == UI_SPAN_HOLD    ? .27
                                                      : .06);
  cairo_fill (brush->cr);
  if (span->kind == UI_SPAN_WAIT || span->kind == UI_SPAN_STUCK)
    {
      ui_brush_rounded (brush, x0, y, MAX (x1 - x0, 2), height, 4);
      ui_brush_hatch (brush, colour, .6);
    }
  ui_brush_rounded (brush, x0 + .5, y + .5, MAX (x1 - x0 - 1, 2), height - 1, 4);
  ui_brush_set (brush, colour);
  cairo_set_line_width (brush->cr, 1);
  cairo_stroke (brush->cr);
  if (span->text != NULL)
    draw_span_text (sheet, span,
                    span->kind == UI_SPAN_HOLD                                   ? &brush->ink
                    : span->kind == UI_SPAN_RECEIVE || span->kind == UI_SPAN_BOX ? &brush->paper
                                                                                 : colour,
                    x0, x1, y + height / 2);
}

static void
draw_spans (const Sheet *sheet)
{
  for (guint i = 0; i < sheet->timeline->spans->len; i++)
    {
      const UiSpan *span = &g_array_index (sheet->timeline->spans, UiSpan, i);
      GdkRGBA colour = get_colour (sheet, span->lane, span->colour);
      double x0 = get_x (sheet, span->from);
      double x1 = get_x (sheet, span->to);

      if (!is_in_view (sheet, x0, x1))
        continue;
      x0 = MAX (x0, -40);
      x1 = MIN (x1, sheet->brush->width + 40);
      if (span->kind == UI_SPAN_WORK || span->kind == UI_SPAN_STALE)
        draw_capsule (sheet, span, &colour, x0, x1);
      else
        draw_bar (sheet, span, &colour, x0, x1);
    }
}

static void
draw_ring (const UiBrush *brush, const GdkRGBA *colour, double x, double y)
{
  cairo_arc (brush->cr, x, y, 3.9, 0, 2 * G_PI);
  ui_brush_set (brush, &brush->paper);
  cairo_fill_preserve (brush->cr);
  ui_brush_set (brush, colour);
  cairo_set_line_width (brush->cr, 1.8);
  cairo_stroke (brush->cr);
}

static void
draw_block (const UiBrush *brush, double x, double y, gboolean filled)
{
  ui_brush_rounded (brush, x - 4, y - 4, 8, 8, 2);
  cairo_set_line_width (brush->cr, 1.6);
  if (filled)
    cairo_fill_preserve (brush->cr);
  cairo_stroke (brush->cr);
}

static void
draw_mark (const Sheet *sheet, const UiMark *mark, double x)
{
  const UiBrush *brush = sheet->brush;
  GdkRGBA colour = get_colour (sheet, mark->lane, -1);
  double y = get_mark_y (sheet, mark->lane);

  ui_brush_set (brush, &colour);
  switch (mark->kind)
    {
    case UI_MARK_READ:
      draw_ring (brush, &colour, x, y);
      break;
    case UI_MARK_ADD:
      cairo_rectangle (brush->cr, x - 1, y - 4, 2, 8);
      cairo_fill (brush->cr);
      break;
    case UI_MARK_WRITE:
      cairo_arc (brush->cr, x, y, 4.8, 0, 2 * G_PI);
      cairo_fill (brush->cr);
      break;
    case UI_MARK_ATOMIC:
      cairo_arc (brush->cr, x, y, 3, 0, 2 * G_PI);
      cairo_fill (brush->cr);
      cairo_arc (brush->cr, x, y, 5.4, 0, 2 * G_PI);
      cairo_set_line_width (brush->cr, 1.4);
      cairo_stroke (brush->cr);
      break;
    case UI_MARK_LOST:
    case UI_MARK_FAILED:
      ui_brush_set (brush, &brush->bad);
      ui_brush_cross (brush, x, y, 3.4);
      break;
    case UI_MARK_PUT:
    case UI_MARK_GET:
      draw_block (brush, x, y, mark->kind == UI_MARK_PUT);
      break;
    case UI_MARK_STEP:
      draw_block (brush, x, y, TRUE);
      break;
    case UI_MARK_FAINT:
      ui_brush_set_alpha (brush, &colour, .45);
      cairo_rectangle (brush->cr, x - 1, y - 6, 2, 12);
      cairo_fill (brush->cr);
      break;
    }
}

static gboolean
take_place (Sheet *sheet, const graphene_rect_t *wanted)
{
  for (guint i = 0; i < sheet->taken->len; i++)
    if (graphene_rect_intersection (&g_array_index (sheet->taken, graphene_rect_t, i), wanted,
                                    NULL))
      return FALSE;
  g_array_append_val (sheet->taken, *wanted);
  return TRUE;
}

/* Above the first of several lanes, below all others. */
static void
draw_label (Sheet *sheet, const UiMark *mark, double x)
{
  const UiBrush *brush = sheet->brush;
  gboolean above = mark->lane == 0 && sheet->timeline->lanes->len > 1;
  UiLetters letters = mark->strong ? UI_LETTERS_BOLD : UI_LETTERS_PLAIN;
  double edge = get_y (sheet, mark->lane) + (sheet->track / 2 + 2) * (above ? -1 : 1);
  double width, height;

  ui_brush_measure (brush, mark->label, letters, &width, &height);
  if (x - width / 2 < LEFT - 8 ||
      !take_place (sheet, &GRAPHENE_RECT_INIT ((float) (x - width / 2 - 1),
                                               (float) (above ? edge - height : edge),
                                               (float) width + 2, (float) height)))
    return;
  ui_brush_text (brush, mark->label, letters,
                 mark->bad      ? &brush->bad
                 : mark->strong ? &brush->ink
                                : &brush->dim,
                 x, edge, .5, above ? 1 : 0);
}

static void
draw_marks (Sheet *sheet)
{
  const GArray *marks = sheet->timeline->marks;

  for (guint i = 0; i < marks->len; i++)
    {
      const UiMark *mark = &g_array_index (marks, UiMark, i);
      double x = get_x (sheet, mark->at);

      if (is_in_view (sheet, x, x))
        draw_mark (sheet, mark, x);
    }
  /* What was lost and what was written get their numbers before what was read. */
  for (int pass = 0; pass < 3; pass++)
    for (guint i = 0; i < marks->len; i++)
      {
        const UiMark *mark = &g_array_index (marks, UiMark, i);
        double x = get_x (sheet, mark->at);

        if (mark->label != NULL && is_in_view (sheet, x, x) &&
            pass == (mark->bad      ? 0
                     : mark->strong ? 1
                                    : 2))
          draw_label (sheet, mark, x);
      }
}

static void
draw_arrows (const Sheet *sheet)
{
  const UiBrush *brush = sheet->brush;
  cairo_t *cr = brush->cr;

  cairo_set_line_width (cr, 1.4);
  for (guint i = 0; i < sheet->timeline->arrows->len; i++)
    {
      const UiArrow *arrow = &g_array_index (sheet->timeline->arrows, UiArrow, i);
      int way = arrow->to_lane > arrow->from_lane ? 1 : -1;
      double x0 = get_x (sheet, arrow->from);
      double x1 = get_x (sheet, arrow->to);
      double y0 = get_y (sheet, arrow->from_lane) + way * (sheet->timeline->two_rows ? 23 : 10);
      double y1 = get_y (sheet, arrow->to_lane) - way * (sheet->timeline->two_rows ? 23 : 8);

      if (!is_in_view (sheet, MIN (x0, x1), MAX (x0, x1)) || arrow->to_lane == arrow->from_lane)
        continue;
      ui_brush_set (brush, arrow->plain ? &brush->ink : &brush->bad);
      cairo_move_to (cr, x0, y0);
      cairo_curve_to (cr, x0, y0 + (y1 - y0) * .6, x1, y1 - (y1 - y0) * .6, x1, y1 - way * 5);
      cairo_stroke (cr);
      ui_brush_head (brush, x1, y1, 0, way);
    }
}

static void
draw_bracket (const Sheet *sheet)
{
  const UiTimeline *timeline = sheet->timeline;
  const UiBrush *brush = sheet->brush;
  double x0 = get_x (sheet, timeline->bracket_from);
  double x1 = get_x (sheet, timeline->bracket_to);
  double y;

  if (timeline->bracket_lane < 0)
    return;
  y = get_y (sheet, timeline->bracket_lane) + sheet->track / 2 + 3;
  ui_brush_set (brush, &brush->dim);
  cairo_set_line_width (brush->cr, 1);
  cairo_move_to (brush->cr, x0, y);
  cairo_line_to (brush->cr, x0, y + 4.5);
  cairo_line_to (brush->cr, x1, y + 4.5);
  cairo_line_to (brush->cr, x1, y);
  cairo_stroke (brush->cr);
  if (timeline->bracket_text != NULL)
    ui_brush_text (brush, timeline->bracket_text, UI_LETTERS_PLAIN, &brush->dim,
                   CLAMP ((x0 + x1) / 2, 120, MAX (120, brush->width - 120)), y + 6, .5, 0);
}

static void
draw_axis (const Sheet *sheet)
{
  const UiTimeline *timeline = sheet->timeline;
  const UiBrush *brush = sheet->brush;
  double width = timeline->length * sheet->scale;
  double step = ui_axis_choose_step (MAX (timeline->length, 1), (int) MAX (2, width / 55), 1);
  double y =
      get_y (sheet, (int) timeline->lanes->len - 1) + sheet->track / 2 + get_under (timeline) + 2;

  if (timeline->note != NULL)
    ui_brush_text (brush, timeline->note, UI_LETTERS_PLAIN, &brush->dim, brush->width - RIGHT, y, 1,
                   0);
  if (!timeline->axis)
    return;
  for (double at = 0; at <= timeline->length + 1e-9; at += step)
    {
      double x = get_x (sheet, at);
      g_autofree char *number = ui_axis_dup_text (at);
      g_autofree char *text = timeline->unit != NULL && at + step > timeline->length + 1e-9
                                  ? g_strdup_printf ("%s %s", number, timeline->unit)
                                  : g_steal_pointer (&number);

      if (x > brush->width + 20)
        break;
      if (x >= LEFT - 4)
        ui_brush_text (brush, text, UI_LETTERS_PLAIN, &brush->dim, x, y, .5, 0);
    }
}

static void
draw_letters (const Sheet *sheet)
{
  const UiTimeline *timeline = sheet->timeline;

  for (guint i = 0; i < timeline->lanes->len; i++)
    {
      const UiLane *lane = &g_array_index (timeline->lanes, UiLane, i);

      ui_brush_badge (sheet->brush, lane->letter, lane->colour, 10, get_y (sheet, (int) i), 9);
    }
}

void
ui_lanes_draw_timeline (const UiTimeline *timeline, UiBrush *brush, double offset)
{
  double below = get_under (timeline) + (timeline->axis || timeline->note != NULL ? AXIS : 0);
  int n = MAX (1, (int) timeline->lanes->len);
  double room = brush->height - get_top (timeline) - below - get_track (timeline);
  Sheet sheet = { timeline, brush, offset, get_scale (timeline, brush->width), get_track (timeline),
                  0,        NULL };
  double least = sheet.track + get_gap (timeline);

  sheet.pitch = n > 1 ? CLAMP (room / (n - 1), least, least + 24) : least;
  sheet.taken = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  draw_tracks (&sheet);
  cairo_save (brush->cr);
  cairo_rectangle (brush->cr, LEFT - 8, 0, brush->width - LEFT, brush->height);
  cairo_clip (brush->cr);
  draw_spans (&sheet);
  draw_arrows (&sheet);
  draw_marks (&sheet);
  draw_bracket (&sheet);
  draw_axis (&sheet);
  if (timeline->now >= 0)
    {
      ui_brush_set (brush, &brush->ink);
      cairo_rectangle (brush->cr, get_x (&sheet, timeline->now) - 1, TOP - 6, 2,
                       get_y (&sheet, n - 1) + sheet.track / 2 - TOP + 12);
      cairo_fill (brush->cr);
    }
  cairo_restore (brush->cr);
  draw_letters (&sheet);
  g_array_unref (sheet.taken);
}
