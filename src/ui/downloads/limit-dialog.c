/* A speed limit of one's own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/limit-dialog.h"

#include <glib/gi18n.h>

#include "base/thread.h"

#define KILO 1000
#define FIRST_CHOICE (2000 * KILO)
#define MOST (10 * 1000 * 1000) /* kB/s */

/* Owned by the dialog. */
typedef struct
{
  GtkSpinButton *amount;
  UiLimitChosen chosen;
  gpointer user_data;
} Question;

static void
response_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  if (g_strcmp0 (response, "set") != 0)
    return;
  gtk_spin_button_update (question->amount);
  question->chosen ((gint64) (gtk_spin_button_get_value (question->amount) * KILO),
                    question->user_data);
}

void
ui_limit_dialog_open (GtkWindow *parent, gint64 max_rate, UiLimitChosen chosen, gpointer user_data)
{
  GtkWidget *dialog = adw_message_dialog_new (
      parent, _ ("Speed Limit"),
      _ ("For all downloads together, in kilobytes per second. It takes effect at once."));
  GtkWidget *amount = gtk_spin_button_new_with_range (1, MOST, 100);
  Question *question = g_new0 (Question, 1);

  BASE_ASSERT_MAIN ();
  question->amount = GTK_SPIN_BUTTON (amount);
  question->chosen = chosen;
  question->user_data = user_data;
  gtk_spin_button_set_value (question->amount,
                             (max_rate > 0 ? max_rate : FIRST_CHOICE) / (double) KILO);
  gtk_widget_set_halign (amount, GTK_ALIGN_CENTER);
  gtk_editable_set_width_chars (GTK_EDITABLE (amount), 9);
  gtk_accessible_update_property (GTK_ACCESSIBLE (amount), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Speed limit in kB/s"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), amount);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "set",
                                    _ ("_Set Limit"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "set",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "set");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "question", question, g_free);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), question);
  gtk_window_present (GTK_WINDOW (dialog));
}
