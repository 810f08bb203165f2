/* A window with nothing in it: what GTK and libadwaita cost by themselves. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "control.h"
#include "heartbeat.h"

static void
activate_cb (GtkApplication *application, gpointer user_data)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new ("Nothing");

  gtk_widget_set_vexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), label);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 700);
  gtk_window_present (GTK_WINDOW (window));
  bench_control_start (application, NULL, NULL);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_application_quit (user_data);
}

int
main (int argc, char **argv)
{
  static const GActionEntry actions[] = { { .name = "quit", .activate = quit_cb } };
  g_autoptr (AdwApplication) application =
      adw_application_new ("org.bobbin.BareWindow", G_APPLICATION_DEFAULT_FLAGS);

  bench_heartbeat_init (NULL, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
