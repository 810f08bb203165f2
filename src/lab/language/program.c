/* A program's life. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/language/program.h"

#include <string.h>

LabProgram *
lab_program_ref (LabProgram *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

static void
free_items (LabItem *items, int n)
{
  for (int i = 0; i < n; i++)
    {
      g_free (items[i].name);
      g_free (items[i].contents);
    }
  g_free (items);
}

void
lab_program_unref (LabProgram *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  for (int kind = 0; kind < LAB_N_ITEM_KINDS; kind++)
    free_items (self->items[kind], self->n_items[kind]);
  for (int t = 0; t < self->n_threads; t++)
    g_free (self->threads[t].name);
  g_free (self->threads);
  for (int b = 0; b < self->n_bodies; b++)
    {
      for (int i = 0; i < self->bodies[b].n_own; i++)
        g_free (self->bodies[b].own_names[i]);
      g_free (self->bodies[b].own_names);
    }
  g_free (self->bodies);
  for (int i = 0; i < self->n_statements; i++)
    g_free (self->statements[i].text);
  g_free (self->statements);
  g_free (self->instructions);
  g_free (self->codes);
  g_free (self->always);
  g_free (self->finally);
  for (int i = 0; i < self->n_shown; i++)
    g_free (self->shown[i].name);
  g_free (self->shown);
  g_ptr_array_unref (self->live_tables);
  g_free (self->title);
  g_free (self->story);
  g_free (self);
}

int
lab_program_find_thread (const LabProgram *self, const char *name)
{
  for (int t = 0; t < self->n_threads; t++)
    if (strcmp (self->threads[t].name, name) == 0)
      return t;
  return -1;
}
