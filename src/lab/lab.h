/* lab.h: the Race Lab, all that the window and the command line see of it.
 *
 * The lab knows no engine, no network and no toolkit. A scenario has variants;
 * a variant is run for real on pthreads, many times; what each run did can be
 * looked at and explained.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lab/explore/explore.h"
#include "lab/real/hand-over.h"
#include "lab/machine/machine.h"
#include "lab/machine/schedule.h"
#include "lab/explore/explore.h"
#include "lab/real/hand-over.h"
#include "lab/real/cost.h"
#include "lab/real/gate.h"
#include "lab/real/retrace.h"
#include "lab/real/trace.h"
#include "lab/stepper.h"

G_BEGIN_DECLS

#define LAB_ERROR (lab_error_quark ())
GQuark lab_error_quark (void);

typedef enum
{
  LAB_ERROR_UNKNOWN,  /* no scenario or variant of that id */
  LAB_ERROR_OPTIONS,  /* a number out of range, or one that the variant does not take */
  LAB_ERROR_SYSTEM,   /* threads could not be made */
  LAB_ERROR_SCHEDULE, /* one that cannot be followed */
} LabErrorCode;

typedef enum
{
  LAB_KIND_BROKEN,
  LAB_KIND_WRONG_FIX,
  LAB_KIND_FIX,
} LabKind;

/* Read-only data; strings are translated already. Any thread. */
typedef struct
{
  const char *id;    /* `racy`; the full id is `lost-update/racy` */
  const char *title; /* `Nothing guards it` */
  const char *story; /* two or three sentences */
  LabKind kind;
  const char *program; /* its race program as text; for 2 threads of 10 where these can be chosen */
  gboolean takes_numbers; /* threads and increments can be chosen */
} LabVariant;

typedef struct
{
  const char *id;      /* `lost-update` */
  const char *title;   /* `Lost update` */
  const char *summary; /* one line for the list */
  const char *story;   /* of its first variant */
  const LabVariant *variants;
  int n_variants;
} LabScenario;

/* What the programs that take numbers are written for. */
#define LAB_DEFAULT_THREADS 2
#define LAB_DEFAULT_INCREMENTS 10

/** lab_get_scenarios: Returns: (transfer none) (array length=n): in the order of the list. Any
 * thread */
const LabScenario *lab_get_scenarios (int *n);

/**
 * lab_find_variant:
 * @id: `SCENARIO/VARIANT`, or `SCENARIO` for its first broken variant
 * @scenario: (out) (optional)
 *
 * Returns: (transfer none) (nullable): the variant. Any thread
 */
const LabVariant *lab_find_variant (const char *id, const LabScenario **scenario);

/**
 * lab_dup_program:
 *
 * Returns: (transfer full): the variant's program with its numbers put in, as shown beside the
 * pictures. Any thread
 */
char *lab_dup_program (const LabVariant *variant, int threads, int increments);

#define LAB_NUDGE_OFF 0
#define LAB_NUDGE_AUTO (-1)

#define LAB_RUN_TIMEOUT_MS 20

/* Zeroed fields are the defaults, where a default is said. */
typedef struct
{
  const char *variant; /* full id; borrowed for the call */
  LabProgram *program; /* borrowed, nullable: runs this program instead; variant is then its name */
  int threads; /* 1 to 64 (63 where one more owns a queue), where the variant takes numbers; default
                  2 */
  int increments; /* of each thread, 1 to 1,000,000, likewise; default 10 */
  int runs;       /* 1 to 100,000 */
  int nudge; /* LAB_NUDGE_AUTO: calibrated; LAB_NUDGE_OFF; else sched_yield() once in so many times
              */
  int keep;  /* of so many runs the trace is kept; the first, and bad ones */
  int timeout_ms; /* a run that has not ended after so long is looked at, and ended where it is
                     stuck; default LAB_RUN_TIMEOUT_MS */
} LabRunOptions;

typedef struct
{
  LabEndingKind kind;
  gint64 value;   /* of END: the first of its values, or 0 */
  gint64 *values; /* of END, else NULL: in the order of the program's `shown`; the result's */
  int count;      /* runs that ended there */
  gboolean bad;
} LabOutcome;

