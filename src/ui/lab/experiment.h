/* experiment.h: what is being tried on the lab's page, and what came of it. Main thread.
 *
 * One object that all modes look at: the variant, its numbers, its program as it may have been
 * edited, and the results. A changed choice drops the results, since they belong to another
 * question.
 *
 * Signals of UiExperiment: `changed`: something else is tried, there are no results; `ran`: a run
 * has begun or ended (ui_experiment_is_running() tells which); `explored`: the same of an
 * exploration, and now and then while it goes on.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/lab.h"

G_BEGIN_DECLS

#define UI_TYPE_EXPERIMENT (ui_experiment_get_type ())
G_DECLARE_FINAL_TYPE (UiExperiment, ui_experiment, UI, EXPERIMENT, GObject)

/* How often Run runs. */
#define UI_EXPERIMENT_RUNS 200

UiExperiment *ui_experiment_new (void);

/** ui_experiment_choose: @variant: (transfer none): one of @scenario's, which must both live on */
void
ui_experiment_choose (UiExperiment *self, const LabScenario *scenario, const LabVariant *variant);
const LabScenario *ui_experiment_get_scenario (UiExperiment *self);
const LabVariant *ui_experiment_get_variant (UiExperiment *self);

/** ui_experiment_dup_id: Returns: (transfer full): `lost-update/racy` */
char *ui_experiment_dup_id (UiExperiment *self);

/** ui_experiment_set_numbers: @threads: 1 to 64; @increments: of each, at least 1 */
void ui_experiment_set_numbers (UiExperiment *self, int threads, int increments);
int ui_experiment_get_threads (UiExperiment *self);
int ui_experiment_get_increments (UiExperiment *self);

/** ui_experiment_set_nudge: @nudge: LAB_NUDGE_AUTO, LAB_NUDGE_OFF, or 1 in so many */
void ui_experiment_set_nudge (UiExperiment *self, int nudge);
int ui_experiment_get_nudge (UiExperiment *self);

/** ui_experiment_get_program: Returns: (transfer none): its text, edited or with the numbers put in
 */
const char *ui_experiment_get_program (UiExperiment *self);

/** ui_experiment_set_program: @text: (nullable): what a person has made of it; %NULL: as it came */
void ui_experiment_set_program (UiExperiment *self, const char *text);
gboolean ui_experiment_is_edited (UiExperiment *self);

/** ui_experiment_get_parsed: Returns: (transfer none) (nullable): %NULL where the text has a
 * problem */
LabProgram *ui_experiment_get_parsed (UiExperiment *self);

/** ui_experiment_get_problem: Returns: (transfer none) (nullable): what is wrong with the text */
const LabProblem *ui_experiment_get_problem (UiExperiment *self);

/**
 * ui_experiment_explore:
 * @most_states: where to give up; 0: as late as can be
 *
 * Begins to try every order there is, in a thread of its own; one under way is given up.
 */
void ui_experiment_explore (UiExperiment *self, guint64 most_states);

/** ui_experiment_stop_exploring: what has been found so far becomes the answer, said to be
 * incomplete */
void ui_experiment_stop_exploring (UiExperiment *self);
gboolean ui_experiment_is_exploring (UiExperiment *self);

/** ui_experiment_get_states: Returns: how many states the exploration under way has seen */
guint64 ui_experiment_get_states (UiExperiment *self);

/** ui_experiment_get_exploration: Returns: (transfer none) (nullable) */
const LabExploration *ui_experiment_get_exploration (UiExperiment *self);

/** ui_experiment_run: begins UI_EXPERIMENT_RUNS real runs; those under way are given up */
void ui_experiment_run (UiExperiment *self);

/**
 * ui_experiment_replay:
 * @program: what it is a schedule of
 * @schedule: as lab_schedule_format() writes it
 *
 * Begins UI_EXPERIMENT_RUNS real runs that all follow it.
 */
void ui_experiment_replay (UiExperiment *self, LabProgram *program, const char *schedule);

/** ui_experiment_cancel: gives up the runs under way; what came before is gone */
void ui_experiment_cancel (UiExperiment *self);
gboolean ui_experiment_is_running (UiExperiment *self);

/** ui_experiment_get_result: Returns: (transfer none) (nullable): of the last runs */
const LabRunResult *ui_experiment_get_result (UiExperiment *self);

/** ui_experiment_get_error: Returns: (transfer none) (nullable): why there is none, translated */
const char *ui_experiment_get_error (UiExperiment *self);

/** ui_experiment_abandon: gives up all that is under way, and forgets what came of it */
void ui_experiment_abandon (UiExperiment *self);

G_END_DECLS
