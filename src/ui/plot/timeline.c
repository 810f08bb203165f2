/* What lanes show. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot/timeline.h"

static void
clear_lane (gpointer data)
{
  UiLane *lane = data;

  g_free (lane->letter);
  g_free (lane->name);
}

static void
clear_mark (gpointer data)
{
  g_free (((UiMark *) data)->label);
}

static void
clear_span (gpointer data)
{
  g_free (((UiSpan *) data)->text);
}

static GArray *
new_array (gsize size, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, FALSE, (guint) size);

  if (clear != NULL)
    g_array_set_clear_func (array, clear);
  return array;
}

UiTimeline *
ui_timeline_new (void)
{
  UiTimeline *self = g_new0 (UiTimeline, 1);

  self->lanes = new_array (sizeof (UiLane), clear_lane);
  self->marks = new_array (sizeof (UiMark), clear_mark);
  self->spans = new_array (sizeof (UiSpan), clear_span);
  self->arrows = new_array (sizeof (UiArrow), NULL);
  self->now = -1;
  self->axis = TRUE;
  self->bracket_lane = -1;
  return self;
}

void
ui_timeline_free (UiTimeline *self)
{
  g_array_unref (self->lanes);
  g_array_unref (self->marks);
  g_array_unref (self->spans);
  g_array_unref (self->arrows);
  g_free (self->unit);
  g_free (self->note);
  g_free (self->bracket_text);
  g_free (self);
}

void
ui_timeline_add_lane (UiTimeline *self, const char *letter, const char *name, int colour)
{
  UiLane lane = { g_strdup (letter), g_strdup (name), colour };

  g_array_append_val (self->lanes, lane);
}

void
ui_timeline_add_mark (UiTimeline *self,
                      UiMarkKind kind,
                      int lane,
                      double at,
                      char *label,
                      gboolean strong,
                      gboolean bad)
{
  UiMark mark = { kind, lane, at, label, strong, bad };

  g_array_append_val (self->marks, mark);
}

void
ui_timeline_add_span (
    UiTimeline *self, UiSpanKind kind, int lane, double from, double to, char *text)
{
  UiSpan span = { kind, lane, from, to, -1, text };

  g_array_append_val (self->spans, span);
}

void
ui_timeline_add_arrow (UiTimeline *self, int from_lane, double from, int to_lane, double to)
{
  UiArrow arrow = { from_lane, from, to_lane, to, FALSE };

  g_array_append_val (self->arrows, arrow);
}

void
ui_timeline_add_wake (UiTimeline *self, int from_lane, int to_lane, double at)
{
  UiArrow arrow = { from_lane, at, to_lane, at, TRUE };

  g_array_append_val (self->arrows, arrow);
}
