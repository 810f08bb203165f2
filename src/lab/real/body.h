/* body.h: what the threads of a run do. The folder's own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

#include "lab/real/runner.h"
#include "lab/real/start.h"

G_BEGIN_DECLS

/* What all threads of one run share. */
typedef struct
{
  const LabPlan *plan;
  LabStart start;

  /* Relaxed in the racy variants, on purpose: this is the race. */
  _Atomic LabWord count;

  pthread_mutex_t lock;
  LabFifo *queue;     /* owned, nullable */
  gint64 deadline_us; /* monotonic; no wait goes beyond it */
  _Atomic bool stuck; /* relaxed; read after the join */
} LabStage;

/* One thread of a run. */
typedef struct
{
  LabStage *stage;
  int number;     /* from 0; the queue's owner is the last */
  LabStep *steps; /* the thread's own until it is joined; NULL: not recorded */
  gint64 begin_ns;
} LabActor;

/** lab_body_run: @data: a LabActor. A thread's start function */
void *lab_body_run (void *data);

gint64 lab_body_now_ns (void);

G_END_DECLS
