/* run-view-private.h: the mode Run from within. For run-view.c and run-ends.c. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/lab/figures.h"
#include "ui/lab/outcomes.h"
#include "ui/lab/path.h"
#include "ui/lab/run-view.h"
#include "ui/lab/survey.h"
#include "ui/plot/circle.h"
#include "ui/plot/histogram.h"
#include "ui/plot/lanes.h"
#include "ui/plot/wrap.h"

G_BEGIN_DECLS

struct _UiRunView
{
  GtkBox parent_instance;

  UiFigures *figures;
  GtkBox *columns;
  UiListing *listing;
  GtkLabel *run_title;
  GtkToggleButton *whole_button;
  GtkWidget *previous_button;
  GtkWidget *next_button;
  GtkStack *run_stack;
  GtkWidget *empty_icon;
  GtkSpinner *spinner;
  GtkLabel *empty_title;
  GtkLabel *empty_text;
  UiLanes *lanes;
  UiWrap *legend;
  GtkBox *ends_head;
  GtkLabel *ends_title;
  UiWrap *ends_legend;
  GtkWidget *circle_card;
  UiCircle *circle;
  UiHistogram *histogram;
  GtkWidget *outcomes_scroller;
  UiOutcomes *outcomes;

  UiExperiment *experiment; /* owned */
  guint trace;              /* which of the kept runs is looked at */
  UiPath *path;             /* owned, nullable: that run, where it is a walk of the program */
  GCancellable *surveying;  /* owned, nullable: of what is to be expected */
  UiSurvey *survey;         /* owned, nullable */
};

/** ui_run_view_get_trace: Returns: (transfer none) (nullable): of the run looked at, where its
 * threads count */
const LabTrace *ui_run_view_get_trace (UiRunView *self);

/** ui_run_view_is_counting: Returns: whether threads and increments can be chosen */
gboolean ui_run_view_is_counting (UiRunView *self);

/** ui_run_view_show_ends: where the runs ended, beside what is to be expected */
void ui_run_view_show_ends (UiRunView *self);

G_END_DECLS