typedef struct
{
  char *variant;       /* full id */
  LabProgram *program; /* what ran; owned reference */
  gboolean counts;     /* of threads that count: the three numbers below have a meaning */
  int threads;
  int increments;
  gint64 expected; /* of each run */
  gint64 last;     /* where the last run ended */
  gboolean forced; /* it replayed one schedule */
  int nudge;       /* 0: unassisted, else nudged 1 in so many */
  int runs;
  int bad_runs;        /* those that never came to an end, too */
  int unfinished_runs; /* neither stuck nor done when their time was over: they are in no outcome */
  GArray *outcomes;    /* (element-type LabOutcome) ends by value, then deadlock, then failed */
  GPtrArray *traces;   /* (element-type LabTrace) by run number: of threads that count */
  GPtrArray *walks;    /* (element-type LabWalk) by run number: of all others */
  char *example;  /* nullable, translated: what went wrong in the first bad run, in a sentence */
  double seconds; /* all runs together */
  double longest_run_ms;
  GArray *run_us; /* (element-type double) how long each run took, shortest first once all have run;
                     from the start of its threads to the end of the last */
  double median_us; /* of them: what a variant costs, to be compared with another's */
  double p10_us;
  double p90_us;
  int unassisted_runs; /* the same without a nudge, measured beside it; 0 where nudge is 0 */
  int unassisted_bad_runs;
  LabHandOver handed_over; /* the lab's own */
} LabRunResult;

void lab_run_result_free (LabRunResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabRunResult, lab_run_result_free)

/**
 * lab_run:
 * @cancellable: (nullable): between runs; a cancelled call is G_IO_ERROR_CANCELLED
 *
 * Runs the variant on real threads. Blocks until all have ended: never the main thread. Every
 * thread that it starts is joined, every block is timed.
 */
LabRunResult *lab_run (const LabRunOptions *options, GCancellable *cancellable, GError **error);

/** lab_run_async: the same in a thread of its own; @callback in the caller's main context */
void lab_run_async (const LabRunOptions *options,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data);
LabRunResult *lab_run_finish (GAsyncResult *result, GError **error);

/**
 * lab_replay:
 * @program: as lab_program_new() made it
 * @name: the result's `variant`
 * @schedule: as lab_schedule_format() wrote it; followed to its last step
 * @runs: 1 to 100,000
 * @cancellable: (nullable): between runs; a cancelled call is G_IO_ERROR_CANCELLED
 *
 * Replays one schedule on real threads, a gate before each step, and holds each step against the
 * model. Where the schedule ends before the program does, the threads are sent home, and the run is
 * unfinished but not bad. Blocks: never the main thread. To go on by hand from where it ended, see
 * lab/real/gate.h.
 *
 * Returns: (transfer full): the result; `forced` is set. LAB_ERROR_SCHEDULE where it cannot be
 * followed
 */
LabRunResult *lab_replay (LabProgram *program,
                          const char *name,
                          const char *schedule,
                          int runs,
                          GCancellable *cancellable,
                          GError **error);

/** lab_replay_async: the same in a thread of its own; @callback in the caller's main context;
 * finish it with lab_run_finish() */
void lab_replay_async (LabProgram *program,
                       const char *name,
                       const char *schedule,
                       int runs,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);

/**
 * lab_gate_begin_async:
 * @old: (transfer full) (nullable): released first
 *
 * Parks the program's threads before their first step, without holding up the caller; @callback in
 * the caller's main context.
 */
void lab_gate_begin_async (LabProgram *program,
                           LabGate *old,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/** lab_gate_begin_finish: Returns: (transfer full) (nullable): by hand; %NULL where no threads
 * could be made */
LabGate *lab_gate_begin_finish (GAsyncResult *result, GError **error);

/** lab_gate_release_async: @gate: (transfer full): its threads are sent home and joined elsewhere
 */
void lab_gate_release_async (LabGate *gate);

/**
 * lab_gate_follow_async:
 * @gate: (transfer none): not to be used or freed before @callback
 * @moves: (array length=n): copied for the call
 * @cancellable: (nullable): between steps; the rest is then left
 *
 * Takes steps on real threads without holding up the caller; @callback in the caller's main
 * context.
 */
void lab_gate_follow_async (LabGate *gate,
                            const LabMove *moves,
                            gsize n,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/** lab_gate_follow_finish: @last: (out) (optional): how the last step tried went. Returns: how many
 * were taken, a failed one included */
gsize lab_gate_follow_finish (GAsyncResult *result, LabGateStep *last);

/**
 * lab_dup_run_verdict:
 *
 * Returns: (transfer full): all runs in words, translated: `37 of 200 runs went wrong: 30 got
 * stuck.` Any thread
 */
char *lab_dup_run_verdict (const LabRunResult *result);

/**
 * lab_dup_verdict:
 *
 * Returns: (transfer full): in words, translated: `7 updates were lost: 2 stale writes undid 5 and
 * 2 others.` or `No update was lost.` Any thread
 */
char *lab_dup_verdict (const LabTrace *trace);

G_END_DECLS
