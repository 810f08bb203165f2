/* The program's text on the lab's page: edited, opened and saved. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "ui/lab/page-private.h"

/* A text is tried once a person has stopped typing for so long. */
#define EDITED_MS 350

static gboolean
try_edited_cb (gpointer user_data)
{
  UiLabPage *self = user_data;
  g_autofree char *text = ui_program_dup_text (self->editor);

  self->edited = 0;
  ui_experiment_set_program (ui_lab_page_get_experiment (self), text);
  return G_SOURCE_REMOVE;
}

void
ui_lab_page_note_edited (UiLabPage *self, UiProgram *program)
{
  self->editor = program;
  g_clear_handle_id (&self->edited, g_source_remove);
  self->edited = g_timeout_add (EDITED_MS, try_edited_cb, self);
}

/* What was typed last counts, also where there was no time to try it. */
void
ui_lab_page_settle_edited (UiLabPage *self)
{
  if (self->edited == 0)
    return;
  g_clear_handle_id (&self->edited, g_source_remove);
  try_edited_cb (self);
}

static void
edit_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  UiLabPage *self = user_data;
  gboolean edit = g_variant_get_boolean (state);

  if (edit && ui_lab_page_get_mode (self) >= MODE_EXPLORE)
    ui_lab_page_set_action_state (self, "mode", g_variant_new_string ("step"));
  ui_lab_page_settle_edited (self);
  g_simple_action_set_state (action, state);
  ui_listing_set_editable (ui_run_view_get_listing (self->run_view), edit);
  ui_listing_set_editable (ui_step_view_get_listing (self->step_view), edit);
  ui_lab_page_show_problem (self);
}

static void
reset_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiLabPage *self = user_data;

  g_clear_handle_id (&self->edited, g_source_remove);
  ui_experiment_set_program (ui_lab_page_get_experiment (self), NULL);
}

static void
tell (UiLabPage *self, const char *what, const GError *error)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *text =
      error != NULL ? g_strdup_printf ("%s: %s", what, error->message) : g_strdup (what);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (text));
}

static void
opened_cb (GObject *source, GAsyncResult *res, gpointer user_data)
{
  g_autoptr (UiLabPage) self = user_data;
  g_autoptr (GError) error = NULL;
  UiOwnProgram *own = ui_own_program_open_finish (res, &error);
  GtkListBoxRow *row;

  if (error != NULL)
    tell (self, _ ("The program could not be opened"), error);
  if (own == NULL)
    return;
  g_ptr_array_add (self->own, own);
  ui_lab_page_add_scenario (self, &own->scenario, own->scenario.title, own->scenario.summary);
  row = gtk_list_box_get_row_at_index (self->list, (int) self->scenarios->len - 1);
  gtk_list_box_select_row (self->list, row);
}

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ui_own_program_open_async (user_data, opened_cb, g_object_ref (user_data));
}

static void
saved_cb (GObject *source, GAsyncResult *res, gpointer user_data)
{
  g_autoptr (UiLabPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = ui_own_program_save_finish (res, &error);

  if (error != NULL)
    tell (self, _ ("The program could not be saved"), error);
  else if (file != NULL)
    tell (self, _ ("Saved"), NULL);
}

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiLabPage *self = user_data;
  UiExperiment *experiment = ui_lab_page_get_experiment (self);
  g_autofree char *name = g_strdup_printf ("%s.race", ui_experiment_get_variant (experiment)->id);

  ui_lab_page_settle_edited (self);
  ui_own_program_save_async (user_data, name, ui_experiment_get_program (experiment), saved_cb,
                             g_object_ref (user_data));
}

void
ui_lab_page_add_edit_actions (UiLabPage *self)
{
  static const GActionEntry entries[] = {
    { "open", open_cb },
    { "save", save_cb },
    { "reset", reset_cb },
    { "edit", NULL, NULL, "false", edit_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
}
