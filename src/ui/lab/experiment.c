/* What is being tried on the lab's page. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/experiment.h"

#include <stdatomic.h>

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
  gboolean edited;
  LabProgram *parsed;  /* owned, nullable */
  LabProblem *problem; /* owned, nullable */

  GCancellable *running; /* owned, nullable: of the runs under way */
  LabRunResult *result;  /* owned, nullable */
  char *error;           /* owned, nullable */

  struct Exploring *exploring; /* borrowed from the call under way, nullable */
  guint telling;               /* source: says now and then how far it is */
  LabExploration *exploration; /* owned, nullable */
};

/* An exploration under way. It ends in its own time; whoever no longer wants it forgets it. */
struct Exploring
{
  UiExperiment *experiment;  /* owned */
  GCancellable *cancellable; /* owned */
  _Atomic guint64 states;    /* relaxed: a picture for people, never a decision */
};

/* How often a person sees how far an exploration is. */
#define TELLING_MS 100

enum
{
  CHANGED,
  RAN,
  EXPLORED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UiExperiment, ui_experiment, G_TYPE_OBJECT)

/* A graph of millions of states takes its time to be freed: not the main loop's. */
static void
free_exploration (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_boolean (task, TRUE);
}

static void
drop_exploration (UiExperiment *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->exploring != NULL)
    g_cancellable_cancel (self->exploring->cancellable);
  self->exploring = NULL;
  g_clear_handle_id (&self->telling, g_source_remove);
  if (self->exploration == NULL)
    return;
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_task_data (task, g_steal_pointer (&self->exploration),
                        (GDestroyNotify) lab_exploration_free);
  g_task_run_in_thread (task, free_exploration);
}

static void
drop_results (UiExperiment *self)
{
  if (self->running != NULL)
    g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  drop_exploration (self);
  g_clear_pointer (&self->result, lab_run_result_free);
  g_clear_pointer (&self->error, g_free);
}

static void
begin_anew (UiExperiment *self)
{
  drop_results (self);
  if (!self->edited)
    {
      g_free (self->program);
      self->program = lab_dup_program (self->variant, self->threads, self->increments);
    }
  g_clear_pointer (&self->parsed, lab_program_unref);
  g_clear_pointer (&self->problem, lab_problem_free);
  self->parsed = lab_program_new (self->program, -1, &self->problem);
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
  UiExperiment *self = UI_EXPERIMENT (object);

  g_free (self->program);
  g_clear_pointer (&self->parsed, lab_program_unref);
  g_clear_pointer (&self->problem, lab_problem_free);
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
  signals[EXPLORED] = new_signal (klass, "explored");
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
  self->edited = FALSE;
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

void
ui_experiment_set_program (UiExperiment *self, const char *text)
{
  if (text == NULL ? !self->edited : g_strcmp0 (self->program, text) == 0)
    return;
  self->edited = text != NULL;
  if (text != NULL)
    {
      g_free (self->program);
      self->program = g_strdup (text);
    }
  begin_anew (self);
}

gboolean
ui_experiment_is_edited (UiExperiment *self)
{
  return self->edited;
}

LabProgram *
ui_experiment_get_parsed (UiExperiment *self)
{
  return self->parsed;
}

const LabProblem *
ui_experiment_get_problem (UiExperiment *self)
{
  return self->problem;
}

static void
progress_cb (guint64 states, gpointer user_data)
{
  struct Exploring *exploring = user_data;

  atomic_store_explicit (&exploring->states, states, memory_order_relaxed);
}

static gboolean
tell_cb (gpointer user_data)
{
  g_signal_emit (user_data, signals[EXPLORED], 0);
  return G_SOURCE_CONTINUE;
}

static void
explored_cb (GObject *source, GAsyncResult *res, gpointer user_data)
{
  struct Exploring *exploring = user_data;
  g_autoptr (UiExperiment) self = exploring->experiment;
  LabExploration *exploration = lab_explore_finish (res);
  gboolean wanted = self->exploring == exploring;

  if (wanted)
    self->exploring = NULL;
  g_object_unref (exploring->cancellable);
  g_free (exploring);
  if (!wanted)
    {
      lab_exploration_free (exploration);
      return;
    }
  drop_exploration (self);
  self->exploration = exploration;
  g_signal_emit (self, signals[EXPLORED], 0);
}

void
ui_experiment_explore (UiExperiment *self, guint64 most_states)
{
  struct Exploring *exploring;
  LabExploreOptions options = {
    .most_states = most_states,
    .keep_graph = TRUE,
    .progress = progress_cb,
  };

  drop_exploration (self);
  if (self->parsed == NULL)
    return;
  exploring = g_new0 (struct Exploring, 1);
  exploring->experiment = g_object_ref (self);
  exploring->cancellable = g_cancellable_new ();
  options.user_data = exploring;
  self->exploring = exploring;
  self->telling = g_timeout_add (TELLING_MS, tell_cb, self);
  lab_explore_async (self->parsed, &options, exploring->cancellable, explored_cb, exploring);
  g_signal_emit (self, signals[EXPLORED], 0);
}

void
ui_experiment_stop_exploring (UiExperiment *self)
{
  if (self->exploring != NULL)
    g_cancellable_cancel (self->exploring->cancellable);
}

gboolean
ui_experiment_is_exploring (UiExperiment *self)
{
  return self->exploring != NULL;
}

guint64
ui_experiment_get_states (UiExperiment *self)
{
  if (self->exploring != NULL)
    return atomic_load_explicit (&self->exploring->states, memory_order_relaxed);
  return self->exploration != NULL ? self->exploration->states : 0;
}

const LabExploration *
ui_experiment_get_exploration (UiExperiment *self)
{
  return self->exploration;
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
  /* What a person has written has no place in the catalogue. */
  gboolean own = self->edited || lab_find_variant (id, NULL) == NULL;
  LabRunOptions options = {
    .variant = id,
    .program = own ? self->parsed : NULL,
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
ui_experiment_replay (UiExperiment *self, LabProgram *program, const char *schedule)
{
  g_autofree char *id = ui_experiment_dup_id (self);

  drop_results (self);
  self->running = g_cancellable_new ();
  lab_replay_async (program, id, schedule, UI_EXPERIMENT_RUNS, self->running, ran_cb,
                    g_object_ref (self));
  g_signal_emit (self, signals[RAN], 0);
}

void
ui_experiment_cancel (UiExperiment *self)
{
  if (self->running == NULL)
    return;
  g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  g_signal_emit (self, signals[RAN], 0);
}

void
ui_experiment_abandon (UiExperiment *self)
{
  drop_results (self);
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
