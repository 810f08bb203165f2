/* lane.h: what one connection does, as a person sees it.
 *
 * Pure data; any thread. Copies, out of date as soon as they are made.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ENGINE_ACTIVITY_IDLE,       /* a worker without a download */
  ENGINE_ACTIVITY_CONNECTING, /* connecting, asking, and waiting for the answer */
  ENGINE_ACTIVITY_WAITING,    /* held back by the speed limit */
  ENGINE_ACTIVITY_RECEIVING,  /* reading the body, or waiting for more of it */
  ENGINE_ACTIVITY_WRITING,    /* writing to the disk */
  ENGINE_ACTIVITY_COMPARING,  /* fetching again what we hold, to see whether it is the same file */
} EngineActivity;

/* One connection of a download. Positions are bytes from the start of the file. */
typedef struct
{
  int worker; /* number of its worker, from 0 */
  int source; /* which of the file's addresses it asks, from 0 */
  EngineActivity activity;
  gint64 start;    /* where its piece began */
  gint64 position; /* the next byte that it will fetch */
  gint64 end;      /* one past the last of its piece, -1 unknown */
  double rate;     /* bytes per second now, below 0 not known yet */
  gint64 received; /* bytes fetched by it in this run, in all its pieces */
} EngineLaneView;

/* One worker of the pool. */
typedef struct
{
  int number; /* from 0 */
  EngineActivity activity;
  gint64 download; /* its id; -1 while idle */
  gint64 received; /* bytes fetched since the worker began */
} EngineWorkerView;

G_END_DECLS
