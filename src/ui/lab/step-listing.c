/* The program, the variables and the legend of a walk. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/step-listing.h"

#include <glib/gi18n.h>

#include "ui/lab/step-timeline.h"
#include "ui/plot/legend.h"

void
ui_step_listing_show (UiListing *listing, UiPath *path)
{
  LabStepper *stepper = ui_path_get_stepper (path);
  LabProgram *program = lab_stepper_get_program (stepper);
  g_autoptr (GArray) next = g_array_new (FALSE, FALSE, sizeof (UiNextLine));

  for (int i = 0; i < program->n_threads; i++)
    {
      UiNextLine line = { lab_state_get_line (lab_stepper_get_state (stepper), program, i), i };

      if (line.line > 0)
        g_array_append_val (next, line);
    }
  ui_program_set_next (ui_listing_get_program (listing), next);
  ui_step_variables_show (ui_listing_get_variables (listing), path);
}

static gboolean
reads_shared (const LabProgram *program)
{
  for (int i = 0; i < program->n_codes; i++)
    if (program->codes[i].op == LAB_EXPR_SHARED || program->codes[i].op == LAB_EXPR_LENGTH)
      return TRUE;
  return FALSE;
}

/* Of what its instructions can do, a bit each. */
static guint
get_deeds (const LabProgram *program)
{
  guint deeds = 0;

  for (int i = 0; i < program->n_instructions; i++)
    {
      const LabInstruction *at = &program->instructions[i];

      if (at->op == LAB_DO_ASSIGN && at->to_shared >= 0)
        deeds |= 1u << LAB_ACCESS_WRITE;
      else if (at->op == LAB_DO_ASSIGN)
        deeds |= 1u << LAB_ACCESS_OWN;
      else if (at->op == LAB_DO_FETCH_ADD || at->op == LAB_DO_CAS || at->op == LAB_DO_ATOMIC ||
               (at->op == LAB_DO_AWAIT && at->has_block))
        deeds |= 1u << LAB_ACCESS_CAS;
      else if (at->op == LAB_DO_PUT)
        deeds |= 1u << LAB_ACCESS_PUT;
      else if (at->op == LAB_DO_GET)
        deeds |= 1u << LAB_ACCESS_GET;
      else if (at->op == LAB_DO_LOCK || at->op == LAB_DO_TRYLOCK)
        deeds |= 1u << LAB_ACCESS_LOCK;
      else if (at->op == LAB_DO_SIGNAL || at->op == LAB_DO_BROADCAST)
        deeds |= 1u << LAB_ACCESS_SIGNAL;
    }
  if (reads_shared (program))
    deeds |= 1u << LAB_ACCESS_READ;
  return deeds;
}

void
ui_step_legend_show (UiWrap *legend, const LabProgram *program)
{
  static const struct
  {
    LabAccessKind deed;
    UiSwatchKind swatch;
    const char *text;
  } marks[] = {
    { LAB_ACCESS_READ, UI_SWATCH_READ, NC_ ("mark", "read") },
    { LAB_ACCESS_OWN, UI_SWATCH_ADD, NC_ ("mark", "add") },
    { LAB_ACCESS_WRITE, UI_SWATCH_WRITE, NC_ ("mark", "write") },
    { LAB_ACCESS_CAS, UI_SWATCH_ATOMIC, NC_ ("mark", "at once") },
    { LAB_ACCESS_PUT, UI_SWATCH_PUT, NC_ ("mark", "put") },
    { LAB_ACCESS_GET, UI_SWATCH_GET, NC_ ("mark", "take") },
    { LAB_ACCESS_LOCK, UI_SWATCH_FILLED, NC_ ("mark", "holds the lock") },
    { LAB_ACCESS_LOCK, UI_SWATCH_WAIT, NC_ ("mark", "waits") },
    { LAB_ACCESS_SIGNAL, UI_SWATCH_GREY_LINE, NC_ ("mark", "wakes") },
  };
  guint deeds = get_deeds (program);
  guint loses = 1u << LAB_ACCESS_READ | 1u << LAB_ACCESS_WRITE;

  ui_wrap_clear (legend);
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (deeds >> marks[i].deed & 1)
      ui_legend_add (legend, marks[i].swatch, g_dpgettext2 (NULL, "mark", marks[i].text));
  if ((deeds & loses) != loses)
    return;
  ui_legend_add (legend, UI_SWATCH_LOST, C_ ("mark", "lost"));
  ui_legend_add (legend, UI_SWATCH_ARROW, C_ ("mark", "undid"));
}
