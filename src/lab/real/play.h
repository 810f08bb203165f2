/* play.h: one free run of a race program: real threads, in whatever order the machine takes them.
 *
 * A watchdog ends what does not end by itself. It calls a run a deadlock only once it is sure:
 * every thread has ended or has tried in vain at least twice, from beginning to end, while none
 * took a step.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/machine/machine.h"

G_BEGIN_DECLS

/* The longest that a run which moves may go on, in times of its timeout; ten times as long where
 * the machine gave it hardly any time. */
#define LAB_PLAY_MOST_WATCHES 50

typedef enum
{
  LAB_PLAY_END,
  LAB_PLAY_DEADLOCK,
  LAB_PLAY_FAILED,
  LAB_PLAY_UNFINISHED, /* still moving when its time was over: a livelock, or long work */
} LabPlayKind;

/* A step as its thread saw it. Times are nanoseconds on the monotonic clock. */
typedef struct
{
  int instruction;
  gint64 value;    /* read, written, put or got */
  gint64 asked_ns; /* it wanted to */
  gint64 end_ns;   /* it had done it */
} LabPlayStep;

typedef struct
{
  int nudge;      /* 0: none; else a thread yields after one in so many of its steps */
  int timeout_ms; /* a run that has not ended after so long is looked at by the watchdog */
  int record;     /* of so many steps of each thread, the first ones, a record is kept */
  guint64 seed;
} LabPlayPlan;

typedef struct
{
  LabPlayKind kind;
  LabFailure failure; /* of FAILED */
  int failed_thread;  /* of FAILED; else -1 */
  LabState state;     /* where it stood in the end; of FAILED and UNFINISHED, about */
  gint64 begin_ns;
  gint64 end_ns;
  GArray **steps; /* owned (element-type LabPlayStep), one for each of @n_threads, a failed step
                     included; NULL */
  int n_threads;
} LabPlay;

/**
 * lab_play_run:
 *
 * Runs once. All its threads are joined when it returns. Never the main thread.
 *
 * Returns: (transfer full) (nullable): what happened, or %NULL where no threads could be made
 */
LabPlay *lab_play_run (LabProgram *program, const LabPlayPlan *plan);
void lab_play_free (LabPlay *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabPlay, lab_play_free)

G_END_DECLS
