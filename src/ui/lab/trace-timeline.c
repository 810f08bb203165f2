/* A real run as lanes. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/trace-timeline.h"

#include <glib/gi18n.h>

#include "ui/lab/order.h"
#include "ui/lab/words.h"
#include "ui/plot/legend.h"

/* Steps shown in full before the stale read and after the stale write. */
#define MARGIN 5

/* Pixels of a step where a run has to be scrolled. */
#define STEP_PIXELS 14

typedef struct
{
  const LabTrace *trace;
  UiTimeline *timeline;
  GArray *order;   /* (element-type UiPlace) */
  int *ranks;      /* of each op; -1: no step */
  double *places;  /* of each op, where it is drawn; below 0: not at all */
  gboolean *faint; /* of each op: only hinted at */
} Picture;

static const LabOp *
get_op (const Picture *picture, int index)
{
  return &g_array_index (picture->trace->ops, LabOp, index);
}

static int
get_index (const Picture *picture, int rank)
{
  return g_array_index (picture->order, UiPlace, rank).index;
}

/* The write that undid most; -1 where nothing was lost. */
static int
find_worst (const LabTrace *trace)
{
  g_autofree int *victims = g_new0 (int, trace->ops->len + 1);
  int worst = -1;

  for (guint i = 0; i < trace->ops->len; i++)
    {
      const LabOp *op = &g_array_index (trace->ops, LabOp, i);

      if (op->lost && op->killer >= 0 && (++victims[op->killer] > (worst < 0 ? 0 : victims[worst])))
        worst = op->killer;
    }
  return worst;
}

static void
place_all (Picture *picture)
{
  for (guint rank = 0; rank < picture->order->len; rank++)
    picture->places[get_index (picture, (int) rank)] = rank + 1;
  picture->timeline->length = picture->order->len + .5;
  if (picture->order->len > UI_TRACE_FITS)
    picture->timeline->least_pixels = STEP_PIXELS;
}

/* Of each thread, its first and its last update that @worst undid are shown in full. */
static void
choose_victims (Picture *picture, int worst, gboolean *shown)
{
  int last = -1;

  for (guint i = 0; i < picture->trace->ops->len; i++)
    {
      const LabOp *op = get_op (picture, (int) i);
      gboolean first = last < 0 || get_op (picture, last)->thread != op->thread;

      if (!op->lost || op->killer != worst)
        continue;
      if (first && last >= 0)
        shown[last] = TRUE;
      if (first)
        shown[i] = TRUE;
      last = (int) i;
    }
  if (last >= 0)
    shown[last] = TRUE;
  /* A write is shown with its read and its addition. */
  for (guint i = 2; i < picture->trace->ops->len; i++)
    if (shown[i] && get_op (picture, (int) i)->kind == LAB_OP_WRITE)
      shown[i - 1] = shown[i - 2] = TRUE;
}

static void
add_bracket (Picture *picture, double from, double to, int hidden)
{
  UiTimeline *timeline = picture->timeline;

  if (hidden <= 0 || to <= from)
    return;
  timeline->bracket_lane = (int) timeline->lanes->len - 1;
  timeline->bracket_from = from;
  timeline->bracket_to = to;
  timeline->bracket_text = g_strdup_printf (ngettext ("%d more update, lost as well",
                                                      "%d more updates, all lost", hidden),
                                            hidden);
}

static void
place_around (Picture *picture, int worst)
{
  g_autofree gboolean *shown = g_new0 (gboolean, picture->trace->ops->len + 1);
  int read = MAX (0, worst - 2);
  int from = MAX (0, picture->ranks[read] - MARGIN);
  int to = MIN ((int) picture->order->len - 1, picture->ranks[worst] + MARGIN);
  int inside = MAX (1, picture->ranks[worst] - picture->ranks[read]);
  double faint = MIN (.5, 30. / inside);
  double at = 1;
  double first = -1, last = -1;
  int hidden = 0;

  shown[worst] = shown[read] = TRUE;
  choose_victims (picture, worst, shown);
  for (int rank = from; rank <= to; rank++)
    {
      int index = get_index (picture, rank);
      const LabOp *op = get_op (picture, index);
      gboolean outside = rank < picture->ranks[read] || rank > picture->ranks[worst];

      picture->faint[index] = !shown[index] && !outside;
      picture->places[index] = at;
      at += picture->faint[index] ? faint : 1;
      if (!picture->faint[index] || !op->lost || op->killer != worst)
        continue;
      hidden++;
      first = first < 0 ? picture->places[index] : first;
      last = picture->places[index];
    }
  picture->timeline->length = at;
  picture->timeline->axis = FALSE;
  add_bracket (picture, first, last, hidden);
}

