/* Replaying one schedule on real threads. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "base/clock.h"
#include "lab/real/hand-over.h"
#include "lab/machine/schedule.h"
#include "lab/run-private.h"

#define MOST_RUNS 100000

static void
set_cannot_follow (GError **error, gsize step)
{
  g_set_error (error, LAB_ERROR, LAB_ERROR_SCHEDULE,
               _ ("the schedule cannot be followed: its step %zu is not possible there"), step + 1);
}

/* Returns: how the run ended; of a gate whose schedule was followed to its end. */
static LabPlayKind
get_kind (LabGate *gate, const LabProgram *program)
{
  LabStatus status;

  if (lab_gate_get_failure (gate) != LAB_FAILURE_NONE)
    return LAB_PLAY_FAILED;
  status = lab_machine_get_status (program, lab_gate_get_state (gate));
  return status == LAB_STATUS_END        ? LAB_PLAY_END
         : status == LAB_STATUS_DEADLOCK ? LAB_PLAY_DEADLOCK
                                         : LAB_PLAY_UNFINISHED;
}

static gboolean
follow (LabGate *gate, const GArray *moves, GError **error)
{
  for (guint i = 0; i < moves->len; i++)
    switch (lab_gate_take (gate, g_array_index (moves, LabMove, i)))
      {
      case LAB_GATE_NOT_ENABLED:
        set_cannot_follow (error, i);
        return FALSE;
      case LAB_GATE_DIFFERS:
        g_set_error (error, LAB_ERROR, LAB_ERROR_SYSTEM,
                     _ ("the real threads left the schedule at its step %u"), i + 1);
        return FALSE;
      case LAB_GATE_TAKEN:
      case LAB_GATE_FAILED:
      default:
        break;
      }
  return TRUE;
}

static gboolean
replay_once (LabRunResult *result, const GArray *moves, GError **error)
{
  g_autoptr (LabGate) gate = lab_gate_new (result->program, LAB_GATE_AUTOMATIC);
  LabPlay play = { .begin_ns = base_clock_now_us () * 1000 };

  if (gate == NULL)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_SYSTEM, _ ("the system gives no more threads"));
      return FALSE;
    }
  if (!follow (gate, moves, error))
    return FALSE;
  play.kind = get_kind (gate, result->program);
  play.failure = lab_gate_get_failure (gate);
  play.failed_thread = lab_gate_get_failed_thread (gate);
  play.state = *lab_gate_get_state (gate);
  play.end_ns = base_clock_now_us () * 1000;
  lab_run_result_count_play (result, &play);
  return TRUE;
}

/* All runs did the same: this. */
static void
add_walk (LabRunResult *result, GArray *moves)
{
  LabWalk *walk = g_new0 (LabWalk, 1);

  walk->number = 1;
  walk->bad = result->bad_runs > 0;
  walk->moves = g_array_ref (moves);
  g_ptr_array_add (result->walks, walk);
}

LabRunResult *
lab_replay (LabProgram *program,
            const char *name,
            const char *schedule,
            int runs,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (LabRunResult) result = lab_run_result_new (name, program);
  g_autoptr (GArray) moves = lab_schedule_parse (schedule, program);
  gint64 begin_us = base_clock_now_us ();

  result->forced = TRUE;
  if (runs < 1 || runs > MOST_RUNS)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_OPTIONS, _ ("1 to 100,000 runs are possible"));
      return NULL;
    }
  if (moves == NULL)
    {
      g_set_error (error, LAB_ERROR, LAB_ERROR_SCHEDULE, _ ("“%s” is no schedule of this program"),
                   schedule);
      return NULL;
    }
  for (int i = 0; i < runs; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !replay_once (result, moves, error))
      return NULL;
  result->seconds = (double) (base_clock_now_us () - begin_us) / BASE_SECOND_US;
  add_walk (result, moves);
  lab_run_result_finish (result);
  return g_steal_pointer (&result);
}

/* What a thread of its own is told. */
typedef struct
{
  LabProgram *program; /* owned reference */
  char *name;          /* owned */
  char *schedule;      /* owned */
  int runs;
  LabHandOver asked;
} Replay;

static void
replay_free (gpointer data)
{
  Replay *replay = data;

  lab_program_unref (replay->program);
  g_free (replay->name);
  g_free (replay->schedule);
  g_free (replay);
}

static void
replay_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Replay *replay = data;
  GError *error = NULL;
  LabRunResult *result;

  lab_hand_over_take (&replay->asked);
  result = lab_replay (replay->program, replay->name, replay->schedule, replay->runs, cancellable,
                       &error);
  if (result != NULL)
    lab_hand_over_give (&result->handed_over);
  if (result != NULL)
    g_task_return_pointer (task, result, (GDestroyNotify) lab_run_result_free);
  else
    g_task_return_error (task, error);
}

void
lab_replay_async (LabProgram *program,
                  const char *name,
                  const char *schedule,
                  int runs,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Replay *replay = g_new0 (Replay, 1);

  replay->program = lab_program_ref (program);
  replay->name = g_strdup (name);
  replay->schedule = g_strdup (schedule);
  replay->runs = runs;
  lab_hand_over_give (&replay->asked);
  g_task_set_task_data (task, replay, replay_free);
  g_task_run_in_thread (task, replay_in_thread);
}
