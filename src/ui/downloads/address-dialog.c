/* A new address. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/address-dialog.h"

#include <glib/gi18n.h>

#include "base/thread.h"

/* Owned by the dialog. */
typedef struct
{
  AdwMessageDialog *dialog; /* not owned */
  GtkEditable *entry;       /* not owned */
  Engine *engine;           /* owned */
  EngineDownload *download; /* owned */
  AdwToastOverlay *toasts;  /* owned */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->engine);
  g_object_unref (question->download);
  g_object_unref (question->toasts);
  g_free (question);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (response, "change") == 0 &&
      !engine_change_address (question->engine, question->download,
                              gtk_editable_get_text (question->entry), &error))
    {
      g_autofree char *text =
          /* Translators: why a new address cannot be used */
          g_strdup_printf (_ ("The address is as it was: %s"), error->message);
      g_autofree char *markup = g_markup_escape_text (text, -1);

      adw_toast_overlay_add_toast (question->toasts, adw_toast_new (markup));
    }
}

static void
changed_cb (Question *question)
{
  g_autofree char *address =
      engine_address_normalize (gtk_editable_get_text (question->entry), NULL);

  adw_message_dialog_set_response_enabled (question->dialog, "change", address != NULL);
}

static GtkWidget *
make_entry (Question *question)
{
  GtkWidget *entry = gtk_entry_new ();

  question->entry = GTK_EDITABLE (entry);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_URL);
  gtk_editable_set_text (question->entry, engine_download_get_address (question->download));
  gtk_editable_set_width_chars (question->entry, 30);
  gtk_editable_select_region (question->entry, 0, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("New address"), -1);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), question);
  return entry;
}

void
ui_address_dialog_open (GtkWindow *parent,
                        Engine *engine,
                        EngineDownload *download,
                        AdwToastOverlay *toasts)
{
  GtkWidget *dialog = adw_message_dialog_new (
      parent, _ ("Change Address"),
      _ ("The download goes on with the bytes that are here, if the new address leads to the very "
         "same file. If it does not, nothing is changed."));
  Question *question = g_new0 (Question, 1);
  GtkWidget *entry;

  BASE_ASSERT_MAIN ();
  question->dialog = ADW_MESSAGE_DIALOG (dialog);
  question->engine = g_object_ref (engine);
  question->download = g_object_ref (download);
  question->toasts = g_object_ref (toasts);
  g_object_set_data_full (G_OBJECT (dialog), "question", question, question_free);
  adw_message_dialog_add_responses (question->dialog, "cancel", _ ("_Cancel"), "change",
                                    _ ("C_hange"), NULL);
  adw_message_dialog_set_response_appearance (question->dialog, "change", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (question->dialog, "change");
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  entry = make_entry (question);
  adw_message_dialog_set_extra_child (question->dialog, entry);
  changed_cb (question);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), question);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}