static UiMarkKind
get_mark (const LabOp *op)
{
  switch (op->kind)
    {
    case LAB_OP_READ:
      return UI_MARK_READ;
    case LAB_OP_ADD:
      return UI_MARK_ADD;
    case LAB_OP_WRITE:
      return op->lost ? UI_MARK_LOST : UI_MARK_WRITE;
    case LAB_OP_ATOMIC:
      return UI_MARK_ATOMIC;
    case LAB_OP_PUT:
      return UI_MARK_PUT;
    case LAB_OP_GET:
      return UI_MARK_GET;
    case LAB_OP_WAIT:
    case LAB_OP_HOLD:
    default:
      return UI_MARK_STEP;
    }
}

static gint64
get_last_written (const Picture *picture, guint i)
{
  for (int before = (int) i - 1; before >= 0; before--)
    {
      const LabOp *op = get_op (picture, before);

      if (op->thread != get_op (picture, (int) i)->thread)
        break;
      if (op->kind == LAB_OP_WRITE)
        return op->value;
    }
  return G_MININT64;
}

static char *
dup_label (const Picture *picture, guint i)
{
  const LabOp *op = get_op (picture, (int) i);

  if (op->kind == LAB_OP_ADD || op->kind == LAB_OP_PUT)
    return NULL;
  /* What a thread reads back of its own is no news. */
  if (op->kind == LAB_OP_READ && op->value == get_last_written (picture, i))
    return NULL;
  return g_strdup_printf ("%" G_GINT64_FORMAT, op->value);
}

static void
add_marks (Picture *picture)
{
  for (guint i = 0; i < picture->trace->ops->len; i++)
    {
      const LabOp *op = get_op (picture, (int) i);

      if (picture->places[i] < 0)
        continue;
      if (picture->faint[i] && (op->kind == LAB_OP_READ || op->kind == LAB_OP_ADD))
        continue;
      if (picture->faint[i])
        ui_timeline_add_mark (picture->timeline, UI_MARK_FAINT, op->thread, picture->places[i],
                              NULL, FALSE, FALSE);
      else
        ui_timeline_add_mark (picture->timeline, get_mark (op), op->thread, picture->places[i],
                              dup_label (picture, i),
                              op->kind == LAB_OP_WRITE || op->kind == LAB_OP_ATOMIC, op->lost);
    }
}

/* From each read to its write. */
static void
add_capsules (Picture *picture)
{
  for (guint i = 2; i < picture->trace->ops->len; i++)
    {
      const LabOp *op = get_op (picture, (int) i);
      const LabOp *read = get_op (picture, (int) i - 2);

      if (op->kind == LAB_OP_WRITE && read->kind == LAB_OP_READ && picture->places[i] >= 0 &&
          picture->places[i - 2] >= 0 && !picture->faint[i] && !picture->faint[i - 2])
        ui_timeline_add_span (picture->timeline,
                              op->lost || read->inferred ? UI_SPAN_STALE : UI_SPAN_WORK, op->thread,
                              picture->places[i - 2], picture->places[i], NULL);
    }
}

/* What is waited for and held lies between the steps by the clock. */
static void
add_locks (Picture *picture)
{
  for (guint i = 0; i < picture->trace->ops->len; i++)
    {
      const LabOp *op = get_op (picture, (int) i);
      double from, to;

      if (ui_order_is_step (op->kind))
        continue;
      from = ui_order_find (picture->order, op->start_ns) + .6;
      to = ui_order_find (picture->order, op->end_ns) + .4;
      if (op->kind == LAB_OP_HOLD && i + 3 < picture->trace->ops->len &&
          get_op (picture, (int) i + 3)->kind == LAB_OP_WRITE)
        {
          from = picture->places[i + 1] - .6;
          to = picture->places[i + 3] + .5;
        }
      if (op->kind == LAB_OP_WAIT && to - from < .5)
        continue;
      ui_timeline_add_span (picture->timeline,
                            op->kind == LAB_OP_HOLD ? UI_SPAN_HOLD : UI_SPAN_WAIT, op->thread, from,
                            MAX (to, from + .5), NULL);
      picture->timeline->two_rows = TRUE;
    }
}

