/* Gated runs for a caller that must not wait: each call in a thread of its own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "lab/lab.h"
#include "lab/real/hand-over.h"

typedef struct
{
  LabGate *gate;  /* not owned */
  LabMove *moves; /* owned */
  gsize n;
  gsize taken;
  LabGateStep last;
  LabHandOver asked;
  LabHandOver answered;
} Follow;

static void
follow_free (gpointer data)
{
  Follow *self = data;

  g_free (self->moves);
  g_free (self);
}

static void
follow_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Follow *self = data;

  lab_hand_over_take (&self->asked);
  self->last = LAB_GATE_TAKEN;
  while (self->taken < self->n && self->last == LAB_GATE_TAKEN &&
         !g_cancellable_is_cancelled (cancellable))
    {
      self->last = lab_gate_take (self->gate, self->moves[self->taken]);
      if (self->last == LAB_GATE_TAKEN || self->last == LAB_GATE_FAILED)
        self->taken++;
    }
  lab_hand_over_give (&self->answered);
  g_task_return_boolean (task, TRUE);
}

void
lab_gate_follow_async (LabGate *gate,
                       const LabMove *moves,
                       gsize n,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Follow *self = g_new0 (Follow, 1);

  self->gate = gate;
  self->moves = g_memdup2 (moves, n * sizeof (LabMove));
  self->n = n;
  lab_hand_over_give (&self->asked);
  /* What was taken was taken, cancelled or not. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, follow_free);
  g_task_run_in_thread (task, follow_in_thread);
}

gsize
lab_gate_follow_finish (GAsyncResult *result, LabGateStep *last)
{
  Follow *self = g_task_get_task_data (G_TASK (result));

  lab_hand_over_take (&self->answered);
  if (last != NULL)
    *last = self->last;
  return self->taken;
}

typedef struct
{
  LabProgram *program; /* owned reference, nullable: no new one is wanted */
  LabGate *old;        /* owned, nullable */
  LabGate *made;       /* owned, nullable */
  LabHandOver asked;
  LabHandOver answered;
} Begin;

static void
begin_free (gpointer data)
{
  Begin *self = data;

  g_clear_pointer (&self->program, lab_program_unref);
  g_clear_pointer (&self->made, lab_gate_free);
  g_free (self);
}

static void
begin_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Begin *self = data;

  lab_hand_over_take (&self->asked);
  g_clear_pointer (&self->old, lab_gate_free);
  if (self->program != NULL)
    self->made = lab_gate_new (self->program, LAB_GATE_BY_HAND);
  lab_hand_over_give (&self->answered);
  g_task_return_boolean (task, TRUE);
}

static void
begin (LabProgram *program, LabGate *old, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Begin *self = g_new0 (Begin, 1);

  self->program = program != NULL ? lab_program_ref (program) : NULL;
  self->old = old;
  lab_hand_over_give (&self->asked);
  g_task_set_task_data (task, self, begin_free);
  g_task_run_in_thread (task, begin_in_thread);
}

void
lab_gate_begin_async (LabProgram *program,
                      LabGate *old,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  begin (program, old, callback, user_data);
}

LabGate *
lab_gate_begin_finish (GAsyncResult *result, GError **error)
{
  Begin *self = g_task_get_task_data (G_TASK (result));

  lab_hand_over_take (&self->answered);
  if (self->made == NULL)
    g_set_error (error, LAB_ERROR, LAB_ERROR_SYSTEM, _ ("the system gives no more threads"));
  return g_steal_pointer (&self->made);
}

void
lab_gate_release_async (LabGate *gate)
{
  begin (NULL, gate, NULL, NULL);
}
