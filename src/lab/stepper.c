/* The stepper: a path, and where on it one stands. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/stepper.h"

#include "lab/machine/schedule.h"

/* Every so many steps the state is kept, so that going back is never long. */
#define KEPT_EVERY 64

struct LabStepper
{
  LabProgram *program; /* owned */
  LabState state;      /* at the position */
  guint position;
  GArray *reports; /* (element-type LabReport) of the whole path */
  GArray *kept;    /* (element-type LabState): number k is the state at k * KEPT_EVERY */
};

static void
clear_report (gpointer data)
{
  lab_report_clear (data);
}

static void
clear_state (gpointer data)
{
  lab_state_clear (data);
}

static void
keep_state (LabStepper *self)
{
  LabState copy = { 0 };

  if (self->position % KEPT_EVERY != 0 || self->kept->len > self->position / KEPT_EVERY)
    return;
  lab_state_copy (&copy, &self->state);
  g_array_append_val (self->kept, copy);
}

LabStepper *
lab_stepper_new (LabProgram *program)
{
  LabStepper *self = g_new0 (LabStepper, 1);

  self->program = lab_program_ref (program);
  self->reports = g_array_new (FALSE, FALSE, sizeof (LabReport));
  g_array_set_clear_func (self->reports, clear_report);
  self->kept = g_array_new (FALSE, FALSE, sizeof (LabState));
  g_array_set_clear_func (self->kept, clear_state);
  lab_state_init (&self->state, program);
  keep_state (self);
  return self;
}

void
lab_stepper_free (LabStepper *self)
{
  lab_state_clear (&self->state);
  g_array_unref (self->reports);
  g_array_unref (self->kept);
  lab_program_unref (self->program);
  g_free (self);
}

LabProgram *
lab_stepper_get_program (LabStepper *self)
{
  return self->program;
}

const LabState *
lab_stepper_get_state (LabStepper *self)
{
  return &self->state;
}

const LabReport *
lab_stepper_get_report (LabStepper *self, guint index)
{
  return &g_array_index (self->reports, LabReport, index);
}

LabMove
lab_stepper_get_step (LabStepper *self, guint index)
{
  return lab_stepper_get_report (self, index)->move;
}

LabFailure
lab_stepper_get_failure (LabStepper *self)
{
  return self->position > 0 ? lab_stepper_get_report (self, self->position - 1)->failure
                            : LAB_FAILURE_NONE;
}

int
lab_stepper_list (LabStepper *self, LabMove *moves)
{
  return lab_stepper_get_failure (self) == LAB_FAILURE_NONE
             ? lab_machine_list (self->program, &self->state, moves)
             : 0;
}

static void
forget_undone (LabStepper *self)
{
  guint kept = self->position / KEPT_EVERY + 1;

  g_array_set_size (self->reports, self->position);
  if (self->kept->len > kept)
    g_array_set_size (self->kept, kept);
}

gboolean
lab_stepper_take (LabStepper *self, LabMove move)
{
  LabMove moves[LAB_MOST_MOVES];
  int n = lab_stepper_list (self, moves);

  for (int i = 0; i < n; i++)
    if (moves[i].thread == move.thread && moves[i].choice == move.choice &&
        moves[i].woken == move.woken)
      {
        LabReport report;

        forget_undone (self);
        lab_report_init (&report);
        lab_machine_apply (self->program, &self->state, move, &report);
        g_array_append_val (self->reports, report);
        self->position++;
        keep_state (self);
        return TRUE;
      }
  return FALSE;
}

gboolean
lab_stepper_take_thread (LabStepper *self, int thread)
{
  LabMove moves[LAB_MOST_MOVES];
  int n = lab_stepper_list (self, moves);

  for (int i = 0; i < n; i++)
    if (moves[i].thread == thread)
      return lab_stepper_take (self, moves[i]);
  return FALSE;
}

void
lab_stepper_seek (LabStepper *self, guint position)
{
  position = MIN (position, self->reports->len);
  if (position < self->position || position / KEPT_EVERY > self->position / KEPT_EVERY)
    {
      guint kept = MIN (position / KEPT_EVERY, self->kept->len - 1);

      lab_state_copy (&self->state, &g_array_index (self->kept, LabState, kept));
      self->position = kept * KEPT_EVERY;
    }
  while (self->position < position)
    {
      lab_machine_apply (self->program, &self->state, lab_stepper_get_step (self, self->position),
                         NULL);
      self->position++;
    }
}

gboolean
lab_stepper_undo (LabStepper *self)
{
  if (self->position == 0)
    return FALSE;
  lab_stepper_seek (self, self->position - 1);
  return TRUE;
}

gboolean
lab_stepper_redo (LabStepper *self)
{
  if (self->position == self->reports->len)
    return FALSE;
  lab_stepper_seek (self, self->position + 1);
  return TRUE;
}

guint
lab_stepper_get_position (LabStepper *self)
{
  return self->position;
}

guint
lab_stepper_get_length (LabStepper *self)
{
  return self->reports->len;
}

gsize
lab_stepper_load (LabStepper *self, const LabMove *moves, gsize n)
{
  gsize taken = 0;

  lab_stepper_seek (self, 0);
  forget_undone (self);
  while (taken < n && lab_stepper_take (self, moves[taken]))
    taken++;
  lab_stepper_seek (self, 0);
  return taken;
}

char *
lab_stepper_dup_schedule (LabStepper *self)
{
  g_autofree LabMove *moves = g_new (LabMove, self->position + 1);

  for (guint i = 0; i < self->position; i++)
    moves[i] = lab_stepper_get_step (self, i);
  return lab_schedule_format (moves, self->position);
}