static void
add_arrows (Picture *picture)
{
  for (guint i = 0; i < picture->trace->ops->len; i++)
    {
      const LabOp *op = get_op (picture, (int) i);

      if (op->lost && op->killer >= 0 && picture->places[i] >= 0 && !picture->faint[i] &&
          picture->places[op->killer] >= 0)
        ui_timeline_add_arrow (picture->timeline, get_op (picture, op->killer)->thread,
                               picture->places[op->killer], op->thread, picture->places[i]);
    }
}

static void
add_lanes (UiTimeline *timeline, const LabTrace *trace, int threads)
{
  int n = threads;

  for (guint i = 0; i < trace->ops->len; i++)
    n = MAX (n, g_array_index (trace->ops, LabOp, i).thread + 1);
  for (int i = 0; i < n; i++)
    {
      g_autofree char *letter = ui_words_dup_thread (i);

      ui_timeline_add_lane (timeline, letter, letter, i);
    }
}

UiTimeline *
ui_trace_timeline_new (const LabTrace *trace, int threads, gboolean whole)
{
  g_autoptr (GArray) order = ui_order_new (trace);
  g_autofree int *ranks = g_new (int, trace->ops->len + 1);
  g_autofree double *places = g_new (double, trace->ops->len + 1);
  g_autofree gboolean *faint = g_new0 (gboolean, trace->ops->len + 1);
  Picture picture = { trace, ui_timeline_new (), order, ranks, places, faint };
  int worst = find_worst (trace);

  for (guint i = 0; i < trace->ops->len; i++)
    {
      ranks[i] = -1;
      places[i] = -1;
    }
  for (guint rank = 0; rank < order->len; rank++)
    ranks[get_index (&picture, (int) rank)] = (int) rank;
  add_lanes (picture.timeline, trace, threads);
  if (whole || worst < 0 || order->len <= UI_TRACE_FITS)
    {
      place_all (&picture);
      add_locks (&picture);
    }
  else
    place_around (&picture, worst);
  add_capsules (&picture);
  add_marks (&picture);
  add_arrows (&picture);
  return picture.timeline;
}

static gboolean
has_kind (const LabTrace *trace, LabOpKind kind)
{
  for (guint i = 0; i < trace->ops->len; i++)
    if (g_array_index (trace->ops, LabOp, i).kind == kind)
      return TRUE;
  return FALSE;
}

void
ui_trace_legend_show (UiWrap *legend, const LabTrace *trace)
{
  static const struct
  {
    LabOpKind kind;
    UiSwatchKind swatch;
    const char *text;
  } marks[] = {
    { LAB_OP_READ, UI_SWATCH_READ, NC_ ("mark", "read") },
    { LAB_OP_ADD, UI_SWATCH_ADD, NC_ ("mark", "add") },
    { LAB_OP_WRITE, UI_SWATCH_WRITE, NC_ ("mark", "write") },
    { LAB_OP_ATOMIC, UI_SWATCH_ATOMIC, NC_ ("mark", "add at once") },
    { LAB_OP_PUT, UI_SWATCH_PUT, NC_ ("mark", "put") },
    { LAB_OP_GET, UI_SWATCH_GET, NC_ ("mark", "take") },
    { LAB_OP_HOLD, UI_SWATCH_FILLED, NC_ ("mark", "holds the lock") },
    { LAB_OP_WAIT, UI_SWATCH_WAIT, NC_ ("mark", "waits") },
  };

  ui_wrap_clear (legend);
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (has_kind (trace, marks[i].kind))
      ui_legend_add (legend, marks[i].swatch, g_dpgettext2 (NULL, "mark", marks[i].text));
  if (trace->lost == 0)
    return;
  ui_legend_add (legend, UI_SWATCH_LOST, C_ ("mark", "lost"));
  ui_legend_add (legend, UI_SWATCH_ARROW, C_ ("mark", "undid"));
}
