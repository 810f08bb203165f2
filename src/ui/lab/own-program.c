/* A person's own race program. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/own-program.h"

#include <glib/gi18n.h>
#include <string.h>

static char *
dup_name (GFile *file)
{
  g_autofree char *base = file != NULL ? g_file_get_basename (file) : NULL;

  return base != NULL ? g_filename_display_name (base) : g_strdup (_ ("Own program"));
}

UiOwnProgram *
ui_own_program_new (GFile *file, const char *text)
{
  UiOwnProgram *self = g_new0 (UiOwnProgram, 1);
  g_autoptr (LabProblem) problem = NULL;
  g_autoptr (LabProgram) program = lab_program_new (text, -1, &problem);
  g_autofree char *name = dup_name (file);

  self->file = file != NULL ? g_object_ref (file) : NULL;
  self->variant.id = g_strdup ("program");
  self->variant.title = g_strdup (name);
  self->variant.program = g_strdup (text);
  self->variant.kind = LAB_KIND_BROKEN;
  self->scenario.id = file != NULL ? g_file_get_uri (file) : g_strdup ("own");
  self->scenario.title =
      g_strdup (program != NULL && program->title != NULL ? program->title : name);
  self->scenario.summary = g_strdup (name);
  self->scenario.story = g_strdup (program != NULL && program->story != NULL ? program->story : "");
  self->scenario.variants = &self->variant;
  self->scenario.n_variants = 1;
  return self;
}

void
ui_own_program_free (UiOwnProgram *self)
{
  g_clear_object (&self->file);
  g_free ((char *) self->variant.id);
  g_free ((char *) self->variant.title);
  g_free ((char *) self->variant.program);
  g_free ((char *) self->scenario.id);
  g_free ((char *) self->scenario.title);
  g_free ((char *) self->scenario.summary);
  g_free ((char *) self->scenario.story);
  g_free (self);
}

static GtkFileChooserNative *
new_dialog (GtkWidget *widget, GtkFileChooserAction action)
{
  gboolean open = action == GTK_FILE_CHOOSER_ACTION_OPEN;
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (open ? _ ("Open a Race Program") : _ ("Save the Race Program"),
                                   GTK_WINDOW (gtk_widget_get_root (widget)), action,
                                   open ? _ ("_Open") : _ ("_Save"), _ ("_Cancel"));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Race programs"));
  gtk_file_filter_add_pattern (filter, "*.race");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  return dialog;
}

/* The chosen file, or NULL; the dialog has done its work. */
static GFile *
take_file (GtkNativeDialog *dialog, int response)
{
  GFile *file = response == GTK_RESPONSE_ACCEPT
                    ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                    : NULL;

  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
  return file;
}

static gboolean
check_text (const char *text, gsize length, GError **error)
{
  if (length > LAB_PROGRAM_MOST_BYTES)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 _ ("A race program has at most 1 MiB."));
  else if (!g_utf8_validate (text, (gssize) length, NULL))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("This is not a text in UTF-8."));
  else
    return TRUE;
  return FALSE;
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GFile *file = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &error);
  /* One byte more than may be: a longer file is known without being read. */
  g_autofree char *text = g_malloc (LAB_PROGRAM_MOST_BYTES + 2);
  gsize length = 0;

  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), text, LAB_PROGRAM_MOST_BYTES + 1, &length,
                                cancellable, &error) ||
      !check_text (text, length, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  text[length] = '\0';
  g_task_return_pointer (task, ui_own_program_new (file, text),
                         (GDestroyNotify) ui_own_program_free);
}

static void
open_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GFile *file = take_file (dialog, response);

  if (file == NULL)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }
  g_task_set_task_data (task, file, g_object_unref);
  g_task_run_in_thread (task, read_in_thread);
}

void
ui_own_program_open_async (GtkWidget *widget, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  GtkFileChooserNative *dialog = new_dialog (widget, GTK_FILE_CHOOSER_ACTION_OPEN);

  g_signal_connect (dialog, "response", G_CALLBACK (open_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

UiOwnProgram *
ui_own_program_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
saved_cb (GObject *source, GAsyncResult *res, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), res, NULL, &error))
    g_task_return_pointer (task, g_object_ref (source), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
save_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GFile) file = take_file (dialog, response);
  const char *text = g_task_get_task_data (task);

  if (file == NULL)
    {
      g_task_return_pointer (task, NULL, NULL);
      g_object_unref (task);
      return;
    }
  g_file_replace_contents_async (file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                 saved_cb, task);
}

void
ui_own_program_save_async (GtkWidget *widget,
                           const char *name,
                           const char *text,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  GtkFileChooserNative *dialog = new_dialog (widget, GTK_FILE_CHOOSER_ACTION_SAVE);

  g_task_set_task_data (task, g_strdup (text), g_free);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect (dialog, "response", G_CALLBACK (save_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

GFile *
ui_own_program_save_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
