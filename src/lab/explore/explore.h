/* explore.h: every order there is: all reachable states of a race program, counted exactly.
 *
 * A schedule is a maximal sequence of steps. Counts of schedules are decimal strings of any length,
 * and NULL where a state can be met again (then they are endless) or where the answer is
 * incomplete. The words of this file are those of docs/lab.md.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lab/explore/ending.h"
#include "lab/explore/graph.h"
#include "lab/explore/sample.h"
#include "lab/explore/witness.h"

G_BEGIN_DECLS

typedef enum
{
  LAB_STOPPED_NOT,
  LAB_STOPPED_STATES,
  LAB_STOPPED_MEMORY,
  LAB_STOPPED_CANCELLED,
} LabStopped;

typedef struct
{
  gboolean complete;
  LabStopped stopped;
  guint64 states;
  guint64 transitions;
  gboolean cycle;
  gboolean livelock;
  GPtrArray *endings;     /* (element-type LabEnding): ends by value, then deadlock, then failed */
  char *schedules;        /* nullable */
  char *bad_schedules;    /* nullable */
  double probability_bad; /* NAN where incomplete */
  gboolean bad;           /* something bad was found: an ending or a livelock */
  LabWitness *witness;    /* nullable */
  GArray *livelock_path;  /* (element-type LabMove) (nullable): leads to a state on the cycle */
  GArray *livelock_cycle; /* (element-type LabMove) (nullable): a way round from there */
  LabSample sample;
  LabGraph *graph; /* owned; NULL unless asked for */
  double seconds;
} LabExploration;

void lab_exploration_free (LabExploration *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabExploration, lab_exploration_free)

#define LAB_EXPLORE_MOST_STATES 5000000
#define LAB_EXPLORE_MOST_BYTES (G_GUINT64_CONSTANT (1) << 30)

/* Called in the exploring thread, every few thousand states. */
typedef void (*LabExploreProgress) (guint64 states, gpointer user_data);

typedef struct
{
  guint64 most_states;         /* 0: LAB_EXPLORE_MOST_STATES */
  guint64 most_bytes;          /* 0: LAB_EXPLORE_MOST_BYTES */
  gboolean keep_graph;         /* for the picture and the live odds */
  gboolean no_sample;          /* do not walk at random where incomplete */
  LabExploreProgress progress; /* nullable */
  gpointer user_data;
} LabExploreOptions;

/**
 * lab_explore:
 * @options: (nullable)
 * @cancellable: (nullable): takes effect within 50 ms; the answer is then incomplete
 *
 * Blocks: never on the main thread.
 *
 * Returns: (transfer full): always an answer
 */
LabExploration *
lab_explore (LabProgram *program, const LabExploreOptions *options, GCancellable *cancellable);

/** lab_explore_async: the same in a thread of its own; @callback in the caller's main context */
void lab_explore_async (LabProgram *program,
                        const LabExploreOptions *options,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);

/** lab_explore_finish: Returns: (transfer full): the answer, incomplete where it was cancelled */
LabExploration *lab_explore_finish (GAsyncResult *result);

G_END_DECLS
