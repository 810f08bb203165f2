/* trace-timeline.h: a real run as lanes. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/lab.h"
#include "ui/plot/timeline.h"
#include "ui/plot/wrap.h"

G_BEGIN_DECLS

/* A run of at most so many steps is shown in one piece. */
#define UI_TRACE_FITS 60

/**
 * ui_trace_timeline_new:
 * @threads: how many lanes; a queue's owner has one more
 * @whole: every step, to be scrolled; else, of a long run that lost something, what lies around the
 *   write that undid most
 */
UiTimeline *ui_trace_timeline_new (const LabTrace *trace, int threads, gboolean whole);

/** ui_trace_legend_show: what the marks of @trace mean */
void ui_trace_legend_show (UiWrap *legend, const LabTrace *trace);

G_END_DECLS
