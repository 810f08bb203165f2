/* A walk by hand on real threads. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/real-steps.h"

#include <glib/gi18n.h>

struct _UiRealSteps
{
  LabProgram *program; /* owned reference */
  LabGate *gate;       /* owned, nullable; not to be touched while busy */
  GArray *wanted;      /* (element-type LabMove) owned: where they are to stand */
  GArray *taken;       /* (element-type LabMove) owned: what the threads of the gate have done */
  gboolean busy;       /* a call is under way, which keeps us */
  gboolean gone;       /* freed while it was */
  char *error;         /* owned, nullable, translated: the threads cannot go on */
  void (*told) (gpointer user_data);
  gpointer user_data;
};

static void pump (UiRealSteps *self);

static void
free_now (UiRealSteps *self)
{
  if (self->gate != NULL)
    lab_gate_release_async (self->gate);
  lab_program_unref (self->program);
  g_array_unref (self->wanted);
  g_array_unref (self->taken);
  g_free (self->error);
  g_free (self);
}

/* After each call. Returns: %FALSE where nobody wants to know any more. */
static gboolean
is_wanted (UiRealSteps *self)
{
  self->busy = FALSE;
  if (!self->gone)
    return TRUE;
  free_now (self);
  return FALSE;
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UiRealSteps *self = user_data;
  g_autoptr (GError) error = NULL;

  self->gate = lab_gate_begin_finish (result, &error);
  if (!is_wanted (self))
    return;
  g_array_set_size (self->taken, 0);
  if (error != NULL)
    self->error = g_strdup (error->message);
  pump (self);
}

static void
followed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UiRealSteps *self = user_data;
  LabGateStep last;

  lab_gate_follow_finish (result, &last);
  if (!is_wanted (self))
    return;
  if (last == LAB_GATE_DIFFERS || last == LAB_GATE_NOT_ENABLED)
    self->error = g_strdup (_ ("the real threads do not stand where the model does"));
  pump (self);
}

static gboolean
is_same (const LabMove *one, const LabMove *other)
{
  return one->thread == other->thread && one->choice == other->choice && one->woken == other->woken;
}

/* Returns: whether all that was taken is on the way to what is wanted. */
static gboolean
is_on_the_way (UiRealSteps *self)
{
  if (self->taken->len > self->wanted->len)
    return FALSE;
  for (guint i = 0; i < self->taken->len; i++)
    if (!is_same (&g_array_index (self->taken, LabMove, i),
                  &g_array_index (self->wanted, LabMove, i)))
      return FALSE;
  return TRUE;
}

static void
pump (UiRealSteps *self)
{
  guint from = self->taken->len;

  if (self->busy)
    return;
  if (self->error == NULL && (self->gate == NULL || !is_on_the_way (self)))
    {
      self->busy = TRUE;
      lab_gate_begin_async (self->program, g_steal_pointer (&self->gate), begun_cb, self);
    }
  else if (self->error == NULL && from < self->wanted->len)
    {
      self->busy = TRUE;
      lab_gate_follow_async (self->gate, &g_array_index (self->wanted, LabMove, from),
                             self->wanted->len - from, NULL, followed_cb, self);
      /* Taken, or there is an error. */
      g_array_append_vals (self->taken, &g_array_index (self->wanted, LabMove, from),
                           self->wanted->len - from);
    }
  self->told (self->user_data);
}

UiRealSteps *
ui_real_steps_new (LabProgram *program, void (*told) (gpointer user_data), gpointer user_data)
{
  UiRealSteps *self = g_new0 (UiRealSteps, 1);

  self->program = lab_program_ref (program);
  self->wanted = g_array_new (FALSE, FALSE, sizeof (LabMove));
  self->taken = g_array_new (FALSE, FALSE, sizeof (LabMove));
  self->told = told;
  self->user_data = user_data;
  return self;
}

void
ui_real_steps_free (UiRealSteps *self)
{
  if (self->busy)
    self->gone = TRUE;
  else
    free_now (self);
}

void
ui_real_steps_follow (UiRealSteps *self, LabStepper *stepper)
{
  g_array_set_size (self->wanted, 0);
  for (guint i = 0; i < lab_stepper_get_position (stepper); i++)
    {
      LabMove move = lab_stepper_get_step (stepper, i);

      g_array_append_val (self->wanted, move);
    }
  pump (self);
}

char *
ui_real_steps_dup_words (UiRealSteps *self)
{
  int n = self->program->n_threads;

  if (self->error != NULL)
    return g_strdup (self->error);
  if (self->busy)
    return g_strdup (_ ("the real threads are on their way"));
  if (self->taken->len == 0)
    return g_strdup_printf (ngettext ("%d real thread waits at its gate",
                                      "%d real threads wait at their gates", n),
                            n);
  return g_strdup_printf (
      ngettext ("real threads have taken %u step, and all stands as the model says",
                "real threads have taken %u steps, and all stands as the model says",
                self->taken->len),
      self->taken->len);
}
