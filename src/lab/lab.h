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
#include "lab/machine/machine.h"
#include "lab/machine/schedule.h"
#include "lab/real/trace.h"
#include "lab/stepper.h"

G_BEGIN_DECLS

#define LAB_ERROR (lab_error_quark ())
GQuark lab_error_quark (void);

typedef enum
{
  LAB_ERROR_UNKNOWN, /* no scenario or variant of that id */
  LAB_ERROR_OPTIONS, /* a number out of range, or one that the variant does not take */
  LAB_ERROR_SYSTEM,  /* threads could not be made */
} LabErrorCode;

typedef enum
{
  LAB_KIND_BROKEN,
  LAB_KIND_WRONG_FIX,
  LAB_KIND_FIX,
} LabKind;

/* Read-only data of the program; strings are untranslated, with gettext marks. Any thread. */
typedef struct
{
  const char *id;      /* `racy`; the full id is `lost-update/racy` */
  const char *title;   /* `Racy` */
  LabKind kind;
  const char *program; /* its race program as text, for T = 2 threads and n = 10 increments where these can be chosen */
  gboolean takes_numbers; /* threads and increments can be chosen */
} LabVariant;

typedef struct
{
  const char *id;      /* `lost-update` */
  const char *title;   /* `Lost update` */
  const char *summary; /* one line for the list */
  const char *story;   /* two or three sentences */
  const LabVariant *variants;
  int n_variants;
} LabScenario;

/** lab_get_scenarios: Returns: (transfer none) (array length=n): in the order of the list. Any thread */
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
 * Returns: (transfer full): the variant's program with its numbers put in, as shown beside the pictures. Any thread
 */
char *lab_dup_program (const LabVariant *variant, int threads, int increments);

#define LAB_NUDGE_OFF 0
#define LAB_NUDGE_AUTO (-1)

typedef struct
{
  const char *variant; /* full id; borrowed for the call */
  int threads;         /* 1 to 64 */
  int increments;      /* of each thread, 1 to 1,000,000 */
  int runs;            /* 1 to 100,000 */
  int nudge;           /* LAB_NUDGE_AUTO: calibrated; LAB_NUDGE_OFF; else sched_yield() once in so many times, in the gap between read and write */
  int keep;            /* of so many runs the trace is kept; the first, and those with most lost */
} LabRunOptions;

typedef struct
{
  gint64 value; /* where the counter (or total) ended */
  int count;    /* runs that ended there */
  gboolean bad;
} LabOutcome;

typedef struct
{
  char *variant;      /* full id */
  int threads;
  int increments;
  int nudge;          /* 0: unassisted, else nudged 1 in so many */
  int runs;
  gint64 expected;    /* of each run */
  gint64 last;        /* where the last run ended */
  int bad_runs;
  GArray *outcomes;   /* (element-type LabOutcome) by value */
  GPtrArray *traces;  /* (element-type LabTrace) by run number */
  double seconds;     /* all runs together */
  double longest_run_ms;
  int unassisted_runs;     /* the same without a nudge, measured beside it; 0 where nudge is 0 */
  int unassisted_bad_runs;
} LabRunResult;

void lab_run_result_free (LabRunResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabRunResult, lab_run_result_free)

/**
 * lab_run:
 * @cancellable: (nullable): between runs; a cancelled call is G_IO_ERROR_CANCELLED
 *
 * Runs the variant on real threads. Blocks until all have ended: never the main thread. Every thread
 * that it starts is joined, every block is timed.
 */
LabRunResult *lab_run (const LabRunOptions *options, GCancellable *cancellable, GError **error);

/** lab_run_async: the same in a thread of its own; @callback in the caller's main context */
void lab_run_async (const LabRunOptions *options,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data);
LabRunResult *lab_run_finish (GAsyncResult *result, GError **error);

/**
 * lab_dup_verdict:
 *
 * Returns: (transfer full): in words, translated: `7 updates were lost: 2 stale writes undid 5 and 2 others.`
 *   or `No update was lost.` Any thread
 */
char *lab_dup_verdict (const LabTrace *trace);

G_END_DECLS
