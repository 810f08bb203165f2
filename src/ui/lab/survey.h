/* survey.h: what a walk through a graph of states is like, each enabled step equally likely. Pure;
 * any thread.
 *
 * The explorer counts schedules; a walk that takes each step by lot is another question, and its
 * answer is what real runs are laid beside.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/lab.h"

G_BEGIN_DECLS

#define UI_SURVEY_BANDS 10

/* Where walks end, by the one value shown. */
typedef struct
{
  gint64 value;
  double share; /* 0 to 1 */
  double low;   /* sampled: 95 % interval; else as share */
  double high;
} UiSurveyEnd;

typedef struct
{
  GArray
      *ends; /* (element-type UiSurveyEnd) by value; empty where not exactly one value is shown */
  double other; /* share that does not end but sticks or fails */
  int walks;    /* 0: exact; else so many were made at random */
  guint n_depths;
  guint *heat; /* owned; [depth * UI_SURVEY_BANDS + band]: states from which such a share of walks
                  ends badly */
} UiSurvey;

void ui_survey_free (UiSurvey *survey);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiSurvey, ui_survey_free)

/** ui_survey_new: Returns: (transfer full) (nullable): exact; %NULL where states can be met again
 */
UiSurvey *ui_survey_new (const LabGraph *graph);

/**
 * ui_survey_sample:
 * @most_us: (microseconds) no walk begins after so long
 *
 * Returns: (transfer full): from random walks, without heat
 */
UiSurvey *
ui_survey_sample (LabProgram *program, int walks, gint64 most_us, GCancellable *cancellable);

/**
 * ui_survey_async:
 *
 * Explores and surveys in a thread of its own; samples where that would be too much.
 */
void ui_survey_async (LabProgram *program,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);

/** ui_survey_graph_async: the same of a graph that has been explored */
void ui_survey_graph_async (LabGraph *graph,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/** ui_survey_finish: Returns: (transfer full) (nullable): %NULL without an error where walks can go
 * round for ever */
UiSurvey *ui_survey_finish (GAsyncResult *result, GError **error);

G_END_DECLS
