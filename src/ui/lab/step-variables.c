/* The variables at one place of a walk by hand. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "ui/lab/state-words.h"
#include "ui/lab/step-timeline.h"

/* Who did something last to each thing of one kind: the step, or -1. */
static int *
new_writers (UiPath *path, LabItemKind kind)
{
  LabStepper *stepper = ui_path_get_stepper (path);
  int n = lab_stepper_get_program (stepper)->n_items[kind];
  int *writers = g_new (int, n + 1);

  for (int i = 0; i < n; i++)
    writers[i] = -1;
  for (guint step = 0; step < lab_stepper_get_position (stepper); step++)
    {
      const LabReport *report = lab_stepper_get_report (stepper, step);

      for (guint i = 0; i < report->accesses->len; i++)
        {
          const LabAccess *access = &g_array_index (report->accesses, LabAccess, i);
          LabItemKind written = LAB_N_ITEM_KINDS;

          if (access->kind == LAB_ACCESS_WRITE || access->kind == LAB_ACCESS_DRAIN ||
              access->kind == LAB_ACCESS_ADD || access->kind == LAB_ACCESS_CAS)
            written = LAB_ITEM_SHARED;
          else if (access->kind == LAB_ACCESS_LOCK || access->kind == LAB_ACCESS_UNLOCK)
            written = LAB_ITEM_LOCK;
          else if (access->kind == LAB_ACCESS_PUT || access->kind == LAB_ACCESS_GET)
            written = LAB_ITEM_QUEUE;
          if (written == kind)
            writers[access->item] = (int) step;
        }
    }
  return writers;
}

static char *
dup_writer (UiPath *path, int step)
{
  LabStepper *stepper = ui_path_get_stepper (path);
  LabProgram *program = lab_stepper_get_program (stepper);

  if (step < 0)
    return NULL;
  /* Translators: who wrote a variable last, and at which step */
  return g_strdup_printf (
      _ ("%s, step %d"), program->threads[lab_stepper_get_step (stepper, (guint) step).thread].name,
      step + 1);
}

static void
add_row (
    UiVariables *table, UiPath *path, const char *name, char *value /* transfer full */, int step)
{
  g_autofree char *owned = value;
  g_autofree char *writer = dup_writer (path, step);

  ui_variables_add (table, name, owned, writer);
}

static void
show_items (UiVariables *table, UiPath *path, LabItemKind kind)
{
  LabStepper *stepper = ui_path_get_stepper (path);
  LabProgram *program = lab_stepper_get_program (stepper);
  const LabState *state = lab_stepper_get_state (stepper);
  g_autofree int *writers = new_writers (path, kind);

  for (int i = 0; i < program->n_items[kind]; i++)
    {
      char *value = NULL;
      int n;

      if (kind == LAB_ITEM_SHARED)
        value = g_strdup_printf ("%" G_GINT64_FORMAT, lab_state_get_shared (state, program, i));
      else if (kind == LAB_ITEM_LOCK)
        /* Translators: of a lock */
        value = g_strdup (lab_state_get_owner (state, program, i) >= 0 ? C_ ("lock", "held")
                                                                       : C_ ("lock", "free"));
      else if (kind == LAB_ITEM_QUEUE)
        {
          const gint64 *values = lab_state_get_queue (state, program, i, &n);

          value = ui_state_dup_queue (values, n);
        }
      if (value != NULL)
        add_row (table, path, program->items[kind][i].name, value, writers[i]);
    }
}

static int
find_own_writer (UiPath *path, int thread, int slot)
{
  LabStepper *stepper = ui_path_get_stepper (path);

  for (guint step = lab_stepper_get_position (stepper); step-- > 0;)
    {
      const LabReport *report = lab_stepper_get_report (stepper, step);

      if (report->move.thread != thread)
        continue;
      for (guint i = 0; i < report->accesses->len; i++)
        {
          const LabAccess *access = &g_array_index (report->accesses, LabAccess, i);

          if (access->kind == LAB_ACCESS_OWN && access->item == slot)
            return (int) step;
        }
    }
  return -1;
}

void
ui_step_variables_show (UiVariables *table, UiPath *path)
{
  LabStepper *stepper = ui_path_get_stepper (path);
  LabProgram *program = lab_stepper_get_program (stepper);
  const LabState *state = lab_stepper_get_state (stepper);

  ui_variables_clear (table);
  show_items (table, path, LAB_ITEM_SHARED);
  show_items (table, path, LAB_ITEM_LOCK);
  show_items (table, path, LAB_ITEM_QUEUE);
  for (int thread = 0; thread < program->n_threads; thread++)
    {
      const LabBody *body = &program->bodies[program->threads[thread].body];

      for (int slot = 0; slot < body->n_own; slot++)
        {
          g_autofree char *name =
              g_strconcat (program->threads[thread].name, ".", body->own_names[slot], NULL);

          add_row (table, path, name,
                   g_strdup_printf ("%" G_GINT64_FORMAT,
                                    lab_state_get_own (state, program, thread, slot)),
                   find_own_writer (path, thread, slot));
        }
    }
}
