/* What is being tried on the lab's page. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/experiment.h"

#include "base/thread.h"

/* Of so many runs what each did is kept, to be leafed through. */
#define KEPT_RUNS 12

struct _UiExperiment
{
  GObject parent_instance;

  const LabScenario *scenario; /* borrowed: lives as long as the program */
  const LabVariant *variant;   /* borrowed, likewise */
  int threads;
  int increments;
  int nudge;
  char *program; /* owned */

  GCancellable *running; /* owned, nullable: of the runs under way */
  LabRunResult *result;  /* owned, nullable */
  char *error;           /* owned, nullable */
};

enum
{
  CHANGED,
  RAN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UiExperiment, ui_experiment, G_TYPE_OBJECT)

static void
drop_results (UiExperiment *self)
{
  ui_experiment_cancel (self);
  g_clear_pointer (&self->result, lab_run_result_free);
  g_clear_pointer (&self->error, g_free);
}

static void
begin_anew (UiExperiment *self)
{
  drop_results (self);
  g_free (self->program);
  self->program = lab_dup_program (self->variant, self->threads, self->increments);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
ui_experiment_dispose (GObject *object)
{
  drop_results (UI_EXPERIMENT (object));
  G_OBJECT_CLASS (ui_experiment_parent_class)->dispose (object);
}

static void
ui_experiment_finalize (GObject *object)
{
  g_free (UI_EXPERIMENT (object)->program);
  G_OBJECT_CLASS (ui_experiment_parent_class)->finalize (object);
}

static guint
new_signal (UiExperimentClass *klass, const char *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
ui_experiment_class_init (UiExperimentClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ui_experiment_dispose;
  G_OBJECT_CLASS (klass)->finalize = ui_experiment_finalize;
  signals[CHANGED] = new_signal (klass, "changed");
  signals[RAN] = new_signal (klass, "ran");
}

static void
ui_experiment_init (UiExperiment *self)
{
  self->threads = 2;
  self->increments = 10;
  self->nudge = LAB_NUDGE_AUTO;
}

UiExperiment *
ui_experiment_new (void)
{
  return g_object_new (UI_TYPE_EXPERIMENT, NULL);
}

void
ui_experiment_choose (UiExperiment *self, const LabScenario *scenario, const LabVariant *variant)
{
  BASE_ASSERT_MAIN ();

  if (self->variant == variant)
    return;
  self->scenario = scenario;
  self->variant = variant;
  begin_anew (self);
}

const LabScenario *
ui_experiment_get_scenario (UiExperiment *self)
{
  return self->scenario;
}

const LabVariant *
ui_experiment_get_variant (UiExperiment *self)
{
  return self->variant;
}

char *
ui_experiment_dup_id (UiExperiment *self)
{
  return g_strconcat (self->scenario->id, "/", self->variant->id, NULL);
}

void
ui_experiment_set_numbers (UiExperiment *self, int threads, int increments)
{
  if (self->threads == threads && self->increments == increments)
    return;
  self->threads = threads;
  self->increments = increments;
  if (self->variant != NULL)
    begin_anew (self);
}

int
ui_experiment_get_threads (UiExperiment *self)
{
  return self->threads;
}

int
ui_experiment_get_increments (UiExperiment *self)
{
  return self->increments;
}

void
ui_experiment_set_nudge (UiExperiment *self, int nudge)
{
  if (self->nudge == nudge)
    return;
  self->nudge = nudge;
  drop_results (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

int
ui_experiment_get_nudge (UiExperiment *self)
{
  return self->nudge;
}

const char *
ui_experiment_get_program (UiExperiment *self)
{
  return self->program;
}

static void
ran_cb (GObject *source, GAsyncResult *res, gpointer user_data)
{
  g_autoptr (UiExperiment) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LabRunResult) result = lab_run_finish (res, &error);

  /* Given up: what is tried now is something else. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->running);
  self->result = g_steal_pointer (&result);
  if (error != NULL)
    self->error = g_strdup (error->message);
  g_signal_emit (self, signals[RAN], 0);
}

void
ui_experiment_run (UiExperiment *self)
{
  g_autofree char *id = ui_experiment_dup_id (self);
  LabRunOptions options = {
    .variant = id,
    .threads = self->threads,
    .increments = self->increments,
    .runs = UI_EXPERIMENT_RUNS,
    .nudge = self->nudge,
    .keep = KEPT_RUNS,
  };

  drop_results (self);
  self->running = g_cancellable_new ();
  lab_run_async (&options, self->running, ran_cb, g_object_ref (self));
  g_signal_emit (self, signals[RAN], 0);
}

void
ui_experiment_cancel (UiExperiment *self)
{
  if (self->running == NULL)
    return;
  g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
}

gboolean
ui_experiment_is_running (UiExperiment *self)
{
  return self->running != NULL;
}

const LabRunResult *
ui_experiment_get_result (UiExperiment *self)
{
  return self->result;
}

const char *
ui_experiment_get_error (UiExperiment *self)
{
  return self->error;
}
