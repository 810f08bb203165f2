/* trace.h: what one real run did, and which write undid which update.
 *
 * Pure; any thread. The order comes from the data: each word says which store made
 * it, so the chain from the last word back to the first names every update that
 * counts; all others were lost. Clocks only place the boxes.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/real/runner.h"

G_BEGIN_DECLS

typedef enum
{
  LAB_OP_READ,
  LAB_OP_ADD,
  LAB_OP_WRITE,
  LAB_OP_WAIT,   /* blocked for a lock, or for room in or a message from a queue */
  LAB_OP_HOLD,   /* holds the lock */
  LAB_OP_ATOMIC, /* read-modify-write at once */
  LAB_OP_PUT,
  LAB_OP_GET,
} LabOpKind;

/* One box in the lanes. */
typedef struct
{
  LabOpKind kind;
  int thread;      /* from 0 */
  int increment;   /* which of the thread's increments (or messages), from 0 */
  gint64 value;    /* read or written */
  gint64 start_ns; /* since the barrier opened */
  gint64 end_ns;
  gboolean inferred; /* clocks and data disagreed: the order comes from the data */
  gboolean lost;     /* a write: its update is not in the final value */
  int killer;        /* of a lost one: index of the stale write that undid it; -1 */
} LabOp;

/* What one run did. */
typedef struct
{
  int number; /* which run, from 1 */
  gint64 expected;
  gint64 got;
  int lost;         /* expected - got, each accounted for by an op */
  int stale_writes; /* how many writes undid others */
  GArray *ops;      /* (element-type LabOp) by thread, then in its own order */
} LabTrace;

/**
 * lab_trace_new:
 * @run: recorded
 * @number: which run it was, from 1
 *
 * Returns: (transfer full): the trace, in which every lost update is accounted for
 */
LabTrace *lab_trace_new (const LabRun *run, int number);
void lab_trace_free (LabTrace *trace);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabTrace, lab_trace_free)

G_END_DECLS
