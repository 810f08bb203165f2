/* A user name and a password. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/sign-in-dialog.h"

#include <glib/gi18n.h>

#include "base/thread.h"

/* Owned by the dialog. */
typedef struct
{
  AdwMessageDialog *dialog; /* not owned */
  GtkEditable *user;        /* not owned */
  GtkEditable *password;    /* not owned */
  Engine *engine;           /* owned */
  EngineDownload *download; /* owned */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->engine);
  g_object_unref (question->download);
  g_free (question);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  if (g_strcmp0 (response, "sign-in") == 0)
    engine_sign_in (question->engine, question->download, gtk_editable_get_text (question->user),
                    gtk_editable_get_text (question->password));
}

static void
changed_cb (Question *question)
{
  adw_message_dialog_set_response_enabled (question->dialog, "sign-in",
                                           *gtk_editable_get_text (question->user) != '\0');
}

static GtkWidget *
make_rows (Question *question)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *user = adw_entry_row_new ();
  GtkWidget *password = adw_password_entry_row_new ();

  question->user = GTK_EDITABLE (user);
  question->password = GTK_EDITABLE (password);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (user), _ ("User name"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (password), _ ("Password"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (user), TRUE);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (password), TRUE);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), user);
  gtk_list_box_append (GTK_LIST_BOX (list), password);
  g_signal_connect_swapped (user, "changed", G_CALLBACK (changed_cb), question);
  return list;
}

/* Whom the password is given to: the server's name is all that a person can judge by. */
static char *
dup_body (EngineDownload *download)
{
  g_autoptr (GUri) uri =
      g_uri_parse (engine_download_get_address (download), G_URI_FLAGS_NONE, NULL);

  /* Translators: %s is a server's name. The program is “Bobbin”. */
  return g_strdup_printf (_ ("%s wants to know who you are. What you type is sent to it, and kept "
                             "until Bobbin ends."),
                          uri != NULL && g_uri_get_host (uri) != NULL
                              ? g_uri_get_host (uri)
                              : engine_download_get_address (download));
}

void
ui_sign_in_dialog_open (GtkWindow *parent, Engine *engine, EngineDownload *download)
{
  g_autofree char *body = dup_body (download);
  GtkWidget *dialog = adw_message_dialog_new (parent, _ ("Sign In"), body);
  Question *question = g_new0 (Question, 1);

  BASE_ASSERT_MAIN ();
  question->dialog = ADW_MESSAGE_DIALOG (dialog);
  question->engine = g_object_ref (engine);
  question->download = g_object_ref (download);
  g_object_set_data_full (G_OBJECT (dialog), "question", question, question_free);
  adw_message_dialog_add_responses (question->dialog, "cancel", _ ("_Cancel"), "sign-in",
                                    _ ("_Sign In"), NULL);
  adw_message_dialog_set_response_appearance (question->dialog, "sign-in", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (question->dialog, "sign-in");
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  adw_message_dialog_set_extra_child (question->dialog, make_rows (question));
  changed_cb (question);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), question);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (GTK_WIDGET (question->user));
}
