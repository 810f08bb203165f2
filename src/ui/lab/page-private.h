/* page-private.h: the lab's page from within. For page.c, page-show.c, page-actions.c and
 * page-edit.c. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/lab/choices.h"
#include "ui/lab/compare-view.h"
#include "ui/lab/cost-view.h"
#include "ui/lab/experiment.h"
#include "ui/lab/explore-view.h"
#include "ui/lab/known.h"
#include "ui/lab/own-program.h"
#include "ui/lab/page.h"
#include "ui/lab/run-view.h"
#include "ui/lab/step-view.h"
#include "ui/lab/together-view.h"

G_BEGIN_DECLS

/* Run, Step and Explore. */
typedef enum
{
  MODE_RUN,
  MODE_STEP,
  MODE_EXPLORE,
  N_EXPERIMENTS,
  MODE_COMPARE = N_EXPERIMENTS, /* looks at that of Explore */
  N_MODES,
} Mode;

struct _UiLabPage
{
  AdwBin parent_instance;

  AdwLeaflet *leaflet;
  GtkListBox *list;
  GtkWidget *sheet;
  GtkBox *content;
  GtkBox *head;
  GtkWidget *back_button;
  GtkLabel *title;
  GtkLabel *badge;
  GtkWidget *edit_button;
  GtkBox *modes;
  GtkLabel *story;
  GtkBox *controls;
  UiChoices *choices;
  GtkLabel *note;
  GtkButton *run_button;
  GtkButton *explore_button;
  GtkStack *stack;
  UiRunView *run_view;
  UiStepView *step_view;
  UiExploreView *explore_view;
  UiTogetherView *together_view;
  UiCompareView *compare_view;
  UiCostView *cost_view;

  UiExperiment *experiments[N_EXPERIMENTS]; /* owned */
  gboolean aligning;                        /* one of them follows another */
  GSimpleActionGroup *actions;              /* owned */
  UiKnown *known;                           /* owned: what is known of each variant */
  GPtrArray *scenarios; /* (element-type LabScenario) of the list's rows; not owned; NULL: waiting
                           together */
  GPtrArray *own;       /* (element-type UiOwnProgram) owned: those that a person has opened */
  guint edited;         /* source: tries the text that is being edited */
  UiProgram *editor;    /* borrowed: the one last typed into */
};

/* page-show.c: what the page says of the state of things. */
Mode ui_lab_page_get_mode (UiLabPage *self);
const char *ui_lab_page_get_mode_name (Mode mode);
UiExperiment *ui_lab_page_get_experiment (UiLabPage *self);
gboolean ui_lab_page_is_editing (UiLabPage *self);
void ui_lab_page_show_note (UiLabPage *self);
void ui_lab_page_show_problem (UiLabPage *self);
void ui_lab_page_show_state (UiLabPage *self);

/* page-actions.c: what it can be told to do. */
void ui_lab_page_add_actions (UiLabPage *self);
void ui_lab_page_set_action_state (UiLabPage *self, const char *name, GVariant *state);

/* page-edit.c: the program's text, edited, opened and saved. */
void ui_lab_page_add_edit_actions (UiLabPage *self);
void ui_lab_page_note_edited (UiLabPage *self, UiProgram *program);
void ui_lab_page_settle_edited (UiLabPage *self);

/* page.c: @title, @summary: translated. */
void ui_lab_page_add_scenario (UiLabPage *self,
                               const LabScenario *scenario,
                               const char *title,
                               const char *summary);

G_END_DECLS
