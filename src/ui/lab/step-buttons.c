/* What each thread can do next, as buttons. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/step-buttons.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ui/lab/state-words.h"
#include "ui/lab/step-button.h"
#include "ui/lab/words.h"

struct _UiStepButtons
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  GPtrArray *step_buttons; /* (element-type UiStepButton) owned; shown from the first on */
  GArray
      *moves; /* (element-type LabMove) owned: what each does; of no thread: it cannot be pressed */
  UiPath *path; /* borrowed, while it is shown */
  guint used;
  gboolean narrow;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UiStepButtons, ui_step_buttons, GTK_TYPE_WIDGET)

static void
pressed_cb (UiStepButtons *self, GtkWidget *button)
{
  guint i;

  if (!g_ptr_array_find (self->step_buttons, button, &i) || i >= self->moves->len)
    return;
  g_signal_emit (self, signals[CHOSEN], 0, i);
}

static UiStepButton *
get_button (UiStepButtons *self, guint i)
{
  while (self->step_buttons->len <= i)
    {
      GtkWidget *button = ui_step_button_new ();

      g_signal_connect_swapped (button, "clicked", G_CALLBACK (pressed_cb), self);
      g_ptr_array_add (self->step_buttons, g_object_ref_sink (button));
    }
  return g_ptr_array_index (self->step_buttons, i);
}

/* The grid is laid anew only where a button comes or goes, or the focus would be lost. */
static void
lay_out (UiStepButtons *self, guint n)
{
  int columns = self->narrow || n == 1 ? 1 : 2;

  for (guint i = 0; i < self->step_buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (self->step_buttons, i);
      GtkLayoutManager *layout = gtk_widget_get_layout_manager (self->grid);
      int column = (int) i % columns, row = (int) i / columns;

      if (i >= n)
        {
          if (gtk_widget_get_parent (button) != NULL)
            gtk_grid_remove (GTK_GRID (self->grid), button);
          continue;
        }
      if (gtk_widget_get_parent (button) == NULL)
        gtk_grid_attach (GTK_GRID (self->grid), button, column, row, 1, 1);
      g_object_set (gtk_layout_manager_get_layout_child (layout, button), "column", column, "row",
                    row, NULL);
    }
}

static void
show_move (UiStepButtons *self, guint i, LabMove move, int key)
{
  LabStepper *stepper = ui_path_get_stepper (self->path);
  LabProgram *program = lab_stepper_get_program (stepper);
  const LabState *state = lab_stepper_get_state (stepper);
  g_autofree char *statement = lab_move_dup_text (move, program, state);
  g_autofree char *choice = lab_move_dup_choice (move, program);
  g_autofree char *preview = ui_state_dup_preview (program, state, move);
  g_autofree char *odds = NULL;
  g_autofree char *full = NULL;
  LabWays ways = { NULL, NULL };
  double share = NAN;

  if (g_str_has_suffix (statement, ";"))
    statement[strlen (statement) - 1] = '\0';
  if (move.choice == LAB_CHOICE_WAKE)
    /* Translators: a statement that wakes a thread, and which thread */
    full = g_strdup_printf (_ ("%s → wakes %s"), statement, choice);
  else if (move.choice == LAB_CHOICE_SPURIOUS)
    /* Translators: a statement; the thread wakes up though nobody has woken it */
    full = g_strdup_printf (_ ("%s → wakes by itself"), statement);
  if (ui_path_get_move_ways (self->path, move, &ways))
    {
      odds = ui_words_dup_ways (ways.bad, ways.all);
      share = ui_words_get_ratio (ways.bad, ways.all);
      lab_ways_clear (&ways);
    }
  ui_step_button_set (get_button (self, i), move.thread, program->threads[move.thread].name,
                      full != NULL ? full : statement, preview, odds, share, key);
  gtk_widget_set_sensitive (GTK_WIDGET (get_button (self, i)), TRUE);
}

static void
show_blocked (UiStepButtons *self, guint i, int thread)
{
  LabStepper *stepper = ui_path_get_stepper (self->path);
  LabProgram *program = lab_stepper_get_program (stepper);
  g_autofree char *why = ui_state_dup_block (program, lab_stepper_get_state (stepper), thread);

  ui_step_button_set (get_button (self, i), thread, program->threads[thread].name, why, NULL, NULL,
                      NAN, 0);
  gtk_widget_set_sensitive (GTK_WIDGET (get_button (self, i)), FALSE);
}

static void
ui_step_buttons_dispose (GObject *object)
{
  UiStepButtons *self = UI_STEP_BUTTONS (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_pointer (&self->step_buttons, g_ptr_array_unref);
  g_clear_pointer (&self->moves, g_array_unref);
  G_OBJECT_CLASS (ui_step_buttons_parent_class)->dispose (object);
}

static void
ui_step_buttons_class_init (UiStepButtonsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ui_step_buttons_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
ui_step_buttons_init (UiStepButtons *self)
{
  self->step_buttons = g_ptr_array_new_with_free_func (g_object_unref);
  self->moves = g_array_new (FALSE, FALSE, sizeof (LabMove));
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 6);
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
}

/* A button for each step that is enabled, in the order of the threads; one that is not says why. */
void
ui_step_buttons_show (UiStepButtons *self, UiPath *path)
{
  LabStepper *stepper = ui_path_get_stepper (path);
  LabProgram *program = lab_stepper_get_program (stepper);
  g_autofree LabMove *moves = g_new (LabMove, LAB_MOST_MOVES);
  int n = lab_stepper_list (stepper, moves);
  guint used = 0;
  int next = 0;

  self->path = path;
  g_array_set_size (self->moves, 0);
  for (int thread = 0; thread < program->n_threads; thread++)
    {
      int before = next;

      for (; next < n && moves[next].thread == thread; next++)
        {
          /* The key is the thread's number; of several steps of one thread the first has it. */
          show_move (self, used, moves[next], next == before && thread < 9 ? thread + 1 : 0);
          g_array_append_val (self->moves, moves[next]);
          used++;
        }
      if (next == before)
        {
          LabMove none = { 255, 0, 0 };

          show_blocked (self, used, thread);
          g_array_append_val (self->moves, none);
          used++;
        }
    }
  self->used = used;
  lay_out (self, used);
  self->path = NULL;
}

const GArray *
ui_step_buttons_get_moves (UiStepButtons *self)
{
  return self->moves;
}

void
ui_step_buttons_set_narrow (UiStepButtons *self, gboolean narrow)
{
  self->narrow = narrow;
  lay_out (self, self->used);
}
