/* timeline.h: what lanes show: who did what when, in a unit of the maker's choice. Main thread.
 *
 * Plain data, filled by whoever has something to show (a real run, a path of steps,
 * pages being fetched), drawn by UiLanes. Positions are steps or times from 0 to
 * `length`.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  UI_MARK_READ,
  UI_MARK_ADD,
  UI_MARK_WRITE,
  UI_MARK_LOST,   /* a write whose update was undone */
  UI_MARK_ATOMIC, /* read and write at once */
  UI_MARK_PUT,
  UI_MARK_GET,
  UI_MARK_STEP, /* any other step */
  UI_MARK_FAILED,
  UI_MARK_FAINT, /* one of many that are not drawn in full */
} UiMarkKind;

typedef struct
{
  UiMarkKind kind;
  int lane;
  double at;
  char *label;     /* owned, nullable: beside the lane */
  gboolean strong; /* the label is bold */
  gboolean bad;    /* the label is in the colour of losing */
} UiMark;

typedef enum
{
  UI_SPAN_WORK,    /* from a read to its write */
  UI_SPAN_STALE,   /* the same, and in vain */
  UI_SPAN_HOLD,    /* holds a lock */
  UI_SPAN_WAIT,    /* waits: hatched */
  UI_SPAN_STUCK,   /* waits for ever: hatched in the colour of losing */
  UI_SPAN_RECEIVE, /* filled: bytes arrive */
  UI_SPAN_BOX,     /* filled: a step that says what it is */
} UiSpanKind;

typedef struct
{
  UiSpanKind kind;
  int lane;
  double from;
  double to;
  int colour; /* a thread's, from 0; -1: the lane's own */
  char *text; /* owned, nullable: drawn where it fits */
} UiSpan;

typedef struct
{
  int from_lane;
  double from;
  int to_lane;
  double to;
  gboolean plain; /* nothing bad: a thread wakes another */
} UiArrow;

typedef struct
{
  char *letter; /* owned: one or two characters for the badge */
  char *name;   /* owned */
  int colour;   /* a thread's, from 0 */
} UiLane;

typedef struct
{
  GArray *lanes;  /* (element-type UiLane) */
  GArray *marks;  /* (element-type UiMark) */
  GArray *spans;  /* (element-type UiSpan) */
  GArray *arrows; /* (element-type UiArrow) */
  double length;
  double now;          /* a line across all lanes; -1: none */
  double least_pixels; /* of one unit: more than fits is scrolled; 0: all is fitted in */
  gboolean axis;       /* numbers along the bottom */
  char *unit;          /* owned, nullable: after the last of these numbers */
  gboolean bare;       /* there are no labels, nor room for them */
  gboolean two_rows;   /* what is held lies above what is done */
  char *note;          /* owned, nullable: at the bottom's end */
  int bracket_lane;    /* under which lane a bracket lies; -1: none */
  double bracket_from;
  double bracket_to;
  char *bracket_text; /* owned, nullable */
} UiTimeline;

UiTimeline *ui_timeline_new (void);
void ui_timeline_free (UiTimeline *self);

void ui_timeline_add_lane (UiTimeline *self, const char *letter, const char *name, int colour);

/** ui_timeline_add_mark: @label: (transfer full) (nullable) */
void ui_timeline_add_mark (UiTimeline *self,
                           UiMarkKind kind,
                           int lane,
                           double at,
                           char *label,
                           gboolean strong,
                           gboolean bad);

/** ui_timeline_add_span: @text: (transfer full) (nullable) */
void ui_timeline_add_span (
    UiTimeline *self, UiSpanKind kind, int lane, double from, double to, char *text);
void ui_timeline_add_arrow (UiTimeline *self, int from_lane, double from, int to_lane, double to);

/** ui_timeline_add_wake: an arrow straight across at @at */
void ui_timeline_add_wake (UiTimeline *self, int from_lane, int to_lane, double at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiTimeline, ui_timeline_free)

G_END_DECLS
